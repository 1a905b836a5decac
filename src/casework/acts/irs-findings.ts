import type { FindingName } from '../schema.ts';
import type { ActOf } from './act.ts';
import type { Duty } from './duties.ts';
import { type Situation, stamp } from './events.ts';
import { type ItemEvents, perItem } from './irs-items.ts';
import { type IrsState, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notInOrder, refuseAll, requireDuty, whereItem } from './problems.ts';

/** The judgments that a release turns on, and whose they are. No other finding is made in a review. */
export const questions: Readonly<
  Partial<Record<FindingName, { readonly duty: Duty; readonly cite: string }>>
> = {
  'no more than necessary': { duty: 'reviews', cite: '(a)' },
  'necessary to determination': { duty: 'reviews', cite: '(c)' },
  'relates to merchandise': { duty: 'reviews', cite: '(c)' },
  'relationship holds': { duty: 'reviews', cite: '(c)' },
  treaty: { duty: 'finds (d)', cite: '(d)' },
  'identifies informant': { duty: 'finds (e)', cite: '(e)' },
  'seriously impairs': { duty: 'finds (e)', cite: '(e)' },
};

/** The two questions of (e), which are asked again on the day of the release. */
export const impairment: readonly FindingName[] = ['identifies informant', 'seriously impairs'];

const questionOf = (finds: FindingName, actor: Actor, now: Situation): { readonly cite: string } => {
  const question = questions[finds];
  if (question === undefined)
    throw notInOrder({
      what: 'The release does not turn on this question.',
      where: 'finds',
      next: `A review finds: ${Object.keys(questions).join(', ')}.`,
    });
  requireDuty(actor, now.day, question.duty);
  return question;
};

const checkAnswer = ({ finds, answer, stripped }: ActOf<'finding'>): void => {
  if ((finds === 'treaty') === (typeof answer === 'boolean'))
    throw notInOrder({
      what: 'The answer does not fit the question.',
      where: 'answer',
      next: 'Answer none, part or whole for a treaty, and true or false otherwise.',
    });
  if (stripped !== undefined && answer !== 'part')
    throw notInOrder({
      what: 'Only where a treaty holds back a part is there a part to take out.',
      where: 'stripped',
      cite: '(d)',
      next: 'Leave out stripped, or answer part.',
    });
};

/**
 * A finding, one event for each item. The same answer may be given again, and is then as new as the day: (e) is asked
 * again at release. Another answer than the one that stands is refused until that one is withdrawn, in the open and with
 * a reason; were the newer simply to win, a “no” could be lost among many, and an older “yes” come back.
 */
export const makeFinding = (
  state: IrsState,
  act: ActOf<'finding'>,
  actor: Actor,
  now: Situation,
): ItemEvents => {
  const { cite } = questionOf(act.finds, actor, now);
  if (act.counsel) requireDuty(actor, now.day, 'counsel');
  checkAnswer(act);
  const { finds, answer, stripped, counsel, reason } = act;
  const events = perItem(state, act.of, () => ({
    kind: 'finding-made',
    cite,
    data: { ...stamp(actor, now), finds, answer, stripped, counsel, reason },
  }));
  refuseAll(
    events
      .filter(({ item }) => {
        const standing = reviewed(state, item).findings.get(finds);
        return standing !== undefined && (standing.answer !== answer || standing.stripped !== stripped);
      })
      .map(({ item }) => ({
        kind: 'not-in-order',
        what: 'The question has another answer on this item, and two cannot stand.',
        where: whereItem(item),
        cite,
        next: 'Withdraw the finding that stands, with the reason; then make the new one.',
      })),
  );
  return events;
};

/** The question is open again: nothing is released on it until it is answered anew. */
export const withdrawFinding = (
  state: IrsState,
  act: ActOf<'withdraw finding'>,
  actor: Actor,
  now: Situation,
): ItemEvents => {
  const { cite } = questionOf(act.finds, actor, now);
  const { finds, reason } = act;
  const events = perItem(state, act.of, () => ({
    kind: 'finding-withdrawn',
    cite,
    data: { ...stamp(actor, now), finds, reason },
  }));
  const standing = events.filter(({ item }) => reviewed(state, item).findings.has(finds));
  const missing = events.find((one) => !standing.includes(one));
  const [first, ...rest] = standing;
  if (first === undefined || (act.of !== undefined && missing !== undefined))
    throw notInOrder({
      what: 'No such finding stands.',
      where: whereItem(missing?.item ?? ''),
      cite,
      next: 'Look up which findings stand.',
      way: 'review',
    });
  return [first, ...rest];
};
