/*
 * One taxpayer's record, and the question whether one may: `node bench/record.ts account [entries…]` and
 * `node bench/record.ts may-i [rounds]`, with an embedded server in a folder that goes away, or with `--keep DIR` in one that
 * stays, so that what was recorded once can be asked again.
 *
 * `account` records as many entries into a database of each size (1,000,000 and 10,000,000 unless told otherwise: some ten
 * minutes on a quiet machine, and 24 GB), in the shape of `cases.fixture.ts`, and asks for the whole record of 250 different
 * taxpayers of each by turns, and of each once more: the record as the inspector reads it, the proof by the day's map that it
 * is complete, an exhibit of each entry, and the verification of all of it, as `./waybill record --taxpayer … --complete`
 * makes them before they leave. Opening the node, and writing the folder, are not counted.
 *
 * `may-i` is the office's road with 16 callers over different cases: a question answered and recorded, against single acts of
 * a request: a look at an item, and a draft, in a case of as many entries and in a new one. They take turns, each round with
 * fresh cases.
 */
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { completeSet } from '../src/cli/complete.ts';
import type { RecordSource } from '../src/cli/complete.ts';
import { signerFromSeed } from '../src/custody/signer.ts';
import { ED25519 } from '../src/custody/vkey.ts';
import { day } from '../src/ground/dates.ts';
import { eventsOfTaxpayer } from '../src/office/events.ts';
import { recordOf } from '../src/record/record.ts';
import { openAccountMaps } from '../src/store/accounts-map.ts';
import { recordBatch } from '../src/store/batch.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Database } from '../src/store/database.ts';
import { openServer } from '../src/store/embedded.ts';
import { masterKeys } from '../src/store/keys.ts';
import { openViews } from '../src/store/views.ts';
import { mayIRounds } from './may-i.ts';
import { PER_CASE, PER_TAXPAYER, actsOf, nameOf, tinOf } from '../src/office/cases.fixture.ts';

const QUESTIONS = 250;
const WARM = 25;
const TODAY = day('2026-11-24');

const median = (values: readonly number[]): number => quantile(values, 0.5);
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;
const say = (words: string, value: string): void => console.log(`${words.padEnd(72)} ${value}`);
const ms = (n: number): string => `${n.toFixed(1)} ms`;
const count = (n: number): string => n.toLocaleString('en');
const timed = async <T>(work: () => Promise<T>): Promise<{ took: number; busy: number; result: T }> => {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { took: performance.now() - start, busy: (user + system) / 1000, result };
};

const key = (n: number): Buffer => Buffer.alloc(32, n);
const signer = signerFromSeed('customs.bench.example/log', ED25519, key(4));
const secrets = { keys: masterKeys(key(1).toString('base64')), nameKey: key(2), accountKey: key(3) };

interface Asked {
  readonly entries: number;
  readonly pairs: number;
  readonly source: RecordSource;
  /** The complete record, asked for the first time: what is read of it may come from the disk. */
  readonly first: number[];
  readonly again: number[];
  /** The record alone, without its proof. */
  readonly alone: number[];
  /** CPU of this process while a record is asked for again, PostgreSQL's left out. */
  readonly busy: number[];
}

/** A taxpayer by number: every other one has no TIN. */
const taxpayerOf = (n: number): string => (n % 2 === 0 ? tinOf(n >> 1) : nameOf(n >> 1));

/** Another choice of taxpayers each time, so that nothing of a run before has them in memory. */
const offset = Math.random();

const ask = async ({ source, first, again, alone, busy, pairs }: Asked, n: number): Promise<void> => {
  // Far from each other, and none twice.
  const taxpayer = taxpayerOf(Math.floor(((n + offset) * 2 * pairs) / (QUESTIONS + WARM)));
  const one = await timed(() => completeSet(source, taxpayer));
  const two = await timed(() => completeSet(source, taxpayer));
  const told = await timed(async () => {
    const { events } = await eventsOfTaxpayer(source, taxpayer);
    return recordOf('customs', events, { taxpayer });
  });
  if (one.result.entries !== PER_TAXPAYER || told.result.rows.length !== PER_TAXPAYER)
    throw new Error(
      `${one.result.entries} entries and ${told.result.rows.length} rows, where ${PER_TAXPAYER} belong`,
    );
  if (n < WARM) return;
  first.push(one.took);
  again.push(two.took);
  alone.push(told.took);
  busy.push(two.busy);
};

const BYTES = 2200;

/** Records what is missing of so many cases. */
const fill = async (db: Database, cases: number, has: number, folder: string): Promise<void> => {
  const missing = cases * PER_CASE - has;
  if (missing <= 0) return;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < missing * BYTES)
    throw new Error(
      `${count(missing * BYTES)} bytes of disk are needed, and ${count(bavail * bsize)} are free`,
    );
  const { took } = await timed(async () => {
    for await (const _ of recordBatch({ db, log: 'customs', signer, ...secrets }, actsOf(cases, has)));
  });
  await db.owner.query('VACUUM ANALYZE');
  say(
    `${count(missing)} entries of ${count(cases)} taxpayers recorded`,
    `${count(Math.round((missing / took) * 1000))} /s`,
  );
};

const account = async (sizes: readonly number[], folder: string): Promise<void> => {
  const on = await databases(folder);
  const asked: Asked[] = [];
  const opened: { close(): Promise<void> }[] = [];
  try {
    for (const size of sizes) {
      const cases = Math.floor(size / PER_CASE / 2) * 2;
      const entries = cases * PER_CASE;
      const { db, has } = await on.open(`waybill_bench_${size}`);
      opened.push(db);
      await fill(db, cases, has, folder);
      const views = openViews({ db, ...secrets });
      const maps = openAccountMaps({ db, log: 'customs', signer, accountKey: secrets.accountKey });
      const { took } = await timed(() => maps.make(day('2026-11-23')));
      if (has < entries) say('  the first map of all accounts, from the first entry', ms(took));
      const next = await timed(() => maps.make(TODAY));
      if (has < entries) say('  the next day’s map', ms(next.took));
      const source = {
        office: 'customs',
        log: 'customs',
        views,
        database: db,
        secrets: { accountKey: secrets.accountKey.toString('base64') } as RecordSource['secrets'],
        signer: () => signer,
        when: () => ({ day: TODAY, at: 1_795_500_000 }),
      } as const;
      asked.push({ entries, pairs: cases / 2, source, first: [], again: [], alone: [], busy: [] });
    }
    for (let n = 0; n < QUESTIONS + WARM; n++) for (const one of asked) await ask(one, n);
    for (const { entries, first, again, alone, busy } of asked) {
      const figures = (of: readonly number[]) =>
        `p50 ${ms(quantile(of, 0.5))}, p95 ${ms(quantile(of, 0.95))}, worst ${ms(Math.max(...of))}`;
      say(`a taxpayer’s record out of ${count(entries)}, with its proof, verified; first`, figures(first));
      say('  asked again', figures(again));
      say('  of which CPU of this process', figures(busy));
      say('  the record alone', figures(alone));
    }
    const [small, large] = [asked[0], asked.at(-1)];
    if (small !== undefined && large !== undefined && small !== large)
      for (const time of ['first', 'again'] as const) {
        const ratio = (q: number) => (quantile(large[time], q) / quantile(small[time], q)).toFixed(2);
        say(
          `  ratio, asked ${time === 'first' ? 'for the first time' : 'again'}`,
          `p50 ${ratio(0.5)}, p95 ${ratio(0.95)}`,
        );
      }
  } finally {
    await Promise.all(opened.map((one) => one.close()));
    await on.close();
  }
};

/** Databases on a server of their own. What is in one already is not recorded again. */
const databases = async (dir: string) => {
  const server = await openServer(dir);
  const config = server.connection('postgres');
  const admin = new pg.Client(config);
  await admin.connect();
  return {
    /** The database, and how many entries it has. */
    open: async (name: string): Promise<{ db: Database; has: number }> => {
      const url = `postgresql:///${name}?host=${encodeURIComponent(String(config.host))}&port=${config.port}&user=${config.user}`;
      const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
      if (rowCount === 0) await admin.query(`CREATE DATABASE ${name}`);
      const db = await openDatabase({ url });
      const { rows } = await db.owner.query<{ size: string | null }>(
        'SELECT max(size) AS size FROM waybill.head',
      );
      return { db, has: Number(rows[0]?.size ?? 0) };
    },
    close: async (): Promise<void> => {
      await admin.end();
      await server.close();
    },
  };
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' } },
});
const [what = 'all', ...numbers] = positionals;
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'waybill-bench-'));
mkdirSync(folder, { recursive: true });
try {
  if (what === 'all' || what === 'account')
    await account(
      what === 'account' && numbers.length > 0 ? numbers.map(Number) : [1_000_000, 10_000_000],
      folder,
    );
  if (what === 'all' || what === 'may-i') {
    const rates = await mayIRounds(folder, what === 'may-i' ? numbers.map(Number)[0] : undefined);
    const words = {
      'may-i': `may I, answered and recorded, 16 callers, cases of ${PER_CASE} entries`,
      look: 'a look at an item of such a case',
      redraft: `another draft of a request, a case of ${PER_CASE} entries`,
      draft: 'the draft of a request, a new case',
    } as const;
    for (const kind of ['may-i', 'look', 'redraft', 'draft'] as const) {
      const times = median(rates['may-i'].map((one, n) => (rates[kind][n] ?? NaN) / one)).toFixed(2);
      say(
        words[kind],
        `${count(Math.round(median(rates[kind])))} /s${kind === 'may-i' ? '' : `; may I takes ${times} × as long`}`,
      );
    }
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
