import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { DecidedCase } from '../office/release/decided.ts';
import { type Taken, takeItems } from '../office/release/take.ts';
import { csv } from '../returns/extract/csv.ts';
import { json } from '../returns/extract/json.ts';
import type { Outputs } from './outputs.ts';
import { progress } from './progress.ts';

/** Takes the permitted items out of the returns and writes them to extract.json and extract.csv. */
export const take = async (
  whole: DecidedCase,
  dir: string,
  outputs: Outputs,
): Promise<ReadonlyMap<string, Taken>> => {
  const formats = [
    { format: json, out: createWriteStream(outputs.pathOf('extract.json'), { mode: 0o600 }) },
    { format: csv, out: createWriteStream(outputs.pathOf('extract.csv'), { mode: 0o600 }) },
  ];
  const shown = progress('taking items out of the returns');
  let written = 0;
  for (const { format, out } of formats) out.write(format.head());
  const taken = await takeItems(whole, dir, async (some) => {
    const records = some.map(({ record }) => record);
    for (const { format, out } of formats)
      if (!out.write(format.records(records, written))) await once(out, 'drain');
    written += records.length;
    shown.at(written);
  });
  for (const { format, out } of formats) {
    out.end(format.tail());
    await once(out, 'close');
  }
  shown.end();
  return taken;
};
