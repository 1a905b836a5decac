import { accountName } from '../casework/acts/events.ts';
import { type Book, type CaseBook, bookOf, caseIn, itemIn } from './book.ts';
import {
  type RecordedEvent,
  caseOfEvent,
  dayOfEvent,
  entryName,
  inOrder,
  textAt,
  textsAt,
  valueAt,
} from './event.ts';
import { columnsOf } from './kinds.ts';
import { actorOf } from './party.ts';
import type { RecordRow, RowItem } from './row.ts';
import { restate } from './restate.ts';

/** The items that an event is about: its own, or those that its body lists. */
const itemsOf = ({ item, data }: RecordedEvent): readonly string[] => {
  if (item !== undefined) return [item];
  const proposed = textsAt(data, 'proposal', 'items');
  return proposed.length > 0 ? proposed : textsAt(data, 'items');
};

/** Of an event with one item the ledger knows the account; otherwise it follows from the request. */
const accountOf = (event: RecordedEvent, taxpayer: string, book: CaseBook): string => {
  const known = book.taxpayers.get(taxpayer);
  return (
    (event.item === undefined ? undefined : event.taxpayer) ?? (known === undefined ? '' : nameOf(known))
  );
};

const nameOf = ({ tin, name }: { readonly tin: string; readonly name: string }): string =>
  accountName({ name, tin: tin === '' ? undefined : tin });

const rowItem = (event: RecordedEvent, book: Book, id: string): RowItem => {
  const reference = caseOfEvent(event);
  const { purpose: _purpose, necessity: _necessity, ...item } = itemIn(book, reference, id);
  return { ...item, account: accountOf(event, item.taxpayer, caseIn(book, reference)) };
};

/** What was received is recorded under (p)(4)(A); disclosed it was under the paragraph that came with it, or (a). */
const paragraphOf = ({ kind, cite, log, data }: RecordedEvent): string =>
  kind === 'item-received' ? textAt(data, 'conditions', 'cite') || (log === 'customs' ? '(a)' : '(g)') : cite;

const rowOf = (event: RecordedEvent, book: Book, question: unknown): RecordRow => {
  const reference = caseOfEvent(event);
  const date = dayOfEvent(event);
  const by = actorOf(event);
  const { purpose, necessity } = itemIn(book, reference, event.item ?? '');
  const asked = [purpose, necessity].filter((text) => text !== '').join(' ');
  return {
    entry: { log: event.log, seq: event.seq },
    event: event.kind,
    date,
    time: event.time,
    case: reference,
    items: itemsOf(event).map((id) => rowItem(event, book, id)),
    by,
    cite: event.cite,
    paragraph: paragraphOf(event),
    packet: event.packet ?? '',
    restates: undefined,
    corrected: undefined,
    filed: date,
    ...columnsOf({ event, by, book: caseIn(book, reference), asked, question }),
  };
};

/**
 * A row for every event and no other, in the order of the entries, and after each correcting entry the row that restates
 * what it corrects. `context` are further events that only describe: the case’s stream, where `events` are one account’s.
 */
export const rowsOf = (
  events: readonly RecordedEvent[],
  context: readonly RecordedEvent[] = [],
): readonly RecordRow[] => {
  const book = bookOf(inOrder([...context, ...events]));
  const questions = new Map(
    [...context, ...events]
      .filter(({ kind }) => kind === 'may-i-answered')
      .map(({ log, act, data }) => [`${log}/${act}`, data]),
  );
  let rows: RecordRow[] = [];
  const seen = new Set<string>();
  for (const event of inOrder(events)) {
    if (seen.has(entryName(event))) continue;
    seen.add(entryName(event));
    const row = rowOf(event, book, questions.get(`${event.log}/${event.act}`));
    if (event.kind !== 'entry-corrected' || event.data === null) rows.push(row);
    else {
      const { data } = event;
      rows = restate(rows, row, Number(valueAt(data, 'seq')), valueAt(data, 'says'), textAt(data, 'reason'));
    }
  }
  return rows;
};
