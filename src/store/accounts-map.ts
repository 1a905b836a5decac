import type pg from 'pg';
import { EMPTY_RECORD, addToRecord } from '../custody/account.ts';
import { proveAccountFrom, verifyAccount, wholeMap } from '../custody/account-proof.ts';
import type { MapReader } from '../custody/account-proof.ts';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../custody/checkpoint.ts';
import { makeDayMap, mapHead, mapOrigin, readDayMap } from '../custody/day-map.ts';
import { leafHash } from '../custody/hash.ts';
import { openNote } from '../custody/note.ts';
import type { Signer } from '../custody/signer.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import type { Day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { entriesOf } from './accounts.ts';
import { chainsAt, keepChains } from './accounts-chain.ts';
import { mapInPieces, writePieces } from './accounts-map-pieces.ts';
import type { Database } from './database.ts';
import { logAltered, readHead } from './ledger-head.ts';
import { logNumber } from './ledger-names.ts';
import { accountsOf } from './ledger-prepare.ts';
import { isUniqueViolation, withProblems } from './sqlstate.ts';
import { inTransaction } from './transaction.ts';
import type { LogId } from './types.ts';
import { readEntries } from './views-events.ts';

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
  readonly map: MapReader;
  readonly size: number;
  readonly head: string;
}

/** Problems: `log-altered`, `proof-refused` (the log has no entries yet), `store-down`. */
export const openAccountMaps = ({ db, log, signer, accountKey }: AccountMapsOptions): AccountMaps => {
  const pool = db.db(log);
  const account = accountsOf(accountKey);
  const stored = (day: Day) => readMap(pool, log, signer.verifier, day);

  const makeOnce = async (day: Day): Promise<string | undefined> => {
    const newest = await readHead(pool, log);
    if (newest === undefined) throw nothingYet(log);
    const checkpoint = openCheckpoint(newest.checkpoint, signer.verifier);
    const chains = await chainsAt(pool, log, newest.size);
    const map = makeDayMap(accountKey, day, chains.records);
    const head = signCheckpoint(mapHead(map, checkpoint, accountKey), signer);
    try {
      // If we crash before COMMIT there is no map of the day, and nobody was shown its head.
      return await inTransaction(pool, 'BEGIN', async (client) => {
        await client.query('INSERT INTO waybill.day_map (log_id, day, size, head) VALUES ($1, $2, $3, $4)', [
          logNumber(log),
          day,
          newest.size,
          head,
        ]);
        await writePieces(client, log, map);
        if (!(await keepChains(client, log, newest.size, chains))) throw new Meanwhile();
        return head;
      });
    } catch (error) {
      // Another process made it at the same moment, or the map of another day: only what is stored is ever shown.
      const there = error instanceof Meanwhile || isUniqueViolation(error) ? await stored(day) : undefined;
      if (there !== undefined || error instanceof Meanwhile) return there?.head;
      throw error;
    }
  };

  return {
    head: (day) => withProblems(async () => (await stored(day))?.head),

    make: (day) =>
      withProblems(async () => {
        for (let head = (await stored(day))?.head; ; head = await makeOnce(day))
          if (head !== undefined) return head;
      }),

    prove: (day, taxpayer) =>
      withProblems(async () => {
        const found = await stored(day);
        if (found === undefined) return undefined;
        const { name } = account(taxpayer);
        const seqs = await entriesOf(pool, log, name, found.size);
        const record = (await leafHashes(pool, log, seqs)).reduce(addToRecord, EMPTY_RECORD);
        try {
          const proof = await proveAccountFrom(found.map, found.head, accountKey, name, record);
          // The map was read in pieces, and none of them believed: a proof that does not hold leaves nobody's hands.
          verifyAccount(proof, signer.verifier, name);
          return proof;
        } catch (error) {
          if (!(error instanceof RangeError || error instanceof ProblemError)) throw error;
          throw notTheMap(log, day);
        }
      }),
  };
};

/** The chains were kept by another process while this one made its map. */
class Meanwhile extends Error {}

const nothingYet = (log: LogId): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: 'The log has no entries yet, so that there is no map to be made.',
    where: log,
    next: 'Make the map of a day after the first act.',
  });

const notTheMap = (log: LogId, day: Day): ProblemError =>
  logAltered(
    'The map of accounts, or the index by taxpayer, is not what the signed head of the map says.',
    `${log}, ${day}`,
  );

const readMap = async (
  pool: pg.Pool,
  log: LogId,
  key: VerifierKey,
  day: Day,
): Promise<StoredMap | undefined> => {
  const { rows } = await pool.query<{ size: string; head: string; leaves: Buffer | null }>({
    name: 'waybill-day-map',
    text: 'SELECT size, head, leaves FROM waybill.day_map WHERE log_id = $1 AND day = $2',
    values: [logNumber(log), day],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const size = Number(row.size);
  const { origin, extensions, size: accounts } = parseCheckpoint(openNote(row.head, [key]).text);
  const whole = row.leaves === null ? undefined : readDayMap(day, row.leaves);
  if (
    (whole === undefined) !== (row.leaves === null) ||
    origin !== mapOrigin(key.name, day) ||
    extensions?.[0]?.startsWith(`log ${size} `) !== true
  )
    throw notTheMap(log, day);
  const map = whole === undefined ? mapInPieces(pool, log, day, accounts) : wholeMap(whole);
  return { map, size, head: row.head };
};

/** The leaf hashes of these entries, in their order, from the entries themselves. */
const leafHashes = async (pool: pg.Pool, log: LogId, seqs: readonly number[]): Promise<Uint8Array[]> => {
  const entries = await readEntries(pool, log, seqs);
  return seqs.map((seq) => {
    const entry = entries.get(seq);
    if (entry === undefined) throw logAltered('An entry of the log is missing.', `${log}, entry ${seq}`);
    return leafHash(entry);
  });
};
