import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Database } from './database.ts';
import { backupRefused, checkFiles, copyFile, OTHER_BACKUP, readManifest } from './manifest.ts';
import type { BackupTable, Manifest } from './manifest.ts';
import { dataTables, schemaDigest } from './schema.ts';
import { sqlstate, withProblems } from './sqlstate.ts';
import { inTransaction } from './transaction.ts';

const copyIn = async (client: pg.PoolClient, dir: string, { table, rows }: BackupTable): Promise<void> => {
  const where = copyFile(dir, table);
  const into = client.query(from(`COPY waybill.${table} FROM STDIN (FORMAT binary)`));
  await pipeline(createReadStream(where), into).catch((error: unknown) => {
    // Class 22: the bytes are not what COPY reads; class 23: the rows break the schema.
    if (!/^2[23]/.test(sqlstate(error) ?? '')) throw error;
    throw backupRefused('A file of the backup holds no rows of its table.', OTHER_BACKUP, where);
  });
  if (into.rowCount !== rows)
    throw backupRefused(
      'A file of the backup holds another number of rows than its manifest says.',
      OTHER_BACKUP,
      where,
    );
};

const checkTarget = async (
  client: pg.PoolClient,
  dir: string,
  { schema, tables }: Manifest,
): Promise<void> => {
  const names = await dataTables(client);
  if (schema !== (await schemaDigest(client)) || names.join() !== tables.map(({ table }) => table).join())
    throw backupRefused(
      'The backup was made with another schema than this version of Waybill has.',
      'Restore it with the version that made it, then start this one on the restored data.',
      dir,
    );
  // Nobody writes here while we look and fill.
  await client.query(`LOCK TABLE ${names.map((name) => `waybill.${name}`).join()} IN EXCLUSIVE MODE`);
  for (const name of names) {
    const { rowCount } = await client.query(`SELECT FROM waybill.${name} LIMIT 1`);
    if (rowCount !== 0)
      throw backupRefused(
        'The database to restore into is not empty.',
        'Restore into a new data folder or a new database; what is there is never written over.',
        dir,
      );
  }
};

/**
 * Fills an empty, migrated database from a backup, in one transaction: if we crash here, it stays empty. Every digest is
 * checked before the first row. Whether the backup is older than a head that others have seen is for the caller to ask.
 * Problem `backup-refused`.
 */
export const restore = async (dir: string, { owner }: Database): Promise<Manifest> => {
  const manifest = await readManifest(dir);
  await checkFiles(dir, manifest);
  await withProblems(() =>
    inTransaction(owner, 'BEGIN', async (client) => {
      await checkTarget(client, dir, manifest);
      for (const table of manifest.tables) await copyIn(client, dir, table);
    }),
  );
  return manifest;
};
