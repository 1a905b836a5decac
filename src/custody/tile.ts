import { HASH_SIZE, nodeHashPairs } from './hash.ts';

/** Hashes of a full tile, and entries of a full bundle (C2SP tlog-tiles: height 8). */
export const TILE_WIDTH = 256;

/** Where a tile stands. Level `entries` is the entry bundles; level 0 holds leaf hashes; `width` is 1 to 256. */
export interface TilePlace {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** A tile of hashes: `width` hashes of 32 bytes. */
export interface Tile extends TilePlace {
  readonly level: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads one tile of hashes at a width that the tree in question has; a store that keeps only the full tile may give
 * that, for a partial tile is its beginning. `undefined` if it has neither.
 */
export type ReadTile = (
  level: number,
  index: number,
  width: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** The path of C2SP tlog-tiles: `tile/<L>/<N>[.p/<W>]`, index 1234067 as `x001/x234/067`. */
export const tilePath = ({ level, index, width }: TilePlace): string => {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

/** Reads a path as `tilePath` writes it; `undefined` for anything else, another spelling of the same place included. */
export const parseTilePath = (path: string): TilePlace | undefined => {
  const [, level, groups, width = String(TILE_WIDTH)] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || groups === undefined) return undefined;
  const place: TilePlace = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: Number(width),
  };
  const inRange =
    place.width >= 1 &&
    place.width <= TILE_WIDTH &&
    Number.isSafeInteger(place.index) &&
    (place.level === 'entries' || place.level < 64);
  return inRange && tilePath(place) === path ? place : undefined;
};

/** How many hashes the tile at this place has in a tree of `size` entries; 0 where the tree does not reach. */
export const tileWidth = (size: number, level: number, index: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH));

/** The levels of tiles that a tree of `size` entries has. */
export const tileLevels = (size: number): number => {
  let levels = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / TILE_WIDTH)) levels++;
  return levels;
};

/** Every tile and entry bundle that a directory of a tree of `size` entries holds, each once, at its width. */
export function* tilesOfTree(size: number): Generator<TilePlace> {
  for (let level = 0; level < tileLevels(size); level++) {
    for (let index = 0; tileWidth(size, level, index) > 0; index++) {
      const width = tileWidth(size, level, index);
      if (level === 0) yield { level: 'entries', index, width };
      yield { level, index, width };
    }
  }
}

const halves = Buffer.alloc((TILE_WIDTH / 2) * HASH_SIZE);

/**
 * The Merkle Tree Hash over `count` hashes of a tile from hash `from`; `count` is a power of two. The levels between
 * those of the tiles are stored nowhere: this makes them.
 */
export const hashInTile = (tile: Uint8Array, from: number, count: number): Uint8Array => {
  const bytes = Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength);
  const start = from * HASH_SIZE;
  if (count === 1) return bytes.subarray(start, start + HASH_SIZE);
  nodeHashPairs(bytes, start, count, halves);
  for (let left = count / 2; left > 1; left /= 2) nodeHashPairs(halves, 0, left, halves);
  return Buffer.from(halves.subarray(0, HASH_SIZE));
};
