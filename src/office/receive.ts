import { stamp } from '../casework/acts/events.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { Office } from '../custody/entry.ts';
import { formatTlogProof, parseTlogProof } from '../custody/tlog-proof.ts';
import { ProblemError } from '../ground/problem.ts';
import { cosignHead } from '../packet/cosign-head.ts';
import type { PacketPayload } from '../packet/payload.ts';
import { PacketRefused } from '../packet/refusal.ts';
import type { NewEvent, Receipt } from '../store/types.ts';
import { type Order, type Place, type When, act, isMovedOn } from './act.ts';
import { exchangeStream } from './exchange.ts';
import { type AtGate, checkAtGate, recordRefusal } from './gate.ts';
import type { Node } from './node.ts';
import { readingOf } from './readings.ts';

export interface Received {
  readonly kind: PacketPayload['kind'];
  readonly from: Office;
  readonly case: string | undefined;
  readonly receipt: Receipt;
}

/** The sender’s receipt as it is kept, and passed on with what the packet brought: under the head that we have cosigned. */
const receiptOf = (receipt: string, seen: string | undefined): string =>
  seen === undefined ? receipt : formatTlogProof({ ...parseTlogProof(receipt), checkpoint: seen });

const packetReceived = ({ checked, opened }: AtGate, node: Node, actor: Actor, when: When): NewEvent => {
  const { payload, digest, entry, senderHead, advance, cosignedOwnHead } = checked;
  const seen = advance ? cosignHead(senderHead, node.cosigner, when.at) : undefined;
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
      ...(opened.receipt === undefined ? {} : { receipt: receiptOf(opened.receipt, seen) }),
      ...(seen === undefined ? {} : { seen }),
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
