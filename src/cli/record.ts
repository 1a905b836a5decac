import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Day, readDay } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { eventsOf, eventsOfTaxpayer } from '../office/events.ts';
import type { Node } from '../office/node.ts';
import { bookKinds, makeBook } from '../record/books.ts';
import type { RecordedEvent } from '../record/event.ts';
import { documentLines } from '../record/lines.ts';
import { recordPdf } from '../record/pdf.ts';
import type { Scope } from '../record/record.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, withNode } from './node.ts';
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

export const dayOf = (text: string | undefined, where: string): Day | undefined => {
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

const scopeOf = ({ case: reference, taxpayer, from, to }: Omit<RecordOptions, 'data'>): Scope => {
  const [first, last] = [dayOf(from, '--from'), dayOf(to, '--to')];
  return {
    ...(reference === undefined ? {} : { case: reference }),
    ...(taxpayer === undefined ? {} : { taxpayer }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
  };
};

/** Only all that the log has of one taxpayer can be shown to be complete: the map counts no part of it. */
const wholeOf = ({ taxpayer, case: reference, from, to, kind }: RecordOptions): string => {
  const isWhole = reference === undefined && from === undefined && to === undefined;
  if (taxpayer !== undefined && isWhole && (kind ?? 'record') === 'record') return taxpayer;
  throw new ProblemError({
    kind: 'usage',
    what: 'What can be shown to be complete is one taxpayer’s whole record.',
    where: '--complete',
    next: 'Give --taxpayer, and leave out --case, --from, --to and --kind: the folder has every day, and shows that none is missing.',
  });
};

/** One taxpayer's record is made from that taxpayer's cases alone; the other books are of the whole office. */
const eventsFor = async (node: Node, { kind, taxpayer }: RecordOptions) =>
  taxpayer === undefined || (kind ?? 'record') !== 'record'
    ? eventsOf(node)
    : (await eventsOfTaxpayer(node, taxpayer)).events;

export const written = (path: string, content: string | Uint8Array): void => {
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

/** Whose book it is, and when it is read. */
export type Keeper = Pick<Node, 'office' | 'when'>;

/** One book of an office, shown as the options say. */
export const showBook = async (
  of: Keeper,
  read: () => Promise<readonly RecordedEvent[]>,
  options: Omit<RecordOptions, 'data'>,
): Promise<Exit> => {
  const kind = bookKinds.find((one) => one === (options.kind ?? 'record'));
  if (kind === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'There is no such book.',
      where: '--kind',
      next: `Give one of: ${bookKinds.join(', ')}.`,
    });
  const { document, csv, json } = makeBook(kind, of.office, await read(), {
    scope: scopeOf(options),
    year: Number(options.year ?? of.when().day.slice(0, 4)),
  });
  if (options.pdf !== undefined) {
    written(options.pdf, await recordPdf(document, { date: of.when().day }));
    say([`  wrote ${options.pdf}`]);
  } else if (options.csv === true && csv !== undefined) process.stdout.write(csv());
  else if (options.json === true && json !== undefined) process.stdout.write(json());
  else say(documentLines(document));
  return 0;
};

/** `waybill record`: the record that 6103(p)(4)(A) demands, and the other books that are made from the same events. */
export const record = async (options: RecordOptions): Promise<Exit> => {
  const { complete } = options;
  if (complete === undefined)
    return withNode(options, (node) => showBook(node, () => eventsFor(node, options), options));
  const taxpayer = wholeOf(options);
  return withNode(options, async (node) => {
    const { completeRecord } = await import('./complete.ts');
    const count = await completeRecord(node, taxpayer, complete);
    say([`  ${count} entries, proven to be all: ${complete}. Verify it anywhere: ./waybill verify`]);
    return 0;
  });
};
