import type { Column, Row, TableBlock } from './block.ts';
import type { DisclosedItem, LetterItem, ReturnedItem } from './input.ts';
import { count, formWords, periodWords, readable, taxpayerWords, valueWords } from './words.ts';

/** The one answer for every item that is not disclosed, whatever the cause: a second wording would tell the causes apart. */
export const notDisclosed = 'not disclosed';

const item: readonly Column[] = [
  { title: 'No.', share: 0.065 },
  { title: 'Taxpayer', share: 0.245 },
  { title: 'Form and line', share: 0.14 },
  { title: 'Item', share: 0.235 },
  { title: 'Taxable period', share: 0.145 },
];

const cellsOf = (one: LetterItem): string[] => [
  String(one.number),
  taxpayerWords(one.taxpayer),
  formWords(one),
  readable(one.caption),
  periodWords(one.period),
];

export const disclosedTable = (items: readonly DisclosedItem[]): TableBlock => ({
  kind: 'table',
  columns: [...item, { title: 'Value as filed', share: 0.17, numbers: true }],
  rows: items.flatMap(disclosedRows),
});

const disclosedRows = (one: DisclosedItem): Row[] => {
  const cells = cellsOf(one);
  const { values } = one;
  if ('inExtract' in values)
    return [{ cells: [...cells, `${count(values.inExtract, 'value')}, in the extract`] }];
  const [first, second] = values;
  if (second === undefined) {
    const where = first.document === undefined ? '' : `\n${readable(first.document)}`;
    return [{ cells: [...cells.with(3, `${cells[3] ?? ''}${where}`), valueWords(first.value, one.unit)] }];
  }
  const of = `Item ${one.number}, continued: ${[formWords(one), readable(one.caption)].join(', ').replace('\n', ', ')}`;
  return [
    { cells: [...cells, `${count(values.length, 'value')}, listed below`] },
    ...values.map((value, index) => ({
      cells: [
        `${one.number}.${index + 1}`,
        '',
        '',
        value.document === undefined ? `Value ${index + 1}` : readable(value.document),
        '',
        valueWords(value.value, one.unit),
      ],
      of,
    })),
  ];
};

/** The item in one cell: form and line on one line. */
const requested = ([taxpayer = '', form = '', caption = '', period = '']: readonly string[]): string =>
  [taxpayer, form.replace('\n', ', '), caption, period].join('\n');

export const returnedTable = (items: readonly ReturnedItem[]): TableBlock => ({
  kind: 'table',
  columns: [
    { title: 'No.', share: 0.065 },
    { title: 'Item requested', share: 0.415 },
    { title: 'Paragraph', share: 0.12 },
    { title: 'What to mend', share: 0.4 },
  ],
  rows: items.flatMap((one) => {
    const [number = '', ...rest] = cellsOf(one);
    return one.reasons.map(({ cite, reason, cure }, index) => ({
      cells: [
        number,
        index === 0 ? requested(rest) : '',
        readable(cite),
        [reason, cure ?? '']
          .map(readable)
          .filter((line) => line !== '')
          .join('\n'),
      ],
    }));
  }),
});

export const notDisclosedTable = (items: readonly LetterItem[]): TableBlock => ({
  kind: 'table',
  columns: [...item, { title: 'Answer', share: 0.17 }],
  rows: items.map((one) => ({ cells: [...cellsOf(one), notDisclosed] })),
});
