import { randomUUIDv7 } from 'node:crypto';
import { stamp } from '../casework/acts/events.ts';
import { answerBodySchema } from '../casework/acts/answer.ts';
import { decideCustoms, foldCustoms } from '../casework/acts/customs.ts';
import { itemScope } from '../casework/acts/events.ts';
import { decideIrs, foldIrs } from '../casework/acts/irs.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import { type ActName, type ActOf, readAct } from '../casework/acts/act.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { Office } from '../custody/entry.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import { cosignHead } from '../packet/cosign-head.ts';
import type { PacketPayload } from '../packet/payload.ts';
import { PacketRefused } from '../packet/refusal.ts';
import type { NewContent, NewEvent, Receipt, StoredEvent } from '../store/types.ts';
import { type Order, type Place, type When, act, isMovedOn } from './act.ts';
import { casePlace, inStream } from './customs.ts';
import { exchangeStream } from './exchange.ts';
import { type AtGate, checkAtGate, recordRefusal } from './gate.ts';
import { irsPlaces, irsState, recordReview } from './irs.ts';
import type { Node } from './node.ts';

export interface Received {
  readonly kind: PacketPayload['kind'];
  readonly from: Office;
  readonly case: string | undefined;
  readonly receipt: Receipt;
}

type Read = (place: Place) => readonly StoredEvent[];

/** What one kind of packet means to this office: which streams it is decided by, and which events it makes. */
interface Reading {
  /** What has to be recorded in another log first. */
  readonly before?: (order: Order) => Promise<void>;
  readonly reads: readonly Place[];
  readonly decide: (
    read: Read,
    actor: Actor,
    when: When,
  ) => { events: readonly NewEvent[]; contents?: readonly NewContent[] };
}

/** What a packet says must be an act of its kind, whole; if not, the packet is refused, with every field that is wrong. */
const readBody = <Name extends ActName>(input: unknown): ActOf<Name> => {
  try {
    return readAct(input) as ActOf<Name>;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first, ...rest] = error.problems;
    const refused = (problem: Problem): Problem => ({
      ...problem,
      kind: 'packet-refused',
      next: 'Store nothing of it; tell the office which field is wrong.',
    });
    throw new ProblemError(refused(first), ...rest.map(refused));
  }
};

const common = ({ checked: { payload, digest } }: AtGate) => ({
  case: payload.case ?? '',
  packet: digest,
  body: payload.body,
});

/** (b): the Commissioner's signature is the one on the packet, not a line in a text that someone else has signed. */
const requireSignature = ({ checked: { payload } }: AtGate, { body }: ActOf<'receive request'>): void => {
  const { signature } = body.request;
  const { name, title, capacity } = payload.signer;
  if (signature === undefined) return;
  if (signature.name === name && signature.title === title && signature.capacity === capacity) return;
  throw new ProblemError({
    kind: 'packet-refused',
    what: 'The request says that another person has signed it than the one whose signature the packet has.',
    cite: '(b)',
    next: 'Store nothing of it; ask Customs for the request signed by the Commissioner with the Commissioner’s own key.',
  });
};

/** The request of Customs, received by the IRS. */
const aRequest = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive request'>({
    act: 'receive request',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
  });
  requireSignature(gate, input);
  const { request, review } = irsPlaces(input.case);
  return {
    reads: [request, review],
    decide: (read, actor, when) => {
      const state = foldIrs(read(request), read(review));
      const { case: events } = decideIrs(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(request, input.case, events) };
    },
  };
};

/**
 * The withdrawal of a request. It closes the review first, in the review's own log: there it meets a release in the making, and
 * one of the two is first. If we crash between the two logs, the packet received again finishes the second.
 */
const aWithdrawal = (node: Node, gate: AtGate): Reading => {
  const input = readBody<'receive withdrawal'>({
    act: 'receive withdrawal',
    ...common(gate),
    jws: canonicalJson(gate.opened.jws),
  });
  const { request, review } = irsPlaces(input.case);
  return {
    before: async ({ id: _ofTheSecond, ...order }) => {
      const { request: asked, release, withdrawal } = await irsState(node, input.case);
      if (asked !== undefined && release === undefined && withdrawal === undefined)
        await recordReview(node, order, input);
    },
    reads: [request, review],
    decide: (read, actor, when) => {
      const state = foldIrs(read(request), read(review));
      const { case: events } = decideIrs(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(request, input.case, events) };
    },
  };
};

/** The answer of the IRS, received by Customs: each item disclosed goes to the vault under a key of its own. */
const anAnswer = (node: Node, gate: AtGate): Reading => {
  const { checked, opened } = gate;
  const { payload, senderHead } = checked;
  const reference = payload.case ?? '';
  const place = casePlace(reference);
  const body = answerBodySchema.safeParse(payload.body);
  if (!body.success) throw new PacketRefused('not-a-packet');
  const contents: NewContent[] = [];
  const keep = (scope: string, bytes: Uint8Array): string => {
    const id = randomUUIDv7();
    contents.push({ id, scope, bytes });
    return id;
  };
  const places = Object.fromEntries(
    body.data.items.flatMap((item) =>
      item.outcome === 'disclosed'
        ? [[item.id, keep(itemScope(reference, item.id), Buffer.from(JSON.stringify(item.content, null, 2)))]]
        : [],
    ),
  );
  const { letter } = body.data;
  // The letter and the signed packet show every item: each lies under a key of its own, so that it can go when one of them goes.
  const letterAt =
    letter === undefined ? undefined : keep(`letter/${reference}`, Buffer.from(letter, 'base64'));
  const jwsAt = keep(`packet/${payload.id}`, Buffer.from(canonicalJson(opened.jws)));
  const input = readBody<'receive answer'>({
    act: 'receive answer',
    ...common(gate),
    jws: jwsAt,
    head: senderHead.note,
    contents: places,
    ...(letterAt === undefined ? {} : { letter: letterAt }),
  });
  return {
    reads: [place],
    decide: (read, actor, when) => {
      const state = foldCustoms(read(place));
      const events = decideCustoms(state, input, actor, { ...when, catalogue: node.catalogue });
      return { events: inStream(place, reference, events), contents };
    },
  };
};

/** Nothing but a head to be witnessed. */
const aHead = (node: Node): Reading => ({
  reads: [],
  decide: (_read, actor, when) => {
    requireDuty(actor, when.day, node.office === 'irs' ? 'receives requests' : 'receives');
    return { events: [] };
  },
});

const readingOf = (node: Node, gate: AtGate): Reading => {
  const { kind, from } = gate.checked.payload;
  if (kind === 'head') return aHead(node);
  if (node.office === 'irs' && from === 'customs' && kind === 'request') return aRequest(node, gate);
  if (node.office === 'irs' && from === 'customs' && kind === 'withdrawal') return aWithdrawal(node, gate);
  if (node.office === 'customs' && from === 'irs' && kind === 'answer') return anAnswer(node, gate);
  throw new ProblemError({
    kind: 'packet-refused',
    what: 'This office takes no packet of that kind from that office.',
    next: 'Tell the sender: requests go from Customs to the IRS, and answers from the IRS to Customs.',
  });
};

const packetReceived = ({ checked }: AtGate, node: Node, actor: Actor, when: When): NewEvent => {
  const { payload, digest, entry, senderHead, advance, cosignedOwnHead } = checked;
  return {
    stream: exchangeStream(payload.from),
    kind: 'packet-received',
    cite: '',
    ...(payload.case === undefined ? {} : { case: payload.case }),
    packet: digest,
    data: {
      ...stamp(actor, when),
      id: payload.id,
      kind: payload.kind,
      entry,
      signer: { name: payload.signer.name, title: payload.signer.title },
      ...(advance ? { seen: cosignHead(senderHead, node.cosigner, when.at) } : {}),
      ...(cosignedOwnHead === undefined ? {} : { acknowledged: cosignedOwnHead.note }),
    },
  };
};

const take = async (node: Node, order: Order, gate: AtGate): Promise<Receipt> => {
  const { payload, digest, repeated } = gate.checked;
  const before = gate.exchange.received.get(payload.id);
  const known = before === undefined ? undefined : await node.views.receipt(node.log, before.act);
  if (repeated && known !== undefined) return { ...known, repeated: true };
  const reading = readingOf(node, gate);
  const exchange: Place = { log: node.log, stream: exchangeStream(payload.from) };
  await reading.before?.(order);
  // What was checked was checked against the head seen last; another packet of that office meanwhile, and it is checked again.
  return act(
    node,
    { ...order, expect: gate.exchange.version },
    {
      log: node.log,
      asked: { act: 'receive', packet: digest },
      reads: [exchange, ...reading.reads],
      decide: (read, actor, when) => {
        const { events, contents = [] } = reading.decide(read, actor, when);
        return { events: [packetReceived(gate, node, actor, when), ...events], contents };
      },
    },
  );
};

const TRIES = 8;

/**
 * Receives a packet: checks all of it, and records packet, sender's head and what it says in one act. Receiving it again gives
 * the first receipt. What is refused is recorded as a refused attempt, and nothing of it is stored; the refusal is thrown.
 */
export const receive = async (
  node: Node,
  order: Order,
  bytes: Uint8Array,
  via?: Office,
): Promise<Received> => {
  for (let tried = 1; ; tried++) {
    try {
      const gate = await checkAtGate(node, bytes, via);
      const { kind, from, case: reference } = gate.checked.payload;
      return { kind, from, case: reference, receipt: await take(node, order, gate) };
    } catch (error) {
      if (isMovedOn(error) && tried < TRIES) continue;
      if (isRefusal(error)) await recordRefusal(node, order, error, bytes);
      throw error;
    }
  }
};

/** A fault of the packet, not of the person, the database or the hour. */
export const isRefusal = (error: unknown): error is ProblemError =>
  error instanceof PacketRefused ||
  (error instanceof ProblemError &&
    error.problems.every(({ kind }) => kind === 'packet-refused' || kind === 'not-in-order'));
