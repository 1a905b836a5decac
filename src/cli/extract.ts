import { statSync } from 'node:fs';
import { ProblemError } from '../ground/problem.ts';
import { labels } from '../office/release/labels.ts';
import { openCatalogue } from '../returns/catalogue/open.ts';
import { csv } from '../returns/extract/csv.ts';
import { digestOf, extractItems, requireFound } from '../returns/extract/extract.ts';
import { json } from '../returns/extract/json.ts';
import { toRecord } from '../returns/extract/record.ts';
import type { Exit } from './main.ts';
import { progress } from './progress.ts';
import { openSpool } from './spool.ts';

/** `waybill extract`: rows to standard output, all of them or none: they wait in a spool until the return was read to its end. */
export const extract = async (
  file: string,
  options: { item: readonly string[]; case?: string; csv?: boolean; json?: boolean },
): Promise<Exit> => {
  if (options.csv && options.json)
    throw new ProblemError({
      kind: 'usage',
      what: 'Rows cannot be CSV and JSON at once.',
      next: 'Give one of --csv and --json.',
    });
  if (options.case !== undefined)
    await (await import('./permitted.ts')).requirePermitted(options.case, file, options.item);
  const digest = await digestOf(file).catch(() => '');
  const format = options.csv ? csv : json;
  const label = labels(openCatalogue());
  const spool = openSpool();
  const shown = progress(`reading ${file} (bytes)`, statSync(file, { throwIfNoEntry: false })?.size);
  try {
    let count = 0;
    spool.write(format.head());
    const extraction = await extractItems(
      file,
      options.item,
      (rows) => {
        spool.write(
          format.records(
            rows.map((row) => toRecord(row, digest, label(row))),
            count,
          ),
        );
        count += rows.length;
      },
      { ...(digest === '' ? {} : { digest }), progress: (bytes) => shown.at(bytes) },
    );
    requireFound(file, extraction);
    spool.write(format.tail());
    shown.end();
    await spool.copyTo(process.stdout);
    return 0;
  } finally {
    shown.end();
    spool.close();
  }
};
