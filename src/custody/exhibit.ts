import { canonicalJson } from '../ground/canonical.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { OpenedCheckpoint } from './checkpoint.ts';
import { FIELDS, decodeEntry, opens } from './entry.ts';
import type { Entry, Field } from './entry.ts';
import { leafHash } from './hash.ts';
import { verifyInclusion } from './inclusion.ts';
import { proofRefused } from './problems.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';
import type { VerifierKey } from './vkey.ts';

/** A field that an exhibit opens: with the salt anyone can check the value against the entry. */
export interface Opening {
  readonly field: Field;
  /** 32 bytes. */
  readonly salt: Uint8Array;
  readonly value: string;
}

/** What an exhibit proves, once it has been verified. */
export interface VerifiedExhibit {
  readonly head: OpenedCheckpoint;
  readonly index: number;
  readonly entry: Entry;
  /** Of the leaf; the daily map's chain is made of these. */
  readonly leaf: Uint8Array;
  readonly opened: Readonly<Partial<Record<Field, string>>>;
}

/**
 * An exhibit: one entry, proven to be in the log with this signed head, and the fields that it opens. It is a tlog-proof
 * whose extra data is the entry and its openings as canonical JSON:
 * `{"entry":"<base64>","open":[{"field":"kind","salt":"<hex>","value":"release"}]}`.
 */
export const formatExhibit = (exhibit: {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly open: readonly Opening[];
}): string => {
  const wrong = exhibit.open.find(({ field, salt, value }) => !opens(exhibit.entry, field, salt, value));
  if (wrong !== undefined) throw proofRefused(`The salt does not open the ${wrong.field} of this entry.`);
  const open = exhibit.open.map(({ field, salt, value }) => ({
    field,
    salt: Buffer.from(salt).toString('hex'),
    value,
  }));
  const extra = Buffer.from(canonicalJson({ entry: toBase64(exhibit.entry), open }));
  return formatTlogProof({ ...exhibit, extra });
};

const isField = (text: unknown): text is Field => FIELDS.some((field) => field === text);

const readOpening = (value: unknown): Opening | undefined => {
  const { field, salt, value: opened } = (value ?? {}) as Record<string, unknown>;
  if (!isField(field) || typeof salt !== 'string' || typeof opened !== 'string') return undefined;
  return /^[0-9a-f]{64}$/.test(salt) ? { field, salt: Buffer.from(salt, 'hex'), value: opened } : undefined;
};

const readExtra = (extra: Uint8Array | undefined): { entry: Uint8Array; open: Opening[] } => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(extra);
    const value = JSON.parse(text) as { entry?: unknown; open?: unknown } | null;
    const entry = typeof value?.entry === 'string' ? fromBase64(value.entry) : undefined;
    const open = (Array.isArray(value?.open) ? value.open : [undefined]).map(readOpening);
    const whole = open.filter((o) => o !== undefined);
    // One text for one exhibit: a second spelling could hide a field named twice.
    if (entry !== undefined && whole.length === open.length && canonicalJson(value) === text) {
      return { entry, open: whole };
    }
  } catch {
    // Not UTF-8 or not JSON: refused below like any other wrong shape.
  }
  throw proofRefused('The extra data of the proof is not an entry with its openings.');
};

/**
 * Verifies exhibits with nothing but the log's key and those of the witnesses: the head's signatures, the entry's place under
 * it, and every opening. Exhibits under one and the same signed head have its signatures checked once. A ProblemError says
 * which of these does not hold.
 */
export const exhibitVerifier = (
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): ((text: string) => VerifiedExhibit) => {
  const heads = new Map<string, OpenedCheckpoint>();
  const headOf = (checkpoint: string): OpenedCheckpoint => {
    const head = heads.get(checkpoint) ?? openCheckpoint(checkpoint, log, witnesses);
    heads.set(checkpoint, head);
    return head;
  };
  return (text) => {
    const proof = parseTlogProof(text);
    const head = headOf(proof.checkpoint);
    const { entry: bytes, open } = readExtra(proof.extra);
    const entry = decodeEntry(bytes);
    const leaf = leafHash(bytes);
    if (!verifyInclusion(proof.path, head.size, head.root, proof.index, leaf)) {
      throw proofRefused('The proof does not lead from the entry to the head of the log.');
    }
    const opened: Partial<Record<Field, string>> = {};
    for (const { field, salt, value } of open) {
      if (field in opened) throw proofRefused(`The exhibit opens the ${field} twice.`);
      if (!opens(bytes, field, salt, value)) {
        throw proofRefused(`The ${field} that the exhibit shows is not the one in the entry.`);
      }
      opened[field] = value;
    }
    return { head, index: proof.index, entry, leaf, opened };
  };
};

/** Verifies one exhibit. */
export const verifyExhibit = (
  text: string,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): VerifiedExhibit => exhibitVerifier(log, witnesses)(text);
