/**
 * Makes returns of people who do not exist.
 *
 *   node scripts/make-return.ts --mb 237 --out FILE [--seed N]   one return of N megabytes (10^6 bytes), all Forms 5472
 *   node scripts/make-return.ts --example DIR [--seed N]         the three small returns of the example case
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { harborLamp, keelLighting, lanternHoldings } from '../src/returns/extract/fictional-case.ts';
import { largeReturn } from '../src/returns/extract/fictional-large.ts';
import type { FictionalReturn } from '../src/returns/extract/fictional.ts';
import { returnXml } from '../src/returns/extract/fictional.ts';

const usage = `usage: node scripts/make-return.ts --mb N --out FILE [--seed N]
       node scripts/make-return.ts --example DIR [--seed N]`;

/** Joins small texts, so that a million documents are not a million writes. */
function* joined(texts: Iterable<string>): Generator<string, void, undefined> {
  let some: string[] = [];
  for (const text of texts) {
    some.push(text);
    if (some.length < 200) continue;
    yield some.join('');
    some = [];
  }
  yield some.join('');
}

/** The file appears whole or not at all. */
const write = async (file: string, filed: FictionalReturn): Promise<void> => {
  const part = `${file}.part`;
  await pipeline(Readable.from(joined(returnXml(filed))), createWriteStream(part));
  await rename(part, file);
  console.error(`${file}: ${filed.documentCount} documents`);
};

const { values } = parseArgs({
  options: {
    mb: { type: 'string' },
    out: { type: 'string' },
    example: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const [megabytes, seed] = [Number(values.mb), Number(values.seed)];

if (values.example !== undefined) {
  await mkdir(values.example, { recursive: true });
  await write(join(values.example, 'harbor-lamp-2021.xml'), harborLamp(seed));
  await write(join(values.example, 'lantern-holdings-2021.xml'), lanternHoldings(seed));
  await write(join(values.example, 'keel-2021.xml'), keelLighting(seed));
} else if (values.out !== undefined && megabytes > 0 && Number.isInteger(seed)) {
  await write(values.out, largeReturn(megabytes * 1e6, seed));
} else {
  console.error(usage);
  process.exitCode = 2;
}
