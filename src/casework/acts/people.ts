import { type Day, day as dayOf } from '../../ground/dates.ts';
import type { Duty, OfficeName } from './duties.ts';
import { type EventOf, type Happened, unknownEvent } from './events.ts';
import { notEntitled, shredded } from './problems.ts';

/** A title held from a day to a day, both included: access under it ends on the day after `to`. */
export interface Title {
  readonly title: string;
  readonly from: Day;
  readonly to?: Day | undefined;
  readonly duties: readonly Duty[];
  readonly capacity?: Capacity | undefined;
}

export type Capacity = 'Commissioner' | 'acting Commissioner';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly office: OfficeName;
  readonly titles: readonly Title[];
}

/** The officers of one office, in the order in which they were entered. */
export type People = ReadonlyMap<string, Person>;

/** A person who acts, under one title, on a day on which it is in force. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly office: OfficeName;
  readonly duties: readonly Duty[];
  readonly capacity?: Capacity | undefined;
  readonly from: Day;
  readonly to?: Day | undefined;
}

export type PeopleEvent =
  | EventOf<'person-added', { readonly id: string; readonly name: string; readonly office: OfficeName }>
  | EventOf<'title-given', Title & { readonly person: string }>
  | EventOf<'title-ended', { readonly person: string; readonly title: string; readonly from: Day }>;

export const initialPeople: People = new Map();

export const dayBefore = (day: Day): Day =>
  dayOf(Temporal.PlainDate.from(day).subtract({ days: 1 }).toString());

export const inForce = ({ from, to }: Pick<Title, 'from' | 'to'>, day: Day): boolean =>
  from <= day && (to === undefined || day <= to);

const ended = (title: Title, name: string, from: Day): Title =>
  title.title === name && (title.to === undefined || from <= title.to)
    ? { ...title, to: dayBefore(from) }
    : title;

export const evolvePeople = (people: People, happened: Happened): People => {
  const event = happened as PeopleEvent;
  // Without an end of a title that was recorded, the title would be in force again.
  if (event.data === null) throw shredded();
  switch (event.kind) {
    case 'person-added': {
      const { id, name, office } = event.data;
      return new Map(people).set(id, { id, name, office, titles: [] });
    }
    case 'title-given': {
      const { person: id, title, from, to, duties, capacity } = event.data;
      const person = people.get(id);
      if (person === undefined) return people;
      const given: Title = { title, from, to, duties, capacity };
      return new Map(people).set(id, { ...person, titles: [...person.titles, given] });
    }
    case 'title-ended': {
      const { person: id, title, from } = event.data;
      const person = people.get(id);
      if (person === undefined) return people;
      return new Map(people).set(id, {
        ...person,
        titles: person.titles.map((one) => ended(one, title, from)),
      });
    }
    default:
      return unknownEvent();
  }
};

export const foldPeople = (events: readonly Happened[]): People => events.reduce(evolvePeople, initialPeople);

const lapse = ({ title, from, to }: Title, day: Day): string =>
  day < from
    ? `“${title}” is held only from ${from}`
    : `“${title}” was last held on ${to ?? from}, and access ended the day after`;

/**
 * Who acts, under which title. `title` may be left out where the person holds one title only on that day. Throws
 * `not-entitled`: no such person, no title, a title lapsed or not yet begun, or several to choose from.
 */
export const actorOn = (people: People, id: string, title: string | undefined, day: Day): Actor => {
  const person = people.get(id);
  if (person === undefined)
    throw notEntitled({
      what: 'The directory has no such person.',
      where: 'person',
      cite: '(b)(4)',
      next: 'Look the id up; or have the person entered by whoever keeps the directory.',
      way: 'people',
    });
  const named = person.titles.filter((one) => title === undefined || one.title === title);
  const [held, other] = named.filter((one) => inForce(one, day));
  if (held === undefined)
    throw notEntitled({
      what:
        named.length === 0
          ? `The person holds ${title === undefined ? 'no title' : 'no such title'}.`
          : `On ${day} the person holds ${title === undefined ? 'no title' : 'this title no longer or not yet'}: ${named.map((one) => lapse(one, day)).join('; ')}.`,
      where: 'person',
      cite: '(b)(4)',
      next: 'Act under a title in force, or have one given by whoever keeps the directory.',
      way: 'people',
    });
  if (other !== undefined)
    throw notEntitled({
      what: 'The person holds several titles today, and each act is done under one.',
      where: 'person',
      cite: '(b)(4)',
      next: `Say which: ${named
        .filter((one) => inForce(one, day))
        .map((one) => `“${one.title}”`)
        .join(', ')}.`,
    });
  return { ...held, id: person.id, name: person.name, office: person.office };
};
