import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to } from 'pg-copy-streams';
import { ProblemError } from '../ground/problem.ts';
import type { Database } from './database.ts';
import { copyFile, MANIFEST } from './manifest.ts';
import type { BackupTable, Manifest } from './manifest.ts';
import { dataTables, schemaDigest } from './schema.ts';
import { withProblems } from './sqlstate.ts';
import { inTransaction } from './transaction.ts';

const copyOut = async (client: pg.PoolClient, dir: string, table: string): Promise<BackupTable> => {
  const rows = client.query(to(`COPY waybill.${table} TO STDOUT (FORMAT binary)`));
  const sum = createHash('sha256');
  await pipeline(
    rows,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sum.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(copyFile(dir, table), { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { table, rows: rows.rowCount ?? 0, sha256: sum.digest('hex') };
};

const HEADS = `
  SELECT DISTINCT ON (h.log_id) coalesce(l.name, h.log_id::text) AS log, h.checkpoint
    FROM waybill.head h LEFT JOIN waybill.log l USING (log_id) ORDER BY h.log_id, h.size DESC`;

const writeSnapshot = async (client: pg.PoolClient, dir: string): Promise<Manifest> => {
  const tables: BackupTable[] = [];
  for (const table of await dataTables(client)) tables.push(await copyOut(client, dir, table));
  const heads = await client.query<{ log: string; checkpoint: string }>(HEADS);
  const masters = await client.query<{ master: string }>(
    'SELECT DISTINCT master FROM waybill.data_key ORDER BY master',
  );
  return {
    format: 'waybill backup 1',
    schema: await schemaDigest(client),
    heads: Object.fromEntries(heads.rows.map(({ log, checkpoint }) => [log, checkpoint])),
    masters: masters.rows.map(({ master }) => master),
    tables,
  };
};

const syncFolder = async (dir: string): Promise<void> => {
  const handle = await open(dir);
  await handle.sync().finally(() => handle.close());
};

const written = async (dir: string, making: string, manifest: Manifest): Promise<void> => {
  await writeFile(join(making, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await syncFolder(making);
  await rename(making, dir);
  await syncFolder(dirname(dir));
};

/**
 * Writes the database as it stands at one moment into `dir`, which must not be there yet, while the node goes on
 * working. It takes the place of `dir` when it is whole; if we crash here, a folder `<dir>.…` is left to delete. It
 * holds no master key, but it does hold data keys (wrapped) that may be destroyed later: destroy old backups with them.
 */
export const backup = async ({ owner }: Database, dir: string): Promise<Manifest> => {
  const goal = resolve(dir);
  let making: string | undefined;
  try {
    making = await mkdtemp(join(dirname(goal), `${basename(goal)}.`));
    const into = making;
    const manifest = await withProblems(() =>
      inTransaction(owner, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) =>
        writeSnapshot(client, into),
      ),
    );
    await written(goal, making, manifest);
    return manifest;
  } catch (error) {
    if (making !== undefined) await rm(making, { recursive: true, force: true }).catch(() => {});
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The backup cannot be written here.',
      where: dir,
      next: 'Name a folder that is not there yet, on a disk with room, where you may write.',
    });
  }
};
