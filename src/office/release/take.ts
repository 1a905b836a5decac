import { join } from 'node:path';
import { pathsOf } from '../../casework/items.ts';
import { isTakeable } from '../../casework/takeable.ts';
import { digestOf, extractItems } from '../../returns/extract/extract.ts';
import { type ItemRecord, toRecord } from '../../returns/extract/record.ts';
import type { Row } from '../../returns/extract/row.ts';
import type { DecidedCase } from './decided.ts';
import { labels } from './labels.ts';

/** What one permitted item gave: how many values, and the first of them. */
export interface Taken {
  count: number;
  readonly first: Row[];
}

/** More values than this are told in the letter by their number, and stand in the extract. */
const IN_LETTER = 200;

/** A value taken, and the items of the request that it answers. */
export interface TakenRecord {
  readonly record: ItemRecord;
  readonly items: readonly string[];
}

/**
 * Takes the items that are permitted and whole in a return, and nothing else, out of the returns in `dir`, each in one
 * pass; the sink may take its time. Throws what `extractItems` throws: what the sink was given is then to be thrown away.
 */
export const takeItems = async (
  { read, decided, catalogue }: DecidedCase,
  dir: string,
  sink: (records: readonly TakenRecord[]) => void | Promise<void>,
): Promise<ReadonlyMap<string, Taken>> => {
  const taken = new Map<string, Taken>();
  const label = labels(catalogue);
  for (const record of read.records) {
    if (record.file === undefined) continue;
    const items = read.items.filter((item) => item.record === record.id && isTakeable(read, decided, item));
    for (const item of items) taken.set(item.id, { count: 0, first: [] });
    const asked = items.flatMap((item) => pathsOf(catalogue, item).map((path) => ({ path, id: item.id })));
    const owners = Map.groupBy(asked, ({ path }) => path);
    if (owners.size === 0) continue;
    const file = join(dir, record.file);
    const digest = await digestOf(file);
    const give = async (rows: readonly Row[]): Promise<void> => {
      const records = rows.map((row): TakenRecord => {
        const ids = (owners.get(row.path) ?? []).map(({ id }) => id);
        for (const one of ids.map((id) => taken.get(id))) {
          if (one === undefined) continue;
          one.count += 1;
          if (one.first.length < IN_LETTER) one.first.push(row);
        }
        return { record: toRecord(row, digest, label(row)), items: ids };
      });
      await sink(records);
    };
    await extractItems(file, [...owners.keys()], give, { digest });
  }
  return taken;
};
