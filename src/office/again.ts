import { actorOn } from '../casework/acts/people.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import type { Receipt, StoredEvent } from '../store/types.ts';
import { type Order, type Place, people } from './act.ts';
import { exchangeWith } from './exchange.ts';
import type { Node } from './node.ts';
import type { Office } from '../custody/entry.ts';

/**
 * The receipt of an act of before that is the very one asked for now, so that the same command, given again without the act's
 * id after a crash or a loss, makes its packet again and does nothing twice. `is` also sees what came after it in the case.
 */
export const doneBefore = async (
  node: Node,
  order: Order,
  { log, stream }: Place,
  is: (event: StoredEvent, after: readonly StoredEvent[]) => boolean,
): Promise<Receipt | undefined> => {
  // Who names the act is told by the road itself whether it is the same one.
  if (order.id !== undefined) return undefined;
  const events = await node.views.stream(log, stream);
  const done = events.findLast((one, n) => is(one, events.slice(n + 1)));
  const receipt = done === undefined ? undefined : await node.views.receipt(log, done.act);
  if (receipt === undefined) return undefined;
  const { day } = node.when();
  requireDuty(
    actorOn(await people(node), order.person, order.title, day),
    day,
    'receives',
    'counsel',
    'sends',
  );
  return { ...receipt, repeated: true };
};

/** Whether an act has sent a packet to that office. */
export const hasSent = async (node: Node, to: Office, { act }: Receipt): Promise<boolean> =>
  (await exchangeWith(node, to)).sent.some((one) => one.act === act);

/** What an event says, field by field; nothing where its key was destroyed. */
export const dataOf = ({ data }: StoredEvent): Readonly<Record<string, unknown>> =>
  (data ?? {}) as Readonly<Record<string, unknown>>;

export const sameItems = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join(' ') === [...b].sort().join(' ');
