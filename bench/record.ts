/*
 * One taxpayer's record, and the question whether one may: `node bench/record.ts account [entries…]` and
 * `node bench/record.ts may-i [rounds]`, with an embedded server in a folder that goes away, or with `--keep DIR` in one that
 * stays, so that what was recorded once can be asked again.
 *
 * `account` records as many entries into a database of each size (1,000,000 and 10,000,000 unless told otherwise: some ten
 * minutes and 20 GB), in the shape of `cases.ts`, and asks for the whole record of 250 different taxpayers of each, by
 * turns: the record as the inspector reads it, the proof by the day's map that it is complete, an exhibit of each entry, and
 * the verification of all of it, as `./waybill record --taxpayer … --complete` makes them before they leave. Disk is not
 * counted. The ratio is of medians.
 *
 * `may-i` is the office's road with 16 callers over different cases: a question answered and recorded, against the draft of a
 * request, which is the plainest act there is. The two take turns; each round has fresh cases of 44 entries.
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
  readonly read: number[];
  readonly whole: number[];
  /** CPU of this process, PostgreSQL's left out. */
  readonly busy: number[];
}

/** A taxpayer by number: every other one has no TIN. */
const taxpayerOf = (n: number): string => (n % 2 === 0 ? tinOf(n >> 1) : nameOf(n >> 1));

const ask = async ({ source, whole, read, busy, pairs }: Asked, n: number): Promise<void> => {
  // Far from each other, and none twice.
  const taxpayer = taxpayerOf(Math.floor((n * 2 * pairs) / (QUESTIONS + WARM)));
  const told = await timed(async () => {
    const { events } = await eventsOfTaxpayer(source, taxpayer);
    return recordOf('customs', events, { taxpayer });
  });
  const { took, result, busy: cpu } = await timed(() => completeSet(source, taxpayer));
  if (result.entries !== PER_TAXPAYER || told.result.rows.length !== PER_TAXPAYER)
    throw new Error(
      `${result.entries} entries and ${told.result.rows.length} rows, where ${PER_TAXPAYER} belong`,
    );
  if (n < WARM) return;
  read.push(told.took);
  whole.push(took);
  busy.push(cpu);
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
      asked.push({ entries, pairs: cases / 2, source, whole: [], read: [], busy: [] });
    }
    for (let n = 0; n < QUESTIONS + WARM; n++) for (const one of asked) await ask(one, n);
    for (const { entries, whole, read, busy } of asked) {
      const figures = (of: readonly number[]) =>
        `p50 ${ms(quantile(of, 0.5))}, p95 ${ms(quantile(of, 0.95))}, worst ${ms(Math.max(...of))}`;
      say(`one taxpayer’s record out of ${count(entries)}, first read`, figures(read));
      say('  the same with its proof of completeness, verified', figures(whole));
      say('  of which CPU of this process', figures(busy));
    }
    const [small, large] = [asked[0], asked.at(-1)];
    if (small !== undefined && large !== undefined && small !== large) {
      say('  ratio of the medians', (median(large.whole) / median(small.whole)).toFixed(2));
      say('  ratio at p95', (quantile(large.whole, 0.95) / quantile(small.whole, 0.95)).toFixed(2));
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
    const {
      'may-i': mayI,
      look,
      draft,
    } = await mayIRounds(folder, what === 'may-i' ? numbers.map(Number)[0] : undefined);
    const rate = (of: readonly number[]) => `${count(Math.round(median(of)))} /s`;
    say('may I, answered and recorded, 16 callers, cases of 44 entries', rate(mayI));
    say('a look at an item of such a case', rate(look));
    say('the draft of a request, a new case', rate(draft));
    const times = (of: readonly number[]) => median(mayI.map((one, n) => (of[n] ?? NaN) / one)).toFixed(2);
    say('  may I takes as long as a look,', `${times(look)} ×`);
    say('  as a draft,', `${times(draft)} ×`);
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
