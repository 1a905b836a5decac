import { type ActOf, readAct } from '../casework/acts/act.ts';
import { refuseAll } from '../casework/acts/problems.ts';
import type { Holding } from '../casework/after/holding.ts';
import { referralBody } from '../casework/after/referral.ts';
import { barsOn } from '../casework/after/standing.ts';
import { refusalOf } from '../casework/after/stops.ts';
import type { Json, Receipt } from '../store/types.ts';
import { type Order, idFrom } from './act.ts';
import { type Done, afterwards, heldPlace, holdingOf } from './after.ts';
import { dataOf, doneBefore, sameItems } from './again.ts';
import { withReceipts } from './chain.ts';
import { openItem } from './look.ts';
import type { Node } from './node.ts';

/** The referral on record that this one is, word for word to the same officer; undefined where it is another, or made anew. */
const referredBefore = async (
  node: Node,
  order: Order,
  { case: reference, proposal, again }: ActOf<'may i'>,
): Promise<Receipt | undefined> => {
  if (again) return undefined;
  const place = heldPlace(node, reference);
  const events = await node.views.stream(place.log, place.stream);
  return doneBefore(node, order, place, ({ kind, act: id }) => {
    if (kind !== 'item-referred') return false;
    const referred = events.filter((one) => one.kind === kind && one.act === id);
    const [first] = referred;
    const to = first === undefined ? undefined : (dataOf(first)['to'] as { name?: string } | undefined);
    return (
      to?.name === proposal.to?.name &&
      sameItems(
        referred.map(({ item = '' }) => item),
        proposal.items,
      )
    );
  });
};

/** A packet on record is not made any more once something stands against an item in it: it may never have left. */
const refuseStopped = (state: Holding, items: readonly string[]): void =>
  refuseAll(
    items.flatMap((item) =>
      barsOn(state, item, 'customs-to-justice').map((stop) =>
        refusalOf(stop, item, `The packet of this referral is not made again. ${stop.what} “${stop.law}”`),
      ),
    ),
  );

/**
 * Customs refers items to an officer of Justice, (g). The officer looks at each of them first, as at every other opening: the
 * vault gives nothing out without it. Then the packet is signed and the referral recorded; its receipt lets the packet leave.
 * If we crash in between, the same command makes the same packet; the looks follow from the act's id, and are not made twice.
 */
export const refer = async (
  node: Node,
  order: Order,
  question: Readonly<Record<string, unknown>> & { readonly case: string },
): Promise<Done> => {
  const read = readAct({ act: 'may i', ...question }) as ActOf<'may i'>;
  const { case: reference, proposal } = read;
  const before =
    (await referredBefore(node, order, read)) ??
    (order.id === undefined ? undefined : await node.views.receipt(node.log, order.id));
  if (before !== undefined) {
    refuseStopped(await holdingOf(node, reference), proposal.items);
    // Of an act that was named, the road says whether it is the same.
    if (order.id === undefined) return { receipt: before, warnings: [] };
    return afterwards(node, order, read);
  }
  const contents: Record<string, Json> = {};
  const { id, expect: _step, ...who } = order;
  for (const item of proposal.items) {
    const look = id === undefined ? who : { ...who, id: idFrom(`look ${id} ${item}`) };
    const { bytes } = await openItem(node, look, {
      case: reference,
      item,
      because: 'To refer it to Justice, (g).',
      audit: proposal.for.audit ?? '',
    });
    contents[item] = JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  }
  return afterwards(node, order, read, {
    to: 'justice',
    make: async (state, actor, when) => ({
      letter: {
        kind: 'referral',
        to: 'justice',
        case: reference,
        body: referralBody(
          state,
          read,
          actor,
          { ...when, catalogue: node.catalogue },
          contents,
          await withReceipts(node, state.chain),
        ),
      },
      into: (packet) => ({ ...read, do: { entries: [], ...read.do, ...packet } }),
    }),
  });
};
