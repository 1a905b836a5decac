import { type Chain, type ChainAct, type EventsByOffice, type Hop, type Note, officeIds } from './chain.ts';
import { crossingsOf } from './crossings.ts';
import { Holders, toOf } from './holders.ts';
import { holdingsOf } from './holdings.ts';
import { type Unnumbered, crossingHop, localRows } from './hops.ts';
import { plain } from './plain.ts';
import { type Told, entriesOf, groupBy, told } from './read.ts';

/** Hours of two offices may differ by a little, so a reader goes by rows; within a log its own order decides. */
const byTime = (a: Told, b: Told): number =>
  a.at - b.at ||
  officeIds.indexOf(a.office) - officeIds.indexOf(b.office) ||
  (a.event.log < b.event.log ? -1 : a.event.log > b.event.log ? 1 : a.event.seq - b.event.seq);

const isHop = <Row extends Unnumbered>(row: Row): row is Extract<Row, { outcome: unknown }> =>
  'outcome' in row;

const entriesIn = (row: Unnumbered) => (isHop(row) ? [...row.sent, ...row.received] : row.entries);

const firstOf = (row: Unnumbered): number => entriesIn(row)[0]?.seq ?? 0;

const keyOf = ({ office, log, seq }: { office: string; log: string; seq: number }): string =>
  `${office}|${log}|${seq}`;

const actsOf = (all: readonly Told[], rows: readonly (Hop | Note)[]): readonly ChainAct[] => {
  const rowsOf = new Map<string, Hop | Note>();
  for (const row of rows) for (const entry of entriesIn(row)) rowsOf.set(keyOf(entry), row);
  return [...groupBy(all, ({ office, event }) => `${office}|${event.act}`).values()].flatMap((act) => {
    const [first] = act;
    const entries = entriesOf(act);
    const found = [...new Set(entries.flatMap((entry) => rowsOf.get(keyOf(entry)) ?? []))];
    return first === undefined
      ? []
      : [
          {
            by: first.by,
            on: first.on,
            at: first.at,
            entries,
            rows: found.map(({ n }) => n),
            touchesItems: found.some((row) => isHop(row) && row.items.length > 0),
          },
        ];
  });
};

/**
 * The custody of a case, from the events of each office that was read: the streams of the case, with the packets sent and
 * received. What the IRS's review recorded is left out: the picture is shown to others, and a bar must not be read from it.
 */
export const chainOfCase = (events: EventsByOffice): Chain => {
  const read = officeIds.filter((office) => events[office] !== undefined);
  const all = read
    .flatMap((office) =>
      (events[office] ?? []).filter(({ log }) => log !== 'irs-review').map((event) => told(office, event)),
    )
    .sort(byTime);
  const holders = new Holders();
  // Whom an answer to a recall names is known by then, whichever log tells of it first.
  for (const { event } of all) holders.recipient(toOf(event.data));
  const { crossings, local } = crossingsOf(all);
  const unnumbered: Unnumbered[] = [
    ...crossings.flatMap((crossing) => crossingHop(crossing, holders, read)),
    ...localRows(local, holders, read),
  ];
  const rows = unnumbered
    .sort(
      (a, b) =>
        a.at - b.at ||
        officeIds.indexOf(a.by.office) - officeIds.indexOf(b.by.office) ||
        firstOf(a) - firstOf(b),
    )
    .map((row, at): Hop | Note => ({ ...row, n: at + 1 }));
  const hops = rows.filter(isHop);
  const inHops = new Set(hops.flatMap(({ from, to }) => [from, to]));
  return {
    case: plain(all.find(({ event }) => event.case !== undefined)?.event.case ?? ''),
    read,
    holders: new Map([...holders.all].filter(([id]) => inHops.has(id))),
    hops,
    notes: rows.filter((row): row is Note => !isHop(row)),
    holdings: holdingsOf(hops, holders.all),
    acts: actsOf(all, rows),
  };
};
