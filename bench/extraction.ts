/**
 * Extraction of the largest return: time against bare saxes reading the same file, and peak memory for the file and for one
 * twice as long. Each run is a process of its own; runs alternate, so that a busy machine slows both.
 *
 *   node bench/extraction.ts [--mb 237] [--runs 3]
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import { extractItems } from '../src/returns/extract/extract.ts';
import { largeReturn } from '../src/returns/extract/fictional-large.ts';
import { returnXml } from '../src/returns/extract/fictional.ts';

interface Run {
  readonly seconds: number;
  /** Peak resident memory of the process, 10^6 bytes. */
  readonly megabytes: number;
  readonly rows: number;
}

/** As its README reads a file: one parser, two handlers. */
const bareSaxes = async (file: string): Promise<number> => {
  const parser = new SaxesParser();
  parser.on('opentag', () => undefined);
  parser.on('text', () => undefined);
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) parser.write(chunk);
  parser.close();
  return 0;
};

const waybill = async (file: string): Promise<number> => {
  let rows = 0;
  await extractItems(file, ['IRS5472/StockPurchasesTradeAmt'], (some) => void (rows += some.length));
  return rows;
};

const readers = { 'bare saxes': bareSaxes, waybill };

const runHere = async (reader: keyof typeof readers, file: string): Promise<Run> => {
  const start = performance.now();
  const rows = await readers[reader](file);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1000, rows };
};

const run = (reader: keyof typeof readers, file: string): Run => {
  const child = spawnSync(process.execPath, [import.meta.filename, '--reader', reader, '--file', file], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Run;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const make = (file: string, bytes: number): Promise<void> =>
  pipeline(Readable.from(returnXml(largeReturn(bytes, 1))), createWriteStream(file));

const compare = async (megabytes: number, runs: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  try {
    const [once, twice] = [join(folder, 'once.xml'), join(folder, 'twice.xml')];
    await make(once, megabytes * 1e6);
    await make(twice, 2 * megabytes * 1e6);
    const taken: Record<keyof typeof readers, Run[]> = { 'bare saxes': [], waybill: [] };
    for (let n = 0; n < runs; n += 1) {
      taken['bare saxes'].push(run('bare saxes', once));
      taken.waybill.push(run('waybill', once));
    }
    const [bare, ours] = [
      median(taken['bare saxes'].map((r) => r.seconds)),
      median(taken.waybill.map((r) => r.seconds)),
    ];
    const double = run('waybill', twice);
    console.log(`extraction of a ${megabytes} MB return, median of ${runs} alternating runs`);
    console.log(`  bare saxes           ${bare.toFixed(2)} s`);
    console.log(`  waybill              ${ours.toFixed(2)} s, ${taken.waybill[0]?.rows} rows`);
    console.log(`  ratio                ${(ours / bare).toFixed(2)} (at most 1.3)`);
    console.log(
      `  peak memory          ${median(taken.waybill.map((r) => r.megabytes)).toFixed(0)} MB (at most 250)`,
    );
    console.log(`  of a file twice that ${double.megabytes.toFixed(0)} MB, ${double.rows} rows`);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '237' },
    runs: { type: 'string', default: '3' },
    reader: { type: 'string' },
    file: { type: 'string' },
  },
});
if (values.file !== undefined && (values.reader === 'bare saxes' || values.reader === 'waybill'))
  console.log(JSON.stringify(await runHere(values.reader, values.file)));
else await compare(Number(values.mb), Number(values.runs));
