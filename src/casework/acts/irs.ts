import type { ActOf, IrsAct } from './act.ts';
import type { CaseEvent, Situation } from './events.ts';
import { checkActor } from './irs-actor.ts';
import { received } from './irs-case.ts';
import { makeFinding, withdrawFinding } from './irs-findings.ts';
import { receiveRequest, receiveWithdrawal } from './irs-receive.ts';
import { type Ready, ready } from './irs-release.ts';
import { approve, elect, locate, returnForCure, withdrawApproval, withdrawElection } from './irs-review.ts';
import type { IrsState } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notInOrder } from './problems.ts';

export { answerBody } from './answer.ts';
export { irsCase } from './irs-case.ts';
export { determineCase, unsettled } from './irs-outcomes.ts';
export { type Ready, answeredEvents, releaseEvents } from './irs-release.ts';
export { type IrsState, evolveIrsCase, evolveReview, foldIrs, initialIrs, irsStage } from './irs-state.ts';

/**
 * What an act of the IRS makes happen. `review` goes to `review/<reference>` in the log `irs-review`, `case` to
 * `case/<reference>` in the log `irs`; where both have events, the review’s are recorded first.
 */
export interface IrsEvents {
  readonly review: readonly CaseEvent[];
  readonly case: readonly CaseEvent[];
}

/** Throws `not-in-order` once the review is closed, with what to do instead. */
const requireOpen = (state: IrsState): void => {
  received(state);
  if (state.release !== undefined)
    throw notInOrder({
      what: 'The answer to this request has been released, and the review is closed.',
      cite: '(a)',
      next: 'Tell counsel, and recall what went out in error: Customs then returns it or makes it undisclosable, 6103(p)(4)(F).',
      way: 'recall',
    });
  if (state.withdrawal !== undefined)
    throw notInOrder({
      what: 'Customs has withdrawn the request, and the review is closed.',
      cite: '(b)',
      next: 'Nothing: nothing is disclosed without a request. A new request opens a new case.',
    });
};

const inReview = (
  state: IrsState,
  act: Exclude<IrsAct, { act: 'receive request' | 'receive withdrawal' | 'release' }>,
  actor: Actor,
  now: Situation,
): readonly CaseEvent[] => {
  switch (act.act) {
    case 'locate':
      return locate(state, act, actor, now);
    case 'finding':
      return makeFinding(state, act, actor, now);
    case 'withdraw finding':
      return withdrawFinding(state, act, actor, now);
    case 'elect':
    case 'decline':
      return elect(state, act, actor, now);
    case 'withdraw election':
      return withdrawElection(state, act, actor, now);
    case 'return for cure':
      return returnForCure(state, actor, now);
    case 'approve':
      return approve(state, actor, now);
    case 'withdraw approval':
      return withdrawApproval(state, act, actor, now);
  }
};

/** Events of an act of the IRS on a case, or a ProblemError. Pure. A release goes through `readyToRelease`. */
export const decideIrs = (
  state: IrsState,
  act: Exclude<IrsAct, ActOf<'release'>>,
  actor: Actor,
  now: Situation,
): IrsEvents => {
  checkActor(state, act.case, actor);
  if (act.act === 'receive request') return { review: [], case: receiveRequest(state, act, actor, now) };
  if (act.act === 'receive withdrawal') return receiveWithdrawal(state, act, actor, now);
  requireOpen(state);
  return { review: inReview(state, act, actor, now), case: [] };
};

/**
 * Whether this person may release the answer now, and what it says. Throws a ProblemError for what stands in the way.
 * The office then takes out what is to be disclosed, makes the answer (`answerBody`), signs it, and records the two acts
 * of `releaseEvents`.
 */
export const readyToRelease = (state: IrsState, actor: Actor, now: Situation): Ready => {
  checkActor(state, received(state).body.request.reference, actor);
  requireOpen(state);
  return ready(state, actor, now);
};
