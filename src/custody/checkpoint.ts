import { fromDecimal, hashFromBase64, toBase64 } from './base64.ts';
import { formatNote, openNote, signNote } from './note.ts';
import type { OpenedNote } from './note.ts';
import { notANote, signatureRefused } from './problems.ts';
import type { Signer } from './signer.ts';
import type { VerifierKey } from './vkey.ts';

/** The head of a log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Which log it is, such as `irs.waybill.example/log`. */
  readonly origin: string;
  /** Entries. */
  readonly size: number;
  /** The RFC 6962 root, 32 bytes. */
  readonly root: Uint8Array;
  /** Extension lines, without newlines. Our logs have none; the daily map has. */
  readonly extensions?: readonly string[];
}

export interface OpenedCheckpoint extends Checkpoint {
  /** The signed note, verbatim, as it is kept and passed on. */
  readonly note: string;
  readonly by: OpenedNote['by'];
}

/** The note text of a checkpoint. */
export const formatCheckpoint = ({ origin, size, root, extensions = [] }: Checkpoint): string =>
  [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join('');

/** Reads the note text of a checkpoint. A ProblemError `not-a-note` if it is malformed. */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split('\n');
  const last = lines.pop();
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines;
  const size = fromDecimal(sizeLine);
  const root = hashFromBase64(rootLine);
  if (last !== '' || size === undefined || root === undefined || lines.some((line) => line === '')) {
    throw notANote('The note is not the head of a log: origin, size and root hash, a line each.');
  }
  return { origin, size, root, ...(extensions.length === 0 ? {} : { extensions }) };
};

/** A checkpoint signed by its log, as the file `checkpoint` holds it. */
export const signCheckpoint = (checkpoint: Checkpoint, log: Signer): string =>
  formatNote(signNote({ text: formatCheckpoint(checkpoint), signatures: [] }, log));

/**
 * Reads and verifies a checkpoint. `log` must have signed it, and is the key of one log only: the origin must be its
 * name. The witnesses' cosignatures are verified where they are there; count them in `by`.
 */
export const openCheckpoint = (
  note: string | Uint8Array,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): OpenedCheckpoint => {
  const opened = openNote(note, [log, ...witnesses]);
  const checkpoint = parseCheckpoint(opened.text);
  if (!opened.by.some(({ key }) => key === log)) {
    throw signatureRefused('The head is not signed by the log itself.');
  }
  // Without this a key that signs one log's heads (or one day's map) could pass another's off as this one's.
  if (checkpoint.origin !== log.name) throw signatureRefused('The head is that of another log.');
  return { ...checkpoint, note: formatNote(opened), by: opened.by };
};
