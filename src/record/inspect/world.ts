import { type Book, bookOf } from '../book.ts';
import {
  type EntryName,
  type OfficeId,
  type RecordedEvent,
  caseOfEvent,
  entryName,
  inOrder,
  ofOffices,
  officeOfLog,
} from '../event.ts';
import { type Pair, pairsOf } from './pairs.ts';

/** From where on something is worth a question. Judgment is the inspector's: these may be set for each inspection. */
export interface Limits {
  /** Days within which a look is followed by a use on record. */
  readonly lookDays: number;
  /** Days within which a recall is answered. */
  readonly recallDays: number;
  /** Minutes by which an entry may be earlier than the one before it in the same log. */
  readonly clockMinutes: number;
  /** Days that a packet may be on its way. */
  readonly packetDays: number;
  /** Cases in which one person may be engaged on one day. */
  readonly engagements: number;
  /** This many refused attempts within `refusalDays` are a cluster. */
  readonly refusals: number;
  readonly refusalDays: number;
}

export const usualLimits: Limits = {
  lookDays: 30,
  recallDays: 10,
  clockMinutes: 5,
  packetDays: 7,
  engagements: 10,
  refusals: 3,
  refusalDays: 7,
};

/** All that the rules read. */
export interface World {
  readonly events: readonly RecordedEvent[];
  readonly given: ReadonlySet<OfficeId>;
  readonly book: Book;
  readonly pairs: readonly Pair[];
  /** POSIX seconds: the hour of the inspection. */
  readonly at: number;
  readonly limits: Limits;
}

/** What a rule found. The words name entries, titles and items, never a person’s name or a value. */
export interface Found {
  readonly words: string;
  readonly entries: readonly EntryName[];
}

export type Rule = (world: World) => readonly Found[];

export const DAY = 86_400;

export const worldOf = (events: readonly RecordedEvent[], at: number, limits: Limits): World => {
  const own = inOrder(ofOffices(events));
  return {
    events: own,
    given: new Set(own.flatMap(({ log }) => officeOfLog(log) ?? [])),
    book: bookOf(own),
    pairs: pairsOf(own),
    at,
    limits,
  };
};

export const named = ({ log, seq }: EntryName): EntryName => ({ log, seq });

export const found = (words: string, ...events: readonly EntryName[]): Found => ({
  words,
  entries: events.map(named),
});

/** `CBP-1/purchases` */
export const itemName = (event: RecordedEvent): string => `${caseOfEvent(event)}/${event.item ?? ''}`;

/** Groups by a key, in the order in which the keys first come. */
export const grouped = <One>(
  all: readonly One[],
  keyOf: (one: One) => string,
): readonly (readonly One[])[] => {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
};

/** The events about each item, by log, case and item. */
export const byItem = ({ events }: World): readonly (readonly RecordedEvent[])[] =>
  grouped(
    events.filter(({ item }) => item !== undefined),
    (event) => `${event.log}\n${itemName(event)}`,
  );

export const list = (entries: readonly EntryName[]): string => entries.map(entryName).join(', ');
