import { type CustomsAct, readAct } from '../casework/acts/act.ts';
import {
  type CustomsState,
  decideCustoms,
  evolveCustoms,
  requestBody,
  withdrawalBody,
} from '../casework/acts/customs.ts';
import type { CaseEvent, Situation } from '../casework/acts/events.ts';
import type { Actor } from '../casework/acts/people.ts';
import { ProblemError } from '../ground/problem.ts';
import type { PacketJws } from '../packet/sign.ts';
import type { Json, NewEvent, Receipt, StoredEvent } from '../store/types.ts';
import { type Decided, type Events, type Order, type Place, type When, act, requireSending } from './act.ts';
import { exchangeStream } from './exchange.ts';
import { customsOf } from './folding.ts';
import type { Node } from './node.ts';
import { type Letter, packetSent, sealedJws, sign } from './outgoing.ts';

export const casePlace = (reference: string): Place => ({ log: 'customs', stream: `case/${reference}` });
const toIrs: Place = { log: 'customs', stream: exchangeStream('irs') };

/** Events of a case, with the stream they go to. */
export const inStream = (place: Place, reference: string, events: readonly CaseEvent[]): Events => {
  const [first, ...rest] = events.map((one): NewEvent => ({ ...one, stream: place.stream, case: reference }));
  if (first === undefined) throw new TypeError('an act has an event');
  return [first, ...rest];
};

export const customsCase = async (node: Node, reference: string): Promise<CustomsState> =>
  customsOf(await node.views.stream('customs', casePlace(reference).stream));

const situation = (node: Node, when: When): Situation => ({ ...when, catalogue: node.catalogue });

/** An act of Customs that needs nothing but the case: a draft, or a look. */
export const actOnCase = (node: Node, order: Order, input: unknown): Promise<Receipt> => {
  const read = readAct(input) as CustomsAct;
  const place = casePlace(read.case);
  return act(node, order, {
    log: 'customs',
    asked: read,
    reads: [place],
    decide: (stream, actor, when) => ({
      events: inStream(
        place,
        read.case,
        decideCustoms(customsOf(stream(place)), read, actor, situation(node, when)),
      ),
    }),
  });
};

export const draftRequest = (
  node: Node,
  order: Order,
  reference: string,
  document: unknown,
): Promise<Receipt> => actOnCase(node, order, { act: 'draft', case: reference, document });

/**
 * The Commissioner signs: the letter as it will travel is signed with the Commissioner's own key here, not when someone
 * sends it. What is signed lies in the vault until then.
 */
export const signRequest = (node: Node, order: Order, reference: string): Promise<Receipt> => {
  const place = casePlace(reference);
  const read = { act: 'sign', case: reference } as const;
  return act(node, order, {
    log: 'customs',
    asked: read,
    reads: [place],
    decide: async (stream, actor, when): Promise<Decided> => {
      const state = customsOf(stream(place));
      const events = decideCustoms(state, read, actor, situation(node, when));
      const signed = events.reduce((now, { kind, data }) => evolveCustoms(now, { kind, data }), state);
      const letter: Letter = {
        kind: 'request',
        to: 'irs',
        case: reference,
        body: requestBody(signed),
      };
      const packet = await sign(node, letter, actor, when);
      const kept = sealedJws(packet, packet.id);
      const withPacket = events.map((one): CaseEvent => ({
        ...one,
        packet: packet.digest,
        data: { ...(one.data as Record<string, Json>), id: packet.id, content: kept.id },
      }));
      return { events: inStream(place, reference, withPacket), contents: [kept] };
    },
  });
};

/** The signed letter of a case, from the vault. */
const signedLetter = async (node: Node, events: readonly StoredEvent[]) => {
  const event = events.findLast(({ kind }) => kind === 'request-signed');
  const receipt = event === undefined ? undefined : await node.views.receipt('customs', event.act);
  if (event === undefined || receipt === undefined)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'The request is not signed.',
      cite: '(b)',
      next: 'Have the Commissioner sign it.',
      way: 'sign',
    });
  const { id, content } = event.data as { id: string; content: string };
  const jws = JSON.parse(Buffer.from(await node.vault.open(receipt, content)).toString('utf8')) as PacketJws;
  return { id, digest: event.packet ?? '', jws };
};

/** The receipt of an act of the case that has been done: given once more, to who may send, it lets its packet be made again. */
const doneBefore = async (
  node: Node,
  order: Order,
  reference: string,
  kind: string,
): Promise<Receipt | undefined> => {
  if (order.id !== undefined) return undefined;
  const done = (await node.views.stream('customs', casePlace(reference).stream)).findLast(
    (one) => one.kind === kind && one.packet !== undefined,
  );
  const receipt = done === undefined ? undefined : await node.views.receipt('customs', done.act);
  if (receipt === undefined) return undefined;
  await requireSending(node, order);
  return { ...receipt, repeated: true };
};

/**
 * Sends what the Commissioner has signed. Gives the receipt that lets the packet leave; and gives it again for a request that
 * was sent, so that after a crash or a loss the same command makes the packet again.
 */
export const sendRequest = async (node: Node, order: Order, reference: string): Promise<Receipt> => {
  const place = casePlace(reference);
  const before = await doneBefore(node, order, reference, 'request-sent');
  if (before !== undefined) return before;
  return act(node, order, {
    log: 'customs',
    asked: { act: 'send', case: reference },
    reads: [place, toIrs],
    decide: async (stream, actor, when): Promise<Decided> => {
      const state = customsOf(stream(place));
      requestBody(state);
      const letter = await signedLetter(node, stream(place));
      const kept = sealedJws(letter, letter.id);
      const events = decideCustoms(
        state,
        { act: 'send', case: reference, packet: letter.digest, jws: kept.id },
        actor,
        situation(node, when),
      );
      return {
        events: [
          packetSent(
            { ...letter, content: kept.id },
            { kind: 'request', to: 'irs', case: reference },
            actor,
            when,
          ),
          ...inStream(place, reference, events),
        ],
        contents: [kept],
      };
    },
  });
};

/** Withdraws a request. Where it was sent, a packet tells the IRS, and the receipt lets it leave, now or after a crash. */
export const withdrawRequest = async (
  node: Node,
  order: Order,
  reference: string,
  reason: string,
): Promise<Receipt> => {
  const place = casePlace(reference);
  const before = await doneBefore(node, order, reference, 'request-withdrawn');
  if (before !== undefined) return before;
  readAct({ act: 'withdraw', case: reference, reason });
  return act(node, order, {
    log: 'customs',
    asked: { act: 'withdraw', case: reference, reason },
    reads: [place, toIrs],
    decide: async (stream, actor, when): Promise<Decided> => {
      const state = customsOf(stream(place));
      const told = state.sent === undefined ? undefined : await withdrawal(node, state, reason, actor, when);
      const events = decideCustoms(
        state,
        {
          act: 'withdraw',
          case: reference,
          reason,
          ...(told === undefined ? {} : { packet: told.packet.digest, jws: told.kept.id }),
        },
        actor,
        situation(node, when),
      );
      const own = inStream(place, reference, events);
      if (told === undefined) return { events: own };
      const sent = packetSent({ ...told.packet, content: told.kept.id }, told.letter, actor, when);
      return { events: [sent, ...own], contents: [told.kept] };
    },
  });
};

const withdrawal = async (node: Node, state: CustomsState, reason: string, actor: Actor, when: When) => {
  const body = withdrawalBody(state, reason, when);
  const letter: Letter = {
    kind: 'withdrawal',
    to: 'irs',
    case: body.reference,
    body: body,
  };
  const packet = await sign(node, letter, actor, when);
  return { letter, packet, kept: sealedJws(packet, packet.id) };
};
