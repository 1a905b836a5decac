import { join } from 'node:path';
import { sha256 } from '../ground/digest.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { randomBytes } from 'node:crypto';
import { answerBody, answeredEvents, irsCase, readyToRelease, releaseEvents } from '../casework/acts/irs.ts';
import type { Ready } from '../casework/acts/irs-release.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { Case } from '../casework/schema.ts';
import { ProblemError } from '../ground/problem.ts';
import { letter as writeLetter } from '../letter/letter.ts';
import { type ItemRecord } from '../returns/extract/record.ts';
import type { PacketJws } from '../packet/sign.ts';
import type { Json, Receipt, StoredEvent } from '../store/types.ts';
import { type Decided, type Order, type When, act, idFrom, requireSending } from './act.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import type { IrsState } from '../casework/acts/irs.ts';
import { inStream } from './customs.ts';
import { exchangeStream } from './exchange.ts';
import { irsOf } from './folding.ts';
import { irsPlaces } from './irs.ts';
import type { Node } from './node.ts';
import { type Letter, packetSent, sealedJws, sign } from './outgoing.ts';
import { letterInput } from './release/letter-input.ts';
import { withReturns } from './release/returns.ts';
import { takeItems } from './release/take.ts';

/** The returns as they are now must be the ones that were located: another file under the same name is another record. */
const asLocated = async (read: Case, returns: string): Promise<void> => {
  const now = await withReturns(read, returns);
  const changed = read.records.find((record, n) => canonicalJson(record) !== canonicalJson(now.records[n]));
  if (changed === undefined) return;
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'The return is not the one that was located: its filer or its period is another.',
    where: join(returns, changed.file ?? ''),
    cite: '(b)(2)',
    next: 'Locate the record again; what was found on it must be found and approved anew.',
  });
};

/**
 * What goes of a value: itself, and where it stands. Where in the file it stood, and the file's digest, stay with the IRS: they
 * change with every other line of the return, and so tell of lines that nobody asked for.
 */
const disclosed = (record: ItemRecord): Json => {
  const { form, line, path, value, document, documentIndex, elementIndex, period, filer, returnType } =
    record;
  return {
    form,
    line,
    path,
    value,
    document,
    documentIndex,
    elementIndex,
    period,
    filer: { ...filer },
    returnType,
  };
};

/** Takes out exactly what is ready to be disclosed, and composes the letter. */
const compose = async (node: Node, made: Ready, actor: Actor, { day }: When, returns: string) => {
  const read = irsCase(made.state, actor, day);
  const records = read.records.filter(({ file }) => file !== undefined);
  if (records.length > 0) await asLocated({ ...read, records }, returns);
  const going = new Set(
    made.outcomes.filter(({ outcome }) => outcome === 'disclosed').map(({ item }) => item),
  );
  const { decided } = made;
  const values = new Map<string, Json[]>();
  const taken = await takeItems(
    {
      read: { ...read, items: read.items.filter(({ id }) => going.has(id)) },
      decided,
      catalogue: node.catalogue,
    },
    returns,
    (some) => {
      for (const { record, items } of some)
        for (const item of items) {
          const found = values.get(item) ?? [];
          found.push(disclosed(record));
          values.set(item, found);
        }
    },
  );
  const contents = Object.fromEntries(values);
  // Salted, so that whoever guesses the reasons cannot confirm the guess by the digest in the letter.
  const determination = sha256(canonicalJson({ salt: randomBytes(32).toString('hex'), digest: made.digest }));
  const input = letterInput({ read, decided, catalogue: node.catalogue }, taken, {
    determinations: determination,
  });
  const pdf = await writeLetter({
    ...input,
    // (b)(4) designates titles, not people.
    addressee: { ...input.addressee, name: 'The officers and employees designated in your request' },
    salutation: 'Dear Officers:',
  });
  return {
    body: answerBody(made, contents, Buffer.from(pdf).toString('base64')),
    disclosed: Object.keys(contents),
  };
};

const releaseOf = (events: readonly StoredEvent[]): StoredEvent | undefined =>
  events.findLast(({ kind }) => kind === 'release-decided');

/** First act: the review closes, in its own log, and holds the whole answer. */
const close = async (node: Node, order: Order, reference: string, returns: string): Promise<void> => {
  const { request, review } = irsPlaces(reference);
  await act(node, order, {
    log: review.log,
    asked: { act: 'release', case: reference },
    reads: [review, request],
    decide: async (stream, actor, when): Promise<Decided> => {
      const made = readyToRelease(irsOf(stream(request), stream(review)), actor, {
        ...when,
        catalogue: node.catalogue,
      });
      const { body, disclosed } = await compose(node, made, actor, when, returns);
      const letter: Letter = {
        kind: 'answer',
        to: 'customs',
        case: reference,
        body: body,
      };
      const packet = await sign(node, letter, actor, when);
      const kept = sealedJws(packet, packet.id);
      const events = releaseEvents(made, {
        packet: packet.digest,
        jws: kept.id,
        body,
        contents: Object.fromEntries(disclosed.map((item) => [item, kept.id])),
      }).review;
      const withPacket = events.map((one) =>
        one.kind === 'release-decided'
          ? { ...one, data: { ...(one.data as Record<string, Json>), id: packet.id, content: kept.id } }
          : one,
      );
      return { events: inStream(review, reference, withPacket), contents: [kept] };
    },
  });
};

/** The receipt of the answer, where the log that Customs may read has been told of it. */
const told = async (node: Node, reference: string): Promise<Receipt | undefined> => {
  const { request } = irsPlaces(reference);
  const answered = (await node.views.stream(request.log, request.stream)).find(
    ({ kind }) => kind === 'answered',
  );
  const receipt = answered === undefined ? undefined : await node.views.receipt(request.log, answered.act);
  return receipt === undefined ? undefined : { ...receipt, repeated: true };
};

/** Whoever finishes a release must be entitled to make it. */
const requireSender = (state: IrsState, actor: Actor, { day }: When): void => {
  requireDuty(actor, day, 'sends');
  if (state.approval?.by.id !== actor.id) return;
  throw new ProblemError({
    kind: 'not-entitled',
    what: 'Whoever approved the release does not send it.',
    where: actor.title,
    cite: '(a)',
    next: 'Have another person whose title carries the duty “sends” release it.',
  });
};

/**
 * Second act: the log that Customs may read is told, in the same number and order of entries whatever was found. Its id comes
 * from the first act’s, so that of several who finish a release at once only one does: there is one answer.
 */
const tell = async (node: Node, order: Order, reference: string): Promise<Receipt> => {
  const { request, review } = irsPlaces(reference);
  const exchange = { log: request.log, stream: exchangeStream('customs') };
  const before = await told(node, reference);
  if (before !== undefined) {
    await requireSending(node, order);
    return before;
  }
  const { expect: _step, ...who } = order;
  const first = releaseOf(await node.views.stream(review.log, review.stream));
  return act(
    node,
    { ...who, id: idFrom(`answered ${first?.act ?? ''}`) },
    {
      log: request.log,
      asked: { act: 'answered', case: reference },
      reads: [request, exchange, review],
      decide: async (stream, actor, when): Promise<Decided> => {
        const decided = releaseOf(stream(review));
        const receipt = decided === undefined ? undefined : await node.views.receipt(review.log, decided.act);
        if (decided === undefined || receipt === undefined)
          throw new TypeError('the review is closed before it is told of');
        const state = irsOf(stream(request), stream(review));
        requireSender(state, actor, when);
        const { id, content } = decided.data as { id: string; content: string };
        const jws = JSON.parse(
          Buffer.from(await node.vault.open(receipt, content)).toString('utf8'),
        ) as PacketJws;
        const kept = sealedJws({ jws }, id);
        const packet = { id, digest: decided.packet ?? '', content: kept.id };
        const sent = packetSent(packet, { kind: 'answer', to: 'customs', case: reference }, actor, when);
        // No other office sees a head of the review's log. This one commits to it, so that it cannot be rewritten either.
        const pinned = {
          ...sent,
          data: { ...(sent.data as Record<string, Json>), review: receipt.checkpoint },
        };
        return {
          events: [pinned, ...inStream(request, reference, answeredEvents(state))],
          contents: [kept],
        };
      },
    },
  ).catch(async (error: unknown) => {
    // Another person finished it in this very moment: theirs is the answer.
    const other = await told(node, reference);
    if (other !== undefined) return other;
    throw error;
  });
};

/**
 * Releases the answer: two acts, in this order, and the second one's receipt lets the packet leave. If we crash between
 * the two, the review is closed and nothing has left; the same command finishes it.
 */
export const release = async (
  node: Node,
  order: Order,
  reference: string,
  returns: string,
): Promise<Receipt> => {
  const { review } = irsPlaces(reference);
  if (releaseOf(await node.views.stream(review.log, review.stream)) === undefined)
    await close(node, order, reference, returns);
  return tell(node, order, reference);
};
