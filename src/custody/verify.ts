import type { Problem } from '../ground/problem.ts';
import { ProblemError } from '../ground/problem.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { OpenedCheckpoint } from './checkpoint.ts';
import { Findings } from './findings.ts';
import { EMPTY_ROOT, sameBytes } from './hash.ts';
import { subtreeReader } from './subtree.ts';
import type { VerifierKey } from './vkey.ts';
import { tilesIn, walkLog } from './walk.ts';
import type { ReadFile } from './walk.ts';

export interface VerifyOptions {
  /** The log's key, from a source other than the directory. */
  readonly log: VerifierKey;
  /** Whose cosignatures are looked for. */
  readonly witnesses?: readonly VerifierKey[];
  /**
   * Signed heads of this log that were seen elsewhere: in a packet, in an exhibit, at another office. Only these show
   * that a log was cut back or rewritten by someone who holds its key.
   */
  readonly known?: readonly (string | Uint8Array)[];
}

export interface LogReport {
  readonly head: OpenedCheckpoint;
  /** Names of the witnesses whose cosignature of this head holds. */
  readonly cosigned: readonly string[];
  /** How many of the known heads this log is proven to go on from; if others are not in `findings`, the log is too broken to tell. */
  readonly goesOnFrom: number;
  /** Empty if the log is whole. */
  readonly findings: readonly Problem[];
  /** How many more places are wrong than are listed. */
  readonly unlisted: number;
}

/**
 * Verifies a whole log from its files (`checkpoint`, `tile/…`), in one pass and in little memory however long it is: the
 * head's signatures, that the tiles lead from its root to the leaf hashes, that every entry is one and has its leaf hash,
 * and that the log goes on from every known head. Whatever is wrong with the files is a finding. Throws a ProblemError
 * where there is nothing to judge them by: the head, or a known head, is missing, malformed, or not signed by the log.
 */
export const verifyLog = async (
  read: ReadFile,
  { log, witnesses = [], known = [] }: VerifyOptions,
): Promise<LogReport> => {
  const note = await read('checkpoint');
  if (note === undefined) {
    throw new ProblemError({
      kind: 'log-altered',
      what: 'There is no signed head.',
      where: 'checkpoint',
      next: 'Give the directory that `log export` wrote: it has `checkpoint` and `tile` in it.',
    });
  }
  const head = openCheckpoint(note, log, witnesses);
  const seen = known.map((knownNote) => openCheckpoint(knownNote, log, witnesses));
  const findings = new Findings();
  await walkLog(head, read, findings);

  // Roots of older heads come from the tiles, so they say something only if all tiles are right.
  const whole = findings.none;
  const rootAt = subtreeReader(head.size, tilesIn(read));
  let goesOnFrom = 0;
  for (const before of seen) {
    if (before.size > head.size) findings.cutBack(before, head);
    else if (whole || before.size === head.size || before.size === 0) {
      const root =
        before.size === head.size ? head.root : before.size === 0 ? EMPTY_ROOT : await rootAt(0, before.size);
      if (sameBytes(root, before.root)) goesOnFrom++;
      else findings.forked(before, head);
    }
  }
  const cosigned = head.by.filter(({ key }) => witnesses.includes(key)).map(({ key }) => key.name);
  return { head, cosigned, goesOnFrom, ...findings.report() };
};
