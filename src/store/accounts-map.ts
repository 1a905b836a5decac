import type pg from 'pg';
import { EMPTY_RECORD, addToRecord } from '../custody/account.ts';
import type { AccountRecord } from '../custody/account.ts';
import { proveAccount } from '../custody/account-proof.ts';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../custody/checkpoint.ts';
import { makeDayMap, mapHead, mapOrigin, readDayMap } from '../custody/day-map.ts';
import type { DayMap } from '../custody/day-map.ts';
import { HASH_SIZE, sameBytes } from '../custody/hash.ts';
import { openNote } from '../custody/note.ts';
import type { Signer } from '../custody/signer.ts';
import { TILE_WIDTH, tileWidth } from '../custody/tile.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import type { Day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { entriesOf } from './accounts.ts';
import type { Database } from './database.ts';
import { logAltered, readHead } from './ledger-head.ts';
import { logNumber } from './ledger-names.ts';
import { accountsOf } from './ledger-prepare.ts';
import { tilesOf } from './ledger-tiles.ts';
import { isUniqueViolation, withProblems } from './sqlstate.ts';
import type { LogId } from './types.ts';

/** The daily signed maps of one log, which prove that a taxpayer's record is complete. */
export interface AccountMaps {
  /**
   * Makes, signs and stores the map of a day at the newest head; its signed head, which may be handed out. A day that
   * has its map keeps it: two maps of one day would be a fork.
   */
  make(day: Day): Promise<string>;
  /** The signed head of a day's map; undefined if none was made. */
  head(day: Day): Promise<string | undefined>;
  /** What the day's map says of a taxpayer, with its proof (`verifyAccount`); undefined if there is no map of that day. */
  prove(day: Day, taxpayer: string): Promise<string | undefined>;
}

export interface AccountMapsOptions {
  readonly db: Database;
  readonly log: LogId;
  readonly signer: Signer;
  readonly accountKey: Uint8Array;
}

interface StoredMap {
  readonly map: DayMap;
  readonly size: number;
  readonly head: string;
}

/** Problems: `log-altered`, `proof-refused` (the log has no entries yet), `store-down`. */
export const openAccountMaps = ({ db, log, signer, accountKey }: AccountMapsOptions): AccountMaps => {
  const pool = db.db(log);
  const account = accountsOf(accountKey);
  const stored = (day: Day) => readMap(pool, log, signer.verifier, day);
  return {
    head: (day) => withProblems(async () => (await stored(day))?.head),

    make: (day) =>
      withProblems(async () => {
        const before = await stored(day);
        if (before !== undefined) return before.head;
        const newest = await readHead(pool, log);
        if (newest === undefined) throw nothingYet(log);
        const checkpoint = openCheckpoint(newest.checkpoint, signer.verifier);
        const map = makeDayMap(accountKey, day, await recordsAt(pool, log, newest.size));
        const head = signCheckpoint(mapHead(map, checkpoint, accountKey), signer);
        try {
          await pool.query(
            'INSERT INTO waybill.day_map (log_id, day, size, head, leaves) VALUES ($1, $2, $3, $4, $5)',
            [logNumber(log), day, newest.size, head, Buffer.from(map.leaves)],
          );
          return head;
        } catch (error) {
          // Another process made it at the same moment: only the stored one is ever shown.
          if (!isUniqueViolation(error)) throw error;
          return (await stored(day))?.head ?? head;
        }
      }),

    prove: (day, taxpayer) =>
      withProblems(async () => {
        const found = await stored(day);
        if (found === undefined) return undefined;
        const { name } = account(taxpayer);
        const leafAt = leafReader(pool, log, found.size);
        let record = EMPTY_RECORD;
        for (const seq of await entriesOf(pool, log, name, found.size))
          record = addToRecord(record, await leafAt(seq));
        return proveAccount(found.map, found.head, accountKey, name, record);
      }),
  };
};

const nothingYet = (log: LogId): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: 'The log has no entries yet, so that there is no map to be made.',
    where: log,
    next: 'Make the map of a day after the first act.',
  });

const readMap = async (
  pool: pg.Pool,
  log: LogId,
  key: VerifierKey,
  day: Day,
): Promise<StoredMap | undefined> => {
  const { rows } = await pool.query<{ size: string; head: string; leaves: Buffer }>(
    'SELECT size, head, leaves FROM waybill.day_map WHERE log_id = $1 AND day = $2',
    [logNumber(log), day],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const size = Number(row.size);
  const map = readDayMap(day, row.leaves);
  const { origin, root, extensions } = parseCheckpoint(openNote(row.head, [key]).text);
  if (
    map === undefined ||
    origin !== mapOrigin(key.name, day) ||
    !sameBytes(root, map.root) ||
    extensions?.[0]?.startsWith(`log ${size} `) !== true
  )
    throw logAltered('The map of accounts is not what its signed head says.', `${log}, ${day}`);
  return { map, size, head: row.head };
};

/** The leaf hash of an entry of the log as it was at `size`. */
const leafReader = (pool: pg.Pool, log: LogId, size: number): ((seq: number) => Promise<Uint8Array>) => {
  const readTile = tilesOf(pool, log);
  let at = -1;
  let tile: Uint8Array | undefined;
  return async (seq) => {
    const index = Math.floor(seq / TILE_WIDTH);
    if (index !== at) tile = await readTile(0, index, tileWidth(size, 0, index));
    at = index;
    if (tile === undefined) throw logAltered('A tile of the log is missing.', `${log}, entry ${seq}`);
    const from = (seq % TILE_WIDTH) * HASH_SIZE;
    return tile.subarray(from, from + HASH_SIZE);
  };
};

const STEP = 65_536;

/** The record of every account in the first `size` entries, from the events themselves. */
const recordsAt = async (pool: pg.Pool, log: LogId, size: number): Promise<Map<string, AccountRecord>> => {
  const records = new Map<string, AccountRecord>();
  const leafAt = leafReader(pool, log, size);
  for (let from = 0; from < size; from += STEP) {
    const { rows } = await pool.query<{ seq: string; account: Buffer }>(
      `SELECT seq, account FROM waybill.event
        WHERE log_id = $1 AND seq >= $2 AND seq < $3 AND account IS NOT NULL ORDER BY seq`,
      [logNumber(log), from, Math.min(from + STEP, size)],
    );
    for (const { seq, account } of rows) {
      const name = account.toString('hex');
      records.set(name, addToRecord(records.get(name) ?? EMPTY_RECORD, await leafAt(Number(seq))));
    }
  }
  return records;
};
