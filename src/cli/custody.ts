import { writeFileSync } from 'node:fs';
import { type Field, FIELDS } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import { customsCase } from '../office/customs.ts';
import { openItem, openLetter } from '../office/look.ts';
import { type Hop, hopsOfCase } from '../office/chain.ts';
import { casesOf, chainOf } from '../office/custody.ts';
import type { Node } from '../office/node.ts';
import { sentenceOf } from '../packet/refusal.ts';
import { exportLog } from '../store/export.ts';
import type { LogId, StoredEvent } from '../store/types.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, receiptLines, withNode } from './node.ts';
import { openOutputs } from './outputs.ts';
import { heading, say, styled, wrap } from './terminal.ts';

const hour = (posix: number): string => new Date(posix * 1000).toISOString().slice(0, 16).replace('T', ' ');

const eventLines = ({ log, seq, time, kind, cite, person, title, item, packet }: StoredEvent): string[] =>
  wrap(
    [
      `${kind.replaceAll('-', ' ')}${item === undefined ? '' : ` ${item}`}${cite === '' ? '' : `  [${cite}]`}`,
      `— ${person}, ${title}`,
      ...(packet === undefined ? [] : [`packet ${packet.slice(0, 12)}…`]),
    ].join(' '),
    ' '.repeat(24),
    `  ${hour(time)}  ${(log === 'irs-review' ? `r${seq}` : String(seq)).padStart(4)} `,
  );

/** One hop of the way to this office, with the mark of what was verified just now. */
const hopLines = ({ link, why, by, cosigned }: Hop): string[] => {
  const { kind, from, to, on, packet } = link;
  const said =
    why === undefined
      ? `verified by the log of ${by.join(' and of ')}${cosigned.length === 0 ? '' : `, its head cosigned by ${cosigned.join(' and ')}`}`
      : `NOT VERIFIED: ${sentenceOf(why).what}`;
  return wrap(
    `${kind}, ${from} → ${to}, ${on}, packet ${packet.slice(0, 12)}…: ${said}`,
    '      ',
    `  ${why === undefined ? styled('green', '✓') : styled('red', '✗')} `,
  );
};

/** `waybill custody`: every act on a case that this office has recorded, in its order, and the way that its items came. */
export const custody = (reference: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const chain = await chainOf(node, reference);
    say([
      heading(`${reference}, as the office ${node.office} has it`),
      ...wrap('Time (UTC), entry of the log, act, paragraph, person and title.', '  '),
      ...chain.flatMap(eventLines),
    ]);
    const hops = await hopsOfCase(node, reference);
    if (hops.length > 0)
      say([
        '',
        heading('The way here, each hop verified now from the receipts of the offices’ logs'),
        ...hops.flatMap(hopLines),
      ]);
    return hops.every(({ why }) => why === undefined) ? 0 : 1;
  });

/** `waybill inbox`: packets that wait, and cases by where they stand. */
export const inbox = (options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const { packets, cases } = await casesOf(node);
    say([
      heading(`Inbox of the office ${node.office}`),
      ...(node.undestroyed === undefined
        ? []
        : wrap(
            'What was made undisclosable may still be there: the log could not be read when the node was opened. Verify it: ./waybill log export, ./waybill verify.',
            '    ',
            '  ! ',
          )),
      packets === 0
        ? '  No packet is waiting.'
        : `  ${packets} packet${packets === 1 ? '' : 's'} waiting: ./waybill receive`,
      ...cases.flatMap(({ reference, title, stage, next, steps }) => [
        ...wrap(`${reference}  ${title}`, '    ', '  '),
        ...wrap(`${stage} (step ${steps})${next === undefined ? '' : ` — ${next.what}`}`, '      ', '    '),
      ]),
    ]);
    return 0;
  });

const logOf = (node: Node, given: string | undefined): LogId => {
  const log = given === undefined ? node.log : node.logs.find((one) => one === given);
  if (log !== undefined) return log;
  throw new ProblemError({
    kind: 'usage',
    what: 'This node has no such log.',
    where: '--log',
    next: `It has ${node.logs.join(' and ')}.`,
  });
};

/** `waybill log export` */
export const logExport = (
  dir: string,
  options: NodeOptions & { log?: string; office?: string },
): Promise<Exit> =>
  withNode(options, async (node) => {
    if (options.office !== undefined && options.office !== node.office)
      throw new ProblemError({
        kind: 'usage',
        what: `The data folder is that of the office ${node.office}.`,
        where: '--office',
        next: 'Give the data folder of the office whose log you want.',
      });
    const log = logOf(node, options.log);
    await exportLog(node.views, log, dir, node.signer(log).verifier);
    say([`The log ${log} is in ${dir}. Verify it anywhere: ./waybill verify ${dir}`]);
    return 0;
  });

/** `waybill exhibit` */
export const exhibit = (
  entry: string,
  options: NodeOptions & { reveal?: readonly string[]; log?: string; out?: string },
): Promise<Exit> =>
  withNode(options, async (node) => {
    const log = logOf(node, options.log);
    if (!/^\d{1,15}$/.test(entry))
      throw new ProblemError({
        kind: 'usage',
        what: 'An entry is named by its number.',
        where: 'entry',
        next: './waybill custody <case> shows the numbers.',
      });
    const reveal = (options.reveal ?? []).map((name): Field => {
      const field = FIELDS.find((one) => one === name);
      if (field !== undefined) return field;
      throw new ProblemError({
        kind: 'usage',
        what: 'An entry has no such field.',
        where: '--reveal',
        next: `Its fields are ${FIELDS.join(', ')}.`,
      });
    });
    const text = await node.views.exhibit(log, Number(entry), reveal);
    if (options.out === undefined) process.stdout.write(text);
    else {
      writeFileSync(options.out, text, { mode: 0o600 });
      say([
        `The exhibit is in ${options.out}; it opens ${reveal.length === 0 ? 'nothing' : reveal.join(', ')}.`,
      ]);
    }
    return 0;
  });

/** `waybill open`: one item to standard output, or all of them and the letter into a folder. Each look is recorded first. */
export const open = (
  reference: string,
  item: string | undefined,
  options: NodeOptions & { because: string; audit: string; stage?: string; out?: string },
): Promise<Exit> =>
  withNode(options, async (node) => {
    const order = orderOf(options);
    const { because, audit, stage } = options;
    const look = { case: reference, because, audit, ...(stage === undefined ? {} : { stage }) };
    if (item !== undefined) {
      const { receipt, bytes } = await openItem(node, order, { ...look, item });
      process.stdout.write(`Federal Tax Information\n${Buffer.from(bytes).toString('utf8')}\n`);
      process.stderr.write(
        receiptLines(node, receipt)
          .map((line) => `${line}\n`)
          .join(''),
      );
      return 0;
    }
    if (options.out === undefined)
      throw new ProblemError({
        kind: 'usage',
        what: 'The command names no item, and no folder for all of them.',
        where: '--out',
        next: 'Name an item; or give --out <dir> for every item and the letter.',
      });
    const outputs = openOutputs(options.out);
    // Each look is an act of its own, and has its own id.
    const { id: _ofTheLetter, expect: _step, ...each } = order;
    try {
      const { receipt, bytes } = await openLetter(node, order, look);
      outputs.write('letter.pdf', bytes);
      say(receiptLines(node, receipt));
      for (const [id, { content }] of (await customsCase(node, reference)).items) {
        if (content === undefined) continue;
        const opened = await openItem(node, each, { ...look, item: id });
        outputs.write(`${id}.json`, opened.bytes);
        say(receiptLines(node, opened.receipt));
      }
      say(outputs.publish().map((path) => `  wrote ${path} (Federal Tax Information)`));
      return 0;
    } finally {
      outputs.discard();
    }
  });
