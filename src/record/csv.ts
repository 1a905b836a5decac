import { stringify } from 'csv-stringify/sync';
import type { AccountingRow } from './accounting.ts';
import { type EntryName, entryName } from './event.ts';
import type { FtiLogRow } from './fti-log.ts';
import { type Party, partyWords } from './party.ts';
import type { RecordRow } from './row.ts';

type Columns<Row> = Readonly<Record<string, (row: Row) => string>>;

/**
 * The adversary is whoever writes a reason: it is opened in an inspector's spreadsheet. A cell that a spreadsheet would take
 * for a formula gets an apostrophe before it, as in the extract; no cell here is an amount, so none is spared.
 */
const csv = <Row>(columns: Columns<Row>, rows: readonly Row[]): string =>
  stringify([Object.keys(columns), ...rows.map((row) => Object.values(columns).map((read) => read(row)))], {
    record_delimiter: 'windows',
    escape_formulas: true,
  });

const each = (row: RecordRow, of: (item: RecordRow['items'][number]) => string): string =>
  row.items.map(of).join('; ');

const entry = (name: EntryName | undefined): string => (name === undefined ? '' : entryName(name));

const withAddress = (party: Party): string =>
  [partyWords(party), party.address].filter((text) => text !== '').join(', ');

const recordColumns: Columns<RecordRow> = {
  entry: (row) => entryName(row.entry),
  restates: (row) => entry(row.restates),
  correctedBy: (row) => entry(row.corrected),
  kind: (row) => row.kind,
  act: (row) => row.act,
  date: (row) => row.date,
  hour: (row) => new Date(row.time * 1000).toISOString(),
  case: (row) => row.case,
  direction: (row) => row.direction,
  from: (row) => withAddress(row.from),
  to: (row) => withAddress(row.to),
  item: (row) => each(row, ({ id }) => id),
  what: (row) => each(row, ({ what }) => what),
  taxpayer: (row) => each(row, ({ taxpayer }) => taxpayer),
  taxpayerName: (row) => each(row, ({ taxpayerName }) => taxpayerName),
  period: (row) => each(row, ({ period }) => period),
  cite: (row) => row.cite,
  paragraph: (row) => row.paragraph,
  why: (row) => row.why,
  note: (row) => row.note,
  verdict: (row) => row.verdict,
  by: (row) => partyWords(row.by),
  packet: (row) => row.packet,
};

/** The record as CSV (RFC 4180, CRLF, a header row): a line for each row, those that were corrected too. */
export const recordCsv = ({ rows }: { readonly rows: readonly RecordRow[] }): string =>
  csv(recordColumns, rows);

/** The log of federal tax information as CSV. */
export const ftiLogCsv = (rows: readonly FtiLogRow[]): string =>
  csv(
    {
      entry: (row) => entryName(row.entry),
      taxpayer: (row) => row.taxpayer,
      years: (row) => row.years,
      type: (row) => row.type,
      reason: (row) => row.reason,
      requested: (row) => row.requested,
      received: (row) => row.received,
      location: (row) => row.location,
      access: (row) => row.access,
      disposed: (row) => row.disposed,
      method: (row) => row.method,
    },
    rows,
  );

/** The accounting under the Privacy Act as CSV. */
export const accountingCsv = (rows: readonly AccountingRow[]): string =>
  csv(
    {
      entry: (row) => entryName(row.entry),
      date: (row) => row.date,
      individual: (row) => row.individual,
      isIndividual: (row) => row.isIndividual,
      nature: (row) => row.nature,
      purpose: (row) => row.purpose,
      recipient: (row) => row.recipient,
      address: (row) => row.address,
    },
    rows,
  );
