import type pg from 'pg';
import { decodeBundle } from '../custody/bundle.ts';
import { HASH_SIZE, leafHashInto } from '../custody/hash.ts';
import { TILE_WIDTH, hashInTile } from '../custody/tile.ts';
import type { ReadTile } from '../custody/tile.ts';
import { logNumber } from './ledger-names.ts';
import type { LogId } from './types.ts';

type Db = pg.Pool | pg.PoolClient;

const bytesOf = async (db: Db, name: string, text: string, values: readonly number[]): Promise<Buffer[]> =>
  (await db.query<{ bytes: Buffer }>({ name: `waybill-${name}`, text, values: [...values] })).rows.map(
    ({ bytes }) => bytes,
  );

/**
 * The first `width` entries of bundle `index`, as C2SP tlog-tiles frames them. Fewer, or none (undefined), where the
 * database was damaged: `verify` is to see what there is.
 */
export const readBundle = async (
  db: Db,
  log: LogId,
  index: number,
  width: number,
): Promise<Uint8Array | undefined> => {
  const first = index * TILE_WIDTH;
  const pieces = await bytesOf(
    db,
    'bundle',
    `SELECT entries AS bytes FROM waybill.bundle
      WHERE log_id = $1 AND first >= $2 AND first < $3 ORDER BY first`,
    [logNumber(log), first, first + width],
  );
  const [only] = pieces;
  const all = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  const { entries } = decodeBundle(all);
  if (entries.length === 0) return undefined;
  const end = entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  return all.subarray(0, end);
};

/**
 * The tiles of a log. Only full ones are kept: a partial one is made from the entries, or from the full tiles below it,
 * so that a commit of one act writes one piece of a bundle and no tile.
 */
export const tilesOf = (db: Db, log: LogId): ReadTile => {
  const full = (level: number, from: number, count: number): Promise<Buffer[]> =>
    bytesOf(
      db,
      'tile',
      `SELECT hashes AS bytes FROM waybill.tile
        WHERE log_id = $1 AND level = $2 AND index >= $3 AND index < $4 ORDER BY index`,
      [logNumber(log), level, from, from + count],
    );
  return async (level, index, width) => {
    if (width === TILE_WIDTH) return (await full(level, index, 1))[0];
    const hashes = Buffer.allocUnsafe(width * HASH_SIZE);
    if (level === 0) {
      const bundle = await readBundle(db, log, index, width);
      const { entries } = decodeBundle(bundle ?? hashes.subarray(0, 0));
      entries.forEach((entry, at) => {
        leafHashInto(entry, hashes, at * HASH_SIZE);
      });
      return entries.length === width ? hashes : undefined;
    }
    const below = await full(level - 1, index * TILE_WIDTH, width);
    below.forEach((tile, at) => {
      hashes.set(hashInTile(tile, 0, TILE_WIDTH), at * HASH_SIZE);
    });
    return below.length === width ? hashes : undefined;
  };
};
