import type { Checkpoint, OpenedCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import type { OfficeCard } from './card.ts';
import type { OpenedPacket } from './open.ts';
import type { PacketPayload } from './payload.ts';
import { verifyCosigned, verifyReceipt } from './receipt.ts';
import { PacketRefused } from './refusal.ts';
import { checkSenderHead } from './sender-head.ts';
import { verifySignatures } from './signatures.ts';
import { checkTitle } from './title.ts';

/** What the receiving office knows. */
export interface CheckContext {
  readonly own: Office;
  /** POSIX seconds. */
  readonly now: number;
  /** Of the other offices, one each. */
  readonly cards: readonly OfficeCard[];
  /** Of the log that the sender may have cosigned. */
  readonly ownLog: VerifierKey;
  /** Whose certificate the channel showed; left out where a file brought the packet. */
  readonly via?: Office;
  /** The sender's head as last accepted, opened; undefined before its first packet. */
  readonly knownHead: (sender: Office) => Promise<Checkpoint | undefined>;
  /** The payload digest of the packet received from this sender under this id; undefined if there was none. */
  readonly seen: (sender: Office, id: string) => Promise<string | undefined>;
}

/** A packet that may be believed as far as one believes the sender's card. */
export interface CheckedPacket {
  readonly payload: PacketPayload;
  /** SHA-256 of the payload, hex. */
  readonly digest: string;
  /** The number of the sender's log entry. */
  readonly entry: number;
  readonly senderHead: OpenedCheckpoint;
  /** Whether `senderHead` is to be kept, and cosigned, in the place of the one last seen. */
  readonly advance: boolean;
  /** A head of our own log that the sender has seen. If ours is shorter or another, the node must stop. */
  readonly cosignedOwnHead?: OpenedCheckpoint;
  /** Received before, with this content: to be answered as then, and not to be done again. */
  readonly repeated: boolean;
}

/**
 * Checks an opened packet. Every refusal is a PacketRefused with its own `why` and sentence. Nothing is stored: the
 * caller records packet and sender's head in one act, and asks again if another packet moved the head meanwhile.
 */
export const checkPacket = async (opened: OpenedPacket, context: CheckContext): Promise<CheckedPacket> => {
  const { card, payload, digest } = await verifySignatures(opened.jws, context.cards);
  if (context.via !== undefined && context.via !== card.office) throw new PacketRefused('another-sender');
  // Without this an office could seal a packet for one office anew, to another.
  if (payload.to !== context.own) throw new PacketRefused('not-for-us');

  const receipt = verifyReceipt(opened.receipt, card, digest);
  const before = await context.seen(card.office, payload.id);
  if (before !== undefined && before !== digest) throw new PacketRefused('id-reused');
  const repeated = before !== undefined;
  if (!repeated) checkTitle(payload, receipt.entry.time, context.now);

  const cosignedOwnHead =
    opened.cosigned === undefined ? undefined : verifyCosigned(opened.cosigned, card, context.ownLog);
  const known = await context.knownHead(card.office);
  const advance = checkSenderHead(known, receipt.head, opened.consistency, repeated);
  return {
    payload,
    digest,
    entry: receipt.index,
    senderHead: receipt.head,
    advance,
    ...(cosignedOwnHead === undefined ? {} : { cosignedOwnHead }),
    repeated,
  };
};
