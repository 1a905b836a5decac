import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../ground/problem.ts';
import { recordBatch } from './batch.ts';
import type { BatchReceipt } from './batch.ts';
import { testDatabase } from './database.fixture.ts';
import { actOf, eventOf, newId, optionsOf, secrets, single, testOffice, verified } from './ledger.fixture.ts';
import { openLedger } from './ledger.ts';
import type { ActRecord, StoredEvent } from './types.ts';
import { openViews } from './views.ts';

const actsOf = (count: number): ActRecord[] => {
  const versions = new Map<string, number>();
  return Array.from({ length: count }, (_, n) => {
    const [one, two] = [`case/${n % 17}`, `review/${n % 5}`];
    const [at, also] = [versions.get(one) ?? 0, versions.get(two) ?? 0];
    const expect = { [one]: at, [two]: also };
    versions.set(one, at + 2).set(two, also + 1);
    const taxpayer = `98-${n % 23}`;
    return actOf(expect, [
      eventOf(one, { taxpayer }),
      eventOf(two, { item: `1120/${n}`, scope: `item/${n % 40}` }),
      eventOf(one, { taxpayer, data: { n } }),
    ]);
  });
};

const run = async (
  ...[options, acts]: Parameters<typeof recordBatch>
): Promise<{ receipts: BatchReceipt[]; error?: unknown }> => {
  const receipts: BatchReceipt[] = [];
  try {
    for await (const receipt of recordBatch(options, acts)) receipts.push(receipt);
    return { receipts };
  } catch (error) {
    return { receipts, error };
  }
};

describe('recording in batches', () => {
  it('leaves what single acts leave', async (t) => {
    const acts = actsOf(120);
    const bulk = await testOffice(t);
    const { receipts, error } = await run({ ...optionsOf(bulk.db), events: 64 }, acts);
    assert.equal(error, undefined);
    assert.ok(receipts.length > 5);
    assert.equal(
      receipts.reduce((sum, { count }) => sum + count, 0),
      360,
    );

    const one = await testOffice(t);
    for (const act of acts) await one.ledger.append(act);
    const told = async ({ views }: typeof bulk) => {
      const events: (StoredEvent | undefined)[] = [];
      for (let seq = 0; seq < 360; seq++) events.push(await views.event('irs', seq));
      const account = (await views.account('irs', '98-7')).map(({ seq }) => seq);
      const firsts = (await views.firsts('irs', 'case/')).map(({ seq }) => seq);
      return { events, account, firsts };
    };
    assert.deepEqual(await told(bulk), await told(one));
    const report = await verified(
      bulk.views,
      receipts.map(({ checkpoint }) => checkpoint),
    );
    assert.deepEqual([report.findings, report.goesOnFrom], [[], receipts.length]);
    const receipt = await bulk.views.receipt('irs', acts[70]?.id ?? '');
    assert.deepEqual([receipt?.first, receipt?.count, receipt?.asked], [210, 3, acts[70]?.asked]);
  });

  it('goes on with the ledger where the batch ended, and the other way round', async (t) => {
    const { db, ledger, views } = await testOffice(t);
    await ledger.append(single('case/0', 0));
    await run(optionsOf(db), [single('case/0', 1), single('case/0', 2)]);
    assert.equal((await ledger.append(single('case/0', 3))).first, 3);
    assert.deepEqual((await verified(views)).findings, []);
  });

  it('given again records nothing twice, wherever it was broken off', async (t) => {
    const { db, views } = await testOffice(t);
    const acts = actsOf(100);
    const options = { ...optionsOf(db), events: 30 };
    await run(options, acts.slice(0, 37));
    const { receipts, error } = await run({ ...options, events: 48 }, acts);
    assert.equal(error, undefined);
    assert.equal(
      receipts.reduce((sum, { repeated }) => sum + repeated, 0),
      37,
    );
    assert.equal(
      receipts.reduce((sum, { count }) => sum + count, 0),
      63 * 3,
    );
    assert.equal(
      (await run(options, acts)).receipts.every(({ count }) => count === 0),
      true,
    );
    assert.deepEqual((await verified(views)).findings, []);
    const changed = acts.map((act, n) => (n === 50 ? { ...act, asked: '1'.repeat(64) } : act));
    const refused = (await run(options, changed)).error;
    assert.ok(refused instanceof ProblemError && refused.problems[0].kind === 'act-repeated');
    // The same act twice in one run is one act.
    const [last] = actsOf(1).map((act) => ({
      ...act,
      id: newId(),
      expect: { 'case/x': 0 },
      events: [eventOf('case/x')] as const,
    }));
    if (last) assert.equal((await run(options, [last, last])).receipts.at(-1)?.repeated, 1);
  });

  it('stops at an act that is refused; the batches before it are recorded, its own is not', async (t) => {
    const { db, views } = await testOffice(t);
    const acts = [single('a', 0), single('a', 1), single('b', 0), single('a', 7), single('c', 0)];
    const { receipts, error } = await run({ ...optionsOf(db), events: 2 }, acts);
    assert.ok(error instanceof ProblemError && error.problems[0].kind === 'moved-on');
    assert.deepEqual(
      receipts.map(({ first, count }) => [first, count]),
      [[0, 2]],
    );
    assert.equal((await views.stream('irs', 'b')).length, 0);
    assert.deepEqual((await verified(views)).findings, []);
  });

  it('shares the log with other writers', async (t) => {
    const { db, ledger, views } = await testOffice(t);
    const two = await openLedger(optionsOf(db));
    const [bulk] = await Promise.all([
      run({ ...optionsOf(db), events: 50 }, actsOf(150)),
      ...[ledger, two].map(async (writer, w) => {
        for (let n = 0; n < 15; n++) await writer.append(single(`other/${w}`, n));
      }),
    ]);
    assert.equal(bulk.error, undefined);
    const report = await verified(
      views,
      bulk.receipts.map(({ checkpoint }) => checkpoint),
    );
    assert.deepEqual([report.findings, report.head.size], [[], 480]);
    for (let stream = 0; stream < 17; stream++) {
      const versions = (await views.stream('irs', `case/${stream}`)).map(({ version }) => version);
      assert.deepEqual(
        versions,
        versions.map((_, n) => n + 1),
      );
    }
  });

  it('goes on where the database’s sessions are killed under it', async (t) => {
    const db = await testDatabase(t);
    let running = true;
    const kill = async (): Promise<void> => {
      for (let kills = 0; running && kills < 20; kills++) {
        await wait(70);
        await db.owner.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        );
      }
    };
    const killing = kill();
    const { receipts, error } = await run({ ...optionsOf(db), events: 60 }, actsOf(1500));
    running = false;
    await killing;
    assert.equal(error, undefined);
    const views = openViews({ db, ...secrets });
    const report = await verified(
      views,
      receipts.map(({ checkpoint }) => checkpoint),
    );
    assert.deepEqual([report.findings, report.head.size], [[], 4500]);
  });
});
