import type pg from 'pg';
import { inclusionProver } from '../custody/inclusion.ts';
import type { Subtrees } from '../custody/inclusion.ts';
import { TILE_WIDTH, tileLevels, tileWidth } from '../custody/tile.ts';
import type { ReadTile } from '../custody/tile.ts';
import { logNumber } from './ledger-names.ts';
import { tilesOf } from './ledger-tiles.ts';
import { int2Array, int8Array } from './ledger-wire.ts';
import type { LogId } from './types.ts';

/** Four megabytes; a log of 30 million entries has as many tiles above its entries' own. */
const KEPT = 512;

/** Hashes of subtrees: some ten megabytes. */
const MOST_SUBTREES = 65_536;

/** The tiles of one log, for proofs of many of its entries under heads of any size. */
export interface Tiles {
  /** Makes the paths to these entries in the tree of `size`: what was not kept is fetched in one question. */
  prover(size: number, seqs: readonly number[]): Promise<(index: number) => Promise<Uint8Array[]>>;
}

/**
 * Keeps the tiles that stand in the proofs of many entries: those above the entries' own, and partial ones, each of which is
 * made of up to 255 others. Of a log that only grows a tile never changes; who cuts the log back cannot make a false proof
 * with one that was kept, for it leads to the root of the head that it was made for.
 */
export const openTiles = (db: pg.Pool, log: LogId): Tiles => {
  const read = tilesOf(db, log);
  const kept = new Map<string, Uint8Array>();
  const subtrees: Subtrees = new Map();
  const keep = (key: string, tile: Uint8Array): void => {
    // The one asked for last goes last.
    kept.delete(key);
    kept.set(key, tile);
    const [oldest = ''] = kept.keys();
    if (kept.size > KEPT) kept.delete(oldest);
  };

  return {
    prover: async (size, seqs) => {
      if (subtrees.size > MOST_SUBTREES) subtrees.clear();
      const wanted = new Map<string, readonly [level: number, index: number]>();
      for (let level = 0; level < tileLevels(size); level++)
        for (const seq of seqs) {
          const index = Math.floor(seq / TILE_WIDTH ** (level + 1));
          const key = keyOf(level, index, TILE_WIDTH);
          if (tileWidth(size, level, index) === TILE_WIDTH && !kept.has(key)) wanted.set(key, [level, index]);
        }
      const own = await fullTiles(db, log, [...wanted.values()]);
      for (const [key, tile] of own) if (!key.startsWith('0/')) keep(key, tile);
      const readTile: ReadTile = async (level, index, width) => {
        const key = keyOf(level, index, width);
        const tile = own.get(key) ?? kept.get(key) ?? (await read(level, index, width));
        if (tile !== undefined && (level > 0 || width < TILE_WIDTH)) keep(key, tile);
        return tile;
      };
      return inclusionProver(size, readTile, subtrees);
    },
  };
};

const keyOf = (level: number, index: number, width: number): string => `${level}/${index}/${width}`;

const fullTiles = async (
  db: pg.Pool,
  log: LogId,
  places: readonly (readonly [level: number, index: number])[],
): Promise<Map<string, Uint8Array>> => {
  if (places.length === 0) return new Map();
  const { rows } = await db.query<{ level: number; index: string; hashes: Buffer }>({
    name: 'waybill-tiles',
    text: `SELECT t.level, t.index, t.hashes
             FROM unnest($2::int2[], $3::int8[]) AS w (level, index)
             JOIN waybill.tile t ON t.log_id = $1 AND t.level = w.level AND t.index = w.index`,
    values: [
      logNumber(log),
      int2Array(places.map(([level]) => level)),
      int8Array(places.map(([, index]) => index)),
    ],
  });
  return new Map(rows.map(({ level, index, hashes }) => [keyOf(level, Number(index), TILE_WIDTH), hashes]));
};
