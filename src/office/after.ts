import { type ActOf, type AfterAct, readAct } from '../casework/acts/act.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { Answer, Outcome } from '../casework/after/answer.ts';
import type { Holder } from '../casework/after/conditions.ts';
import { type AfterSituation, decideAfter } from '../casework/after/decide.ts';
import type { Holding } from '../casework/after/holding.ts';
import { ProblemError } from '../ground/problem.ts';
import type { NewContent, NewEvent, Receipt, StoredEvent } from '../store/types.ts';
import { type Order, type Place, type When, act } from './act.ts';
import { inStream } from './customs.ts';
import { destroyEnded } from './destroying.ts';
import { exchangeStream } from './exchange.ts';
import { heldBy } from './folding.ts';
import type { Node } from './node.ts';
import { type Letter, packetSent, sealedJws, sign } from './outgoing.ts';

/** The office as a holder of what was disclosed to it. Throws where it is the IRS. */
export const holderOf = (node: Node): Holder => {
  if (node.office === 'customs') return 'Customs';
  if (node.office === 'justice') return 'Justice';
  throw new ProblemError({
    kind: 'not-entitled',
    what: 'The IRS holds the returns themselves; this is for who holds what was disclosed.',
    cite: '(f)',
    next: 'Give the data folder of Customs or Justice.',
  });
};

export const heldPlace = (node: Node, reference: string): Place => ({
  log: node.log,
  stream: `case/${reference}`,
});

export const holdingOf = async (node: Node, reference: string): Promise<Holding> =>
  heldBy(holderOf(node), await node.views.stream(node.log, heldPlace(node, reference).stream));

/** Where an item that this office holds lies in the vault. */
export const heldContent = async (node: Node, reference: string, item: string): Promise<string | undefined> =>
  (await holdingOf(node, reference)).items.get(item)?.contents.at(-1);

/** In how many other cases of this office a person is engaged on the day. */
const engagedElsewhere = async (
  node: Node,
  reference: string,
  person: string,
  when: When,
): Promise<number> => {
  let count = 0;
  for (const { case: other } of await node.views.firsts(node.log, 'case/')) {
    if (other === undefined || other === reference) continue;
    const { engaged } = await holdingOf(node, other);
    if (engaged.some((one) => one.person === person && (one.to === undefined || when.day <= one.to))) count++;
  }
  return count;
};

const situation = async (
  node: Node,
  read: AfterAct | ActOf<'open'>,
  events: readonly StoredEvent[],
  when: When,
): Promise<AfterSituation> => {
  const base = { ...when, catalogue: node.catalogue };
  if (read.act === 'engage')
    return { ...base, elsewhere: await engagedElsewhere(node, read.case, read.person, when) };
  const corrected = read.act === 'correct' ? events.find(({ seq }) => seq === read.seq) : undefined;
  return corrected === undefined ? base : { ...base, corrects: corrected };
};

export interface Done {
  readonly receipt: Receipt;
  readonly warnings: readonly string[];
  readonly answer?: Answer;
  /** Why nothing was done of what was asked to be: on record by now, and for the door to say. */
  readonly refused?: ProblemError;
}

/** Throws what was refused, once it is on record. */
export const done = (one: Done): Done => {
  if (one.refused !== undefined) throw one.refused;
  return one;
};

/** What a question came to that was recorded before, where nothing was done of it: the same order, given again, was not done either. */
const refusedBefore = async (
  node: Node,
  { log, first, count }: Receipt,
): Promise<ProblemError | undefined> => {
  for (let seq = first; seq < first + count; seq++) {
    const event = await node.views.event(log, seq);
    const { do: asked, verdict } = (event?.data ?? {}) as { do?: boolean; verdict?: string };
    if (event?.kind !== 'may-i-answered' || asked !== true || verdict === 'permitted') continue;
    return new ProblemError({
      kind: 'not-entitled',
      what: 'This was asked before, and refused; nothing was done.',
      cite: event.cite,
      next: 'Ask it anew, without the act’s id, if something has changed since.',
    });
  }
  return undefined;
};

/** What goes with an act into a packet, where it sends one: made on the state that the act is decided on. */
export interface Enclosed {
  readonly letter: Letter;
  /** Puts digest and place of the signed packet into the act. */
  readonly into: (packet: { readonly packet: string; readonly jws: string }) => AfterAct | ActOf<'recall'>;
}

type Enclose = (state: Holding, actor: Actor, when: When) => Enclosed | Promise<Enclosed>;

/** Signs what an act sends, and gives the act with it. */
const enclosed = async (
  node: Node,
  made: Enclosed,
  actor: Actor,
  when: When,
): Promise<{ act: AfterAct; sent: NewEvent; kept: NewContent }> => {
  const packet = await sign(node, made.letter, actor, when);
  const kept = sealedJws(packet, packet.id);
  return {
    act: made.into({ packet: packet.digest, jws: kept.id }),
    sent: packetSent({ ...packet, content: kept.id }, made.letter, actor, when),
    kept,
  };
};

/**
 * An act after the release, of Customs or Justice. A question is recorded with its answer; where it was to be done and may not
 * be, that comes back as `refused`. `enclose` makes the packet of an act that sends one; the receipt lets it leave.
 */
export const afterwards = async (
  node: Node,
  order: Order,
  read: AfterAct | ActOf<'open'>,
  enclose?: { readonly to: 'irs' | 'customs' | 'justice'; readonly make: Enclose },
): Promise<Done> => {
  const holder = holderOf(node);
  const reference = read.case ?? '';
  const place = heldPlace(node, reference);
  const exchange: readonly Place[] =
    enclose === undefined ? [] : [{ log: node.log, stream: exchangeStream(enclose.to) }];
  let outcome: Outcome | undefined;
  let before: readonly StoredEvent[] = [];
  const receipt = await act(node, order, {
    log: node.log,
    asked: read,
    reads: [place, ...exchange],
    decide: async (stream, actor, when) => {
      const events = stream(place);
      before = events;
      const state = heldBy(holder, events);
      const now = await situation(node, read, events, when);
      const going =
        enclose === undefined
          ? undefined
          : await enclosed(node, await enclose.make(state, actor, when), actor, when);
      outcome = decideAfter(state, going?.act ?? read, actor, now);
      const own = inStream(place, reference, outcome.events);
      // What is refused is on record as refused, and sends nothing: a packet on record could be made at any time after.
      return going === undefined || outcome.refused !== undefined
        ? { events: own }
        : { events: [going.sent, ...own], contents: [going.kept] };
    },
  });
  // The act was decided on the case as it was, and added these; an act of before is asked of the log.
  await destroyEnded(
    node,
    receipt.repeated
      ? await node.views.stream(node.log, place.stream)
      : [...before, ...(outcome?.events ?? [])],
  );
  const refused = receipt.repeated ? await refusedBefore(node, receipt) : outcome?.refused;
  return {
    receipt,
    warnings: outcome?.warnings ?? [],
    ...(outcome?.answer === undefined ? {} : { answer: outcome.answer }),
    ...(refused === undefined ? {} : { refused }),
  };
};

const isAfterAct = (read: ReturnType<typeof readAct>): read is AfterAct =>
  [
    'may i',
    'file paper',
    'withdraw paper',
    'engage',
    'disengage',
    'audit changed',
    'unlock',
    'answer recall',
    'end use',
    'report incident',
    'correct',
  ].includes(read.act);

/** An act after the release that sends no packet, as it comes from a door. */
export const actAfter = async (node: Node, order: Order, input: unknown): Promise<Done> => {
  const read = readAct(input);
  if (!isAfterAct(read)) throw new TypeError('not an act after the release');
  return done(await afterwards(node, order, read));
};
