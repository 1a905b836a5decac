import { fieldsOf, textAt } from './event.ts';
import { partyOf } from './party.ts';
import type { RecordRow } from './row.ts';

/** What a correcting entry may say of a row, by the names that people use. Anything else is named, and not repeated. */
const columns: Readonly<
  Record<
    string,
    'date' | 'why' | 'paragraph' | 'note' | 'act' | 'period' | 'what' | 'from' | 'to' | 'address'
  >
> = {
  date: 'date',
  on: 'date',
  why: 'why',
  reason: 'why',
  purpose: 'why',
  because: 'why',
  cite: 'paragraph',
  paragraph: 'paragraph',
  note: 'note',
  act: 'act',
  period: 'period',
  what: 'what',
  from: 'from',
  to: 'to',
  recipient: 'to',
  address: 'address',
};

const said = (row: RecordRow, name: string, value: unknown): RecordRow => {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  const text = textAt({ value }, 'value');
  switch (column) {
    case 'from':
    case 'to':
      return { ...row, [column]: { ...row[column], ...filled(partyOf(value)) } };
    case 'address':
      return { ...row, to: { ...row.to, address: text } };
    case 'period':
    case 'what':
      return { ...row, items: row.items.map((item) => ({ ...item, [column]: text })) };
    case 'date':
    case 'why':
    case 'paragraph':
    case 'note':
    case 'act':
      return { ...row, [column]: text };
    case undefined: {
      // The value of a field without a column may be return information: the entry has it, the record does not.
      const words = `also corrected, as the entry says: ${name}`;
      return { ...row, note: row.note === '' ? words : `${row.note}; ${words}` };
    }
  }
};

/** Only what the correction says of a party: an address added leaves the name as it was. */
const filled = <Party extends object>(party: Party): Partial<Party> =>
  Object.fromEntries(Object.entries(party).filter(([, text]) => text !== '')) as Partial<Party>;

/**
 * The rows after a correcting entry: the row that stood for the entry corrected is marked, and stays; the correction has a
 * row of its own; and the row restated comes last. Where the entry corrected is not among the rows, only the correction is
 * added. A correction is never itself deleted: the next one restates what it said.
 */
export const restate = (
  rows: readonly RecordRow[],
  correction: RecordRow,
  seq: number,
  says: unknown,
  reason: string,
): RecordRow[] => {
  const { entry, time, by } = correction;
  const root = (row: RecordRow) => (row.restates ?? row.entry).seq;
  const meant = rows.findLast((row) => row.entry.log === entry.log && row.entry.seq === seq);
  const of = meant === undefined ? undefined : root(meant);
  const standing = rows.find(
    (row) =>
      row.corrected === undefined &&
      row.kind !== 'correction' &&
      row.entry.log === entry.log &&
      root(row) === of,
  );
  const filedWith = standing ?? meant;
  const own: RecordRow = {
    ...correction,
    why: reason,
    note: `corrects entry ${seq}${standing === undefined ? ', which is not in this record' : ''}`,
    items: filedWith?.items ?? correction.items,
    filed: filedWith?.filed ?? correction.filed,
  };
  if (standing === undefined) return [...rows, own];
  const restated = Object.entries(fieldsOf(says)).reduce(
    (row, [name, value]) => said(row, name, value),
    standing,
  );
  return [
    ...rows.map((row) => (row === standing ? { ...row, corrected: entry } : row)),
    own,
    { ...restated, entry, time, by, restates: { log: entry.log, seq: of ?? seq }, corrected: undefined },
  ];
};
