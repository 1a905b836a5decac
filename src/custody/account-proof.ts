import { canonicalJson } from '../ground/canonical.ts';
import type { Day } from '../ground/dates.ts';
import { EMPTY_RECORD } from './account.ts';
import type { AccountRecord } from './account.ts';
import { fromBase64, fromDecimal, hashFromBase64, toBase64 } from './base64.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { MAP_LEAF_SIZE, labelOf, mapOrigin, mapSalt, recordDigest } from './day-map.ts';
import type { DayMap } from './day-map.ts';
import { leafHash, sameBytes } from './hash.ts';
import { inclusionProver, verifyInclusion } from './inclusion.ts';
import { openNote } from './note.ts';
import { proofRefused } from './problems.ts';
import type { ReadTile } from './tile.ts';
import type { VerifierKey } from './vkey.ts';

/** One leaf of a map with its place and audit path. All bytes are base64 text, as the proof is a JSON file. */
interface Place {
  readonly index: number;
  readonly leaf: string;
  readonly path: readonly string[];
}

/**
 * The proof of what a map says of one account: its own leaf with what opens it, or the leaves to the left and the right
 * of where it would stand (one of them at an end, none in an empty map).
 */
interface AccountProof {
  readonly map: string;
  readonly day: string;
  readonly at: readonly Place[];
  readonly salt?: string;
  readonly count?: number;
  readonly chain?: string;
}

/** What a verified proof says of the account. A count of 0 is proven absence. */
export interface VerifiedAccount extends AccountRecord {
  readonly day: Day;
  /** The head of the log at which the map was made: the record is complete up to it. */
  readonly log: Pick<Checkpoint, 'size' | 'root'>;
  /** What `accountKeyCommitment` of the office's account key must come to. */
  readonly keyCommitment: Uint8Array;
}

const labelAt = (leaves: Uint8Array, index: number): Uint8Array =>
  leaves.subarray(index * MAP_LEAF_SIZE, index * MAP_LEAF_SIZE + 32);

/** How many leaves stand before the label: the place of its own leaf, if it has one. */
const rank = (leaves: Uint8Array, label: Uint8Array): number => {
  let [low, high] = [0, leaves.length / MAP_LEAF_SIZE];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (Buffer.compare(labelAt(leaves, middle), label) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A map of which only what a proof needs is read. Nothing of it is believed: `verifyAccount` holds the proof to the signed root. */
export interface MapReader {
  readonly day: Day;
  /** Leaves, as the signed head says. */
  readonly size: number;
  /** Leaves one after another from number `from` on: those around where the label stands, or would stand, and its neighbours. */
  readonly around: (label: Uint8Array) => Promise<{ readonly from: number; readonly leaves: Uint8Array }>;
  readonly readTile: ReadTile;
}

/** A map that is there as a whole. */
export const wholeMap = ({ day, leaves, tiles }: DayMap): MapReader => {
  const at = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]));
  return {
    day,
    size: leaves.length / MAP_LEAF_SIZE,
    around: () => Promise.resolve({ from: 0, leaves }),
    readTile: (level, index) => at.get(`${level}/${index}`),
  };
};

/** Proves what the map says of an account, as JSON text. `signedMap` is `mapHead` signed; `record` is the account's, if it has one. */
export const proveAccount = (
  map: DayMap,
  signedMap: string,
  key: Uint8Array,
  account: string,
  record: AccountRecord = EMPTY_RECORD,
): Promise<string> => proveAccountFrom(wholeMap(map), signedMap, key, account, record);

/** `proveAccount` from a map that is read in pieces. */
export const proveAccountFrom = async (
  map: MapReader,
  signedMap: string,
  key: Uint8Array,
  account: string,
  record: AccountRecord = EMPTY_RECORD,
): Promise<string> => {
  const label = labelOf(map.day, account);
  const { from, leaves } = await map.around(label);
  const own = from + rank(leaves, label);
  const leafAt = (index: number) =>
    leaves.subarray((index - from) * MAP_LEAF_SIZE, (index - from + 1) * MAP_LEAF_SIZE);
  const present = own < map.size && sameBytes(leafAt(own).subarray(0, 32), label);
  if (present !== record.count > 0) throw new RangeError('the record given is not the one in the map');

  const pathTo = inclusionProver(map.size, map.readTile);
  const at: Place[] = [];
  for (const index of present ? [own] : [own - 1, own]) {
    if (index < 0 || index >= map.size) continue;
    const path = await pathTo(index);
    at.push({ index, leaf: toBase64(leafAt(index)), path: path.map(toBase64) });
  }
  const opening = {
    salt: toBase64(mapSalt(key, map.day, account)),
    count: record.count,
    chain: toBase64(record.chain),
  };
  return canonicalJson({
    map: signedMap,
    day: map.day,
    at,
    ...(present ? opening : {}),
  } satisfies AccountProof);
};

const refused = (what: string) => proofRefused(`The proof of the account's record does not hold: ${what}.`);

const verifyPlace = (
  place: Place,
  head: Checkpoint,
): { index: number; label: Uint8Array; digest: Uint8Array } => {
  const leaf = fromBase64(place.leaf);
  const path = place.path.map(hashFromBase64).filter((hash) => hash !== undefined);
  if (
    leaf?.length !== MAP_LEAF_SIZE ||
    path.length !== place.path.length ||
    !verifyInclusion(path, head.size, head.root, place.index, leafHash(leaf))
  ) {
    throw refused('a leaf is not in the signed map');
  }
  return { index: place.index, label: leaf.subarray(0, 32), digest: leaf.subarray(32) };
};

/** The shape of the JSON; what it says is checked afterwards. */
const readProof = (text: string): AccountProof => {
  const isPlace = (value: unknown): value is Place => {
    const { index, leaf, path } = (value ?? {}) as Record<string, unknown>;
    return (
      typeof index === 'number' &&
      typeof leaf === 'string' &&
      Array.isArray(path) &&
      path.every((hash) => typeof hash === 'string')
    );
  };
  try {
    const value = JSON.parse(text) as AccountProof | null;
    const { map, day, at, salt, count, chain } = value ?? {};
    const opening = [typeof salt, typeof count, typeof chain].join();
    if (
      typeof map === 'string' &&
      typeof day === 'string' &&
      Array.isArray(at) &&
      at.every(isPlace) &&
      (opening === 'string,number,string' || opening === 'undefined,undefined,undefined') &&
      canonicalJson(value) === text
    ) {
      return value as AccountProof;
    }
  } catch {
    // Not JSON: refused below like any other wrong shape.
  }
  throw refused('it is not a proof as proveAccount writes it');
};

const readExtensions = ({ extensions = [] }: Checkpoint): Pick<VerifiedAccount, 'log' | 'keyCommitment'> => {
  const [, logSize = '', logRoot = ''] = /^log (\S+) (\S+)$/.exec(extensions[0] ?? '') ?? [];
  const [, commitment = ''] = /^account-key (\S+)$/.exec(extensions[1] ?? '') ?? [];
  const size = fromDecimal(logSize);
  const root = hashFromBase64(logRoot);
  const keyCommitment = hashFromBase64(commitment);
  if (size === undefined || root === undefined || keyCommitment === undefined || extensions.length !== 2) {
    throw refused('the map does not say at what head of the log it was made');
  }
  return { log: { size, root }, keyCommitment };
};

/**
 * Verifies what a signed map says of an account, with the log's key alone. Throws a ProblemError if it does not hold. To
 * believe that a record is complete, also verify an exhibit of each of its `count` acts that opens `taxpayer` as this
 * account, and that their leaf hashes in the order of their indexes, through `addToRecord`, come to `chain`.
 */
export const verifyAccount = (text: string, log: VerifierKey, account: string): VerifiedAccount => {
  const proof = readProof(text);
  const head = parseCheckpoint(openNote(proof.map, [log]).text);
  const day = proof.day as Day;
  if (head.origin !== mapOrigin(log.name, day)) throw refused('the map is that of another log or day');
  const said = { day, ...readExtensions(head) };
  const label = labelOf(day, account);
  const places = proof.at.map((place) => verifyPlace(place, head));

  if (proof.salt !== undefined && proof.count !== undefined && proof.chain !== undefined) {
    const [own] = places;
    const salt = hashFromBase64(proof.salt);
    const chain = hashFromBase64(proof.chain);
    if (own === undefined || places.length !== 1 || !sameBytes(own.label, label))
      throw refused('the leaf is not the account’s');
    if (salt === undefined || chain === undefined || !Number.isSafeInteger(proof.count) || proof.count < 1) {
      throw refused('the count or the chain cannot be read');
    }
    const record = { count: proof.count, chain };
    if (!sameBytes(recordDigest(salt, record), own.digest))
      throw refused('the record is not the one in the leaf');
    return { ...said, ...record };
  }

  const left = places.find((place) => Buffer.compare(place.label, label) < 0);
  const right = places.find((place) => Buffer.compare(place.label, label) > 0);
  // Between two neighbours nothing stands; before the first leaf and after the last one neighbour is enough.
  const gapAfter = left === undefined ? -1 : left.index;
  const gapBefore = right === undefined ? head.size : right.index;
  const used = (left === undefined ? 0 : 1) + (right === undefined ? 0 : 1);
  if (gapBefore !== gapAfter + 1 || used !== places.length)
    throw refused('the account may stand in the map all the same');
  return { ...said, ...EMPTY_RECORD };
};
