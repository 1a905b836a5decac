import { hash } from 'node:crypto';

/** Bytes of a SHA-256 hash, the only hash of the log. */
export const HASH_SIZE = 32;

/** The root of a log without entries: the hash of no bytes (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Uint8Array = Buffer.from(hash('sha256', '', 'hex'), 'hex');

// The one-shot hash into a latin1 string and from there into bytes takes 0.3 µs; asking it for a Buffer takes 2 µs.
const into = (data: Uint8Array | string, out: Buffer, at: number): void => {
  out.write(hash('sha256', data, 'latin1'), at, HASH_SIZE, 'latin1');
};

/** SHA-256 of bytes, or of a text in UTF-8, written to `out` at byte `at`. */
export const sha256Into = into;

/** SHA-256 of bytes, or of a text in UTF-8. */
export const sha256Bytes = (data: Uint8Array | string): Uint8Array => {
  const out = Buffer.allocUnsafe(HASH_SIZE);
  into(data, out, 0);
  return out;
};

let leafScratch = Buffer.alloc(1024);
let leafInput = leafScratch.subarray(0, 1);

/** The leaf hash SHA-256(0x00 ‖ entry) of RFC 6962 section 2.1, written to `out` at byte `at`. */
export const leafHashInto = (entry: Uint8Array, out: Buffer, at: number): void => {
  const length = entry.length + 1;
  if (length !== leafInput.length) {
    if (length > leafScratch.length) leafScratch = Buffer.alloc(length);
    leafInput = leafScratch.subarray(0, length);
  }
  leafInput.set(entry, 1);
  into(leafInput, out, at);
};

/** The leaf hash SHA-256(0x00 ‖ entry) of RFC 6962 section 2.1. */
export const leafHash = (entry: Uint8Array): Uint8Array => {
  const out = Buffer.allocUnsafe(HASH_SIZE);
  leafHashInto(entry, out, 0);
  return out;
};

const nodeInput = Buffer.alloc(1 + 2 * HASH_SIZE, 0x01);

/** The node hash SHA-256(0x01 ‖ left ‖ right) of RFC 6962 section 2.1, written to `out` at byte `at`. */
export const nodeHashInto = (left: Uint8Array, right: Uint8Array, out: Buffer, at: number): void => {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_SIZE);
  into(nodeInput, out, at);
};

/** The node hash SHA-256(0x01 ‖ left ‖ right) of RFC 6962 section 2.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const out = Buffer.allocUnsafe(HASH_SIZE);
  nodeHashInto(left, right, out, 0);
  return out;
};

/**
 * The node hash of each pair of `count` hashes in `from` at byte `at`, written to `out` from its start. `out` may be
 * `from` with `at` 0: a pair is read before its place is written.
 */
export const nodeHashPairs = (from: Buffer, at: number, count: number, out: Buffer): void => {
  for (let pair = 0; pair < count / 2; pair++) {
    from.copy(nodeInput, 1, at + pair * 64, at + pair * 64 + 64);
    into(nodeInput, out, pair * HASH_SIZE);
  }
};

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
