import type { RecordFormat } from './record.ts';

/** One JSON array (RFC 8259) with one record a line; empty when there is none. */
export const json: RecordFormat = {
  head: () => '[',
  records: (records, before) =>
    records.map((record, index) => `${before + index === 0 ? '' : ','}\n${JSON.stringify(record)}`).join(''),
  tail: () => '\n]\n',
};
