import type { AccountingRow } from './accounting.ts';
import { type RecordDocument, type Section, cell } from './document.ts';
import { type OfficeId, entryName, officeNames } from './event.ts';
import type { FtiLogRow } from './fti-log.ts';
import type { AnnualSummary, Counts } from './summary.ts';

/** The holder’s log of federal tax information, to be read. */
export const ftiDocument = (office: OfficeId, rows: readonly FtiLogRow[]): RecordDocument => ({
  title: 'Log of federal tax information',
  office: officeNames[office],
  law: 'IRS Publication 1075; 26 USC 6103(p)(4)',
  notice: 'Holds no tax information and names no taxpayer.',
  words: ['The log names no taxpayer and holds no tax information. It is kept five years at least.'],
  sections: [
    {
      heading: 'Items received',
      columns: [
        { title: 'Taxpayer id, years', share: 0.2 },
        { title: 'Type, reason', share: 0.22 },
        { title: 'Requested, received', share: 0.15 },
        { title: 'Exact location, who has access', share: 0.27 },
        { title: 'Disposal', share: 0.16 },
      ],
      rows: rows.map((row) => [
        cell(row.taxpayer, row.years, entryName(row.entry)),
        cell(row.type, row.reason),
        cell(row.requested, row.received),
        cell(row.location, row.access),
        cell(row.disposed, row.method) || 'held',
      ]),
    },
  ],
});

/** The accounting under the Privacy Act, to be read. */
export const accountingDocument = (rows: readonly AccountingRow[]): RecordDocument => ({
  title: 'Accounting of disclosures about individuals',
  office: officeNames.customs,
  law: '5 USC 552a(c)',
  notice: 'Names individuals: for official use.',
  words: [
    'Date, nature and purpose of each disclosure, and name and address of the person or agency to whom it was made. Kept five years or for the life of the record, whichever is longer. Where the request does not tell whether a taxpayer is an individual, the disclosure is accounted for all the same.',
  ],
  sections: [
    {
      heading: 'Disclosures',
      columns: [
        { title: 'Date, entry', share: 0.17 },
        { title: 'Individual', share: 0.17 },
        { title: 'Nature', share: 0.23 },
        { title: 'Purpose', share: 0.2 },
        { title: 'To whom, address', share: 0.23 },
      ],
      rows: rows.map((row) => [
        cell(row.date, entryName(row.entry)),
        cell(row.individual, row.isIndividual === 'yes' ? '' : 'whether an individual: not stated'),
        cell(row.nature),
        cell(row.purpose),
        cell(row.recipient, row.address),
      ]),
    },
  ],
});

const numbers = (heading: string, of: string, counts: Counts): Section => ({
  heading,
  count: '',
  columns: [
    { title: of, share: 0.7 },
    { title: 'Number', share: 0.3, numbers: true },
  ],
  rows: Object.entries(counts).map(([name, count]) => [cell(name), String(count)]),
});

const hour = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A year in numbers, to be read. */
export const summaryDocument = (summary: AnnualSummary): RecordDocument => ({
  title: `Annual summary ${summary.year}`,
  office: summary.officeName,
  law: summary.basis.law,
  notice: 'Numbers only: names no taxpayer.',
  words: [summary.basis.words],
  sections: [
    numbers('The year', 'What', {
      'Items requested': summary.requests,
      'Disclosures to this office': summary.disclosuresTo,
      'Disclosures by this office': summary.disclosuresBy,
      'Taxpayers concerned': summary.taxpayers,
      'Attempts refused': summary.refused.length,
      'Recalls open': summary.openRecalls.length,
      'Incidents reported late': summary.lateIncidents.length,
    }),
    numbers('Disclosures by paragraph', 'Paragraph', summary.byParagraph),
    numbers('Disclosures by month', 'Month', summary.byMonth),
    numbers('All rows by kind', 'Kind', summary.byKind),
    {
      heading: 'Recalls open',
      columns: [
        { title: 'Entry, since', share: 0.3 },
        { title: 'Case, item', share: 0.35 },
        { title: 'Who has not answered', share: 0.35 },
      ],
      rows: summary.openRecalls.map((one) => [
        cell(entryName(one.entry), hour(one.since)),
        cell(one.case, one.item),
        cell(one.holder),
      ]),
    },
    {
      heading: 'Incidents reported late',
      columns: [
        { title: 'Entry', share: 0.3 },
        { title: 'Due', share: 0.35 },
        { title: 'Reported', share: 0.35 },
      ],
      rows: summary.lateIncidents.map((one) => [entryName(one.entry), hour(one.due), hour(one.reported)]),
    },
    {
      heading: 'Attempts refused',
      columns: [{ title: 'Entry', share: 1 }],
      rows: summary.refused.map((entry) => [entryName(entry)]),
    },
  ],
});
