import { verify } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { cosign, cosignatureTime } from './cosignature.ts';
import { notANote, signatureRefused } from './problems.ts';
import { signBytes } from './signer.ts';
import type { Signer } from './signer.ts';
import { COSIGNATURE_V1, isKeyName } from './vkey.ts';
import type { VerifierKey } from './vkey.ts';

/** One signature line: whose it says it is, and the bytes after the key id. */
export interface NoteSignature {
  readonly name: string;
  /** 8 hex digits. */
  readonly id: string;
  readonly signature: Uint8Array;
}

/** A signed note that has been read but not verified: its text proves nothing yet. */
export interface Note {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note whose text may be believed as far as one believes the keys in `by`. */
export interface OpenedNote extends Note {
  readonly by: readonly {
    readonly key: VerifierKey;
    /** POSIX seconds, of a cosignature. */ readonly time?: number;
  }[];
}

/** Longer notes and more signatures than any of ours are refused unread. */
const MAX_NOTE = 1_000_000;
const MAX_SIGNATURES = 100;

const decode = (note: string | Uint8Array): string => {
  if (note.length > MAX_NOTE) throw notANote('The note is longer than a million bytes.');
  if (typeof note === 'string') {
    if (!note.isWellFormed()) throw notANote('The note is not UTF-8.');
    return note;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note);
  } catch {
    throw notANote('The note is not UTF-8.');
  }
};

const readLine = (line: string): NoteSignature => {
  const [, name = '', base64 = ''] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw notANote('A signature line of the note is not “— name base64”.');
  }
  return { name, id: Buffer.from(bytes.subarray(0, 4)).toString('hex'), signature: bytes.subarray(4) };
};

/** Reads a note (C2SP signed-note, section Format). A ProblemError `not-a-note` if it is malformed. */
export const parseNote = (note: string | Uint8Array): Note => {
  const all = decode(note);
  if ([...all].some((c) => c < ' ' && c !== '\n')) throw notANote('The note holds a control character.');
  const end = all.lastIndexOf('\n\n');
  const block = all.slice(end + 2);
  if (end < 0 || !block.endsWith('\n')) throw notANote('The note has no signatures after a blank line.');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw notANote('The note has more than a hundred signatures.');
  return { text: all.slice(0, end + 1), signatures: lines.map(readLine) };
};

const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(Buffer.concat([Buffer.from(id, 'hex'), signature]))}\n`;

export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`;

const sameKey = (a: { name: string; id: string }, b: { name: string; id: string }): boolean =>
  a.name === b.name && a.id === b.id;

/**
 * The note with one more signature, at the end; an older one by the same key is dropped. `time`, in POSIX seconds, is
 * needed by a witness's key (tlog-cosignature) and not used by another.
 */
export const signNote = (note: Note, signer: Signer, time?: number): Note => {
  if (!note.text.endsWith('\n')) throw new RangeError('the text of a note ends with a newline');
  const { verifier } = signer;
  if (verifier.type === COSIGNATURE_V1 && time === undefined)
    throw new RangeError('a cosignature needs its time');
  const signature =
    verifier.type === COSIGNATURE_V1
      ? cosign(note.text, signer, time ?? 0)
      : signBytes(signer, Buffer.from(note.text));
  return {
    text: note.text,
    signatures: [
      ...note.signatures.filter((s) => !sameKey(s, verifier)),
      { name: verifier.name, id: verifier.id, signature },
    ],
  };
};

/**
 * Reads a note and verifies the signatures of the keys given. Signatures of other keys are ignored. A ProblemError
 * `signature-refused` if a signature of a key given does not hold, or none of them has signed.
 */
export const openNote = (note: string | Uint8Array, keys: readonly VerifierKey[]): OpenedNote => {
  const read = parseNote(note);
  const by: OpenedNote['by'][number][] = [];
  for (const line of read.signatures) {
    const key = keys.find((k) => sameKey(k, line));
    if (key === undefined || by.some((b) => sameKey(b.key, key))) continue;
    const time = key.type === COSIGNATURE_V1 ? cosignatureTime(read.text, key, line.signature) : undefined;
    const holds =
      key.type === COSIGNATURE_V1
        ? time !== undefined
        : verify(null, Buffer.from(read.text), key.keyObject, line.signature);
    if (!holds)
      throw signatureRefused(
        `The signature of ${key.name} does not hold: the text or the signature was changed.`,
      );
    by.push(time === undefined ? { key } : { key, time });
  }
  if (by.length === 0) throw signatureRefused('The note is not signed by any of the keys given.');
  return { ...read, by };
};
