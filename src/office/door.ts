import type { Duty } from '../casework/acts/duties.ts';
import { type Actor, type People, type Person, actorOn, inForce } from '../casework/acts/people.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import type { Day } from '../ground/dates.ts';

/**
 * What a door asks of who comes: nothing; to be a person of this office; to hold a title today; or a title that carries one of
 * these duties. A door lets in; what may be done behind it the act itself decides once more.
 */
export type Need = 'nothing' | 'a person' | 'a title' | readonly [Duty, ...Duty[]];

/** Who stands at the door. Without a title today a person is let in nowhere that needs one: access ended with the title. */
export interface Visitor {
  readonly person?: Person;
  readonly actor?: Actor;
  /** Titles in force today: where there are several, one has to be chosen. */
  readonly titles: readonly string[];
}

/** Who a person id is today, under the title chosen. A choice that has lapsed is no choice. */
export const visitorOf = (
  people: People,
  id: string | undefined,
  chosen: string | undefined,
  day: Day,
): Visitor => {
  const person = id === undefined ? undefined : people.get(id);
  if (person === undefined) return { titles: [] };
  const titles = [...new Set(person.titles.filter((one) => inForce(one, day)).map(({ title }) => title))];
  const title = titles.length === 1 ? titles[0] : titles.find((one) => one === chosen);
  if (title === undefined) return { person, titles };
  return { person, titles, actor: actorOn(people, person.id, title, day) };
};

const notSignedIn = new ProblemError({
  kind: 'not-signed-in',
  what: 'You are not signed in.',
  next: 'Sign in, and come back to this page.',
});

const refused = (what: string, cite: string, on: Pick<Problem, 'next' | 'way'>): ProblemError =>
  new ProblemError({ kind: 'not-entitled', what, where: 'title', cite, ...on });

/** Why somebody is not let in; undefined where they are. */
export const refusalAt = (
  { need, cite }: { readonly need: Need; readonly cite: string },
  { person, actor, titles }: Visitor,
): ProblemError | undefined => {
  if (need === 'nothing') return undefined;
  if (person === undefined) return notSignedIn;
  if (need === 'a person') return undefined;
  if (actor === undefined)
    return titles.length === 0
      ? refused('You hold no title today, and access ended with the last one.', '(b)(4)', {
          next: 'Have a title given by whoever keeps the directory.',
          way: 'people',
        })
      : refused('You hold several titles today, and have not chosen one.', '(b)(4)', {
          next: 'Choose a title.',
        });
  if (need === 'a title' || need.some((duty) => actor.duties.includes(duty))) return undefined;
  return refused(`This is for a title that ${need.join(', or ')}; yours does not.`, cite, {
    next: 'Ask a colleague who holds such a title, or have the duty entered by whoever keeps the directory.',
    way: 'people',
  });
};
