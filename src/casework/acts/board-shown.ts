import { ask } from '../../rulebook/ask.ts';
import { determine } from '../../rulebook/determine.ts';
import { type FactId, type Facts, NO, UNKNOWN, bitOf } from '../../rulebook/facts.ts';
import type { Decision } from '../decide.ts';
import type { FindingName } from '../schema.ts';
import type { Duty } from './duties.ts';
import { questions } from './irs-findings.ts';
import { isShown } from './shown.ts';

/*
 * The adversary is a colleague without the duty of (d) or (e), who reads everything else that the board says. So for such a
 * title the board is made from facts in which those of (d) and (e) have been replaced, and no part of it can depend on them.
 */

export const guarded = ['(d)', '(e)'] as const;
export type Guarded = (typeof guarded)[number];

export const isFindingShown = (duties: readonly Duty[], finds: FindingName): boolean =>
  isShown({ duties }, questions[finds]?.cite);

export const notShownTo = (duties: readonly Duty[]): readonly Guarded[] =>
  guarded.filter((cite) => !isShown({ duties }, cite));

/** The facts that only the IRS has under (d) and (e), each as it is where nothing stands in the way. */
const clear: Readonly<Record<Guarded, Readonly<Partial<Record<FactId, number>>>>> = {
  '(d)': { apaMatter: NO, treatyExtent: bitOf('treatyExtent', 'none'), treatyPartStripped: UNKNOWN },
  '(e)': { wouldIdentifyInformant: NO, wouldSeriouslyImpair: NO },
};

const factsFor = (hidden: readonly Guarded[], facts: Facts): Facts =>
  hidden.reduce((known, cite) => ({ ...known, ...clear[cite] }), facts);

const isHidden = (hidden: readonly Guarded[], fact: FactId): boolean =>
  hidden.some((cite) => clear[cite][fact] !== undefined);

/** Whether a title with these duties may be told of a fact at all. */
export const isFactShown = (duties: readonly Duty[], fact: FactId): boolean =>
  !isHidden(notShownTo(duties), fact);

/** Decided anew from facts in which nothing is left of what it is not shown. */
const decidedAnew = (hidden: readonly Guarded[], decision: Decision): Decision => {
  const { hop } = decision.determination;
  const facts = factsFor(hidden, decision.facts);
  const determination = determine(hop.id, facts);
  return {
    item: decision.item,
    proposal: decision.proposal,
    facts,
    // Made when it is looked at, like all that a board of thousands of items does not show at once.
    get because() {
      return new Map([...decision.because].filter(([fact]) => !isHidden(hidden, fact)));
    },
    determination,
    ask: determination.verdict === 'undetermined' ? ask(hop, facts) : [],
    // Made from the request’s own words; whether it is released or not is what must not be told.
    outward: decision.outward?.say === 'returned for cure' ? decision.outward : undefined,
  };
};

const known = new WeakMap<Decision, Map<string, Decision>>();

/** The decision on an item as a title knows it. Of the same decision it is the same object, for every title that is shown as much. */
export const decisionFor = (duties: readonly Duty[], decision: Decision): Decision => {
  const hidden = notShownTo(duties);
  if (hidden.length === 0) return decision;
  const before = known.get(decision) ?? new Map<string, Decision>();
  known.set(decision, before);
  const key = hidden.join(' ');
  const made = before.get(key) ?? decidedAnew(hidden, decision);
  before.set(key, made);
  return made;
};
