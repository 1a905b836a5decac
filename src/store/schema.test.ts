import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { testDatabase } from './database.fixture.ts';
import { lintSchema } from './lint.ts';
import { schemaText } from './schema.ts';

test('the migrations make the schema that golden.sql shows', async (t) => {
  const { owner } = await testDatabase(t);
  const golden = await readFile(new URL('golden.sql', import.meta.url), 'utf8');
  assert.equal(
    await schemaText(owner),
    golden,
    'The schema has changed. If that was meant: node scripts/schema.ts, and read the difference in golden.sql.',
  );
});

test('the schema keeps the rules of DESIGN section 6', async (t) => {
  const { owner } = await testDatabase(t);
  assert.deepEqual(await lintSchema(owner), []);
});

const violations: readonly [sql: string, ...findings: string[]][] = [
  ['create table waybill.t (log_id smallint)', 't has no primary key'],
  [
    'create table waybill.t (id uuid, log_id smallint, primary key (id, log_id))',
    't_pkey is unique without log_id first',
  ],
  [
    'create table waybill.t (log_id smallint, id uuid unique, primary key (log_id, id))',
    't_id_key is unique without log_id first',
  ],
  ['create unique index u on waybill.head (size)', 'u is unique without log_id first'],
  ['create unique index u on waybill.head ((size + 1))', 'u is unique without log_id first'],
  [
    `create table waybill.a (log_id smallint, x bigint, primary key (log_id, x), unique (x, log_id));
     create table waybill.t (log_id smallint, y bigint, primary key (log_id, y),
       constraint wrong foreign key (y, log_id) references waybill.a (x, log_id))`,
    'a_x_log_id_key is unique without log_id first',
    'wrong is a foreign key without log_id first on both sides',
  ],
  [
    'create table waybill.t (log_id smallint, x int4range, primary key (log_id, x), constraint e exclude using gist (x with &&))',
    'e is an exclusion constraint without log_id first',
  ],
  ['create sequence waybill.s', 's is a sequence'],
  [
    'create table waybill.t (log_id smallint, x bigint generated always as identity, primary key (log_id, x))',
    't_x_seq is a sequence',
  ],
  ['create unlogged table waybill.t (log_id smallint primary key)', 't is unlogged'],
  ['create rule r as on delete to waybill.data_key do instead nothing', 'data_key has the rule r'],
  [
    `create function public.f() returns trigger language plpgsql as 'begin return null; end';
     create trigger g before insert on waybill.head for each row execute function public.f()`,
    'head has the trigger g',
  ],
  [
    `create function waybill.f() returns int language sql security definer as 'select 1'`,
    'f is a function that runs as its owner',
  ],
  ['alter table waybill.tile owner to waybill_app', 'waybill_app owns waybill.tile'],
  ['grant create on schema waybill to waybill_app', 'waybill_app may create things in the schema'],
  ['grant update on waybill.head to waybill_app', 'waybill_app may UPDATE head'],
  ['grant update (checkpoint) on waybill.head to waybill_app', 'waybill_app may UPDATE head'],
  ['grant delete on waybill.event to public', 'waybill_app may DELETE event'],
  ['grant truncate on waybill.acct to waybill_app', 'waybill_app may TRUNCATE acct'],
  ['grant trigger on waybill.bundle to waybill_app', 'waybill_app may TRIGGER bundle'],
  ['grant update on waybill.data_key to waybill_app', 'waybill_app may UPDATE data_key'],
  ['grant insert on waybill.migration to waybill_app', 'waybill_app may INSERT migration'],
  // Roles belong to the whole server; the transaction that is rolled back keeps these from others.
  [
    'create role waybill_lint_test; grant waybill_lint_test to waybill_app',
    'waybill_app is a member of waybill_lint_test',
  ],
  ['alter role waybill_app createdb', 'waybill_app has rights over the server'],
];

test('the lint finds each violation', async (t) => {
  const { owner } = await testDatabase(t);
  const client = await owner.connect();
  try {
    for (const [sql, ...findings] of violations) {
      await client.query('begin');
      await client.query(sql);
      const found = await lintSchema(client);
      await client.query('rollback');
      for (const finding of findings)
        assert.ok(found.includes(finding), `${sql}\nfound: ${found.join('; ')}`);
    }
  } finally {
    client.release();
  }
});
