import { HASH_SIZE, nodeHash, sameBytes } from './hash.ts';
import { splitOf, subtreeReader } from './subtree.ts';
import { TILE_WIDTH } from './tile.ts';
import type { ReadTile } from './tile.ts';

/** Hashes of subtrees by the entries that they are over, `from-to`: of a log that only grows they are the same at every size. */
export type Subtrees = Map<string, Uint8Array>;

/** Subtrees over fewer entries stand in few paths, and are made of one tile. */
const SHARED = TILE_WIDTH;

/**
 * Makes audit paths in one tree of `size` entries, each from the leaf's sibling upwards (RFC 6962 section 2.1.1). Each tile
 * is read once for all of them, and each subtree hashed once: paths to many entries share most of what is above them.
 * `shared` may be kept for the next prover of the same log, also at another size; only subtrees over many entries go there.
 */
export const inclusionProver = (
  size: number,
  readTile: ReadTile,
  shared: Subtrees = new Map(),
): ((index: number) => Promise<Uint8Array[]>) => {
  const subtree = subtreeReader(size, readTile);
  const own: Subtrees = new Map();
  const hashOf = async (from: number, to: number): Promise<Uint8Array> => {
    const made = to - from < SHARED ? own : shared;
    const key = `${from}-${to}`;
    const hash = made.get(key) ?? (await subtree(from, to));
    made.set(key, hash);
    return hash;
  };
  return async (index) => {
    if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
      throw new RangeError(`no entry ${index} in a tree of ${size}`);
    }
    const path: Uint8Array[] = [];
    let [from, to] = [0, size];
    while (to - from > 1) {
      const middle = from + splitOf(to - from);
      if (index < middle) {
        path.unshift(await hashOf(middle, to));
        to = middle;
      } else {
        path.unshift(await hashOf(from, middle));
        from = middle;
      }
    }
    return path;
  };
};

/** The audit path of entry `index` in a tree of `size` entries. */
export const proveInclusion = (size: number, index: number, readTile: ReadTile): Promise<Uint8Array[]> =>
  inclusionProver(size, readTile)(index);

/** Whether `path` leads from the leaf hash at `index` to `root`, the root of a tree of `size` entries (RFC 9162 section 2.1.3.2). */
export const verifyInclusion = (
  path: readonly Uint8Array[],
  size: number,
  root: Uint8Array,
  index: number,
  leaf: Uint8Array,
): boolean => {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (leaf.length !== HASH_SIZE) return false;
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0 || sibling.length !== HASH_SIZE) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      // Levels on which the last subtree has no right neighbour add nothing to its hash.
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(hash, root);
};
