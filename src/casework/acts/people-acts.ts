import type { Day } from '../../ground/dates.ts';
import type { ActOf, PeopleAct } from './act.ts';
import { dutiesOf } from './duties.ts';
import { type CaseEvent, type Json, type When, stamp } from './events.ts';
import { type Actor, type People, type Person, type Title, evolvePeople, inForce } from './people.ts';
import { notEntitled, notInOrder, requireDuty } from './problems.ts';

const CITE = '(b)(4)';

const event = (
  kind: string,
  actor: Actor,
  when: When,
  body: { readonly [key: string]: Json | undefined },
): CaseEvent => ({
  kind,
  cite: CITE,
  data: { ...stamp(actor, when), ...body },
});

/** The first person of an office: enters themself, and keeps the directory from then on. */
export const founder = ({ id, name, office, title, from }: ActOf<'open directory'>): Actor => ({
  id,
  name,
  title,
  office,
  duties: ['keeps the directory'],
  from,
});

const personOf = (people: People, id: string): Person => {
  const person = people.get(id);
  if (person !== undefined) return person;
  throw notInOrder({
    what: 'The directory has no such person.',
    where: 'person',
    cite: CITE,
    next: 'Enter the person first.',
    way: 'add person',
  });
};

const overlap = (one: Pick<Title, 'from' | 'to'>, other: Pick<Title, 'from' | 'to'>): boolean =>
  !isEmpty(one) &&
  !isEmpty(other) &&
  (other.to === undefined || one.from <= other.to) &&
  (one.to === undefined || other.from <= one.to);

/** A title ended on the day on which it began was held on no day. */
const isEmpty = ({ from, to }: Pick<Title, 'from' | 'to'>) => to !== undefined && to < from;

const checkGiven = (people: People, person: Person, given: ActOf<'give title'>): void => {
  if (given.to !== undefined && given.to < given.from)
    throw notInOrder({
      what: 'The title would end before it begins.',
      where: 'to',
      next: 'Write as `to` the last day on which it is held.',
    });
  const foreign = given.duties.find((duty) => dutiesOf[person.office][duty] === undefined);
  if (foreign !== undefined)
    throw notInOrder({
      what: `${person.office} has no duty “${foreign}”.`,
      where: 'duties',
      next: `Choose from: ${Object.keys(dutiesOf[person.office]).join(', ')}.`,
    });
  if (given.duties.includes('signs as Commissioner') !== (given.capacity !== undefined))
    throw notInOrder({
      what: 'The capacity of Commissioner and the duty to sign as Commissioner go together.',
      where: 'capacity',
      cite: '(b)',
      next: 'Give both, or neither: a delegate does not sign (R2).',
    });
  if (person.titles.some((one) => one.title === given.title && overlap(one, given)))
    throw notInOrder({
      what: 'The person holds this title already on some of these days.',
      where: 'title',
      next: 'End the title first, or begin the new one after it.',
    });
  const seated = [...people.values()]
    .flatMap(({ titles }) => titles)
    .filter((one) => one.capacity !== undefined);
  if (given.capacity !== undefined && seated.some((one) => overlap(one, given)))
    throw notInOrder({
      what: 'On some of these days another title carries the capacity of Commissioner, and there is one at a time.',
      where: 'capacity',
      cite: '(b)',
      next: 'End that title first; an acting Commissioner signs while there is no other.',
    });
};

const isKept = (people: People, day: Day): boolean =>
  [...people.values()].some(({ titles }) =>
    titles.some(
      (one) => one.duties.includes('keeps the directory') && inForce(one, day) && one.to === undefined,
    ),
  );

const endTitle = (people: People, act: ActOf<'end title'>, actor: Actor, when: When): CaseEvent => {
  const person = personOf(people, act.person);
  const from = act.from ?? when.day;
  if (from < when.day)
    throw notInOrder({
      what: 'A title is not ended for days gone by: what was done under it on them stays done under it.',
      where: 'from',
      cite: CITE,
      next: 'End it from today, or from a later day.',
    });
  const held = person.titles.find(
    (one) => one.title === act.title && (one.to === undefined || from <= one.to),
  );
  if (held === undefined)
    throw notInOrder({
      what: 'The person does not hold this title on or after that day.',
      where: 'title',
      next: 'Look up the titles that the person holds.',
      way: 'people',
    });
  const done = event('title-ended', actor, when, { person: act.person, title: act.title, from });
  if (isKept(people, when.day) && !isKept(evolvePeople(people, done), from))
    throw notInOrder({
      what: 'Nobody would be left to keep the directory.',
      where: 'title',
      cite: CITE,
      next: 'Give another person a title with that duty, and no last day, first.',
    });
  return done;
};

/** Events of an act on the directory, or a ProblemError. For `open directory` the actor is the `founder`. */
export const decidePeople = (
  people: People,
  act: PeopleAct,
  actor: Actor,
  when: When,
): readonly [CaseEvent, ...CaseEvent[]] => {
  if (act.act === 'open directory') {
    if (people.size > 0)
      throw notEntitled({
        what: 'This directory has been opened, and is kept by someone.',
        cite: CITE,
        next: 'Ask whoever keeps it to enter you.',
        way: 'people',
      });
    const { id, name, office, title, from } = act;
    if (when.day < from)
      throw notInOrder({
        what: 'Nobody would keep the directory until that day.',
        where: 'from',
        cite: CITE,
        next: 'Open it with a title held today.',
      });
    return [
      event('person-added', actor, when, { id, name, office }),
      event('title-given', actor, when, { person: id, title, from, duties: ['keeps the directory'] }),
    ];
  }
  requireDuty(actor, when.day, 'keeps the directory');
  switch (act.act) {
    case 'add person':
      if (people.has(act.id))
        throw notInOrder({
          what: 'Another person has this id.',
          where: 'id',
          next: 'Give each person an id of their own; an id is never used again.',
        });
      // An office's directory has its own officers and no others: a contractor of Customs is none, (j).
      return [event('person-added', actor, when, { id: act.id, name: act.name, office: actor.office })];
    case 'give title': {
      checkGiven(people, personOf(people, act.person), act);
      const { person, title, from, to, capacity } = act;
      return [event('title-given', actor, when, { person, title, from, to, duties: act.duties, capacity })];
    }
    case 'end title':
      return [endTitle(people, act, actor, when)];
  }
};
