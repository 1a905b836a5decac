/*
 * The ledger against its own database server: `node bench/ledger.ts [all|singles|batches|memory] [entries]`, with
 * DATABASE_URL or an embedded server in a folder that goes away. Ratios are of medians over five runs that take turns.
 * About three minutes for the 200,000 entries a run that it takes unless told otherwise; `memory` records and verifies a
 * million, and prints the memory on the way.
 *
 * What is recorded: views of items in 1,000 cases by turns, each case of one of 400 taxpayers. The raw COPY is binary,
 * of rows with as many bytes as the ledger keeps of an entry (entry, sealed body, index row), in transactions of the
 * same size, into a table with two indexes: the number, and the taxpayer with the number.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { verifyExhibit } from '../src/custody/exhibit.ts';
import { signerFromSeed } from '../src/custody/signer.ts';
import { verifyLog } from '../src/custody/verify.ts';
import { ED25519 } from '../src/custody/vkey.ts';
import { recordBatch } from '../src/store/batch.ts';
import { openDatabase } from '../src/store/database.ts';
import { openServer } from '../src/store/embedded.ts';
import { exportLog } from '../src/store/export.ts';
import { masterKeys } from '../src/store/keys.ts';
import { CopyRows } from '../src/store/ledger-wire.ts';
import { openLedger } from '../src/store/ledger.ts';
import type { ActRecord } from '../src/store/types.ts';
import { openViews } from '../src/store/views.ts';
import { readExport } from '../src/store/export.fixture.ts';

const what = process.argv[2] ?? 'all';
const ENTRIES = Number(process.argv[3] ?? (what === 'memory' ? 1_000_000 : 200_000));
const RUNS = 5;
const BATCH = 8192;
const CASES = 1000;
const TAXPAYERS = 400;
const CALLERS = 16;
const SECONDS = 4;

const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const given = process.env['DATABASE_URL'];
const server = given === undefined ? await openServer(folder) : undefined;
const config: pg.ClientConfig = server?.connection('postgres') ?? { connectionString: given };
const admin = new pg.Client(config);
await admin.connect();
await admin.query('DROP DATABASE IF EXISTS waybill_bench');
await admin.query('CREATE DATABASE waybill_bench');
const host = encodeURIComponent(String(config.host));
const url =
  given === undefined
    ? `postgresql:///waybill_bench?host=${host}&port=${config.port}&user=${config.user}`
    : Object.assign(new URL(given), { pathname: '/waybill_bench' }).href;
const db = await openDatabase({ url });
const raw = new pg.Client({ connectionString: url });
await raw.connect();

const key = (n: number): Buffer => Buffer.alloc(32, n);
const signer = signerFromSeed('bench.waybill.example/log', ED25519, key(4));
const secrets = { keys: masterKeys(key(1).toString('base64')), nameKey: key(2), accountKey: key(3) };
const options = { db, log: 'irs', signer, ...secrets } as const;
const views = openViews({ db, ...secrets });

const TABLES = ['log', 'head', 'bundle', 'tile', 'event', 'body', 'content', 'data_key', 'acct', 'watermark'];
const empty = () =>
  db.owner.query(`TRUNCATE ${TABLES.map((table) => `waybill.${table}`).join(', ')}; CHECKPOINT`);

/** UUIDv7: the milliseconds, and a number that goes up. */
const millisecond = Date.now().toString(16).padStart(12, '0');
let ids = 0;
const newId = (): string =>
  `${millisecond.slice(0, 8)}-${millisecond.slice(8)}-7000-8000-${(ids++).toString(16).padStart(12, '0')}`;

const streams = Array.from({ length: CASES }, (_, n) => `case/CBP-2026-${n}`);
function* acts(count: number): Generator<ActRecord> {
  for (let n = 0; n < count; n++) {
    const stream = streams[n % CASES] ?? '';
    yield {
      id: newId(),
      asked: 'a'.repeat(64),
      log: 'irs',
      office: 'irs',
      person: 'p-0193a1b2',
      title: 'Disclosure Officer',
      time: 1_700_000_000 + n,
      expect: { [stream]: Math.floor(n / CASES) },
      events: [
        {
          stream,
          kind: 'item-viewed',
          cite: '(f)',
          case: stream,
          item: `1120/${n % 40}`,
          taxpayer: `98-${String((n % CASES) % TAXPAYERS).padStart(7, '0')}`,
          data: { form: '1120', line: n % 40, year: 2024 },
        },
      ],
    };
  }
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const rate = (n: number): string => `${Math.round(n).toLocaleString('en').padStart(9)} /s`;
const say = (what: string, value: string): void => console.log(`${what.padEnd(62)} ${value}`);

/** Bytes that the ledger keeps of one entry, indexes left out. */
const bytesAnEntry = async (): Promise<number> => {
  const { rows } = await db.owner.query<{ bytes: string }>(
    `SELECT sum(pg_table_size(c.oid) - coalesce(pg_indexes_size(nullif(c.reltoastrelid, 0)), 0)) AS bytes FROM pg_class c
      WHERE c.oid = ANY (ARRAY['waybill.bundle', 'waybill.body', 'waybill.event', 'waybill.acct']::regclass[])`,
  );
  return Number(rows[0]?.bytes) / ENTRIES;
};

const record = async (count: number): Promise<void> => {
  for await (const _ of recordBatch(options, acts(count)));
};

/** Bytes of the columns beside the payload, and of a row's header. */
const ROW = 24 + 8 + 33 + 4;
const copyRaw = async (count: number, payload: Uint8Array, accounts: readonly Buffer[]): Promise<void> => {
  for (let from = 0; from < count; from += BATCH) {
    const rows = function* (): Generator<Buffer> {
      const copy = new CopyRows();
      for (let n = from; n < Math.min(count, from + BATCH); n++) {
        copy.row(3);
        copy.int8(n);
        copy.bytes(accounts[(n % CASES) % TAXPAYERS]);
        copy.bytes(payload);
        if (n % 64 === 63) yield copy.take();
      }
      yield copy.end();
    };
    await pipeline(
      Readable.from(rows(), { objectMode: true, highWaterMark: 4 }),
      raw.query(copyFrom('COPY raw FROM STDIN (FORMAT binary)')),
    );
  }
};

const compareBatches = async (): Promise<number> => {
  await raw.query(`CREATE TABLE raw (seq int8 PRIMARY KEY, account bytea NOT NULL, payload bytea NOT NULL);
    ALTER TABLE raw ALTER payload SET STORAGE EXTERNAL; CREATE INDEX ON raw (account, seq)`);
  await empty();
  await record(ENTRIES);
  const bytes = await bytesAnEntry();
  const payload = randomFillSync(Buffer.alloc(Math.round(bytes) - ROW));
  const accounts = Array.from({ length: TAXPAYERS }, () => randomFillSync(Buffer.alloc(32)));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    await raw.query('TRUNCATE raw; CHECKPOINT');
    theirs.push(ENTRIES / (await seconds(() => copyRaw(ENTRIES, payload, accounts))));
    await empty();
    ours.push(ENTRIES / (await seconds(() => record(ENTRIES))));
  }
  say(`raw COPY, ${Math.round(bytes)} bytes a row, two indexes`, rate(median(theirs)));
  say('batch recording, durable, signed, indexed by taxpayer', rate(median(ours)));
  say('  ratio', (median(ours) / median(theirs)).toFixed(2));
  return median(ours);
};

const compareSingles = async (): Promise<void> => {
  await raw.query('CREATE TABLE single (id uuid PRIMARY KEY, payload bytea NOT NULL)');
  const script = join(folder, 'single.sql');
  const insert = `INSERT INTO single VALUES (gen_random_uuid(), decode(repeat('ab', 600), 'hex'))`;
  writeFileSync(script, `${insert};\n`);
  const hasPgbench = spawnSync('pgbench', ['--version']).status === 0;
  const pgbench = (): number => {
    const flags = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CALLERS),
      '-j',
      '2',
      '-T',
      String(SECONDS),
      '-f',
      script,
      url,
    ];
    const said = execFileSync('pgbench', flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/tps = ([\d.]+)/.exec(said)?.[1]);
  };
  const connections = async (): Promise<number> => {
    const clients = Array.from({ length: CALLERS }, () => new pg.Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    const until = performance.now() + SECONDS * 1000;
    let done = 0;
    await Promise.all(
      clients.map(async (client) => {
        for (; performance.now() < until; done++) await client.query({ name: 'insert', text: insert });
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    return done / SECONDS;
  };
  const single = async (): Promise<number> => {
    await empty();
    const ledger = await openLedger(options);
    const sources = Array.from({ length: CALLERS }, (_, caller) => ({
      stream: `case/${caller}`,
      version: 0,
    }));
    const until = performance.now() + SECONDS * 1000;
    let done = 0;
    await Promise.all(
      sources.map(async (source) => {
        for (const { events, ...act } of acts(Infinity)) {
          if (performance.now() > until) return;
          const [event] = events;
          const { stream } = source;
          await ledger.append({
            ...act,
            expect: { [stream]: source.version++ },
            events: [{ ...event, stream }],
          });
          done++;
        }
      }),
    );
    return done / SECONDS;
  };
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    theirs.push(hasPgbench ? pgbench() : await connections());
    ours.push(await single());
  }
  say(`single-row INSERT, 16 clients of ${hasPgbench ? 'pgbench' : 'pg, prepared'}`, rate(median(theirs)));
  say('single acts, 16 callers', rate(median(ours)));
  say('  ratio', (median(ours) / median(theirs)).toFixed(2));
};

const proofs = async (batchRate: number): Promise<void> => {
  await empty();
  await record(ENTRIES);
  const exhibit = await views.exhibit('irs', 77, ['kind', 'cite', 'case', 'event']);
  const once = await seconds(() => Promise.resolve(verifyExhibit(exhibit, signer.verifier)));
  say(
    'an exhibit with four fields opened',
    `${exhibit.length} bytes, verified in ${(once * 1000).toFixed(2)} ms`,
  );
  const dir = join(folder, 'log');
  say('log exported', rate(ENTRIES / (await seconds(() => exportLog(views, 'irs', dir, signer.verifier)))));
  const verified: number[] = [];
  for (let run = 0; run < 3; run++)
    verified.push(
      ENTRIES /
        (await seconds(async () => {
          const { findings } = await verifyLog(readExport(dir), { log: signer.verifier });
          if (findings.length > 0) throw new Error(JSON.stringify(findings[0]));
        })),
    );
  say('exported log verified', rate(median(verified)));
  say('  ratio to batch recording', (median(verified) / batchRate).toFixed(2));
};

const mebibytes = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);
const memory = async (): Promise<void> => {
  await empty();
  let entries = 0;
  for await (const { count } of recordBatch(options, acts(ENTRIES))) {
    entries += count;
    if (entries % (BATCH * 16) === 0) say(`recorded ${entries.toLocaleString('en')}`, `${mebibytes()} MiB`);
  }
  const start = performance.now();
  let files = 0;
  const { findings } = await verifyLog(
    (path) => {
      if (++files % 2000 === 0) say(`verified ${files} files`, `${mebibytes()} MiB`);
      return views.file('irs', path);
    },
    { log: signer.verifier },
  );
  say(
    `findings: ${findings.length}, verified out of the database`,
    rate((ENTRIES / (performance.now() - start)) * 1000),
  );
};

try {
  if (what === 'memory') await memory();
  if (what === 'all' || what === 'singles') await compareSingles();
  if (what === 'all' || what === 'batches') await proofs(await compareBatches());
} finally {
  await raw.end();
  await db.close();
  await admin.query('DROP DATABASE waybill_bench WITH (FORCE)');
  await admin.end();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}
