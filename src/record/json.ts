import { canonicalJson } from '../ground/canonical.ts';
import type { OfficeRecord } from './record.ts';
import type { RecordRow } from './row.ts';

/** What stands in every row of the JSON, in this one form: nothing is left out, what does not apply is null or empty. */
const rowJson = ({ filed: _filed, items, restates, corrected, time, ...row }: RecordRow) => ({
  ...row,
  hour: new Date(time * 1000).toISOString(),
  items: items.map(({ account: _account, ...item }) => item),
  restates: restates ?? null,
  corrected: corrected ?? null,
});

/** The record as one line of canonical JSON (RFC 8785), so that one record has one digest. */
export const recordJson = ({ office, officeName, basis, scope, rows }: OfficeRecord): string =>
  `${canonicalJson({ waybill: 'record/1', office, officeName, basis, scope, rows: rows.map(rowJson) })}\n`;
