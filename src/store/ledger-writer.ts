import type pg from 'pg';
import type { Signer } from '../custody/signer.ts';
import { formatVkey } from '../custody/vkey.ts';
import type { Database } from './database.ts';
import { keyMissing } from './keys.ts';
import type { MasterKeys } from './keys.ts';
import { readStand } from './ledger-head.ts';
import type { Stand } from './ledger-head.ts';
import { DataKeys } from './ledger-keys.ts';
import { logNumber, namesOf } from './ledger-names.ts';
import type { Names } from './ledger-names.ts';
import { patiently } from './ledger-patience.ts';
import { accountsOf, prepareAct } from './ledger-prepare.ts';
import type { Prepared } from './ledger-prepare.ts';
import { withProblems } from './sqlstate.ts';
import type { ActRecord, LogId } from './types.ts';

/** An office's secrets that the store needs. Each of the two keys is 32 bytes. */
export interface StoreSecrets {
  readonly keys: MasterKeys;
  /** Makes the names of streams and scopes. */
  readonly nameKey: Uint8Array;
  /** Makes the accounts of taxpayers (`accountOf`). */
  readonly accountKey: Uint8Array;
}

export interface LedgerOptions extends StoreSecrets {
  readonly db: Database;
  readonly log: LogId;
  /** The log's own key; its name is the log's origin. */
  readonly signer: Signer;
  /** How long to try to reach a database that is away, in milliseconds. */
  readonly patience?: number;
}

export const PATIENCE = 10_000;

/** What one writer of one log knows. */
export interface Writer {
  readonly log: LogId;
  readonly pool: pg.Pool;
  readonly signer: Signer;
  readonly secrets: StoreSecrets;
  readonly names: Names;
  readonly keys: DataKeys;
  readonly patience: number;
  prepare(act: ActRecord): Prepared;
  /** Where the log stands; read anew after `doubt`. */
  stand(): Promise<Stand>;
  /** Goes on from a commit that is durable. */
  advance(stand: Stand): void;
  /** Another writer was first, or it is not known whether the last commit was made. */
  doubt(): void;
}

const begin = async (pool: pg.Pool, { log, signer }: LedgerOptions): Promise<void> => {
  const vkey = formatVkey(signer.verifier);
  await pool.query(
    'INSERT INTO waybill.log (log_id, name, vkey) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [logNumber(log), log, vkey],
  );
  const { rows } = await pool.query<{ vkey: string }>('SELECT vkey FROM waybill.log WHERE log_id = $1', [
    logNumber(log),
  ]);
  if (rows[0]?.vkey !== vkey)
    throw keyMissing(
      `The log ${log} was begun with another signing key or under another name.`,
      'Give the key that this office’s node was made with.',
    );
};

/** Problem `log-altered` if the log is not what its head says, `key-missing` if the key is not the log's. */
export const openWriter = async (options: LedgerOptions): Promise<Writer> => {
  const { db, log, signer, keys, nameKey, accountKey, patience = PATIENCE } = options;
  const pool = db.db(log);
  const names = namesOf(nameKey, log);
  const account = accountsOf(accountKey);
  const dataKeys = new DataKeys(keys, names, log);
  let last = await withProblems(() =>
    patiently(patience, async () => {
      await begin(pool, options);
      return readStand(pool, log, signer.verifier);
    }),
  );
  let sure = true;
  return {
    log,
    pool,
    signer,
    secrets: { keys, nameKey, accountKey },
    names,
    keys: dataKeys,
    patience,
    prepare: (act) => prepareAct(act, names, account),
    stand: async () => {
      if (!sure) last = await readStand(pool, log, signer.verifier, last);
      sure = true;
      return last;
    },
    advance: (stand) => {
      last = stand;
      sure = true;
    },
    doubt: () => {
      sure = false;
    },
  };
};
