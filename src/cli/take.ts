import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CaseDecision } from '../casework/decide.ts';
import { pathsOf } from '../casework/items.ts';
import type { Case } from '../casework/schema.ts';
import { isTakeable } from '../casework/takeable.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import { csv } from '../returns/extract/csv.ts';
import { digestOf, extractItems } from '../returns/extract/extract.ts';
import { json } from '../returns/extract/json.ts';
import { toRecord } from '../returns/extract/record.ts';
import type { Row } from '../returns/extract/row.ts';
import { labels } from './extract.ts';
import type { Outputs } from './outputs.ts';
import { progress } from './progress.ts';

/** What one permitted item gave: how many values, and the first of them. */
export interface Taken {
  count: number;
  readonly first: Row[];
}

/** More values than this are told in the letter by their number, and stand in the extract. */
const IN_LETTER = 200;

/** Takes the items that are permitted and whole in a return, and nothing else, out of the returns; writes them to extract.json and extract.csv. */
export const take = async (
  read: Case,
  decided: CaseDecision,
  catalogue: Catalogue,
  dir: string,
  outputs: Outputs,
): Promise<ReadonlyMap<string, Taken>> => {
  const formats = [
    { format: json, out: createWriteStream(outputs.pathOf('extract.json'), { mode: 0o600 }) },
    { format: csv, out: createWriteStream(outputs.pathOf('extract.csv'), { mode: 0o600 }) },
  ];
  const taken = new Map<string, Taken>();
  const label = labels();
  const shown = progress('taking items out of the returns');
  let written = 0;
  for (const { format, out } of formats) out.write(format.head());
  for (const record of read.records) {
    if (record.file === undefined) continue;
    const items = read.items.filter((item) => item.record === record.id && isTakeable(read, decided, item));
    for (const item of items) taken.set(item.id, { count: 0, first: [] });
    const asked = items.flatMap((item) => pathsOf(catalogue, item).map((path) => ({ path, id: item.id })));
    const owners = Map.groupBy(asked, ({ path }) => path);
    if (owners.size === 0) continue;
    const file = join(dir, record.file);
    const digest = await digestOf(file);
    await extractItems(
      file,
      [...owners.keys()],
      async (rows) => {
        for (const row of rows)
          for (const { id } of owners.get(row.path) ?? []) {
            const one = taken.get(id);
            if (one === undefined) continue;
            one.count += 1;
            if (one.first.length < IN_LETTER) one.first.push(row);
          }
        const records = rows.map((row) => toRecord(row, digest, label(row)));
        for (const { format, out } of formats)
          if (!out.write(format.records(records, written))) await once(out, 'drain');
        written += rows.length;
        shown.at(written);
      },
      { digest },
    );
  }
  for (const { format, out } of formats) {
    out.end(format.tail());
    await once(out, 'close');
  }
  shown.end();
  return taken;
};
