import type { Happened } from '../casework/acts/events.ts';
import { type Person, type Title, foldPeople } from '../casework/acts/people.ts';
import type { Day } from '../ground/dates.ts';
import type { ChainEvent, EventsByOffice, OfficeId } from './chain.ts';
import { plain } from './plain.ts';
import { day, text } from './read.ts';

/** A title, an engagement or a paper, from its first day to its last; without a last one it goes on. */
export interface Span {
  readonly office: OfficeId;
  /** Id and name of the person; of a paper, the name it is about. */
  readonly person: string;
  readonly name: string;
  readonly kind: 'title' | 'engagement' | 'paper';
  /** The title; `engaged, (g)`; the kind of paper. */
  readonly what: string;
  readonly from: Day;
  readonly to: Day | undefined;
}

export const ENGAGED = 'engaged, (g)';

const ofPerson =
  (office: OfficeId) =>
  ({ id, name, titles }: Person): readonly Span[] =>
    titles.map(({ title, from, to }: Title) => ({
      office,
      person: plain(id),
      name: plain(name),
      kind: 'title',
      what: plain(title),
      from,
      to,
    }));

const dayBefore = (one: Day): Day | undefined =>
  day({ on: Temporal.PlainDate.from(one).subtract({ days: 1 }).toString() }, 'on');

const personOf = (data: unknown): string =>
  text(data, 'person') || text(data, 'person', 'name') || text(data, 'person', 'id');

/** Engagements and papers of one office: what was begun and not ended goes on. */
const ofCase = (office: OfficeId, events: readonly ChainEvent[]): readonly Span[] => {
  const open = new Map<string, Span>();
  const past: Span[] = [];
  const begin = (key: string, span: Span): void => {
    const before = open.get(key);
    if (before !== undefined) past.push(before);
    open.set(key, span);
  };
  const end = (key: string, to: Day | undefined): void => {
    const span = open.get(key);
    if (span !== undefined && to !== undefined && (span.to === undefined || to < span.to))
      open.set(key, { ...span, to });
  };
  for (const { kind, data } of events) {
    const from = day(data, 'from') ?? day(data, 'on');
    if (from === undefined) continue;
    const person = personOf(data);
    if (kind === 'person-engaged')
      begin(`engaged ${person}`, {
        office,
        person,
        name: person,
        kind: 'engagement',
        what: ENGAGED,
        from,
        to: day(data, 'to'),
      });
    if (kind === 'person-disengaged') end(`engaged ${person}`, dayBefore(from));
    if (kind === 'paper-filed') {
      const of = text(data, 'of');
      begin(`paper ${text(data, 'paper')}`, {
        office,
        person: of,
        name: of,
        kind: 'paper',
        what: text(data, 'kind'),
        from,
        to: day(data, 'to'),
      });
    }
    if (kind === 'paper-withdrawn') end(`paper ${text(data, 'paper')}`, day(data, 'on'));
  }
  return [...past, ...open.values()];
};

/**
 * Life spans for the timeline: titles from each office’s stream `people`, engagements and papers from the case. The
 * list of those engaged may have ids of the directory or names.
 */
export const spansOfCase = (people: EventsByOffice, events: EventsByOffice): readonly Span[] => {
  const offices = ['irs', 'customs', 'justice'] as const;
  const titles = offices.flatMap((office) =>
    [...foldPeople(titleEvents(people[office] ?? [])).values()].flatMap(ofPerson(office)),
  );
  const names = new Map(titles.map(({ office, person, name }) => [`${office}|${person}`, name]));
  const rest = offices.flatMap((office) => ofCase(office, events[office] ?? []));
  return [
    ...titles,
    ...rest.map((span) => ({ ...span, name: names.get(`${span.office}|${span.person}`) ?? span.name })),
  ];
};

const known = new Set(['person-added', 'title-given', 'title-ended']);

/** A directory may hold acts that a later version brings; the timeline needs only these. */
const titleEvents = (events: readonly ChainEvent[]): readonly Happened[] =>
  events
    .filter(({ kind }) => known.has(kind))
    .map(({ kind, data }) => ({ kind, data: (data ?? null) as Happened['data'] }));
