import { EMPTY_ROOT, HASH_SIZE, nodeHash } from './hash.ts';
import { tileMissing } from './problems.ts';
import { TILE_WIDTH, hashInTile, tileLevels } from './tile.ts';
import type { ReadTile, Tile } from './tile.ts';

/**
 * What must be known of a log to append to it: its size and its right edge. It is a value: appending gives another one,
 * so a writer whose transaction fails goes on with the one it had.
 */
export interface Tree {
  /** Entries. */
  readonly size: number;
  /** The partial tile of each level; no bytes where the level ends with a full tile. */
  readonly edge: readonly Uint8Array[];
}

export const EMPTY_TREE: Tree = { size: 0, edge: [] };

const NO_TILE = Buffer.alloc(0);

/**
 * Appends leaf hashes (32 bytes each, one after another). Also gives the tiles to be kept with the new size: every tile
 * that became full, and the partial tile of each level that grew, so that they can be written with the head in one
 * transaction. If we crash before that, the tree of the last head is still whole, for tiles of another size are others.
 */
export const appendLeaves = (tree: Tree, leaves: Uint8Array): { tree: Tree; tiles: Tile[] } => {
  const edge = [...tree.edge];
  const tiles: Tile[] = [];
  let arrived = leaves;
  for (let level = 0; arrived.length > 0; level++) {
    const before = edge[level] ?? NO_TILE;
    const row = Buffer.concat([before, arrived]);
    const total = row.length / HASH_SIZE;
    const full = Math.floor(total / TILE_WIDTH);
    let index = Math.floor(tree.size / TILE_WIDTH ** (level + 1));
    const parents = Buffer.allocUnsafe(full * HASH_SIZE);
    for (let at = 0; at < full; at++, index++) {
      const bytes = row.subarray(at * TILE_WIDTH * HASH_SIZE, (at + 1) * TILE_WIDTH * HASH_SIZE);
      tiles.push({ level, index, width: TILE_WIDTH, bytes });
      parents.set(hashInTile(bytes, 0, TILE_WIDTH), at * HASH_SIZE);
    }
    const rest = Buffer.from(row.subarray(full * TILE_WIDTH * HASH_SIZE));
    if (rest.length > 0) tiles.push({ level, index, width: rest.length / HASH_SIZE, bytes: rest });
    edge[level] = rest;
    arrived = parents;
  }
  return { tree: { size: tree.size + leaves.length / HASH_SIZE, edge }, tiles };
};

/** The Merkle Tree Hash of the whole tree: up to 255 node hashes a level of tiles. */
export const rootOf = ({ edge }: Tree): Uint8Array => {
  let root: Uint8Array | undefined;
  for (const tile of edge) {
    let end = tile.length / HASH_SIZE;
    // The smallest full subtrees stand at the right, so from right to left: each binary digit of the width is one.
    for (let count = 1; end > 0; count *= 2) {
      if (end % (count * 2) === 0) continue;
      const subtree = hashInTile(tile, end - count, count);
      root = root === undefined ? subtree : nodeHash(subtree, root);
      end -= count;
    }
  }
  return root === undefined ? EMPTY_ROOT : Buffer.from(root);
};

/**
 * The tree of a log that exists, from the partial tiles at its right edge. They are not trusted and not checked here:
 * compare `rootOf` with the signed head.
 */
export const openTree = async (size: number, readTile: ReadTile): Promise<Tree> => {
  const edge: Uint8Array[] = [];
  for (let level = 0; level < tileLevels(size); level++) {
    const hashes = Math.floor(size / TILE_WIDTH ** level);
    const width = hashes % TILE_WIDTH;
    const index = Math.floor(hashes / TILE_WIDTH);
    const tile = width === 0 ? NO_TILE : await readTile(level, index, width);
    if (tile === undefined || tile.length < width * HASH_SIZE) throw tileMissing({ level, index, width });
    edge.push(Buffer.from(tile.subarray(0, width * HASH_SIZE)));
  }
  return { size, edge };
};
