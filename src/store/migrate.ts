import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { sha256 } from '../ground/digest.ts';
import { storeUnfit } from './sqlstate.ts';

export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

interface Migration {
  /** `0001-ledger.sql`; the order of the names is the order in which they run. */
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

const migrationsIn = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, digest: sha256(sql) };
    }),
  );
};

interface Applied {
  readonly name: string;
  readonly digest: string;
}

const appliedIn = async (client: pg.Pool | pg.PoolClient): Promise<Applied[]> => {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('waybill.migration') is not null as there`,
  );
  if (!rows[0]?.there) return [];
  return (await client.query<Applied>('select name, digest from waybill.migration order by name')).rows;
};

/** How many of the migrations the database has; a problem if it has others. */
const standOf = (migrations: readonly Migration[], applied: readonly Applied[]): number => {
  for (const [i, { name, digest }] of applied.entries()) {
    const known = migrations[i];
    if (known === undefined)
      throw storeUnfit(
        'The database is newer than this version of Waybill.',
        'Use the version that the database was last opened with, or a later one.',
        name,
      );
    if (known.name !== name || known.digest !== digest)
      throw storeUnfit(
        'The database was made by a migration that this version of Waybill does not have as it was then.',
        'Restore the migration as it was: one that has run is never changed, only followed by another.',
        name,
      );
  }
  return applied.length;
};

/** Two processes that migrate at once take turns. Nothing else waits for this lock, and no write of the log ever takes one. */
const LOCK = 0x77_61_79_62;

/** Runs the next migration in one transaction with the row that remembers it: if we crash here, it has not run. */
const step = async (client: pg.PoolClient, migrations: readonly Migration[]): Promise<boolean> => {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('create schema if not exists waybill');
    await client.query(`create table if not exists waybill.migration (
      name text primary key,
      digest text not null,
      at timestamptz not null default now()
    )`);
    const next = migrations[standOf(migrations, await appliedIn(client))];
    if (next) {
      await client.query(next.sql);
      await client.query('insert into waybill.migration (name, digest) values ($1, $2)', [
        next.name,
        next.digest,
      ]);
    }
    await client.query('commit');
    return next !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
};

/**
 * Brings the database to the newest schema: forward only, each migration in its own transaction. Safe to run twice and
 * by several processes at once. Problem `store-unfit` for a database that is newer than the folder or whose past differs.
 */
export const migrate = async (owner: pg.Pool, folder = MIGRATIONS): Promise<void> => {
  const migrations = await migrationsIn(folder);
  if (standOf(migrations, await appliedIn(owner)) === migrations.length && migrations.length > 0) return;
  const client = await owner.connect();
  try {
    while (await step(client, migrations));
  } finally {
    client.release();
  }
};
