import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Day, readDay } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { custodyMap } from '../map/custody-map.ts';
import { chainOfCase } from '../map/chain-of-case.ts';
import { custodyTable } from '../map/custody-table.ts';
import { spansOfCase } from '../map/spans.ts';
import { tableLines } from '../map/table.ts';
import { timeline } from '../map/timeline.ts';
import { chainOf } from '../office/custody.ts';
import { eventsOf } from '../office/events.ts';
import { type Node, openNode } from '../office/node.ts';
import { accountingOf } from '../record/accounting.ts';
import { accountingCsv, ftiLogCsv, recordCsv } from '../record/csv.ts';
import type { RecordDocument } from '../record/document.ts';
import type { RecordedEvent } from '../record/event.ts';
import { ftiLogOf } from '../record/fti-log.ts';
import { anomalies } from '../record/inspect/anomalies.ts';
import { anomaliesDocument, sampleDocument } from '../record/inspect/documents.ts';
import { sample as draw } from '../record/inspect/sample.ts';
import { recordJson } from '../record/json.ts';
import { documentLines } from '../record/lines.ts';
import { accountingDocument, ftiDocument, summaryDocument } from '../record/log-documents.ts';
import { recordPdf } from '../record/pdf.ts';
import { recordDocument } from '../record/record-document.ts';
import { type OfficeRecord, type Scope, recordOf } from '../record/record.ts';
import { summaryOf } from '../record/summary.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, surroundings, withNode } from './node.ts';
import { say } from './terminal.ts';

export interface RecordOptions extends NodeOptions {
  readonly case?: string;
  readonly taxpayer?: string;
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly pdf?: string;
  readonly kind?: string;
  readonly year?: string;
  readonly complete?: string;
}

const dayOf = (text: string | undefined, where: string): Day | undefined => {
  if (text === undefined) return undefined;
  const day = readDay(text);
  if (day !== undefined) return day;
  throw new ProblemError({
    kind: 'usage',
    what: 'The day does not exist.',
    where,
    next: 'Write a date of the calendar as YYYY-MM-DD.',
  });
};

const scopeOf = ({ case: reference, taxpayer, from, to }: RecordOptions): Scope => {
  const [first, last] = [dayOf(from, '--from'), dayOf(to, '--to')];
  return {
    ...(reference === undefined ? {} : { case: reference }),
    ...(taxpayer === undefined ? {} : { taxpayer }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
  };
};

interface Made {
  readonly document: RecordDocument;
  readonly csv?: () => string;
  readonly record?: OfficeRecord;
}

const kinds: Readonly<
  Record<string, (node: Node, events: readonly RecordedEvent[], options: RecordOptions) => Made>
> = {
  record: (node, events, options) => {
    const record = recordOf(node.office, events, scopeOf(options));
    return { document: recordDocument(record), csv: () => recordCsv(record), record };
  },
  'fti-log': (node, events) => {
    const rows = ftiLogOf(node.office, events);
    return { document: ftiDocument(node.office, rows), csv: () => ftiLogCsv(rows) };
  },
  accounting: (_node, events) => {
    const rows = accountingOf(events);
    return { document: accountingDocument(rows), csv: () => accountingCsv(rows) };
  },
  summary: (node, events, { year }) => ({
    document: summaryDocument(summaryOf(node.office, events, Number(year ?? node.when().day.slice(0, 4)))),
  }),
};

const written = (path: string, content: string | Uint8Array): void => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o600 });
  } catch {
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The file cannot be written there.',
      where: path,
      next: 'Name a file in a folder that you may write to.',
    });
  }
};

/** `waybill record`: the record that 6103(p)(4)(A) demands, and the other books that are made from the same events. */
export const record = (options: RecordOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    if (options.complete !== undefined && options.taxpayer !== undefined) {
      const { completeRecord } = await import('./complete.ts');
      const count = await completeRecord(node, options.taxpayer, options.complete);
      say([
        `  ${count} entries, proven to be all: ${options.complete}. Verify it anywhere: ./waybill verify`,
      ]);
      return 0;
    }
    const make = kinds[options.kind ?? 'record'];
    if (make === undefined)
      throw new ProblemError({
        kind: 'usage',
        what: 'There is no such book.',
        where: '--kind',
        next: `Give one of: ${Object.keys(kinds).join(', ')}.`,
      });
    const made = make(node, await eventsOf(node), options);
    if (options.pdf !== undefined) {
      written(options.pdf, await recordPdf(made.document, { date: node.when().day }));
      say([`  wrote ${options.pdf}`]);
    } else if (options.csv === true && made.csv !== undefined) process.stdout.write(made.csv());
    else if (options.json === true && made.record !== undefined)
      process.stdout.write(recordJson(made.record));
    else say(documentLines(made.document));
    return 0;
  });

/** The events of the nodes named, opened one after another: an inspector has them on one machine, or asks each office. */
const eventsOfNodes = async (dirs: readonly string[]): Promise<readonly RecordedEvent[]> => {
  const all: RecordedEvent[] = [];
  for (const dir of dirs) {
    const node = await openNode(dir, surroundings());
    try {
      all.push(...(await eventsOf(node)));
    } finally {
      await node.close();
    }
  }
  return all;
};

export interface InspectOptions {
  readonly data: readonly string[];
  readonly n?: string;
  readonly seed?: string;
  readonly pdf?: string;
}

const numberOf = (text: string, where: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new ProblemError({
    kind: 'usage',
    what: 'This is no number.',
    where,
    next: 'Give a number, such as 25.',
  });
};

const shown = async (document: RecordDocument, pdf: string | undefined): Promise<void> => {
  if (pdf === undefined) return say(documentLines(document));
  const today = readDay(new Date().toISOString().slice(0, 10));
  if (today === undefined) throw new TypeError('today is a day');
  written(pdf, await recordPdf(document, { date: today }));
  say([`  wrote ${pdf}`]);
};

/** `waybill sample`: entries drawn by the inspector’s seed, each followed from the request to its end. */
export const sample = async (options: InspectOptions): Promise<Exit> => {
  const drawn = draw(await eventsOfNodes(options.data), {
    n: numberOf(options.n ?? '25', '--n'),
    seed: options.seed ?? '',
  });
  await shown(sampleDocument(drawn), options.pdf);
  return drawn.picks.every(({ journey }) => journey.gaps.length === 0) ? 0 : 1;
};

/** `waybill anomalies`: exit 1 where there is one. */
export const anomaliesOf = async (options: InspectOptions): Promise<Exit> => {
  const found = anomalies(await eventsOfNodes(options.data), { at: Math.floor(Date.now() / 1000) });
  await shown(anomaliesDocument(found), options.pdf);
  return found.length === 0 ? 0 : 1;
};

/** `waybill map`: the custody of a case as a picture, with its table, and the timeline of titles. */
export const map = async (
  reference: string,
  options: { data: readonly string[]; out?: string; redacted?: boolean },
): Promise<Exit> => {
  const events: Record<string, Awaited<ReturnType<typeof chainOf>>> = {};
  const people: typeof events = {};
  for (const dir of options.data) {
    const node = await openNode(dir, surroundings());
    try {
      events[node.office] = await chainOf(node, reference).catch(() => []);
      people[node.office] = await node.views.stream(node.log, 'people');
    } finally {
      await node.close();
    }
  }
  const chain = chainOfCase(events);
  const drawing = { redacted: options.redacted ?? false };
  const { rows, holdings } = custodyTable(chain, drawing);
  const lives = timeline(chain, spansOfCase(people, events), drawing);
  if (options.out === undefined) {
    say([...tableLines(rows), '', ...tableLines(holdings), '', ...tableLines(lives.table)]);
    return 0;
  }
  for (const [name, content] of [
    ['custody.svg', custodyMap(chain, drawing)],
    ['custody.txt', `${[...tableLines(rows), '', ...tableLines(holdings)].join('\n')}\n`],
    ['timeline.svg', lives.svg],
    ['timeline.txt', `${tableLines(lives.table).join('\n')}\n`],
  ] as const) {
    written(join(options.out, name), content);
    say([`  wrote ${join(options.out, name)}`]);
  }
  return 0;
};
