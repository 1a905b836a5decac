import type pg from 'pg';
import { EMPTY_RECORD, addToRecord } from '../custody/account.ts';
import type { AccountRecord } from '../custody/account.ts';
import { HASH_SIZE } from '../custody/hash.ts';
import { TILE_WIDTH, tileWidth } from '../custody/tile.ts';
import { logAltered } from './ledger-head.ts';
import { logNumber } from './ledger-names.ts';
import { tilesOf } from './ledger-tiles.ts';
import { byteaArray, int8Array } from './ledger-wire.ts';
import type { LogId } from './types.ts';

/*
 * What the acts of each account come to. It is kept as it was when the newest map was made, so that the next map reads the
 * entries since then and no others. Like every projection it can be emptied and made again from the events; who alters it
 * in the database makes a map that does not prove any record (`log-altered`), never one that proves a short one, for a
 * proof is made of the entries themselves.
 */
export interface Chains {
  /** By account: what its acts below `size` come to. */
  readonly records: ReadonlyMap<string, AccountRecord>;
  /** The accounts that have acts since it was last kept. */
  readonly changed: ReadonlySet<string>;
  /** At what size of the log it was last kept. */
  readonly since: number;
}

const STEP = 65_536;
const PIECE = 4096;

/** The record of every account in the first `size` entries. */
export const chainsAt = async (pool: pg.Pool, log: LogId, size: number): Promise<Chains> => {
  const { rows } = await pool.query<{ upto: string }>(
    `SELECT upto FROM waybill.watermark WHERE log_id = $1 AND projection = 'chain'`,
    [logNumber(log)],
  );
  const since = Number(rows[0]?.upto ?? 0);
  // Kept at a later head than the one asked for, it says nothing of this one.
  const from = since > size ? 0 : since;
  const records = from === 0 ? new Map<string, AccountRecord>() : await keptRecords(pool, log);
  return { records, changed: await addEntries(pool, log, records, from, size), since };
};

const keptRecords = async (pool: pg.Pool, log: LogId): Promise<Map<string, AccountRecord>> => {
  const records = new Map<string, AccountRecord>();
  for (let after: Buffer = Buffer.alloc(0); ;) {
    const { rows } = await pool.query<{ account: Buffer; count: string; chain: Buffer }>(
      `SELECT account, count, chain FROM waybill.acct_chain
        WHERE log_id = $1 AND account > $2 ORDER BY account LIMIT ${STEP}`,
      [logNumber(log), after],
    );
    for (const { account, count, chain } of rows)
      records.set(account.toString('hex'), { count: Number(count), chain });
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEP) return records;
    after = last.account;
  }
};

/** The leaf hash of an entry of the log as it was at `size`; asked for in the order of the entries. */
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

const addEntries = async (
  pool: pg.Pool,
  log: LogId,
  records: Map<string, AccountRecord>,
  since: number,
  size: number,
): Promise<Set<string>> => {
  const changed = new Set<string>();
  const leafAt = leafReader(pool, log, size);
  for (let from = since; from < size; from += STEP) {
    const { rows } = await pool.query<{ seq: string; account: Buffer }>(
      `SELECT seq, account FROM waybill.event
        WHERE log_id = $1 AND seq >= $2 AND seq < $3 AND account IS NOT NULL ORDER BY seq`,
      [logNumber(log), from, Math.min(from + STEP, size)],
    );
    for (const { seq, account } of rows) {
      const name = account.toString('hex');
      records.set(name, addToRecord(records.get(name) ?? EMPTY_RECORD, await leafAt(Number(seq))));
      changed.add(name);
    }
  }
  return changed;
};

/**
 * Keeps the chains of a map, within the transaction that stores it. False where another process has kept or emptied them
 * meanwhile: what was read no longer stands, and nothing of it may be kept.
 */
export const keepChains = async (
  client: pg.PoolClient,
  log: LogId,
  size: number,
  { records, changed, since }: Chains,
): Promise<boolean> => {
  const { rowCount } = await client.query(
    `INSERT INTO waybill.watermark (log_id, projection, upto) VALUES ($1, 'chain', $2)
     ON CONFLICT (log_id, projection) DO UPDATE SET upto = excluded.upto WHERE watermark.upto = $3`,
    [logNumber(log), size, since],
  );
  if (rowCount === 0) return false;
  const names = [...changed];
  for (let from = 0; from < names.length; from += PIECE) {
    const some = names.slice(from, from + PIECE);
    const of = (name: string) => records.get(name) ?? EMPTY_RECORD;
    await client.query(
      `INSERT INTO waybill.acct_chain (log_id, account, count, chain)
       SELECT $1, * FROM unnest($2::bytea[], $3::int8[], $4::bytea[])
       ON CONFLICT (log_id, account) DO UPDATE SET count = excluded.count, chain = excluded.chain`,
      [
        logNumber(log),
        byteaArray(some.map((name) => Buffer.from(name, 'hex'))),
        int8Array(some.map((name) => of(name).count)),
        byteaArray(some.map((name) => of(name).chain)),
      ],
    );
  }
  return true;
};
