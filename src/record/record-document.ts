import { type RecordDocument, type Section, cell } from './document.ts';
import { entryName } from './event.ts';
import { isNobody, partyWords } from './party.ts';
import type { OfficeRecord } from './record.ts';
import { type RecordRow, type RowItem, type RowKind, stands } from './row.ts';

const dateCell = ({ date, entry, restates, corrected }: RecordRow): string =>
  cell(
    date,
    entryName(entry),
    restates === undefined ? '' : `restates ${entryName(restates)}`,
    corrected === undefined ? '' : `corrected by ${entryName(corrected)}`,
  );

const itemLines = ({ id, what, taxpayer, taxpayerName, period }: RowItem): string[] => [
  what === id ? id : `${id}: ${what}`,
  [taxpayer, taxpayerName].filter((text) => text !== '').join(', '),
  period,
];

const itemCell = ({ case: reference, items }: RecordRow): string =>
  cell(reference, ...items.flatMap(itemLines));

const partyCell = (party: RecordRow['to']): string => cell(partyWords(party), party.address);

const whyCell = ({ why, note }: RecordRow): string => cell(why, note);

const DATE = { title: 'Date, entry', share: 0.17 } as const;

const requests = (rows: readonly RecordRow[]): Omit<Section, 'heading' | 'count'> => ({
  columns: [
    DATE,
    { title: 'Item, taxpayer, period', share: 0.25 },
    { title: 'What was done', share: 0.12 },
    { title: 'By whom, of whom', share: 0.2 },
    { title: 'Reason', share: 0.26 },
  ],
  rows: rows.map((row) => [
    dateCell(row),
    itemCell(row),
    row.act,
    cell(`by ${partyWords(row.from)}`, `${row.kind === 'answer' ? 'to' : 'of'} ${partyWords(row.to)}`),
    whyCell(row),
  ]),
});

const disclosed = (rows: readonly RecordRow[]): Omit<Section, 'heading' | 'count'> => ({
  columns: [
    DATE,
    { title: 'What: item, taxpayer, period', share: 0.23 },
    { title: 'From', share: 0.16 },
    { title: 'To', share: 0.16 },
    { title: 'Under', share: 0.08 },
    { title: 'Why', share: 0.2 },
  ],
  rows: rows.map((row) => [
    dateCell(row),
    itemCell(row),
    partyCell(row.from),
    partyCell(row.to),
    cell(row.paragraph),
    whyCell(row),
  ]),
});

const others = (rows: readonly RecordRow[]): Omit<Section, 'heading' | 'count'> => ({
  columns: [
    DATE,
    { title: 'Act', share: 0.18 },
    { title: 'Case, item', share: 0.21 },
    { title: 'By', share: 0.18 },
    { title: 'Why, and what else', share: 0.26 },
  ],
  rows: rows.map((row) => [
    dateCell(row),
    cell(row.act, row.cite, isNobody(row.to) ? '' : `for ${partyWords(row.to)}`),
    itemCell(row),
    partyCell(row.by),
    whyCell(row),
  ]),
});

type Form = (rows: readonly RecordRow[]) => Omit<Section, 'heading' | 'count'>;

const sections: readonly (readonly [string, Form, (row: RecordRow) => boolean])[] = [
  ['Requests and their answers', requests, ({ kind }) => kind === 'request' || kind === 'answer'],
  ['Disclosures to this office', disclosed, (row) => isDisclosure(row, 'to this office')],
  ['Disclosures by this office', disclosed, (row) => isDisclosure(row, 'by this office')],
  ['Looks and uses', others, ({ kind }) => kind === 'look' || kind === 'use'],
  ['Questions asked, and bars', others, ({ kind }) => kind === 'question' || kind === 'bar'],
  ['Recalls and end of use', others, ({ kind }) => kind === 'recall' || kind === 'end of use'],
  ['Incidents', others, ({ kind }) => kind === 'incident'],
  ['Corrections', others, ({ kind }) => kind === 'correction'],
  ['Other acts on record', others, ({ kind }) => rest.has(kind)],
];

const isDisclosure = (row: RecordRow, direction: RecordRow['direction']): boolean =>
  row.kind === 'disclosure' && row.direction === direction;

const rest: ReadonlySet<RowKind> = new Set([
  'paper',
  'engagement',
  'audit',
  'case',
  'directory',
  'packet',
  'other',
]);

/** What was corrected is shown, and not counted. */
const countOf = (rows: readonly RecordRow[]): string => {
  const corrected = rows.filter((row) => !stands(row)).length;
  return corrected === 0 ? String(rows.length) : `${rows.length - corrected}, and ${corrected} corrected`;
};

/** The record to be read: each row once, in the section that it belongs to. */
export const recordDocument = ({ basis, officeName, scope, rows }: OfficeRecord): RecordDocument => ({
  title: basis.name,
  office: officeName,
  law: basis.law,
  words: [
    basis.words,
    scope.length === 0 ? 'All that this office has recorded.' : `Limited to ${scope.join(', ')}.`,
    'No value of return information and no taxpayer’s number stands here. A row that was corrected stays, and names the entry that corrects it; the row restated names the entry that it restates.',
  ],
  notice: 'Names taxpayers: for official use. Holds no value of return information.',
  sections: sections.map(([heading, form, has]) => {
    const own = rows.filter(has);
    return { heading, count: countOf(own), ...form(own) };
  }),
});
