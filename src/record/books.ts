import { accountingOf } from './accounting.ts';
import { accountingCsv, ftiLogCsv, recordCsv } from './csv.ts';
import type { RecordDocument } from './document.ts';
import type { OfficeId, RecordedEvent } from './event.ts';
import { ftiLogOf } from './fti-log.ts';
import { recordJson } from './json.ts';
import { accountingDocument, ftiDocument, summaryDocument } from './log-documents.ts';
import { recordDocument } from './record-document.ts';
import { type OfficeRecord, type Scope, recordOf } from './record.ts';
import { summaryOf } from './summary.ts';

/** The books that are made from the events of one office. */
export const bookKinds = ['record', 'fti-log', 'accounting', 'summary'] as const;
export type BookKind = (typeof bookKinds)[number];

export interface BookAsked {
  /** Of the record. */
  readonly scope: Scope;
  /** Of the summary. */
  readonly year: number;
}

export interface Book {
  readonly document: RecordDocument;
  readonly csv?: () => string;
  readonly json?: () => string;
  /** Of the book `record`: its rows. */
  readonly record?: OfficeRecord;
}

const makers: Readonly<
  Record<BookKind, (office: OfficeId, events: readonly RecordedEvent[], asked: BookAsked) => Book>
> = {
  record: (office, events, { scope }) => {
    const record = recordOf(office, events, scope);
    return {
      document: recordDocument(record),
      csv: () => recordCsv(record),
      json: () => recordJson(record),
      record,
    };
  },
  'fti-log': (office, events) => {
    const rows = ftiLogOf(office, events);
    return { document: ftiDocument(office, rows), csv: () => ftiLogCsv(rows) };
  },
  accounting: (_office, events) => {
    const rows = accountingOf(events);
    return { document: accountingDocument(rows), csv: () => accountingCsv(rows) };
  },
  summary: (office, events, { year }) => ({ document: summaryDocument(summaryOf(office, events, year)) }),
};

export const makeBook = (
  kind: BookKind,
  office: OfficeId,
  events: readonly RecordedEvent[],
  asked: BookAsked,
): Book => makers[kind](office, events, asked);
