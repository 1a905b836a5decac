import { type Problem, ProblemError } from '../../ground/problem.ts';
import type { FindingName } from '../schema.ts';
import type { Duty } from './duties.ts';
import type { Situation } from './events.ts';
import { questions } from './irs-findings.ts';
import { decideIrs, readyToRelease } from './irs.ts';
import type { IrsState } from './irs-state.ts';
import type { Actor } from './people.ts';

export type NextActName =
  'locate' | 'finding' | 'return for cure' | 'elect' | 'approve' | 'withdraw approval' | 'release';

/** An act of the review, under the title acted under. */
export interface NextAct {
  readonly act: NextActName;
  /** Whether the title carries a duty for it. */
  readonly entitled: boolean;
  readonly ready: boolean;
  /** What stands in the way; empty for a title that is not entitled, from which it could be read what was found. */
  readonly inTheWay: readonly Problem[];
}

const dutiesFor: Readonly<Record<NextActName, readonly Duty[]>> = {
  locate: ['reviews', 'finds (d)'],
  finding: ['reviews', 'finds (d)', 'finds (e)'],
  'return for cure': ['reviews'],
  elect: ['reviews', 'approves'],
  approve: ['approves'],
  'withdraw approval': ['approves'],
  release: ['sends'],
};

/** What refuses an act now, found by trying it: so the board says what the act would say. */
const refusals = (attempt: () => unknown): readonly Problem[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
};

const attemptOf = (
  act: NextActName,
  state: IrsState,
  reference: string,
  actor: Actor,
  now: Situation,
): readonly Problem[] => {
  const given = { case: reference, reason: 'Looked at from the board.' };
  const of = state.request?.body.items.slice(0, 1).map(({ id }) => id) ?? [];
  switch (act) {
    case 'approve':
    case 'return for cure':
      return refusals(() => decideIrs(state, { act, case: reference }, actor, now));
    case 'release':
      return refusals(() => readyToRelease(state, actor, now));
    case 'withdraw approval':
      return refusals(() => decideIrs(state, { act, ...given }, actor, now));
    // These need more than a word from the person who acts; whether the review is open is all that is asked here.
    case 'locate':
    case 'finding':
    case 'elect':
      return refusals(() => decideIrs(state, { act: 'elect', items: of, ...given }, anyReviewer(actor), now));
  }
};

const anyReviewer = (actor: Actor): Actor => ({ ...actor, duties: ['reviews'] });

/** The acts of a review, each with whether this person may take it now, and if not, why not. */
export const nextActs = (
  state: IrsState,
  reference: string,
  actor: Actor,
  now: Situation,
): readonly NextAct[] =>
  (Object.keys(dutiesFor) as NextActName[]).map((act) => {
    const entitled = dutiesFor[act].some((duty) => actor.duties.includes(duty));
    const inTheWay = entitled ? attemptOf(act, state, reference, actor, now) : [];
    return { act, entitled, ready: entitled && inTheWay.length === 0, inTheWay };
  });

/** The questions that a title with these duties may answer. */
export const mayFind = (duties: readonly Duty[]): readonly FindingName[] =>
  (Object.keys(questions) as FindingName[]).filter((name) => {
    const duty = questions[name]?.duty;
    return duty !== undefined && duties.includes(duty);
  });
