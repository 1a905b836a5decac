import type { Day } from '../ground/dates.ts';
import { type OfficeId, type RecordedEvent, caseOfEvent, officeNames, ofOffices } from './event.ts';
import { type RecordRow, stands } from './row.ts';
import { rowsOf } from './rows.ts';

export { type EntryName, type OfficeId, type RecordedEvent, officeNames } from './event.ts';
export { type Party, partyWords } from './party.ts';
export { type RecordItem } from './book.ts';
export { type RecordRow, type RowItem, type RowKind, rowKinds, stands } from './row.ts';

/** On what ground an office keeps its record. It stands at the head of every export. */
export interface Basis {
  readonly name: string;
  readonly law: string;
  readonly words: string;
}

const bases: Readonly<Record<OfficeId, Basis>> = {
  customs: {
    name: 'Record of requests and disclosures',
    law: '26 USC 6103(p)(4)(A)',
    words:
      'Kept by law: a permanent system of standardized records of any request, its reason and date, made by or of this office, and of any disclosure of return information made by or to it.',
  },
  justice: {
    name: 'Record of requests and disclosures',
    law: '26 USC 6103(p)(4)(A), as if it applied',
    words:
      'Kept as if 6103(p)(4)(A) bound this office: the paragraph names the agencies described in (l)(14), and whether that reaches Justice is open; the careful reading is taken.',
  },
  irs: {
    name: 'Log of requests and disclosures',
    law: 'policy of this office; not required by 26 USC 6103(p)(3)(A)',
    words:
      'Kept as policy, not by law: 6103(p)(3)(A) exempts disclosures under subsection (l)(14) from the accounting of the Secretary. The duty to keep a record is the receiving agency’s, 6103(p)(4)(A).',
  },
};

/** What a record is limited to. */
export interface Scope {
  readonly case?: string;
  /** What names the taxpayer in this office: the TIN with or without hyphens, or the name where the request has no TIN. */
  readonly taxpayer?: string;
  /** First and last day, both included. */
  readonly from?: Day;
  readonly to?: Day;
}

/** One office's record of requests, reasons, dates and disclosures. Holds no value of return information and no TIN in what is exported. */
export interface OfficeRecord {
  readonly office: OfficeId;
  readonly officeName: string;
  readonly basis: Basis;
  /** What it is limited to, in words; empty for the whole record. */
  readonly scope: readonly string[];
  readonly rows: readonly RecordRow[];
}

/** The account as the ledger has it. */
export const accountText = (taxpayer: string): string =>
  /^\d{2}-?\d{7}$|^\d{3}-?\d{2}-?\d{4}$/.test(taxpayer) ? taxpayer.replaceAll('-', '') : taxpayer;

/** A row shown for one taxpayer shows nothing of another. */
const narrowed = (row: RecordRow, account: string): RecordRow[] => {
  const items = row.items.filter((item) => item.account === account);
  return items.length === 0 ? [] : [items.length === row.items.length ? row : { ...row, items }];
};

/** Rows of a scope. A row and what restates it are filed together, so that no scope shows one without the other. */
export const within = (rows: readonly RecordRow[], scope: Scope): readonly RecordRow[] => {
  const { case: reference, taxpayer, from, to } = scope;
  return rows
    .filter((row) => reference === undefined || row.case === reference)
    .filter(({ filed }) => (from === undefined || from <= filed) && (to === undefined || filed <= to))
    .flatMap((row) => (taxpayer === undefined ? [row] : narrowed(row, accountText(taxpayer))));
};

/** The taxpayer is not named: the command line may have a TIN. */
const scopeWords = ({ case: reference, taxpayer, from, to }: Scope): string[] => [
  ...(reference === undefined ? [] : [`case ${reference}`]),
  ...(taxpayer === undefined ? [] : ['one taxpayer']),
  ...(from === undefined ? [] : [`from ${from}`]),
  ...(to === undefined ? [] : [`to ${to}`]),
];

/** Cases in which an act of the account is: before the request is sent, nothing of the taxpayer was asked for or disclosed. */
const casesOf = (account: string, events: readonly RecordedEvent[]): ReadonlySet<string> =>
  new Set(events.filter(({ taxpayer }) => taxpayer === account).map(caseOfEvent));

/**
 * The record of one office from its events: every log of it, of every stream, or only one account's with the case's other
 * events as `context`, which describe and make no rows. Events of other offices are left out. One taxpayer's is of the cases
 * in which an act of its account is, so that those cases' streams are enough to make it. Pure; any order of events gives the
 * same record.
 */
export const recordOf = (
  office: OfficeId,
  events: readonly RecordedEvent[],
  scope: Scope = {},
  context: readonly RecordedEvent[] = [],
): OfficeRecord => {
  const own = ofOffices(events, office);
  const rows = rowsOf(own, context);
  const { taxpayer } = scope;
  const cases = taxpayer === undefined ? undefined : casesOf(accountText(taxpayer), [...own, ...context]);
  return {
    office,
    officeName: officeNames[office],
    basis: bases[office],
    scope: scopeWords(scope),
    rows: within(cases === undefined ? rows : rows.filter((row) => cases.has(row.case)), scope),
  };
};

/** What 6103(p)(4)(A) asks for: requests with their reasons, dates and answers, and disclosures, as they stand. */
export const statutoryRows = (record: OfficeRecord): readonly RecordRow[] =>
  record.rows.filter((row) => stands(row) && ['request', 'answer', 'disclosure'].includes(row.kind));

export const disclosures = (
  record: OfficeRecord,
  direction?: 'by this office' | 'to this office',
): readonly RecordRow[] =>
  record.rows.filter(
    (row) =>
      row.kind === 'disclosure' && stands(row) && (direction === undefined || row.direction === direction),
  );
