import type { Day } from '../../ground/dates.ts';
import type { Problem } from '../../ground/problem.ts';
import type { FindingName } from '../schema.ts';
import { type NextAct, mayFind, nextActs } from './board-next.ts';
import { type Row, rowOf } from './board-row.ts';
import { type Guarded, decisionFor, notShownTo } from './board-shown.ts';
import type { Situation } from './events.ts';
import { checkActor } from './irs-actor.ts';
import { received } from './irs-case.ts';
import { determineCase, unsettled } from './irs-outcomes.ts';
import { type IrsState, irsStage, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';

export type { BoardFinding, Gate, GateFact, GateQuestion, GateRule, GateState } from './board-gate.ts';
export { type GateId, gates } from './board-gates.ts';
export type { NextAct, NextActName } from './board-next.ts';
export { type ColleagueQuestion, questionsFor } from './board-questions.ts';
export type { Row } from './board-row.ts';

/** The item review board of a case, as one person under one title may see it. Plain values: equal boards are equal JSON. */
export interface Board {
  readonly reference: string;
  readonly title: string;
  readonly fictional: boolean;
  readonly received: Day;
  readonly stage: ReturnType<typeof irsStage>;
  /** Events of the review so far; an act says which it saw. */
  readonly version: number;
  readonly approved?: { readonly by: { readonly name: string; readonly title: string }; readonly on: Day };
  /** The paragraphs whose grounds are not shown under this title; they may still hold an item back. */
  readonly notShown: readonly Guarded[];
  readonly rows: readonly Row[];
  /** What is to be done before anyone can approve, as far as it is shown: of which item, and whom to ask. */
  readonly blocks: readonly Problem[];
  readonly next: readonly NextAct[];
  /** The questions that this title may answer. */
  readonly finds: readonly FindingName[];
}

/** Throws `not-in-order` before a request is received, `not-entitled` for another office, `shredded`. */
export const boardOf = (state: IrsState, actor: Actor, now: Situation, version: number): Board => {
  const { body, on } = received(state);
  const { reference } = body.request;
  checkActor(state, reference, actor);
  const { duties } = actor;
  const whole = determineCase(state, actor, now);
  const decisions = whole.decided.decisions.map((decision) => decisionFor(duties, decision));
  const { approval } = state;
  return {
    reference,
    title: body.title,
    fictional: body.fictional,
    received: on,
    stage: irsStage(state),
    version,
    ...(approval === undefined
      ? {}
      : { approved: { by: { name: approval.by.name, title: approval.by.title }, on: approval.on } }),
    notShown: notShownTo(duties),
    rows: body.items.flatMap((item, n) => {
      const decision = decisions[n];
      return decision === undefined
        ? []
        : [rowOf({ duties, decision, review: reviewed(state, item.id) }, body, item, now.catalogue)];
    }),
    blocks: unsettled(state, { ...whole, decided: { ...whole.decided, decisions } }),
    next: nextActs(state, reference, actor, now),
    finds: mayFind(duties),
  };
};
