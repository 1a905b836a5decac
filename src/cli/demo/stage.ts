import { join } from 'node:path';
import type { Office } from '../../custody/entry.ts';
import { ProblemError } from '../../ground/problem.ts';
import { addOffice, changeDirectory } from '../../office/directory.ts';
import { dispatch } from '../../office/dispatch.ts';
import { offices } from '../../office/gate.ts';
import { init } from '../../office/init.ts';
import type { Node, Surroundings } from '../../office/node.ts';
import { formatCard } from '../../packet/card.ts';
import { putPacket } from '../../packet/transport-folder.ts';
import { packetFileName } from '../../packet/packet-file.ts';
import type { Receipt } from '../../store/types.ts';
import { receiptLines } from '../node.ts';
import { heading, say, styled, wrap } from '../terminal.ts';
import { cast, keepers } from './people.ts';

export type Nodes = Readonly<Record<Office, Node>>;

/** Narrates the demo: numbered steps, each with its paragraph and its receipt. */
export const narrator = () => {
  let step = 0;
  return {
    step: (what: string, cite = ''): void => {
      say(
        wrap(`${what}${cite === '' ? '' : `  [${cite}]`}`, '    ', `${String(++step).padStart(2)}. `).map(
          heading,
        ),
      );
    },
    note: (what: string): void => say(wrap(what, '    ')),
    receipt: (node: Node, receipt: Receipt): void =>
      say(receiptLines(node, receipt).map((line) => `  ${line}`)),
    /** An attempt that must be refused; a demo in which it goes through is broken. */
    refused: async (what: string, attempt: () => Promise<unknown>): Promise<void> => {
      const problem = await attempt().then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof ProblemError) return error;
          throw error;
        },
      );
      if (problem === undefined) throw new Error('an attempt that must be refused went through');
      const [{ what: why, cite }] = problem.problems;
      say(
        wrap(
          `${styled('red', '✗')} ${what}: refused. ${why}${cite === undefined ? '' : `  [${cite}]`}`,
          '      ',
          '    ',
        ),
      );
    },
  };
};
export type Narrator = ReturnType<typeof narrator>;

/** Three offices, each with its node, its people, and the others' cards. */
export const raise = async (dir: string, around: (office: Office) => Surroundings): Promise<Nodes> => {
  const open = await Promise.all(
    offices.map(async (office) => {
      const keeper = keepers[office];
      const founding = { office, origin: `${office}.waybill.example/log`, keeper };
      const node = await init(join(dir, office), founding, around(office));
      for (const { id, name, title, duties, capacity } of cast[office]) {
        await changeDirectory(node, { person: keeper.id }, { act: 'add person', id, name });
        await changeDirectory(
          node,
          { person: keeper.id },
          {
            act: 'give title',
            person: id,
            title,
            from: node.when().day,
            duties,
            ...(capacity === undefined ? {} : { capacity }),
          },
        );
      }
      return [office, node] as const;
    }),
  );
  const nodes = Object.fromEntries(open) as Record<Office, Node>;
  for (const own of offices)
    for (const other of offices)
      if (own !== other)
        await addOffice(nodes[own], { person: keepers[own].id }, formatCard(nodes[other].card));
  return nodes;
};

/** Carries an act's packet from its sender's outbox to the receiver's inbox; gives the file there. */
export const carry = async (nodes: Nodes, from: Office, to: Office, receipt: Receipt): Promise<string> => {
  const { id, bytes } = await dispatch(nodes[from], to, receipt);
  const inbox = join(nodes[to].dir, 'inbox');
  await putPacket(inbox, id, bytes);
  return join(inbox, packetFileName(id));
};
