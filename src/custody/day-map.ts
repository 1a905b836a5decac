import { createHmac } from 'node:crypto';
import type { Day } from '../ground/dates.ts';
import { accountKeyCommitment } from './account.ts';
import type { AccountRecord } from './account.ts';
import { toBase64 } from './base64.ts';
import type { Checkpoint } from './checkpoint.ts';
import { leafHashInto, sha256Bytes } from './hash.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from './tree.ts';
import type { Tile } from './tile.ts';

/*
 * The daily map proves that one taxpayer's record is complete: that these acts, in this order, are all that the log had
 * at the end of the day. It is an RFC 6962 tree whose leaves are sorted, so that two neighbours prove that nothing stands
 * between them; its root is signed in a checkpoint of its own (`mapHead`).
 *
 *     leaf  = label ‖ digest, 32 bytes each
 *     label = SHA-256("waybill account label v1\n" ‖ day ‖ "\n" ‖ account)
 *     digest = SHA-256(salt ‖ count as big-endian uint64 ‖ chain)
 *
 * The adversary is entitled to one taxpayer's proof and wants to learn of others from the neighbours in it. A label
 * tells nothing to those who do not know the account, and is another one every day; the salt, of which only the proof's
 * own is shown, keeps count and chain from being guessed out of the public leaf hashes.
 */
export const MAP_LEAF_SIZE = 64;

/** The map of one day, ready to prove from. */
export interface DayMap {
  readonly day: Day;
  /** The leaves, `MAP_LEAF_SIZE` bytes each, sorted by label. Whoever audits the map may have them: they tell nothing. */
  readonly leaves: Uint8Array;
  readonly root: Uint8Array;
  readonly tiles: readonly Tile[];
}

/** Where an account stands on one day: 32 bytes that only those who know the account can make. */
export const labelOf = (day: Day, account: string): Uint8Array =>
  sha256Bytes(`waybill account label v1\n${day}\n${account}`);

/** The salt of an account's digest on one day, made from the account key, so that nothing has to be kept. */
export const mapSalt = (key: Uint8Array, day: Day, account: string): Uint8Array =>
  createHmac('sha256', key).update(`waybill map salt v1\n${day}\n${account}`).digest();

export const recordDigest = (salt: Uint8Array, { count, chain }: AccountRecord): Uint8Array => {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(count));
  return sha256Bytes(Buffer.concat([salt, number, chain]));
};

/**
 * The map of the state at the end of a day. `records` has each account that has acts once; their order does not matter.
 * Throws a RangeError if an account comes twice.
 */
export const makeDayMap = (
  key: Uint8Array,
  day: Day,
  records: Iterable<readonly [account: string, record: AccountRecord]>,
): DayMap => {
  const unsorted: Buffer[] = [];
  for (const [account, record] of records) {
    unsorted.push(Buffer.concat([labelOf(day, account), recordDigest(mapSalt(key, day, account), record)]));
  }
  unsorted.sort((a, b) => Buffer.compare(a, b));
  const leaves = Buffer.concat(unsorted);
  if (firstUnsorted(leaves) !== undefined)
    throw new RangeError('an account stands twice in the records of a day');
  return { day, leaves, ...treeOf(leaves) };
};

const treeOf = (leaves: Uint8Array): { root: Uint8Array; tiles: Tile[] } => {
  const hashes = Buffer.allocUnsafe(leaves.length / 2);
  for (let at = 0; at < leaves.length; at += MAP_LEAF_SIZE) {
    leafHashInto(leaves.subarray(at, at + MAP_LEAF_SIZE), hashes, at / 2);
  }
  const { tree, tiles } = appendLeaves(EMPTY_TREE, hashes);
  return { root: rootOf(tree), tiles };
};

/** The place of the first leaf whose label is not greater than the one before it. */
const firstUnsorted = (leaves: Uint8Array): number | undefined => {
  for (let at = MAP_LEAF_SIZE; at < leaves.length; at += MAP_LEAF_SIZE) {
    const before = leaves.subarray(at - MAP_LEAF_SIZE, at - MAP_LEAF_SIZE + 32);
    if (Buffer.compare(before, leaves.subarray(at, at + 32)) >= 0) return at / MAP_LEAF_SIZE;
  }
  return undefined;
};

/** Reads the leaves of a map again, as an auditor does; `undefined` if they are not sorted, for then it proves nothing. */
export const readDayMap = (day: Day, leaves: Uint8Array): DayMap | undefined =>
  leaves.length % MAP_LEAF_SIZE !== 0 || firstUnsorted(leaves) !== undefined
    ? undefined
    : { day, leaves, ...treeOf(leaves) };

export const mapOrigin = (logOrigin: string, day: Day): string => `${logOrigin}/accounts/${day}`;

/**
 * The head of a map, for the log's key to sign: a checkpoint with an origin of its own for each day (so that it is never
 * the head of another log), which says in its extension lines at what head of the log it was made and with what key.
 */
export const mapHead = (map: DayMap, log: Checkpoint, key: Uint8Array): Checkpoint => ({
  origin: mapOrigin(log.origin, map.day),
  size: map.leaves.length / MAP_LEAF_SIZE,
  root: map.root,
  extensions: [`log ${log.size} ${toBase64(log.root)}`, `account-key ${toBase64(accountKeyCommitment(key))}`],
});
