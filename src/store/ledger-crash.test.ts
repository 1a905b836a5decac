import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { testDatabaseUrl } from './database.fixture.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { newId, optionsOf, secrets, single, verified } from './ledger.fixture.ts';
import { openLedger } from './ledger.ts';
import type { ActRecord, Receipt } from './types.ts';
import { openViews } from './views.ts';

const NODE = fileURLToPath(new URL('ledger-crash.fixture.ts', import.meta.url));

interface Said {
  readonly act?: ActRecord;
  readonly receipt?: Receipt;
}

/** Runs a writing node until it has said some lines, kills it, and gives what it said. */
const writeAndKill = async (url: string, tag: string, lines: number, pause: number): Promise<Said[]> => {
  const node = spawn(process.execPath, [NODE, url, tag], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const exit = new Promise((resolve) => node.once('close', resolve));
  await new Promise<void>((resolve) => {
    node.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > lines) resolve();
    });
    node.once('exit', () => resolve());
  });
  await wait(pause);
  node.kill('SIGKILL');
  await exit;
  // The kill may have cut the last line in two.
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said);
};

const allHold = async (db: Database, receipts: readonly Receipt[]): Promise<void> => {
  const views = openViews({ db, ...secrets });
  for (const receipt of receipts)
    assert.deepEqual(await views.receipt('irs', receipt.act), { ...receipt, repeated: false });
  const heads = receipts.map(({ checkpoint }) => checkpoint);
  const report = await verified(views, heads);
  assert.deepEqual([report.findings, report.goesOnFrom], [[], heads.length]);
};

describe('kill -9', () => {
  it(
    'of a writing node loses nothing acknowledged and leaves nothing half',
    { timeout: 120_000 },
    async (t) => {
      const url = await testDatabaseUrl(t);
      const db = await openDatabase({ url });
      t.after(() => db.close());
      const receipts: Receipt[] = [];
      for (let round = 0; round < 6; round++) {
        const said = await writeAndKill(url, `round ${round}`, 40 + round * 23, round * 3);
        const acknowledged = said.flatMap(({ receipt }) => receipt ?? []);
        const acts = said.flatMap(({ act }) => act ?? []);
        assert.ok(acknowledged.length > 0 && acts.length > acknowledged.length);
        receipts.push(...acknowledged);
        // A restart: what was under way is given again, and is in the log once, whether or not it had got there.
        const ledger = await openLedger(optionsOf(db));
        const views = openViews({ db, ...secrets });
        const known = new Set(acknowledged.map(({ act }) => act));
        for (const act of acts.filter(({ id }) => !known.has(id))) {
          const before = await views.receipt('irs', act.id);
          assert.ok(before === undefined || before.count === 3, 'half an act is in the log');
          const receipt = await ledger.append(act);
          assert.equal(receipt.repeated, before !== undefined);
          receipts.push({ ...receipt, repeated: false });
        }
      }
      await allHold(db, receipts);
    },
  );

  it(
    'of the database sessions makes nobody wait for good, and records every act once',
    { timeout: 120_000 },
    async (t) => {
      const url = await testDatabaseUrl(t);
      const db = await openDatabase({ url });
      t.after(() => db.close());
      const ledger = await openLedger(optionsOf(db));
      let writing = true;
      const kill = async (): Promise<void> => {
        for (let kills = 0; kills < 12; kills++) {
          await wait(20 + ((kills * 67) % 180));
          await db.owner.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()`,
          );
        }
        writing = false;
      };
      const receipts: Receipt[] = [];
      await Promise.all([
        kill(),
        ...Array.from({ length: 16 }, async (_, caller) => {
          for (let n = 0; writing; n++) receipts.push(await ledger.append(single(`case/${caller}`, n)));
        }),
      ]);
      assert.deepEqual(
        receipts.map(({ first }) => first).sort((a, b) => a - b),
        receipts.map((_, n) => n),
      );
      await allHold(db, receipts);
    },
  );

  it('of the PostgreSQL server itself loses nothing acknowledged', { timeout: 120_000 }, async (t) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'waybill-crash-'));
    const db = await openDatabase({ dataDir });
    t.after(async () => {
      await db.close();
      await rm(dataDir, { recursive: true, force: true });
    });
    const ledger = await openLedger({ ...optionsOf(db), patience: 60_000 });
    const { rows } = await db.owner.query<{ file: string }>(
      `SELECT current_setting('data_directory') AS file`,
    );
    const serverPid = async (): Promise<number> =>
      Number.parseInt(await readFile(join(rows[0]?.file ?? '', 'postmaster.pid'), 'utf8'), 10);
    let writing = true;
    const receipts: Receipt[] = [];
    const write = Promise.all(
      Array.from({ length: 8 }, async (_, caller) => {
        for (let n = 0; writing; n++)
          receipts.push(await ledger.append({ ...single(`case/${caller}`, n), id: newId() }));
      }),
    );
    for (let kills = 0; kills < 3; kills++) {
      const before = receipts.length;
      while (receipts.length < before + 20) await wait(10);
      process.kill(await serverPid(), 'SIGKILL');
      while (receipts.length < before + 60) await wait(10);
    }
    writing = false;
    await write;
    await allHold(db, receipts);
  });

  it('of a database that stays away ends in store-down, and nothing is recorded', async (t) => {
    const url = await testDatabaseUrl(t);
    const db = await openDatabase({ url });
    const ledger = await openLedger({ ...optionsOf(db), patience: 300 });
    await ledger.append(single('case/1', 0));
    await db.close();
    await assert.rejects(ledger.append(single('case/1', 1)), /does not answer/);
    const again = await openDatabase({ url });
    t.after(() => again.close());
    assert.equal((await openViews({ db: again, ...secrets }).stream('irs', 'case/1')).length, 1);
  });
});
