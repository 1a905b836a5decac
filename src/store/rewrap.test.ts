import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import { testDatabase } from './database.fixture.ts';
import { masterKeys } from './keys.ts';
import type { MasterKeys } from './keys.ts';
import { mastersInUse, rewrap } from './rewrap.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');

const dataKeyOf = (i: number): Buffer => Buffer.alloc(32, i % 251);
const scopeOf = (i: number): Buffer => Buffer.from(`scope ${i}`);
const logOf = (i: number): number => 1 + (i % 2);

const fill = async (db: pg.Pool, keys: MasterKeys, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const { master, wrapped } = keys.wrap(dataKeyOf(i), { log: logOf(i), scope: scopeOf(i) });
    await db.query(
      'insert into waybill.data_key (log_id, key, master, scope, wrapped) values ($1, $2, $3, $4, $5)',
      [logOf(i), randomUUID(), master, scopeOf(i), wrapped],
    );
  }
};

const opened = async (db: pg.Pool, keys: MasterKeys): Promise<Map<string, Buffer>> => {
  const { rows } = await db.query<{ log_id: number; master: string; scope: Buffer; wrapped: Buffer }>(
    'select log_id, master, scope, wrapped from waybill.data_key',
  );
  return new Map(
    rows.map(({ log_id: log, scope, ...key }) => [
      scope.toString(),
      Buffer.from(keys.unwrap(key, { log, scope })),
    ]),
  );
};

/** A pool that breaks off at its nth statement: before it is sent, or after it was done but the answer was lost. */
const breaking = (pool: pg.Pool, at: number, done: boolean): pg.Pool => {
  let count = 0;
  const query = async (sql: string, values: unknown[]) => {
    if (++count < at) return pool.query(sql, values);
    if (done) await pool.query(sql, values);
    throw new Error('Connection terminated unexpectedly');
  };
  return { query } as unknown as pg.Pool;
};

test('a rotation goes on after every interruption, and then the old key is needed no more', async (t) => {
  const db = (await testDatabase(t)).db('irs');
  const old = masterKeys(OLD);
  const both = masterKeys(`${NEW}\n${OLD}`);
  // Two logs: read and exchange for each, and a last reading that finds nothing.
  for (const at of [1, 2, 3, 4, 5])
    for (const done of [false, true]) {
      await fill(db, old, 20);
      const expected = await opened(db, old);
      await assert.rejects(
        rewrap(breaking(db, at, done), both),
        (e) => e instanceof ProblemError && e.problems[0].kind === 'store-down',
      );
      assert.deepEqual(await opened(db, both), expected);
      await rewrap(db, both);
      assert.equal(await rewrap(db, both), 0);
      assert.deepEqual(await mastersInUse(db), [both.current]);
      assert.deepEqual(await opened(db, masterKeys(NEW)), expected);
      await db.query('delete from waybill.data_key');
    }
});

test('more keys than one batch holds', async (t) => {
  const db = (await testDatabase(t)).db('irs');
  const both = masterKeys(`${NEW}\n${OLD}`);
  await fill(db, masterKeys(OLD), 1203);
  assert.equal(await rewrap(db, both), 1203);
  assert.equal((await opened(db, masterKeys(NEW))).size, 1203);
});

test('a key that is destroyed during a rotation does not come back', async (t) => {
  const database = await testDatabase(t);
  const db = database.db('irs');
  await fill(db, masterKeys(OLD), 10);
  const both = masterKeys(`${NEW}\n${OLD}`);
  let count = 0;
  const query = async (sql: string, values: unknown[]) => {
    // Between the reading of the old wrappings and the exchange.
    if (++count === 2) await db.query('delete from waybill.data_key where scope = $1', [scopeOf(0)]);
    return db.query(sql, values);
  };
  await rewrap({ query } as unknown as pg.Pool, both);
  const left = await opened(db, both);
  assert.equal(left.size, 9);
  assert.ok(!left.has(scopeOf(0).toString()));
});

test('without the old key the rotation stops and says which key it needs', async (t) => {
  const db = (await testDatabase(t)).db('irs');
  const old = masterKeys(OLD);
  await fill(db, old, 3);
  await assert.rejects(
    rewrap(db, masterKeys(NEW)),
    (e) => e instanceof ProblemError && e.problems[0].what.includes(old.current),
  );
  assert.deepEqual(await mastersInUse(db), [old.current]);
});
