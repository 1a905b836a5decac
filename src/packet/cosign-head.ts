import type { OpenedCheckpoint } from '../custody/checkpoint.ts';
import { formatNote, parseNote, signNote } from '../custody/note.ts';
import type { Signer } from '../custody/signer.ts';

/**
 * The other office's head with our cosignature (C2SP tlog-cosignature), as the next packet to it carries it. `time` in
 * POSIX seconds. Cosign only a head that `checkPacket` let take the place of the last one: it says that no larger
 * consistent head was seen.
 */
export const cosignHead = (senderHead: OpenedCheckpoint, cosigner: Signer, time: number): string => {
  const { text, signatures } = parseNote(senderHead.note);
  // Other witnesses' signatures were not verified here, and would make the packet's length depend on them.
  const byLog = signatures.filter(({ name }) => name === senderHead.origin);
  return formatNote(signNote({ text, signatures: byLog }, cosigner, time));
};
