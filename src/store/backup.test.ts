import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ProblemError } from '../ground/problem.ts';
import { backup } from './backup.ts';
import { testDatabase } from './database.fixture.ts';
import type { Database } from './database.ts';
import { MANIFEST, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { restore } from './restore.ts';
import { dataTables } from './schema.ts';

const folder = async (t: TestContext): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'waybill-backup-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
};

const refused = (what: RegExp) => (error: unknown) => {
  if (!(error instanceof ProblemError)) return false;
  assert.equal(error.problems[0].kind, 'backup-refused');
  assert.match(error.problems[0].what, what);
  return true;
};

const fill = async ({ owner }: Database): Promise<void> => {
  await owner.query(`insert into waybill.log values (3, 'customs', 'vkey'), (4, 'justice', 'vkey')`);
  await owner.query(`insert into waybill.head (log_id, size, prev, checkpoint)
    values (3, 1, 0, 'head 1'), (3, 9, 1, 'head 9'), (4, 2, 0, 'head 2')`);
  await owner.query(`insert into waybill.data_key (log_id, key, master, scope, wrapped)
    select 3, gen_random_uuid(), 'm' || i % 2, decode(md5(i::text), 'hex'), decode(md5(i::text), 'hex')
      from generate_series(1, 5000) i`);
  await owner.query(`insert into waybill.watermark values (3, 'acct', 9)`);
};

const contents = async ({ owner }: Database): Promise<Record<string, unknown[]>> => {
  const all: Record<string, unknown[]> = {};
  for (const table of await dataTables(owner))
    all[table] = (
      await owner.query<{ row: string }>(`select t::text as row from waybill.${table} t order by 1`)
    ).rows;
  return all;
};

const filledBackup = async (t: TestContext): Promise<{ from: Database; dir: string; manifest: Manifest }> => {
  const from = await testDatabase(t);
  await fill(from);
  const dir = join(await folder(t), 'backup');
  return { from, dir, manifest: await backup(from, dir) };
};

test('a backup is restored row for row, with the heads and the masters named', async (t) => {
  const { from, dir, manifest } = await filledBackup(t);
  assert.deepEqual(manifest.heads, { customs: 'head 9', justice: 'head 2' });
  assert.deepEqual(manifest.masters, ['m0', 'm1']);
  assert.equal(manifest.tables.find(({ table }) => table === 'data_key')?.rows, 5000);
  assert.deepEqual(await readManifest(dir), manifest);
  const into = await testDatabase(t);
  await restore(dir, into);
  assert.deepEqual(await contents(into), await contents(from));
});

test('a backup is closed to others and leaves nothing beside it', async (t) => {
  const { dir } = await filledBackup(t);
  assert.deepEqual(await readdir(join(dir, '..')), ['backup']);
  assert.equal((await stat(dir)).mode & 0o777, 0o700);
  for (const name of await readdir(dir)) assert.equal((await stat(join(dir, name))).mode & 0o777, 0o600);
});

test('a backup shows one moment, whatever is written meanwhile', async (t) => {
  const database = await testDatabase(t);
  await fill(database);
  let running = true;
  const writing = (async () => {
    for (let size = 10; running; size++)
      await database.owner.query(
        `with head as (insert into waybill.head values (3, $1::bigint, $1::bigint - 1, 'head ' || $1::text))
         insert into waybill.tile values (3, 0, $1::bigint, repeat('x', 8192)::bytea)`,
        [String(size)],
      );
  })();
  const dir = join(await folder(t), 'backup');
  const { heads } = await backup(database, dir).finally(() => (running = false));
  await writing;
  const into = await testDatabase(t);
  await restore(dir, into);
  const { rows } = await into.owner.query<{ size: string; tiles: string }>(
    `select (select max(size) from waybill.head where log_id = 3) as size, (select count(*) from waybill.tile) as tiles`,
  );
  assert.equal(heads['customs'], `head ${rows[0]?.size}`);
  assert.equal(Number(rows[0]?.tiles), Number(rows[0]?.size) - 9);
});

test('a backup is never written over, and one that fails leaves nothing', async (t) => {
  const { from, dir } = await filledBackup(t);
  const output = (e: unknown) => e instanceof ProblemError && e.problems[0].kind === 'output-refused';
  await assert.rejects(backup(from, dir), output);
  await assert.rejects(backup(from, join(dir, 'no', 'folder')), output);
  assert.deepEqual(await readdir(join(dir, '..')), ['backup']);
});

const edited = async (dir: string, edit: (manifest: Manifest) => unknown): Promise<void> =>
  writeFile(join(dir, MANIFEST), JSON.stringify(edit(await readManifest(dir))));

const withTable = (m: Manifest, table: string, change: object): Manifest => ({
  ...m,
  tables: m.tables.map((one) => (one.table === table ? { ...one, ...change } : one)),
});

const tampered: readonly [name: string, tamper: (dir: string) => Promise<unknown>, what: RegExp][] = [
  ['a byte more', (dir) => appendFile(join(dir, 'head.copy'), 'x'), /changed after it was made/],
  ['truncated', (dir) => truncate(join(dir, 'data_key.copy'), 1000), /changed after it was made/],
  ['a file gone', (dir) => rm(join(dir, 'tile.copy')), /missing/],
  [
    'two files exchanged',
    (dir) => cp(join(dir, 'log.copy'), join(dir, 'head.copy')),
    /changed after it was made/,
  ],
  ['no manifest', (dir) => rm(join(dir, MANIFEST)), /no backup/],
  ['a manifest cut short', (dir) => truncate(join(dir, MANIFEST), 100), /no backup/],
  [
    'a table more',
    (dir) => edited(dir, (m) => ({ ...m, tables: [...m.tables, m.tables[0]] })),
    /another schema/,
  ],
  ['a table less', (dir) => edited(dir, (m) => ({ ...m, tables: m.tables.slice(1) })), /another schema/],
  ['another schema', (dir) => edited(dir, (m) => ({ ...m, schema: 'f'.repeat(64) })), /another schema/],
  [
    'another count of rows',
    (dir) => edited(dir, (m) => withTable(m, 'data_key', { rows: 4999 })),
    /another number of rows/,
  ],
  [
    'rows of another table with its digest',
    async (dir) => {
      await cp(join(dir, 'log.copy'), join(dir, 'head.copy'));
      await edited(dir, (m) =>
        withTable(m, 'head', { sha256: m.tables.find(({ table }) => table === 'log')?.sha256 }),
      );
    },
    /holds no rows of its table/,
  ],
];

test('a tampered backup is refused, and the database stays empty', async (t) => {
  const { dir } = await filledBackup(t);
  const into = await testDatabase(t);
  const empty = await contents(into);
  for (const [name, tamper, what] of tampered) {
    const copy = join(await folder(t), 'copy');
    await cp(dir, copy, { recursive: true });
    await tamper(copy);
    await assert.rejects(restore(copy, into), refused(what), name);
    assert.deepEqual(await contents(into), empty, name);
  }
  await restore(dir, into);
});

test('a database that holds anything is not restored into', async (t) => {
  const { from, dir } = await filledBackup(t);
  const before = await contents(from);
  await assert.rejects(restore(dir, from), refused(/not empty/));
  assert.deepEqual(await contents(from), before);
});

test('a backup of an empty database is one too', async (t) => {
  const dir = join(await folder(t), 'backup');
  const { heads } = await backup(await testDatabase(t), dir);
  assert.deepEqual(heads, {});
  await restore(dir, await testDatabase(t));
  assert.ok((await readFile(join(dir, 'head.copy'), 'latin1')).startsWith('PGCOPY\n'));
});
