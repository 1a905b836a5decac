import { encodeBundle } from './bundle.ts';
import { signCheckpoint } from './checkpoint.ts';
import { SALTS_SIZE, encodeEntry } from './entry.ts';
import type { Field } from './entry.ts';
import { leafHash, sha256Bytes } from './hash.ts';
import { signerFromSeed } from './signer.ts';
import type { Signer } from './signer.ts';
import { tilePath } from './tile.ts';
import type { ReadTile } from './tile.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from './tree.ts';
import type { Tree } from './tree.ts';
import { COSIGNATURE_V1, ED25519 } from './vkey.ts';

/*
 * A fictional log in memory, for tests: the files of an exported directory by their paths. Salts and keys are made from
 * numbers, so that the same log comes out every time.
 */
export const ORIGIN = 'irs.waybill.example/log';
export const seed = (n: number): Uint8Array => sha256Bytes(`seed ${n}`);
export const logSigner: Signer = signerFromSeed(ORIGIN, ED25519, seed(1));
export const witnessSigner: Signer = signerFromSeed(
  'customs.waybill.example/witness',
  COSIGNATURE_V1,
  seed(2),
);

export const saltsOf = (n: number): Uint8Array =>
  Buffer.concat(Array.from({ length: SALTS_SIZE / 32 }, (_, field) => sha256Bytes(`salt ${n} ${field}`)));

export const fieldsOf = (n: number): Partial<Record<Field, string>> => ({
  kind: 'item-viewed',
  cite: '(f)',
  person: `p-${n % 7}`,
  case: `c-${n % 11}`,
  taxpayer: `account ${n % 5}`,
});

export const entryOf = (n: number): Uint8Array =>
  encodeEntry({ office: 'irs', time: 1_700_000_000 + n, fields: fieldsOf(n) }, saltsOf(n));

export const entriesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, n) => entryOf(n));

export interface Files {
  readonly tree: Tree;
  readonly files: Map<string, Uint8Array>;
  readonly checkpoint: string;
}

/** The directory of a log with these entries, head included. */
export const logOf = (entries: readonly Uint8Array[], signer: Signer = logSigner): Files => {
  const files = new Map<string, Uint8Array>();
  const { tree, tiles } = appendLeaves(EMPTY_TREE, Buffer.concat(entries.map(leafHash)));
  for (const tile of tiles) files.set(tilePath(tile), tile.bytes);
  for (let from = 0; from < entries.length; from += 256) {
    const some = entries.slice(from, from + 256);
    files.set(tilePath({ level: 'entries', index: from / 256, width: some.length }), encodeBundle(some));
  }
  const head = { origin: ORIGIN, size: entries.length, root: rootOf(tree) };
  const checkpoint = signCheckpoint(head, signer);
  files.set('checkpoint', Buffer.from(checkpoint));
  return { tree, files, checkpoint };
};

export const readerOf =
  (files: ReadonlyMap<string, Uint8Array>): ReadTile =>
  (level, index, width) =>
    files.get(tilePath({ level, index, width }));

/** The bytes with one bit turned over. */
export const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};
