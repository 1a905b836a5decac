import { createHash } from 'node:crypto';

/*
 * RFC 6962 section 2.1 as it is written, recursion and all, over the entries themselves. It is slow on purpose: the
 * fast tree, its tiles and its proofs are tested against it. D is the list of entries, D[a:b] a slice of it.
 */
type Entries = readonly Uint8Array[];

const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** The largest power of two smaller than `n`, for n > 1. */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** MTH(D[n]), the Merkle Tree Hash. */
export const MTH = (d: Entries): Uint8Array => {
  const [first] = d;
  if (first === undefined) return sha256();
  if (d.length === 1) return sha256(Uint8Array.of(0x00), first);
  const k = split(d.length);
  return sha256(Uint8Array.of(0x01), MTH(d.slice(0, k)), MTH(d.slice(k)));
};

/** PATH(m, D[n]), the audit path of section 2.1.1, for 0 ≤ m < n. */
export const PATH = (m: number, d: Entries): Uint8Array[] => {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k
    ? [...PATH(m, d.slice(0, k)), MTH(d.slice(k))]
    : [...PATH(m - k, d.slice(k)), MTH(d.slice(0, k))];
};

const SUBPROOF = (m: number, d: Entries, whole: boolean): Uint8Array[] => {
  if (m === d.length) return whole ? [] : [MTH(d)];
  const k = split(d.length);
  return m <= k
    ? [...SUBPROOF(m, d.slice(0, k), whole), MTH(d.slice(k))]
    : [...SUBPROOF(m - k, d.slice(k), false), MTH(d.slice(0, k))];
};

/** PROOF(m, D[n]), the consistency proof of section 2.1.2, for 0 < m ≤ n. */
export const PROOF = (m: number, d: Entries): Uint8Array[] => SUBPROOF(m, d, true);
