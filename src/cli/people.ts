import { writeFileSync } from 'node:fs';
import { dutyOf } from '../casework/acts/duties.ts';
import { inForce, type Title } from '../casework/acts/people.ts';
import { people as directory } from '../office/act.ts';
import { addOffice, changeDirectory } from '../office/directory.ts';
import { deliver } from '../office/deliver.ts';
import { exchangeWith } from '../office/exchange.ts';
import { offices } from '../office/gate.ts';
import { sendHead } from '../office/heads.ts';
import { init as initNode, officeNames } from '../office/init.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Office } from '../custody/entry.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, sayReceipt, surroundings, withNode } from './node.ts';
import { readText } from './read-text.ts';
import { heading, say, styled, wrap } from './terminal.ts';

const officeNamed = (given: string): Office => {
  const office = offices.find((one) => one === given);
  if (office !== undefined) return office;
  throw new ProblemError({
    kind: 'usage',
    what: 'There is no such office.',
    where: '--office',
    next: 'Give one of irs, customs, justice.',
  });
};

export interface InitOptions {
  readonly office: string;
  readonly data: string;
  readonly keeper: string;
  readonly name: string;
  readonly title: string;
  readonly origin?: string;
  readonly url?: string;
}

/** `waybill init` */
export const init = async (options: InitOptions): Promise<Exit> => {
  const office = officeNamed(options.office);
  const founding = {
    office,
    origin: options.origin ?? `${office}.waybill.example/log`,
    ...(options.url === undefined ? {} : { url: options.url }),
    keeper: { id: options.keeper, name: options.name, title: options.title },
  };
  const node = await initNode(options.data, founding, surroundings());
  await node.close();
  say([
    heading(`The node of ${officeNames[office]} is in ${options.data}`),
    ...wrap(`${options.name}, ${options.title}, keeps its directory: --as ${options.keeper}`, '  '),
    ...wrap(
      surroundings().masterKey === undefined
        ? `Its master key is ${options.data}/keys/master.key. Keep a copy elsewhere now: without it nothing opens (docs/OPERATE.md).`
        : 'Its master key is the one in WAYBILL_MASTER_KEY.',
      '  ',
    ),
    ...wrap(`Give ${options.data}/office.json to the other offices by a way they trust.`, '  '),
  ]);
  return 0;
};

const span = ({ from, to }: Title) => `from ${from}${to === undefined ? '' : ` to ${to}`}`;

/** `waybill people` */
export const listPeople = (options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const { day } = node.when();
    const known = await directory(node);
    const lines = [...known.values()].flatMap(({ id, name, titles }) => [
      `${heading(name)}  --as ${id}`,
      ...titles.flatMap((title) => [
        ...wrap(
          `${title.title}, ${span(title)}${inForce(title, day) ? '' : ' — not in force'}${title.capacity === undefined ? '' : ` (${title.capacity})`}`,
          '    ',
          '  ',
        ),
        ...title.duties.flatMap((duty) =>
          wrap(`${duty}: ${dutyOf(officeNames[node.office], duty)?.sentence ?? ''}`, '      ', '    · ').map(
            (line) => styled('dim', line),
          ),
        ),
      ]),
    ]);
    say([`${officeNames[node.office]}, on ${day}`, '', ...lines]);
    return 0;
  });

const change = (options: NodeOptions, input: unknown, done: string): Promise<Exit> =>
  withNode(options, async (node) => {
    sayReceipt(node, done, await changeDirectory(node, orderOf(options), input));
    return 0;
  });

export const addPerson = (id: string, options: NodeOptions & { name: string }) =>
  change(options, { act: 'add person', id, name: options.name }, `${options.name} is entered as ${id}.`);

/** Options of `people give`; the acting title is `--under`, because `--title` is the one given. */
export interface GiveOptions extends NodeOptions {
  readonly from: string;
  readonly to?: string;
  readonly duty?: readonly string[];
  readonly capacity?: string;
}

export const giveTitle = (person: string, given: string, options: GiveOptions) =>
  change(
    options,
    {
      act: 'give title',
      person,
      title: given,
      from: options.from,
      ...(options.to === undefined ? {} : { to: options.to }),
      duties: options.duty ?? [],
      ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
    },
    `${person} holds “${given}” from ${options.from}.`,
  );

export const endTitle = (person: string, held: string, options: NodeOptions & { from?: string }) =>
  change(
    options,
    { act: 'end title', person, title: held, ...(options.from === undefined ? {} : { from: options.from }) },
    `“${held}” of ${person} ends; access under it ends with it.`,
  );

/** `waybill office add` */
export const takeCard = (file: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const text = readText(file, 'The card', 'Give the file office.json of the other office’s node.');
    sayReceipt(node, 'The office’s card is taken in.', await addOffice(node, orderOf(options), text));
    return 0;
  });

/** `waybill seen`: the newest head of another office’s log that this one has seen, cosigned; for that office’s restore. */
export const seen = (options: NodeOptions & { of: string; out?: string }): Promise<Exit> =>
  withNode(options, async (node) => {
    const note = (await exchangeWith(node, officeNamed(options.of))).seen;
    if (note === undefined)
      throw new ProblemError({
        kind: 'not-in-order',
        what: 'No packet of that office has been received here, so no head of its log was seen.',
        where: '--of',
        next: 'Say so to that office in a letter; it can then restore without this one’s word.',
      });
    if (options.out === undefined) process.stdout.write(note);
    else writeFileSync(options.out, note);
    return 0;
  });

/** `waybill witness` */
export const witness = (options: NodeOptions & { office: string; to?: string }): Promise<Exit> =>
  withNode(options, async (node) => {
    const to = officeNamed(options.office);
    const receipt = await sendHead(node, orderOf(options), to);
    sayReceipt(node, `The head of this log goes to the office ${to}.`, receipt);
    say([`  ${await deliver(node, to, receipt, options.to)}`]);
    return 0;
  });
