import { standing } from './boxes.ts';
import { cablingOf } from './cables.ts';
import type { Actor, Chain, Drawing, Hop, Note } from './chain.ts';
import { officeNames } from './holders.ts';
import type { Table, TableRow } from './table.ts';
import { deedOf, entriesWords, holderWords, numbersOf, outcomeWords, packetWords } from './words.ts';

const actorWords = ({ office, name, title }: Actor, { redacted = false }: Drawing): string =>
  [officeNames[office], title, redacted ? '' : name].filter((one) => one !== '').join(', ');

const markOf = ({ outcome, match }: Hop): Pick<TableRow, 'mark'> => {
  if (outcome === 'refused') return { mark: 'struck' };
  if (outcome === 'locked') return { mark: 'locked' };
  return match === 'unmatched' ? { mark: 'warning' } : {};
};

const matchWords: Readonly<Record<Hop['match'], string>> = {
  matched: 'matched',
  unmatched: 'UNMATCHED',
  'one side': 'other side not read',
  within: '',
};

const columns = [
  { key: 'row', head: 'Row', leads: true },
  { key: 'day', head: 'Day', leads: true },
  { key: 'cite', head: 'Paragraph', leads: true },
  { key: 'act', head: 'Act', leads: true },
  { key: 'outcome', head: 'Outcome', leads: true },
  { key: 'arrow', head: 'arrow' },
  { key: 'from', head: 'from' },
  { key: 'to', head: 'to' },
  { key: 'items', head: 'items' },
  { key: 'packet', head: 'packet' },
  { key: 'sent', head: 'entries' },
  { key: 'received', head: 'received as' },
  { key: 'match', head: 'sides' },
  { key: 'by', head: 'by' },
] as const;

type Cells = Readonly<Record<(typeof columns)[number]['key'], string>>;

const cellsOf = (cells: Cells): readonly string[] => columns.map(({ key }) => cells[key]);

const acted = (hop: Hop): string => {
  const wanted = hop.kind === 'question' && hop.note !== '' ? ` for ${hop.note}` : '';
  return `${deedOf(hop)}${wanted || (hop.note === '' ? '' : `: ${hop.note}`)}`;
};

/** Every row of the chain in the order of time, and who holds what. The twin of `custodyMap`: whatever that draws is said here. */
export const custodyTable = (
  chain: Chain,
  drawing: Drawing = {},
): { readonly rows: Table; readonly holdings: Table } => {
  const { cableOf } = cablingOf(chain);
  const numbers = numbersOf(chain.holders);
  const holder = (id: string): string => holderWords(chain.holders.get(id), numbers, drawing);
  const hopRow = (hop: Hop): TableRow => ({
    id: `row-${hop.n}`,
    ...markOf(hop),
    cells: cellsOf({
      row: `${hop.n}`,
      day: hop.on,
      cite: hop.cite,
      act: acted(hop),
      outcome: outcomeWords[hop.outcome],
      arrow: `${cableOf.get(hop.n) ?? ''}`,
      from: holder(hop.from),
      to: hop.to === hop.from ? '' : holder(hop.to),
      items: hop.items.join(', '),
      packet: packetWords(hop),
      sent: entriesWords(hop.sent),
      received: hop.match === 'within' ? '' : entriesWords(hop.received),
      match: matchWords[hop.match],
      by: [hop.by, ...(hop.receivedBy === undefined ? [] : [hop.receivedBy])]
        .map((one) => actorWords(one, drawing))
        .join('; '),
    }),
  });
  const noteRow = (note: Note): TableRow => ({
    id: `row-${note.n}`,
    cells: cellsOf({
      row: `${note.n}`,
      day: note.on,
      cite: note.cite,
      act: note.note,
      outcome: '',
      arrow: '',
      from: '',
      to: '',
      items: note.items.join(', '),
      packet: '',
      sent: entriesWords(note.entries),
      received: '',
      match: '',
      by: actorWords(note.by, drawing),
    }),
  });
  return {
    rows: {
      caption: `Custody${chain.case === '' ? '' : ` of ${chain.case}`}: every entry, in the order of time`,
      columns,
      rows: [
        ...chain.hops.map((hop) => ({ n: hop.n, row: hopRow(hop) })),
        ...chain.notes.map((note) => ({ n: note.n, row: noteRow(note) })),
      ]
        .sort((a, b) => a.n - b.n)
        .map(({ row }) => row),
    },
    holdings: {
      caption: 'Who holds what',
      columns: [
        { key: 'holder', head: 'Holder', leads: true },
        { key: 'item', head: 'item' },
        { key: 'from', head: 'from' },
        { key: 'row', head: 'row' },
        { key: 'standing', head: 'stands' },
      ],
      rows: chain.holdings.map((one, at) => ({
        id: `holding-${at + 1}`,
        ...(one.locked ? ({ mark: 'locked' } as const) : {}),
        cells: [holder(one.holder), one.item, one.from, `${one.by}`, standing(one)],
      })),
    },
  };
};
