import type { Order } from '../office/act.ts';
import { type Node, type Surroundings, openNode } from '../office/node.ts';
import type { Receipt } from '../store/types.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Exit } from './main.ts';
import { say, styled } from './terminal.ts';

/** What every command of a node takes. */
export interface NodeOptions {
  readonly data: string;
  readonly as?: string;
  readonly title?: string;
  readonly act?: string;
  readonly expect?: string;
}

export const surroundings = (): Surroundings => ({
  databaseUrl: process.env['DATABASE_URL'],
  masterKey: process.env['WAYBILL_MASTER_KEY'],
  now: Date.now,
});

/** Opens the node, and closes it whatever happens. */
export const withNode = async (
  options: Pick<NodeOptions, 'data'>,
  use: (node: Node) => Promise<Exit>,
): Promise<Exit> => {
  const node = await openNode(options.data, surroundings());
  try {
    return await use(node);
  } finally {
    await node.close();
  }
};

const usage = (what: string, where: string, next: string) =>
  new ProblemError({ kind: 'usage', what, where, next });

/** Who acts, from the options. */
export const orderOf = ({ as, title, act, expect }: NodeOptions): Order => {
  if (as === undefined)
    throw usage(
      'The command does not say who acts.',
      '--as',
      'Give the id of a person of this office: --as <id>.',
    );
  if (expect !== undefined && !/^\d{1,9}$/.test(expect))
    throw usage(
      'The step expected is not a number.',
      '--expect',
      'Give the number that ./waybill inbox shows.',
    );
  if (act !== undefined && !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(act))
    throw usage('The act’s id is not a UUID of version 7.', '--act', 'Leave it out, and one is made.');
  return {
    person: as,
    ...(title === undefined ? {} : { title }),
    ...(act === undefined ? {} : { id: act }),
    ...(expect === undefined ? {} : { expect: Number(expect) }),
  };
};

/** The receipt of an act, in a line or two. */
export const receiptLines = (node: Node, receipt: Receipt): string[] => {
  const head = openCheckpoint(receipt.checkpoint, node.signer(receipt.log).verifier);
  const last = receipt.first + receipt.count - 1;
  const entries = receipt.count === 1 ? `entry ${receipt.first}` : `entries ${receipt.first}–${last}`;
  return [
    styled(
      'dim',
      `  ${receipt.repeated ? 'recorded before' : 'recorded'}: ${entries} of the log ${receipt.log}, head ${head.size} ${Buffer.from(head.root).toString('base64').slice(0, 11)}…`,
    ),
  ];
};

export const sayReceipt = (node: Node, what: string, receipt: Receipt): void => {
  say([what, ...receiptLines(node, receipt)]);
};
