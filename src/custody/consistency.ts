import { EMPTY_ROOT, HASH_SIZE, nodeHash, sameBytes } from './hash.ts';
import { splitOf, subtreeReader } from './subtree.ts';
import type { ReadTile } from './tile.ts';

/**
 * The proof that the tree of `size` entries begins with the tree of `oldSize` (RFC 6962 section 2.1.2). Empty where
 * the old tree is empty or the same, as C2SP tlog-witness has it.
 */
export const proveConsistency = async (
  oldSize: number,
  size: number,
  readTile: ReadTile,
): Promise<Uint8Array[]> => {
  if (!(Number.isSafeInteger(oldSize) && oldSize >= 0 && oldSize <= size)) {
    throw new RangeError(`a tree of ${size} cannot begin with one of ${oldSize}`);
  }
  if (oldSize === 0) return [];
  const hashOf = subtreeReader(size, readTile);
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (oldSize !== to) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      path.unshift(await hashOf(middle, to));
      to = middle;
    } else {
      path.unshift(await hashOf(from, middle));
      from = middle;
    }
  }
  // The verifier knows the old root already; where the old tree is no whole subtree, it needs the last one of its parts.
  return from === 0 ? path : [await hashOf(from, to), ...path];
};

/** Whether `path` proves that the tree of `size` with `root` begins with the tree of `oldSize` with `oldRoot` (RFC 9162 section 2.1.4.2). */
export const verifyConsistency = (
  path: readonly Uint8Array[],
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
): boolean => {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size)
    return false;
  if (path.some((hash) => hash.length !== HASH_SIZE)) return false;
  if (oldSize === size) return path.length === 0 && sameBytes(oldRoot, root);
  if (oldSize === 0) return path.length === 0 && sameBytes(oldRoot, EMPTY_ROOT);

  let place = oldSize - 1;
  let last = size - 1;
  while (place % 2 === 1) [place, last] = [(place - 1) / 2, Math.floor(last / 2)];
  // A whole power of two is a subtree of the new tree itself, so the proof starts from the old root.
  const [first, ...rest] = place === 0 ? [oldRoot, ...path] : path;
  if (first === undefined) return false;
  let oldHash = first;
  let newHash = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      oldHash = nodeHash(hash, oldHash);
      newHash = nodeHash(hash, newHash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      newHash = nodeHash(newHash, hash);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(oldHash, oldRoot) && sameBytes(newHash, root);
};
