import { ProblemError } from '../ground/problem.ts';
import { decodeBundle } from './bundle.ts';
import type { Checkpoint } from './checkpoint.ts';
import { entryFault } from './entry.ts';
import type { Findings } from './findings.ts';
import { HASH_SIZE, leafHashInto, sameBytes } from './hash.ts';
import { TILE_WIDTH, hashInTile, tileLevels, tilePath, tileWidth } from './tile.ts';
import type { ReadTile, Tile, TilePlace } from './tile.ts';
import { openTree, rootOf } from './tree.ts';
import type { Tree } from './tree.ts';

/** Reads a file of an exported directory (or of a node, over HTTPS) by its path; `undefined` if it is not there. */
export type ReadFile = (path: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

type HashPlace = Omit<Tile, 'bytes'>;

/** The tiles of a directory. A partial tile may have been replaced by the full one, which begins with it. */
export const tilesIn =
  (read: ReadFile): ReadTile =>
  async (level, index, width) => {
    const partial = await read(tilePath({ level, index, width }));
    if (partial !== undefined) return partial.length === width * HASH_SIZE ? partial : undefined;
    const full = await read(tilePath({ level, index, width: TILE_WIDTH }));
    return full?.length === TILE_WIDTH * HASH_SIZE ? full.subarray(0, width * HASH_SIZE) : undefined;
  };

/** The leaf hashes of a bundle, and what is wrong with it as a file; `undefined` if there is none. */
const readBundle = async (
  read: ReadFile,
  index: number,
  width: number,
): Promise<{ hashes: Buffer; entries: Uint8Array[]; rest: number } | undefined> => {
  const partial = await read(tilePath({ level: 'entries', index, width }));
  const bytes = partial ?? (await read(tilePath({ level: 'entries', index, width: TILE_WIDTH })));
  if (bytes === undefined) return undefined;
  const { entries, rest } = decodeBundle(bytes);
  if (partial === undefined) entries.splice(width);
  const hashes = Buffer.allocUnsafe(entries.length * HASH_SIZE);
  entries.forEach((entry, at) => {
    leafHashInto(entry, hashes, at * HASH_SIZE);
  });
  return { hashes, entries, rest };
};

/**
 * Walks through the tiles and entries of a log from left to right, each tile before those below it, with one of each
 * level in memory. A tile is believed if its root is the hash in the tile above, and those at the right edge if together
 * they come to the signed root; so an entry that is wrong is told from a tile that is.
 */
export const walkLog = async (head: Checkpoint, read: ReadFile, findings: Findings): Promise<void> => {
  const readTile = tilesIn(read);

  const bundle = async (
    index: number,
    width: number,
    expected?: Uint8Array,
    root?: Uint8Array,
  ): Promise<void> => {
    const place: TilePlace = { level: 'entries', index, width };
    const first = index * TILE_WIDTH;
    const range = `Entries ${first} to ${first + width - 1}`;
    const found = await readBundle(read, index, width);
    if (found === undefined) {
      findings.tile(`${range} are missing.`, place);
      return;
    }
    if (found.rest !== 0) findings.tile('The file ends in the middle of an entry.', place);
    found.entries.forEach((entry, at) => {
      const fault = entryFault(entry);
      if (fault !== undefined) findings.entry(first + at, fault);
    });
    if (expected !== undefined) {
      if (!sameBytes(found.hashes, expected)) findings.compare(first, found.hashes, expected);
    } else if (root !== undefined) {
      // The tile is lost but its root is not, so it can still be said whether the entries are the right ones.
      const whole = found.entries.length === TILE_WIDTH;
      if (!whole || !sameBytes(hashInTile(found.hashes, 0, TILE_WIDTH), root)) {
        findings.tile(`${range} are not those that were signed.`, place);
      }
    }
  };

  /** What stands below a tile with these hashes, or below one that is lost but whose root is known. */
  const below = async (place: HashPlace, hashes?: Uint8Array, root?: Uint8Array): Promise<void> => {
    const { level, index, width } = place;
    if (level === 0) return bundle(index, width, hashes, root);
    for (let at = 0; at < width; at++) {
      const expected = hashes?.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE);
      await fullTile({ level: level - 1, index: index * TILE_WIDTH + at, width: TILE_WIDTH }, expected);
    }
  };

  const fullTile = async (place: HashPlace, root?: Uint8Array): Promise<void> => {
    if (findings.enough) return;
    const bytes = await readTile(place.level, place.index, place.width);
    if (bytes === undefined) findings.tile('A tile is missing or of the wrong length.', place);
    else if (root === undefined || sameBytes(hashInTile(bytes, 0, TILE_WIDTH), root))
      return below(place, bytes);
    else findings.tile('A tile is not the one that the signed head leads to.', place);
    return below(place, undefined, root);
  };

  const edge = await rightEdge(head, read, findings);
  for (let level = tileLevels(head.size) - 1; level >= 0; level--) {
    const index = Math.floor(head.size / TILE_WIDTH ** (level + 1));
    const width = tileWidth(head.size, level, index);
    if (width > 0) await below({ level, index, width }, edge?.edge[level]);
  }
};

/**
 * The partial tiles at the right edge, believed if they come to the signed root. If they do not, each is tried as made
 * anew from what is below it: where that comes to the root, the tile alone was wrong.
 */
const rightEdge = async (head: Checkpoint, read: ReadFile, findings: Findings): Promise<Tree | undefined> => {
  const readTile = tilesIn(read);
  let tree: Tree;
  try {
    tree = await openTree(head.size, readTile);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    findings.add(error.problems[0]);
    return undefined;
  }
  if (sameBytes(rootOf(tree), head.root)) return tree;
  for (const [level, { length }] of tree.edge.entries()) {
    if (length === 0) continue;
    const place = {
      level,
      index: Math.floor(head.size / TILE_WIDTH ** (level + 1)),
      width: length / HASH_SIZE,
    };
    const anew = await fromBelow(place, read);
    const repaired = { ...tree, edge: tree.edge.map((tile, at) => (at === level ? anew : tile)) };
    if (anew.length !== length || !sameBytes(rootOf(repaired), head.root)) continue;
    findings.tile('A tile is not the one that the signed head leads to.', place);
    return repaired;
  }
  findings.tile('The tiles at the right edge of the log do not lead to the root in its signed head.');
  return tree;
};

const fromBelow = async ({ level, index, width }: HashPlace, read: ReadFile): Promise<Uint8Array> => {
  if (level === 0) return (await readBundle(read, index, width))?.hashes ?? Buffer.alloc(0);
  const roots: Uint8Array[] = [];
  for (let at = index * TILE_WIDTH; at < index * TILE_WIDTH + width; at++) {
    const tile = await tilesIn(read)(level - 1, at, TILE_WIDTH);
    if (tile !== undefined) roots.push(Buffer.from(hashInTile(tile, 0, TILE_WIDTH)));
  }
  return Buffer.concat(roots);
};
