import { stringify } from 'csv-stringify/sync';
import type { ItemRecord, RecordFormat } from './record.ts';

/** The columns, in their order: the keys of `ItemRecord`, nested ones written together. */
const columns: Readonly<Record<string, (record: ItemRecord) => string | number | null>> = {
  path: (r) => r.path,
  value: (r) => r.value,
  form: (r) => r.form,
  line: (r) => r.line,
  xpath: (r) => r.xpath,
  document: (r) => r.document,
  documentId: (r) => r.documentId,
  documentIndex: (r) => r.documentIndex,
  elementIndex: (r) => r.elementIndex,
  periodFrom: (r) => r.period.from,
  periodTo: (r) => r.period.to,
  filerTin: (r) => r.filer.tin,
  filerTinType: (r) => r.filer.tinType,
  filerName: (r) => r.filer.name,
  returnType: (r) => r.returnType,
  schemaVersion: (r) => r.schemaVersion,
  byteOffset: (r) => r.byteOffset,
  sourceSha256: (r) => r.source.sha256,
};

const names = Object.keys(columns);

/**
 * The filer is the adversary here: what he wrote in a text of his return is opened in an auditor's spreadsheet. A cell that
 * a spreadsheet would take for a formula (OWASP, CSV Injection: it begins with `=`, `+`, `-`, `@`, tab or carriage return, or
 * the full-width form of a sign) gets an apostrophe before it. A plain number does not: `-500` is an amount, calculates
 * nothing, and must add up.
 */
const guarded = (cell: string | number | null): string | number | null =>
  typeof cell === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+(?:\.\d+)?$/.test(cell)
    ? `'${cell}`
    : cell;

const rowsOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.length === 0 ? '' : stringify([...rows], { record_delimiter: 'windows' });

/** CSV (RFC 4180: comma, quotes where needed, CRLF) with a header row; no value is an empty cell. */
export const csv: RecordFormat = {
  head: () => rowsOf([names]),
  records: (records) =>
    rowsOf(records.map((record) => names.map((name) => guarded(columns[name]?.(record) ?? null)))),
  tail: () => '',
};
