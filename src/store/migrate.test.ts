import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import { testDatabaseUrl } from './database.fixture.ts';
import { migrate } from './migrate.ts';

const folderOf = async (t: TestContext, files: Record<string, string>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-migrations-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return folder;
};

const withPool = async (t: TestContext, work: (pool: pg.Pool) => Promise<void>): Promise<void> => {
  const pool = new pg.Pool({ connectionString: await testDatabaseUrl(t) });
  await work(pool).finally(() => pool.end());
};

const names = async (pool: pg.Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>('select name from waybill.migration order by name');
  return rows.map(({ name }) => name);
};

const unfit = (what: RegExp) => (error: unknown) =>
  error instanceof ProblemError &&
  error.problems[0].kind === 'store-unfit' &&
  what.test(error.problems[0].what);

const first = { '0001-one.sql': 'create table waybill.one (x int); insert into waybill.one values (1);' };
const second = { '0002-two.sql': 'alter table waybill.one add column y int default 2;' };

test('migrations run in order, once, and go on where they stood', (t) =>
  withPool(t, async (pool) => {
    await migrate(pool, await folderOf(t, first));
    const both = await folderOf(t, { ...second, ...first, 'README.md': 'not one' });
    await migrate(pool, both);
    await migrate(pool, both);
    assert.deepEqual(await names(pool), ['0001-one.sql', '0002-two.sql']);
    assert.deepEqual((await pool.query('select x, y from waybill.one')).rows, [{ x: 1, y: 2 }]);
  }));

test('several at once run each migration once', (t) =>
  withPool(t, async (pool) => {
    const folder = await folderOf(t, { ...first, ...second });
    await Promise.all(Array.from({ length: 6 }, () => migrate(pool, folder)));
    assert.deepEqual((await pool.query('select x, y from waybill.one')).rows, [{ x: 1, y: 2 }]);
  }));

test('a migration that fails leaves nothing of itself behind', (t) =>
  withPool(t, async (pool) => {
    const folder = await folderOf(t, {
      ...first,
      '0002-bad.sql': 'create table waybill.half (x int); select 1 / 0;',
    });
    await assert.rejects(migrate(pool, folder));
    assert.deepEqual(await names(pool), ['0001-one.sql']);
    const { rows } = await pool.query(`select to_regclass('waybill.half') as half`);
    assert.deepEqual(rows, [{ half: null }]);
    await migrate(pool, await folderOf(t, { ...first, ...second }));
  }));

test('a migration that was changed after it ran is refused', (t) =>
  withPool(t, async (pool) => {
    await migrate(pool, await folderOf(t, first));
    const changed = await folderOf(t, { '0001-one.sql': 'create table waybill.one (x bigint);' });
    await assert.rejects(migrate(pool, changed), unfit(/does not have as it was then/));
    const renamed = await folderOf(t, { '0001-uno.sql': first['0001-one.sql'] });
    await assert.rejects(migrate(pool, renamed), unfit(/does not have as it was then/));
    const between = await folderOf(t, { '0000-zero.sql': 'select 1;', ...first });
    await assert.rejects(migrate(pool, between), unfit(/does not have as it was then/));
  }));

test('a database newer than the program is refused and stays as it is', (t) =>
  withPool(t, async (pool) => {
    await migrate(pool, await folderOf(t, { ...first, ...second }));
    await assert.rejects(migrate(pool, await folderOf(t, first)), unfit(/newer than this version/));
    assert.deepEqual(await names(pool), ['0001-one.sql', '0002-two.sql']);
  }));
