import { nodeHash } from './hash.ts';
import { tileMissing } from './problems.ts';
import { hashInTile, tileWidth } from './tile.ts';
import type { ReadTile } from './tile.ts';

/** The largest power of two smaller than `n`, for n > 1: where RFC 6962 splits a tree of n. */
export const splitOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/**
 * A function that gives MTH(D[from:to]) of a log of `size` entries from its tiles. `from` is a multiple of the largest
 * subtree within, as every range in a proof is. Each tile is read once.
 */
export const subtreeReader = (
  size: number,
  readTile: ReadTile,
): ((from: number, to: number) => Promise<Uint8Array>) => {
  const seen = new Map<string, Uint8Array>();

  const tileAt = async (level: number, index: number): Promise<Uint8Array> => {
    const key = `${level}/${index}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const width = tileWidth(size, level, index);
    const bytes = await readTile(level, index, width);
    if (bytes === undefined || bytes.length < width * 32) throw tileMissing({ level, index, width });
    seen.set(key, bytes);
    return bytes;
  };

  const hashOf = async (from: number, to: number): Promise<Uint8Array> => {
    const count = to - from;
    let height = 0;
    while (2 ** height < count) height++;
    if (2 ** height !== count) {
      const middle = from + splitOf(count);
      const left = await hashOf(from, middle);
      return nodeHash(left, await hashOf(middle, to));
    }
    const level = Math.floor(height / 8);
    const start = from / 256 ** level;
    const within = 2 ** (height % 8);
    const tile = await tileAt(level, Math.floor(start / 256));
    return Buffer.from(hashInTile(tile, start % 256, within));
  };
  return hashOf;
};
