import type { Day } from '../../ground/dates.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type Duty, dutyOf } from './duties.ts';
import type { Actor } from './people.ts';

type Words = Omit<Problem, 'kind'>;

export const notInOrder = (words: Words): ProblemError =>
  new ProblemError({ kind: 'not-in-order', ...words });
export const notEntitled = (words: Words): ProblemError =>
  new ProblemError({ kind: 'not-entitled', ...words });
export const packetRefused = (words: Words): ProblemError =>
  new ProblemError({ kind: 'packet-refused', ...words });

export const refuseAll = (problems: readonly Problem[]): void => {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ProblemError(first, ...rest);
};

/** Two words that belong together: `items/purchases`. */
export const whereItem = (item: string): string => `items/${item}`;

/**
 * Throws `not-entitled` unless the actor's title carries one of the duties and is in force that day. An actor looked up
 * yesterday is not an actor today: the day is asked again here.
 */
export const requireDuty = (actor: Actor, day: Day, ...wanted: readonly [Duty, ...Duty[]]): void => {
  if (day < actor.from || (actor.to !== undefined && actor.to < day))
    throw notEntitled({
      what: `The title acted under is not in force on ${day}.`,
      where: actor.title,
      cite: '(b)(4)',
      next: 'Act under a title that you hold today.',
    });
  if (wanted.some((duty) => actor.duties.includes(duty))) return;
  const words = dutyOf(actor.office, wanted[0]);
  throw notEntitled({
    what:
      words === undefined
        ? `This is for another office to do, not for ${actor.office}.`
        : `This is for someone whose title carries the duty “${wanted.join('” or “')}”.`,
    where: actor.title,
    ...(words === undefined ? {} : { cite: words.cite }),
    next: 'Ask a colleague who holds such a title.',
    way: 'people',
  });
};

export const shredded = (): ProblemError =>
  new ProblemError({
    kind: 'shredded',
    what: 'The content of this case has been made undisclosable.',
    cite: '6103(p)(4)(F)',
    next: 'Nothing can be done on it; its record can still be verified.',
  });
