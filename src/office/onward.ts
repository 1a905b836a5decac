import { randomUUIDv7 } from 'node:crypto';
import { type ActOf, readAct } from '../casework/acts/act.ts';
import { recallAnswerBody } from '../casework/after/recall-answer.ts';
import { forwardBody, recallToJustice, unforwarded } from '../casework/after/recall.ts';
import { recallByIrs } from '../casework/after/irs-recall.ts';
import { referralBody } from '../casework/after/referral.ts';
import { foldIrs } from '../casework/acts/irs.ts';
import type { RecallAnswer } from '../casework/after/letters.ts';
import type { Json, Receipt } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { type Done, afterwards, holdingOf } from './after.ts';
import { inStream } from './customs.ts';
import { exchangeStream } from './exchange.ts';
import { irsPlaces } from './irs.ts';
import { openItem } from './look.ts';
import type { Node } from './node.ts';
import { packetSent, sealedJws, sign } from './outgoing.ts';

/**
 * Customs refers items to an officer of Justice, (g). The officer looks at each of them first, as at every other opening: the
 * vault gives nothing out without it. Then the packet is signed and the referral recorded; its receipt lets the packet leave.
 */
export const refer = async (
  node: Node,
  order: Order,
  question: Readonly<Record<string, unknown>> & { readonly case: string },
): Promise<Done> => {
  const read = readAct({ act: 'may i', ...question }) as ActOf<'may i'>;
  const { case: reference, proposal } = read;
  const contents: Record<string, Json> = {};
  const { id: _ofTheReferral, expect: _step, ...who } = order;
  for (const item of proposal.items) {
    const { bytes } = await openItem(node, who, {
      case: reference,
      item,
      because: 'To refer it to Justice, (g).',
      audit: proposal.for.audit ?? '',
    });
    contents[item] = JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  }
  return afterwards(node, order, read, {
    to: 'justice',
    make: (state, actor, when) => ({
      letter: {
        kind: 'referral',
        to: 'justice',
        case: reference,
        body: referralBody(state, read, actor, { ...when, catalogue: node.catalogue }, contents),
      },
      into: (packet) => ({ ...read, do: { entries: [], ...read.do, ...packet } }),
    }),
  });
};

/** The IRS recalls what it disclosed in error; Customs is told in a packet. */
export const recallFromIrs = (
  node: Node,
  order: Order,
  recalled: { readonly case: string; readonly items: readonly string[]; readonly reason: string },
): Promise<Receipt> => {
  const { request, review } = irsPlaces(recalled.case);
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
export const recallOnward = async (
  node: Node,
  order: Order,
  recalled: { readonly case: string; readonly items: readonly string[]; readonly reason: string },
): Promise<Done> => {
  const recall = randomUUIDv7();
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

/** Customs tells Justice of the recalls that it was told of: each that a crash or a late referral has left. */
export const forwardRecalls = async (
  node: Node,
  order: Order,
  reference: string,
): Promise<readonly Done[]> => {
  const { id: _one, expect: _step, ...who } = order;
  const done: Done[] = [];
  for (const { recall } of unforwarded(await holdingOf(node, reference))) {
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
          make: (state, _actor, { day }) => ({
            letter: {
              kind: 'recall',
              to: 'justice',
              case: reference,
              body: forwardBody(state, recall, day),
            },
            into: (packet) => ({ ...read, ...packet }),
          }),
        },
      ),
    );
  }
  return done;
};

/** Answers a recall, and sends the answer up: all that is known of it by now. */
export const answerRecall = (
  node: Node,
  order: Order,
  answer: Readonly<Record<string, unknown>> & { readonly case: string },
): Promise<Done> => {
  const read = readAct({ act: 'answer recall', ...answer }) as ActOf<'answer recall'>;
  const { case: reference, recall, item, holder, how, reason } = read;
  const to = node.office === 'customs' ? 'irs' : 'customs';
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
