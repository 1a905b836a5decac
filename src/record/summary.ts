import { type RecordedEvent, type EntryName, ofOffices, type OfficeId, valueAt } from './event.ts';
import { type OpenRecall, openRecalls } from './recalls.ts';
import { type OfficeRecord, recordOf } from './record.ts';
import { type RecordRow, stands } from './row.ts';
import { day } from '../ground/dates.ts';

export type Counts = Readonly<Record<string, number>>;

export interface LateIncident {
  readonly entry: EntryName;
  /** POSIX seconds. */
  readonly due: number;
  readonly reported: number;
}

/** A year of one office’s record in numbers. */
export interface AnnualSummary {
  readonly office: OfficeRecord['office'];
  readonly officeName: string;
  readonly year: number;
  readonly basis: OfficeRecord['basis'];
  /** Rows that stand, by what they are about. */
  readonly byKind: Counts;
  /** Disclosures by and to this office, by paragraph and by month. */
  readonly byParagraph: Counts;
  readonly byMonth: Counts;
  readonly requests: number;
  readonly disclosuresTo: number;
  readonly disclosuresBy: number;
  /** Taxpayers about whom something was disclosed by or to this office. */
  readonly taxpayers: number;
  readonly refused: readonly EntryName[];
  /** Of any year: a recall stays open until it is answered. */
  readonly openRecalls: readonly OpenRecall[];
  readonly lateIncidents: readonly LateIncident[];
}

const countBy = (rows: readonly RecordRow[], of: (row: RecordRow) => string): Counts => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** POSIX seconds of an instant as an act writes it; undefined where it is neither a number nor ISO 8601. */
export const secondsOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  const read = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(read) ? undefined : Math.floor(read / 1000);
};

const HOURS_24 = 86_400;

/** Incidents that were put on record more than 24 hours after they were discovered. */
export const lateIncidents = (events: readonly RecordedEvent[]): readonly LateIncident[] =>
  events
    .filter(({ kind }) => kind === 'incident-reported')
    .flatMap(({ log, seq, time, data }) => {
      const discovered = secondsOf(valueAt(data, 'discovered'));
      const due =
        secondsOf(valueAt(data, 'deadline')) ??
        (discovered === undefined ? undefined : discovered + HOURS_24);
      return due !== undefined && time > due ? [{ entry: { log, seq }, due, reported: time }] : [];
    });

/** The summary of a calendar year. `events` are the office’s, of all years. */
export const summaryOf = (
  office: OfficeId,
  events: readonly RecordedEvent[],
  year: number,
): AnnualSummary => {
  const own = ofOffices(events, office);
  const record = recordOf(office, own, { from: day(`${year}-01-01`), to: day(`${year}-12-31`) });
  const rows = record.rows.filter(stands);
  const disclosed = rows.filter(({ kind }) => kind === 'disclosure');
  const inYear = new Set(record.rows.map(({ entry: { log, seq } }) => `${log}/${seq}`));
  return {
    office,
    officeName: record.officeName,
    year,
    basis: record.basis,
    byKind: countBy(rows, ({ kind }) => kind),
    byParagraph: countBy(disclosed, ({ paragraph }) => paragraph || 'none'),
    byMonth: countBy(disclosed, ({ date }) => date.slice(0, 7)),
    requests: rows.filter(({ kind }) => kind === 'request').length,
    disclosuresTo: disclosed.filter(({ direction }) => direction === 'to this office').length,
    disclosuresBy: disclosed.filter(({ direction }) => direction === 'by this office').length,
    taxpayers: new Set(
      disclosed.flatMap(({ items, case: reference }) =>
        items.map((item) => item.account || `${reference}/${item.taxpayer || item.id}`),
      ),
    ).size,
    refused: rows.filter(({ verdict }) => verdict === 'refused').map(({ entry }) => entry),
    openRecalls: openRecalls(own),
    lateIncidents: lateIncidents(own).filter(({ entry: { log, seq } }) => inYear.has(`${log}/${seq}`)),
  };
};
