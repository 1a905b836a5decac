import { ProblemError } from '../ground/problem.ts';
import { toBase64 } from './base64.ts';
import type { Checkpoint } from './checkpoint.ts';
import { verifyConsistency } from './consistency.ts';
import { EMPTY_ROOT } from './hash.ts';

const words = ({ size, root }: Checkpoint): string => `size ${size}, root ${toBase64(root)}`;

const refused = (what: string, known: Checkpoint, shown: Checkpoint): ProblemError =>
  new ProblemError({
    kind: 'log-forked',
    what: `${what} Head known: ${words(known)}. Head shown: ${words(shown)}.`,
    where: known.origin,
    next: 'Keep both signed heads; they are the evidence. Take nothing more from that office until its inspector has explained them.',
  });

/**
 * Whether a head of another office's log may take the place of the one last seen (the checks of C2SP tlog-witness
 * before it cosigns). `known` is undefined at first sight. Both must have been opened, so that their signatures hold.
 * Throws a ProblemError `log-forked` that shows both heads, if the log was cut back or rewritten, or the proof is wrong.
 */
export const checkAdvance = (
  known: Checkpoint | undefined,
  shown: Checkpoint,
  path: readonly Uint8Array[],
): void => {
  // At first sight any head goes, without a proof; that of an empty log must be the hash of nothing.
  known ??= { origin: shown.origin, size: 0, root: EMPTY_ROOT };
  if (known.origin !== shown.origin) throw refused('The two heads are of two logs.', known, shown);
  if (shown.size < known.size) {
    throw refused(
      'The log is shorter than it was: it was cut back, or an old state was restored.',
      known,
      shown,
    );
  }
  if (!verifyConsistency(path, known.size, known.root, shown.size, shown.root)) {
    throw refused(
      'The log shown is not shown to go on from the one known: it was rewritten, or the proof is wrong.',
      known,
      shown,
    );
  }
};
