import type { Table, TableRow } from '../../map/table.ts';
import { lined } from '../parts/lined.ts';
import { type Column, state, table } from '../parts/parts.ts';
import type { Html } from '../route.ts';

interface Row {
  readonly at: number;
  readonly mark: TableRow['mark'];
  readonly of: (key: string) => string;
}

const rowsOf = ({ columns, rows }: Table): readonly Row[] =>
  rows.map(({ cells, mark }, at) => ({
    at,
    mark,
    of: (key) => cells[columns.findIndex((one) => one.key === key)] ?? '',
  }));

const named = (word: string, text: string): string => (text === '' ? '' : `${word} ${text}`);

const outcome = ({ of, mark }: Row): string | Html => {
  const words = of('outcome');
  if (words === '') return '';
  return mark === 'struck' || mark === 'locked' ? state('not met', words) : words;
};

const sides = ({ of, mark }: Row): string | Html =>
  mark === 'warning' ? state('not met', of('match')) : of('match');

const asked = (
  head: string,
  ask: ((at: number) => Html) | undefined,
  at: (row: Row) => number,
): readonly Column<Row>[] => (ask === undefined ? [] : [{ head, cell: (row) => ask(at(row)) }]);

/** Every row of the custody, with what belongs together in one cell: fourteen columns are no table that anyone reads. */
export const custodyTwin = (of: Table, recall: ((n: number) => Html) | undefined): Html =>
  table<Row>({
    caption: of.caption,
    rows: rowsOf(of),
    none: 'Nothing is on record of this case yet.',
    columns: [
      { head: 'Row, day', cell: ({ of: cell }) => lined([cell('row'), cell('day')]) },
      { head: 'Act', cell: (row) => lined([row.of('act'), row.of('cite'), outcome(row)]) },
      {
        head: 'From, to',
        cell: ({ of: cell }) => lined([cell('from'), named('to', cell('to')), named('arrow', cell('arrow'))]),
      },
      { head: 'Items', cell: ({ of: cell }) => cell('items') },
      { head: 'By', cell: ({ of: cell }) => lined(cell('by').split('; ')) },
      {
        head: 'On record as',
        cell: (row) =>
          lined([
            row.of('sent'),
            named('received as', row.of('received')),
            named('packet', row.of('packet')),
            sides(row),
          ]),
      },
      ...asked('Recall', recall, ({ of: cell }) => Number(cell('row'))),
    ],
  });

export const holdingsTwin = (of: Table, recall: ((at: number) => Html) | undefined): Html =>
  table<Row>({
    caption: of.caption,
    rows: rowsOf(of),
    none: 'Nobody holds anything in this case.',
    columns: [
      { head: 'Holder', cell: ({ of: cell }) => cell('holder') },
      { head: 'Item', cell: ({ of: cell }) => cell('item') },
      { head: 'Since', cell: ({ of: cell }) => lined([cell('from'), named('row', cell('row'))]) },
      {
        head: 'Stands',
        cell: ({ of: cell, mark }) =>
          mark === 'locked' ? state('not met', cell('standing')) : cell('standing'),
      },
      ...asked('Recall', recall, ({ at }) => at),
    ],
  });

export const timelineTwin = (of: Table): Html =>
  table<Row>({
    caption: of.caption,
    rows: rowsOf(of),
    columns: [
      { head: 'Line', cell: ({ of: cell }) => cell('line') },
      { head: 'Who', cell: ({ of: cell }) => lined([cell('who'), cell('what')]) },
      {
        head: 'Span, or act',
        cell: ({ of: cell }) =>
          lined([
            cell('day') === '' ? `held from ${cell('from')} to ${cell('to')}` : `act on ${cell('day')}`,
          ]),
      },
      {
        head: 'Stands',
        cell: ({ of: cell, mark }) =>
          mark === 'warning' ? state('not met', cell('standing')) : cell('standing'),
      },
      { head: 'Rows above', cell: ({ of: cell }) => cell('rows') },
      { head: 'On record as', cell: ({ of: cell }) => cell('entries') },
    ],
  });
