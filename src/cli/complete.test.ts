import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { actsOf, nameOf, tinOf } from '../office/cases.fixture.ts';
import { eventsOf } from '../office/events.ts';
import { openedFields, verifyRecord } from '../record/complete.ts';
import { recordJson } from '../record/json.ts';
import { recordOf } from '../record/record.ts';
import { openAccountMaps } from '../store/accounts-map.ts';
import { recordBatch } from '../store/batch.ts';
import { optionsOf, secrets, signerOf, testOffice } from '../store/ledger.fixture.ts';
import { type RecordSource, completeSet } from './complete.ts';
import { record } from './record.ts';

const TODAY = day('2026-11-24');
const log = signerOf('customs').verifier;

const office = async (t: TestContext) => {
  const { db, views } = await testOffice(t, 'customs');
  for await (const _ of recordBatch({ ...optionsOf(db, 'customs'), events: 100 }, actsOf(8)));
  const source: RecordSource = {
    office: 'customs',
    log: 'customs',
    views,
    database: db,
    secrets: { accountKey: Buffer.from(secrets.accountKey).toString('base64') } as RecordSource['secrets'],
    signer: () => signerOf('customs'),
    when: () => ({ day: TODAY, at: 1_795_500_000 }),
  };
  return { db, views, source };
};

test('the set read by the taxpayer’s account is the one that all events, one exhibit after another, give', async (t) => {
  const { db, views, source } = await office(t);
  const all = await eventsOf(source);
  for (const taxpayer of [tinOf(0), tinOf(3), nameOf(2), nameOf(77)]) {
    const { files, entries } = await completeSet(source, taxpayer);
    const account = taxpayer.startsWith('07-') ? taxpayer.replace('-', '') : taxpayer;
    const own = all.filter((event) => event.taxpayer === account);
    assert.equal(entries, own.length);
    const textOf = (path: string) => Buffer.from(files.get(path) ?? []).toString();
    assert.equal(textOf('record.json'), recordJson(recordOf('customs', all, { taxpayer })));
    for (const { seq } of own)
      assert.equal(
        textOf(`exhibits/${String(seq).padStart(12, '0')}.tlog-proof`),
        await views.exhibit('customs', seq, openedFields),
      );
    const maps = openAccountMaps({ ...optionsOf(db, 'customs') });
    assert.equal(textOf('account-proof.json'), await maps.prove(TODAY, account));
    assert.deepEqual(verifyRecord(files, { log }).unproven, []);
  }
});

test('what the office took out of its index, its events or its map is not shown as complete', async (t) => {
  const { db, source } = await office(t);
  await completeSet(source, tinOf(0));
  for (const sql of [
    `UPDATE waybill.acct SET seqs = seqs[2:]`,
    `DELETE FROM waybill.event WHERE seq = (SELECT min(seqs[1]) FROM waybill.acct)`,
    `DELETE FROM waybill.map_leaves`,
  ]) {
    await db.owner.query('CREATE SCHEMA kept');
    for (const table of ['acct', 'event', 'map_leaves'])
      await db.owner.query(`CREATE TABLE kept.${table} AS TABLE waybill.${table}`);
    await db.owner.query(sql);
    const sets = await Promise.allSettled([0, 1, 2, 3].map((pair) => completeSet(source, tinOf(pair))));
    const refused = sets.filter(({ status }) => status === 'rejected');
    assert.ok(refused.length > 0, sql);
    for (const one of refused)
      assert.ok(one.status === 'rejected' && one.reason instanceof ProblemError, sql);
    for (const table of ['acct', 'event', 'map_leaves'])
      await db.owner.query(
        `TRUNCATE waybill.${table}; INSERT INTO waybill.${table} SELECT * FROM kept.${table}`,
      );
    await db.owner.query('DROP SCHEMA kept CASCADE');
  }
  await completeSet(source, tinOf(0));
});

test('a part of a record is not said to be complete', async () => {
  for (const part of [{ from: '2026-01-01' }, { to: '2026-01-01' }, { case: 'CBP-1' }, { kind: 'fti-log' }])
    await assert.rejects(
      record({ data: 'nowhere', taxpayer: tinOf(0), complete: 'out', ...part }),
      (error) => error instanceof ProblemError && error.problems[0].kind === 'usage',
    );
});
