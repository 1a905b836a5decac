import { randomUUIDv7 } from 'node:crypto';
import { type ActOf, readAct } from '../casework/acts/act.ts';
import { recallAnswerBody } from '../casework/after/recall-answer.ts';
import { forwardBody, forwardedUnanswered, recallToJustice, unforwarded } from '../casework/after/recall.ts';
import { recallByIrs } from '../casework/after/irs-recall.ts';
import { foldIrs } from '../casework/acts/irs.ts';
import type { RecallAnswer } from '../casework/after/letters.ts';
import type { Receipt, StoredEvent } from '../store/types.ts';
import { type Order, act, idFrom } from './act.ts';
import { type Done, afterwards, heldPlace, holdingOf } from './after.ts';
import { dataOf, doneBefore, sameItems } from './again.ts';
import { inStream } from './customs.ts';
import { exchangeStream } from './exchange.ts';
import { irsPlaces } from './irs.ts';
import type { Node } from './node.ts';
import { packetSent, sealedJws, sign } from './outgoing.ts';

interface Recalled {
  readonly case: string;
  readonly items: readonly string[];
  readonly reason: string;
}

export { refer } from './refer.ts';

/** Whether an event is this very recall, made by this office, and none of its items has been given on since. */
const isRecall =
  ({ items, reason }: Recalled) =>
  (event: StoredEvent, after: readonly StoredEvent[]): boolean =>
    event.kind === 'recall-made' &&
    dataOf(event)['reason'] === reason &&
    sameItems((dataOf(event)['items'] ?? []) as string[], items) &&
    !after.some(
      ({ kind, item }) =>
        (kind === 'item-disclosed' || kind === 'item-referred') && items.some((one) => one === item),
    );

/** The IRS recalls what it disclosed in error; Customs is told in a packet. */
export const recallFromIrs = async (node: Node, order: Order, recalled: Recalled): Promise<Receipt> => {
  const { request, review } = irsPlaces(recalled.case);
  const before = await doneBefore(node, order, request, isRecall(recalled));
  if (before !== undefined) return before;
  const exchange = { log: request.log, stream: exchangeStream('customs') };
  return act(node, order, {
    log: request.log,
    asked: { act: 'recall', ...recalled },
    reads: [request, exchange, review],
    decide: async (stream, actor, when) => {
      const recall = randomUUIDv7();
      const letter = {
        kind: 'recall',
        to: 'customs',
        case: recalled.case,
        body: {
          waybill: 'recall/1',
          reference: recalled.case,
          recall,
          by: 'IRS',
          items: recalled.items,
          reason: recalled.reason,
          on: when.day,
        },
      } as const;
      const packet = await sign(node, letter, actor, when);
      const kept = sealedJws(packet, packet.id);
      const input = readAct({
        act: 'recall',
        ...recalled,
        recall,
        packet: packet.digest,
        jws: kept.id,
      }) as ActOf<'recall'>;
      const state = foldIrs(stream(request), stream(review));
      const events = recallByIrs(state, input, actor, { ...when, catalogue: node.catalogue });
      return {
        events: [
          packetSent({ ...packet, content: kept.id }, letter, actor, when),
          ...inStream(request, recalled.case, events),
        ],
        contents: [kept],
      };
    },
  });
};

/** A holder recalls what it gave on. Customs tells Justice in a packet, where Justice has any of it. */
export const recallOnward = async (node: Node, order: Order, recalled: Recalled): Promise<Done> => {
  const before = await doneBefore(node, order, heldPlace(node, recalled.case), isRecall(recalled));
  if (before !== undefined) return { receipt: before, warnings: [] };
  // The same order is the same recall: its id is part of what is asked.
  const recall = order.id === undefined ? randomUUIDv7() : idFrom(`recall ${order.id}`);
  const read = readAct({ act: 'recall', recall, ...recalled }) as ActOf<'recall'>;
  const state = await holdingOf(node, recalled.case);
  const atJustice =
    node.office === 'customs' &&
    recalled.items.some((item) => state.items.get(item)?.done.some(({ kind }) => kind === 'referred'));
  if (!atJustice) return afterwards(node, order, read);
  return afterwards(node, order, read, {
    to: 'justice',
    make: (now, _actor, { day }) => ({
      letter: {
        kind: 'recall',
        to: 'justice',
        case: recalled.case,
        body: recallToJustice(now, read, day),
      },
      into: (packet) => ({ ...read, ...packet }),
    }),
  });
};

/**
 * Customs tells Justice of the recalls that it was told of: each that a crash or a late referral has left. One that is on record
 * as told and that Justice has not answered comes with its first receipt: its packet may not have left, or not have arrived.
 */
export const forwardRecalls = async (
  node: Node,
  order: Order,
  reference: string,
): Promise<readonly Done[]> => {
  const { id: _one, expect: _step, ...who } = order;
  const state = await holdingOf(node, reference);
  const done: Done[] = [];
  for (const { recall } of forwardedUnanswered(state)) {
    const receipt = await doneBefore(
      node,
      who,
      heldPlace(node, reference),
      (event) => event.kind === 'recall-forwarded' && dataOf(event)['recall'] === recall,
    );
    if (receipt !== undefined) done.push({ receipt, warnings: [] });
  }
  for (const { recall } of unforwarded(state)) {
    const read: Omit<ActOf<'forward recall'>, 'packet' | 'jws'> = {
      act: 'forward recall',
      case: reference,
      recall,
    };
    done.push(
      await afterwards(
        node,
        who,
        { ...read, packet: '', jws: '' },
        {
          to: 'justice',
          make: (now, _actor, { day }) => ({
            letter: {
              kind: 'recall',
              to: 'justice',
              case: reference,
              body: forwardBody(now, recall, day),
            },
            into: (packet) => ({ ...read, ...packet }),
          }),
        },
      ),
    );
  }
  return done;
};

/** Answers a recall. Where it came from above, the answer goes up in a packet: all that is known of it by now. */
export const answerRecall = async (
  node: Node,
  order: Order,
  answer: Readonly<Record<string, unknown>> & { readonly case: string },
): Promise<Done> => {
  const read = readAct({ act: 'answer recall', ...answer }) as ActOf<'answer recall'>;
  const { case: reference, recall, item, holder, how, reason } = read;
  const to = node.office === 'customs' ? 'irs' : 'customs';
  const before = await doneBefore(node, order, heldPlace(node, reference), (event) => {
    const told = dataOf(event);
    const same = told['recall'] === recall && told['holder'] === holder && told['how'] === how;
    // What came up in a packet has been told by somebody else.
    return event.kind === 'recall-answered' && event.item === item && same && told['from'] === undefined;
  });
  if (before !== undefined) return { receipt: before, warnings: [] };
  const { office, recalls } = await holdingOf(node, reference);
  // Of a recall that begins here nobody further up waits for an answer.
  if (recalls.get(recall)?.from === office) return afterwards(node, order, read);
  return afterwards(node, order, read, {
    to,
    make: (state, _actor, { day }) => {
      const now: RecallAnswer = { item, holder, how, on: day, ...(reason === undefined ? {} : { reason }) };
      return {
        letter: {
          kind: 'recall answer',
          to,
          case: reference,
          body: recallAnswerBody(state, recall, day, [now]),
        },
        into: (packet) => ({ ...read, ...packet }),
      };
    },
  });
};
