import type pg from 'pg';
import type { MapReader } from '../custody/account-proof.ts';
import { MAP_LEAF_SIZE } from '../custody/day-map.ts';
import type { DayMap } from '../custody/day-map.ts';
import { TILE_WIDTH } from '../custody/tile.ts';
import type { Day } from '../ground/dates.ts';
import { logNumber } from './ledger-names.ts';
import { byteaArray, int2Array, int8Array } from './ledger-wire.ts';
import type { LogId } from './types.ts';

const PIECE = TILE_WIDTH * MAP_LEAF_SIZE;
/** Rows of one statement: a megabyte of leaves. */
const ROWS = 64;

const inParts = async <T>(
  all: readonly T[],
  write: (some: readonly T[]) => Promise<unknown>,
): Promise<void> => {
  for (let from = 0; from < all.length; from += ROWS) await write(all.slice(from, from + ROWS));
};

/** Stores the leaves of a map and the tree over them, in the transaction that stores its head. */
export const writePieces = async (client: pg.PoolClient, log: LogId, map: DayMap): Promise<void> => {
  const { day, leaves, tiles } = map;
  const pieces = Array.from({ length: Math.ceil(leaves.length / PIECE) }, (_, n) => ({
    first: n * TILE_WIDTH,
    bytes: leaves.subarray(n * PIECE, (n + 1) * PIECE),
  }));
  await inParts(pieces, (some) =>
    client.query(
      `INSERT INTO waybill.map_leaves (log_id, day, label, first, leaves)
       SELECT $1, $2, * FROM unnest($3::bytea[], $4::int8[], $5::bytea[])`,
      [
        logNumber(log),
        day,
        byteaArray(some.map(({ bytes }) => bytes.subarray(0, 32))),
        int8Array(some.map(({ first }) => first)),
        byteaArray(some.map(({ bytes }) => bytes)),
      ],
    ),
  );
  await inParts(tiles, (some) =>
    client.query(
      `INSERT INTO waybill.map_tile (log_id, day, level, index, hashes)
       SELECT $1, $2, * FROM unnest($3::int2[], $4::int8[], $5::bytea[])`,
      [
        logNumber(log),
        day,
        int2Array(some.map(({ level }) => level)),
        int8Array(some.map(({ index }) => index)),
        byteaArray(some.map(({ bytes }) => bytes)),
      ],
    ),
  );
};

// The piece in which the label stands or would stand, and the next one: its first leaf may be the neighbour to the right.
const AROUND = `
  (SELECT first, leaves FROM waybill.map_leaves
    WHERE log_id = $1 AND day = $2 AND label <= $3 ORDER BY label DESC LIMIT 1)
  UNION ALL
  (SELECT first, leaves FROM waybill.map_leaves
    WHERE log_id = $1 AND day = $2 AND label > $3 ORDER BY label LIMIT 1)`;

/** A map that was stored in pieces, of `size` leaves as its signed head says. */
export const mapInPieces = (pool: pg.Pool, log: LogId, day: Day, size: number): MapReader => ({
  day,
  size,
  around: async (label) => {
    const { rows } = await pool.query<{ first: string; leaves: Buffer }>({
      name: 'waybill-map-around',
      text: AROUND,
      values: [logNumber(log), day, label],
    });
    return { from: Number(rows[0]?.first ?? 0), leaves: Buffer.concat(rows.map(({ leaves }) => leaves)) };
  },
  readTile: async (level, index) => {
    const { rows } = await pool.query<{ hashes: Buffer }>({
      name: 'waybill-map-tile',
      text: 'SELECT hashes FROM waybill.map_tile WHERE log_id = $1 AND day = $2 AND level = $3 AND index = $4',
      values: [logNumber(log), day, level, index],
    });
    return rows[0]?.hashes;
  },
});
