import { openCheckpoint } from '../custody/checkpoint.ts';
import type { OpenedCheckpoint } from '../custody/checkpoint.ts';
import { verifyExhibit } from '../custody/exhibit.ts';
import type { VerifiedExhibit } from '../custody/exhibit.ts';
import { parseVkey } from '../custody/vkey.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import type { OfficeCard } from './card.ts';
import { PacketRefused } from './refusal.ts';
import type { Why } from './refusal.ts';

/** Custody's problems are about a file in a person's hands; in a packet they have the packet's own sentence. */
const inPacket = <T>(why: Why, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProblemError ? new PacketRefused(why) : error;
  }
};

/** Verifies the sender's receipt: its log has the entry, and the entry commits to this packet. */
export const verifyReceipt = (
  receipt: string | undefined,
  sender: OfficeCard,
  digest: string,
): VerifiedExhibit => {
  if (receipt === undefined) throw new PacketRefused('receipt-missing');
  const exhibit = inPacket('receipt-broken', () => verifyExhibit(receipt, parseVkey(sender.vkey)));
  if (exhibit.opened.packet !== digest || exhibit.entry.office !== sender.office) {
    throw new PacketRefused('receipt-not-of-this-packet');
  }
  return exhibit;
};

/**
 * Verifies the head of our own log that the sender cosigned. Whether we still have that head is not decided here: if
 * ours is shorter, this node was restored from an old backup and must stop.
 */
export const verifyCosigned = (cosigned: string, sender: OfficeCard, ownLog: VerifierKey): OpenedCheckpoint =>
  inPacket('cosignature-broken', () => {
    const witness = parseVkey(sender.cosigner);
    const head = openCheckpoint(cosigned, ownLog, [witness]);
    if (!head.by.some(({ key }) => key === witness)) throw new PacketRefused('cosignature-broken');
    return head;
  });
