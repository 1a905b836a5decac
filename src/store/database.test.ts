import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import { testDatabaseUrl } from './database.fixture.ts';
import { openDatabase } from './database.ts';
import { prepareServer } from './role.ts';

const SECRET = 'pass-word-that-must-not-show';

const unfit = (what: RegExp) => (error: unknown) => {
  if (!(error instanceof ProblemError)) return false;
  assert.equal(error.problems[0].kind, 'store-unfit');
  assert.match(error.problems[0].what, what);
  assert.ok(!JSON.stringify(error.problems).includes(SECRET));
  return true;
};

const administer = async (url: string, ...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
};

/** The URL for another user of the same database. */
const asUser = (url: string, user: string): string => {
  const to = new URL(url);
  if (to.searchParams.has('user')) to.searchParams.set('user', user);
  else to.username = user;
  if (to.hostname) to.password = SECRET;
  return to.href;
};

const otherUser = async (t: TestContext, url: string, ...statements: string[]): Promise<string> => {
  const user = `waybill_test_user_${process.pid}`;
  await administer(url, `create role ${user} login password '${SECRET}'`);
  for (const sql of statements) await administer(url, sql.replaceAll('$user', user));
  t.after(() =>
    administer(new URL(url).href.replace(/waybill_test_[0-9a-f]+/, 'postgres'), `drop role ${user}`),
  );
  return asUser(url, user);
};

test('on a server of one’s own: the owner owns, the application is another role', async (t) => {
  const url = await testDatabaseUrl(t);
  for (const time of ['first', 'second']) {
    const database = await openDatabase({ url });
    const { rows } = await database
      .db('irs')
      .query('select current_user, current_user <> session_user as other');
    assert.deepEqual(rows, [{ current_user: 'waybill_app', other: true }], time);
    await database.close();
  }
});

test('options in the URL are kept beside the role', async (t) => {
  const url = await testDatabaseUrl(t);
  const options = encodeURIComponent('-c statement_timeout=54321');
  const database = await openDatabase({ url: `${url}${url.includes('?') ? '&' : '?'}options=${options}` });
  const { rows } = await database
    .db('irs')
    .query(`select current_user, current_setting('statement_timeout') as timeout`);
  assert.deepEqual(rows, [{ current_user: 'waybill_app', timeout: '54321ms' }]);
  await database.close();
});

test('several nodes may open a new database at once', async (t) => {
  const url = await testDatabaseUrl(t);
  const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ url })));
  await Promise.all(opened.map((database) => database.close()));
});

test('a server that is not there, a name that is no URL: said without the password', async () => {
  for (const url of [
    `postgresql://someone:${SECRET}@127.0.0.1:1/x`,
    `postgresql://someone:${SECRET}@no-such-host.invalid/x`,
    `postgresql:///x?host=%2Fno%2Fsuch%2Ffolder&password=${SECRET}`,
    `not a url ${SECRET}`,
    `postgresql://someone:${SECRET}@127.0.0.1:99999/x`,
    '',
  ])
    await assert.rejects(openDatabase({ url }), unfit(/cannot be reached|no URL/), url);
});

test('a database that does not exist', async (t) => {
  const url = (await testDatabaseUrl(t)).replace(/waybill_test_[0-9a-f]+/, 'waybill_no_such');
  await assert.rejects(openDatabase({ url }), unfit(/does not exist/));
});

test('a user who may neither make the role nor become it', async (t) => {
  const url = await testDatabaseUrl(t);
  // The role is there already.
  await (await openDatabase({ url })).close();
  await assert.rejects(openDatabase({ url: await otherUser(t, url) }), unfit(/refuses its user a right/));
});

test('neither a server nor a folder', async () => {
  await assert.rejects(openDatabase({}), unfit(/No database is named/));
});

test('a server too old is refused before anything is made on it', async () => {
  const asked: string[] = [];
  const old = {
    query: (sql: string) => {
      asked.push(sql);
      return Promise.resolve({ rows: [{ version: 14, there: false, member: false }] });
    },
  };
  await assert.rejects(prepareServer(old as unknown as pg.Pool), unfit(/version 14; Waybill needs 15/));
  assert.equal(asked.length, 1);
});
