import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { verifyExhibit } from '../custody/exhibit.ts';
import { openAccountMaps } from './accounts-map.ts';
import { day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { recordBatch } from './batch.ts';
import type { Database } from './database.ts';
import { exportLog } from './export.ts';
import {
  actOf,
  eventOf,
  newId,
  optionsOf,
  secrets,
  signerOf,
  single,
  testOffice,
  verified,
} from './ledger.fixture.ts';
import { logNumber, namesOf } from './ledger-names.ts';
import { openVault } from './vault.ts';

/** Fictional. None of these may be found anywhere but sealed. */
const PLANTED = [
  '98-7654321',
  'Bartholomew Quill',
  '31415926.53',
  'CBP-2026-0147',
  'Chief Disclosure Officer',
  '(e)(1)',
];
const [TIN = '', NAME = '', AMOUNT = '', CASE = '', TITLE = '', CITE = ''] = PLANTED;
const CONTENT = newId();

const planted = (version: number) =>
  actOf(
    { [`case/${CASE}`]: version },
    [
      eventOf(`case/${CASE}`, {
        kind: `barred-for-${NAME}`,
        cite: CITE,
        case: CASE,
        item: `1120/${AMOUNT}`,
        taxpayer: TIN,
        data: { name: NAME, amount: AMOUNT, content: CONTENT },
        scope: `item/${CASE}/7`,
      }),
    ],
    {
      person: NAME,
      title: TITLE,
      ...(version === 0
        ? {
            contents: [
              { id: CONTENT, scope: `item/${CASE}/7`, bytes: Buffer.from(`${NAME} owes ${AMOUNT}`) },
            ],
          }
        : {}),
    },
  );

/** Every spelling in which a value could lie about: as text, and as the hex of its bytes that a dump shows. */
const spellings = PLANTED.flatMap((value) => [
  value,
  Buffer.from(value).toString('hex'),
  Buffer.from(value, 'utf16le').toString('hex'),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
]);
const assertClean = (text: string, where: string): void => {
  for (const value of spellings)
    assert.ok(!text.toLowerCase().includes(value.toLowerCase()), `${value} in ${where}`);
};

/** Every value of every column of every table, as text. */
const dump = async ({ owner }: Database): Promise<Map<string, string>> => {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'waybill'::regnamespace AND relkind = 'r'`,
  );
  const all = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`SELECT t::text AS row FROM waybill."${name}" t`);
    all.set(name, rows.map(({ row }) => row).join('\n'));
  }
  return all;
};

const record = async (t: TestContext) => {
  const office = await testOffice(t);
  const receipt = await office.ledger.append(planted(0));
  await office.ledger.append(single('case/other', 0, { taxpayer: '98-1111111' }));
  for await (const _ of recordBatch(optionsOf(office.db), [planted(1), planted(2)]));
  await office.views.account('irs', TIN);
  await openAccountMaps({ ...optionsOf(office.db) }).make(day('2026-03-01'));
  return { ...office, receipt };
};

const problemOf = async (work: Promise<unknown>): Promise<ProblemError> => {
  const error = await work.then(
    () => assert.fail('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, String(error));
  return error;
};

describe('a planted TIN, name, amount and case', () => {
  it('stand in no column of any table and in no exported file or its name', async (t) => {
    const { db, views } = await record(t);
    const tables = await dump(db);
    assert.ok((tables.get('body') ?? '').length > 1000 && (tables.get('acct') ?? '') !== '');
    for (const [name, text] of tables) assertClean(text, name);

    const dir = await mkdtemp(join(tmpdir(), 'waybill-export-'));
    t.after(() => rm(dir, { recursive: true }));
    await exportLog(views, 'irs', join(dir, 'log'), signerOf('irs').verifier);
    for (const file of await readdir(dir, { recursive: true, withFileTypes: true })) {
      assertClean(file.name, 'file name');
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      assertClean(bytes.toString('latin1'), file.name);
      assertClean(bytes.toString('hex'), file.name);
    }
  });

  it('stand in no error', async (t) => {
    const { db, ledger, views, receipt } = await record(t);
    const act = planted(0);
    const { rows } = await db.owner.query<{ sealed: Buffer }>(
      'SELECT sealed FROM waybill.body WHERE first = 1',
    );
    const errors = [
      await problemOf(ledger.append(planted(0))),
      await problemOf(ledger.append({ ...act, id: receipt.act, asked: 'e'.repeat(64) })),
      await problemOf(openVault({ db, ...secrets }).open({ ...receipt, first: 1 }, CONTENT)),
    ];
    // A body in another's place, and a vault that someone put the same content into before.
    await db.owner.query('UPDATE waybill.body SET sealed = $1 WHERE first = 0', [rows[0]?.sealed]);
    errors.push(await problemOf(views.event('irs', 0)));
    const twice = actOf({ 'case/x': 0 }, [eventOf('case/x')], {
      contents: [{ id: CONTENT, scope: `item/${CASE}/7`, bytes: Buffer.from(NAME) }],
    });
    errors.push(await problemOf(ledger.append(twice)));
    for (const error of errors)
      assertClean(`${String(error)} ${JSON.stringify(error.problems)} ${error.stack}`, 'an error');
  });

  it('are one stream, scope and account only to those who have the office’s keys', async (t) => {
    const { db } = await record(t);
    const other = namesOf(secrets.accountKey, 'irs');
    const own = namesOf(secrets.nameKey, 'irs');
    const streams = await db.owner.query<{ stream: Buffer }>('SELECT DISTINCT stream FROM waybill.event');
    const found = (name: Buffer) => streams.rows.some(({ stream }) => stream.equals(name));
    assert.ok(found(own.stream(`case/${CASE}`)));
    assert.ok(
      !found(other.stream(`case/${CASE}`)) &&
        !found(namesOf(secrets.nameKey, 'customs').stream(`case/${CASE}`)),
    );
  });
});

describe('destroying the data key of a scope', () => {
  it('makes content, bodies and salts undisclosable, and every proof still verifies', async (t) => {
    const { db, ledger, views, receipt } = await record(t);
    const vault = openVault({ db, ...secrets });
    assert.match(String(await vault.open(receipt, CONTENT).then((bytes) => Buffer.from(bytes))), /owes/);
    assert.equal(
      verifyExhibit(await views.exhibit('irs', 0, ['cite']), signerOf('irs').verifier).opened.cite,
      CITE,
    );
    const head = (await views.head('irs')) ?? '';

    const scope = namesOf(secrets.nameKey, 'irs').scope(`item/${CASE}/7`);
    const { rowCount } = await db
      .db('irs')
      .query('DELETE FROM waybill.data_key WHERE log_id = $1 AND scope = $2', [logNumber('irs'), scope]);
    assert.equal(rowCount, 1);

    for (const work of [vault.open(receipt, CONTENT), views.exhibit('irs', 0, ['cite'])]) {
      const error = await problemOf(work);
      assert.equal(error.problems[0].kind, 'shredded');
    }
    const [shredded, , third] = await views.stream('irs', `case/${CASE}`);
    assert.deepEqual(
      [shredded?.data, shredded?.kind, shredded?.person, shredded?.version, shredded?.act],
      [null, '', '', 1, receipt.act],
    );
    assert.equal(third?.data, null);
    assert.equal((await views.event('irs', 1))?.kind, 'item-viewed');
    assert.equal((await views.account('irs', TIN)).length, 3);
    assert.deepEqual(verifyExhibit(await views.exhibit('irs', 0, []), signerOf('irs').verifier).opened, {});
    assert.deepEqual((await verified(views, [head])).findings, []);

    // A writer that still remembers the key does not seal with it any more.
    await ledger.append(planted(3));
    assert.equal((await views.stream('irs', `case/${CASE}`, 3))[0]?.person, NAME);
    assert.equal((await views.event('irs', 0))?.data, null);
    assert.equal((await views.receipt('irs', receipt.act))?.asked, '');
  });
});
