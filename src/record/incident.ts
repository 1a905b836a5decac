import { bookOf, caseIn } from './book.ts';
import {
  type EntryName,
  type RecordedEvent,
  caseOfEvent,
  dayOfEvent,
  entryName,
  inOrder,
  ofOffices,
  officeNames,
  textAt,
  valueAt,
} from './event.ts';
import { type Party, actorOf, isNobody, partyOf, partyWords } from './party.ts';

/** What the incident report asks of the log. */
export interface Affected {
  readonly case: string;
  /** Every item of the case where left out. */
  readonly items?: readonly string[];
  /** POSIX seconds, both included; without them, all time. */
  readonly from?: number;
  readonly to?: number;
}

/** One time that somebody had an item before them, as the log shows it. */
export interface Access {
  readonly entry: EntryName;
  readonly date: string;
  readonly time: number;
  readonly case: string;
  readonly item: string;
  readonly who: Party;
  readonly how: string;
}

/** One person, and how often. */
export interface AccessOf {
  readonly who: string;
  readonly times: number;
  readonly first: string;
  readonly last: string;
  readonly items: readonly string[];
}

export interface AccessReport {
  readonly accesses: readonly Access[];
  readonly people: readonly AccessOf[];
  /** Who could have had access, whether or not the log shows a look: titles designated, (b)(4), and people engaged, (g). */
  readonly entitled: readonly string[];
}

const done: Readonly<Record<string, string>> = {
  'item-answered': 'released it',
  'item-received': 'received it',
  'item-opened': 'opened it',
  'item-used': 'used it',
  'item-used-for-6103i': 'used it to comply with 6103(i)',
  'item-disclosed': 'disclosed it',
  'item-referred': 'referred it to Justice',
};

const given: Readonly<Record<string, string>> = {
  'item-disclosed': 'was shown it',
  'item-referred': 'was given it by referral',
};

/** An item that was asked for and not disclosed was in nobody's hands. */
const touches = ({ kind, data }: RecordedEvent): boolean =>
  Object.hasOwn(done, kind) && ['', 'disclosed'].includes(textAt(data, 'outcome'));

const accessesOf = (event: RecordedEvent): Access[] => {
  const { log, seq, kind, time, item = '', data } = event;
  const access = { entry: { log, seq }, date: dayOfEvent(event), time, case: caseOfEvent(event), item };
  const person = partyOf(valueAt(data, 'to'));
  const to = kind === 'item-referred' ? { ...person, capacity: '', office: officeNames.justice } : person;
  return [
    { ...access, who: actorOf(event), how: done[kind] ?? '' },
    ...(given[kind] === undefined || isNobody(person) ? [] : [{ ...access, who: to, how: given[kind] }]),
  ];
};

const byPerson = (accesses: readonly Access[]): AccessOf[] => {
  const people = new Map<string, Access[]>();
  for (const access of accesses) {
    const who = partyWords(access.who);
    people.set(who, [...(people.get(who) ?? []), access]);
  }
  return [...people].map(([who, all]) => ({
    who,
    times: all.length,
    first: all[0]?.date ?? '',
    last: all.at(-1)?.date ?? '',
    items: [...new Set(all.map(({ item }) => item))].sort(),
  }));
};

const entitledTo = (events: readonly RecordedEvent[], reference: string): string[] => {
  const engaged = events
    .filter(({ kind }) => kind === 'person-engaged')
    .map(({ data }) => {
      const to = textAt(data, 'to');
      return `engaged at Justice from ${textAt(data, 'from')}${to === '' ? '' : ` to ${to}`}: ${textAt(data, 'person')}`;
    });
  const titles = caseIn(bookOf(events), reference).titles.map(
    (title) => `Customs title designated: ${title}`,
  );
  return [...new Set([...titles, ...engaged])];
};

/**
 * What the log shows of who had access to items in a span of time, for the report of an incident. It holds no tax
 * information: items are named by case and id. Events of several offices may be given.
 */
export const accessTo = (
  events: readonly RecordedEvent[],
  { case: reference, items, from = -Infinity, to = Infinity }: Affected,
): AccessReport => {
  const ofCase = inOrder(ofOffices(events)).filter((event) => caseOfEvent(event) === reference);
  const accesses = ofCase
    .filter(
      ({ item, time }) => item !== undefined && (items?.includes(item) ?? true) && from <= time && time <= to,
    )
    .filter(touches)
    .flatMap(accessesOf)
    .sort((a, b) => a.time - b.time);
  return { accesses, people: byPerson(accesses), entitled: entitledTo(ofCase, reference) };
};

/** The same as lines for the draft of the report. */
export const accessLines = ({ accesses, people, entitled }: AccessReport): string[] => [
  `The log shows ${accesses.length} times that somebody had an item in hand, and ${people.length} people.`,
  ...people.map(
    ({ who, times, first, last, items }) =>
      `  ${who}: ${times} (${first === last ? first : `${first} to ${last}`}), items ${items.join(', ')}`,
  ),
  ...(entitled.length === 0 ? [] : ['Entitled to access, whether or not a look is on record:']),
  ...entitled.map((one) => `  ${one}`),
  ...accesses.map(
    ({ entry, date, item, who, how }) => `  ${date}  ${entryName(entry)}  ${item}: ${partyWords(who)} ${how}`,
  ),
];
