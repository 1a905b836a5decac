import { canonicalJson } from '../../ground/canonical.ts';
import { sha256 } from '../../ground/digest.ts';
import type { Problem } from '../../ground/problem.ts';
import { type CaseDecision, type Decision, decideCase } from '../decide.ts';
import type { ItemOutcome, Reason } from './answer.ts';
import type { Situation } from './events.ts';
import { irsCase } from './irs-case.ts';
import { type IrsState, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';
import { whereItem } from './problems.ts';

/** What the rules make of the request today, and what would be answered. */
export interface Determined {
  readonly decided: CaseDecision;
  /** In the order of the request. */
  readonly outcomes: readonly ItemOutcome[];
  /** SHA-256 over all that an approval covers: outcome, rules and record of each item, edition, rulebook. */
  readonly digest: string;
}

const reasonsOf = ({ outward }: Decision): readonly Reason[] =>
  outward?.say === 'returned for cure'
    ? outward.rules.map(({ id, cite, law, cure }) => ({ rule: id, cite, law, cure }))
    : [];

/**
 * What fails on the request’s own words goes back with its reason, whatever else is known: were an election to change that,
 * Customs could read the election from it. Only what is permitted and not elected against is disclosed; all else,
 * the undetermined included, is “not disclosed”.
 */
const outcomeOf = (state: IrsState, decision: Decision): ItemOutcome => {
  const reasons = reasonsOf(decision);
  const may = decision.determination.verdict === 'permitted' && !reviewed(state, decision.item).elected;
  return {
    item: decision.item,
    outcome: reasons.length > 0 ? 'returned for cure' : may ? 'disclosed' : 'not disclosed',
    reasons,
  };
};

const ids = (rules: Decision['determination']['failed']) => rules.map(({ id }) => id);

/** What was determined of a state, on one day, by who asked. */
interface Known {
  readonly day: Situation['day'];
  readonly catalogue: Situation['catalogue'];
  readonly made: Map<string, Determined>;
}

// Of the day before nothing is kept: a review may last for months, and a node runs as long.
const known = new WeakMap<IrsState, Known>();

/** The board, what can be done next, and each act of it ask for the same: a state is determined once a day for each who asks. */
export const determineCase = (state: IrsState, actor: Actor, now: Situation): Determined => {
  const { day, catalogue } = now;
  const before = known.get(state);
  const today =
    before?.day === day && before.catalogue === catalogue
      ? before
      : { day, catalogue, made: new Map<string, Determined>() };
  known.set(state, today);
  const key = JSON.stringify([actor.name, actor.title, actor.office]);
  const made = today.made.get(key) ?? determineAnew(state, actor, now);
  today.made.set(key, made);
  return made;
};

const determineAnew = (state: IrsState, actor: Actor, now: Situation): Determined => {
  const decided = decideCase(irsCase(state, actor, now.day), now.catalogue);
  const outcomes = decided.decisions.map((decision) => outcomeOf(state, decision));
  const digest = sha256(
    canonicalJson({
      edition: decided.editions['l-14']?.id ?? null,
      rulebook: decided.rulebook,
      items: decided.decisions.map(({ item, determination }, n) => ({
        item,
        outcome: outcomes[n]?.outcome ?? null,
        failed: ids(determination.failed),
        missing: ids(determination.missing),
        record: reviewed(state, item).record ?? null,
        treaty: reviewed(state, item).findings.get('treaty')?.answer ?? null,
      })),
    }),
  );
  return { decided, outcomes, digest };
};

/**
 * What still has to be done before anyone may approve. An item may be undetermined only where there is no record or the
 * IRS elects not to disclose it: “not disclosed” is never said for want of having looked.
 */
export const unsettled = (state: IrsState, { decided, outcomes }: Determined): readonly Problem[] =>
  decided.decisions.flatMap(({ item, determination, ask }, n): Problem[] => {
    const review = reviewed(state, item);
    if (outcomes[n]?.outcome === 'returned for cure')
      return review.returned
        ? []
        : [
            {
              kind: 'not-in-order',
              what: 'The item fails on the request’s own words, and nobody has returned it.',
              where: whereItem(item),
              cite: outcomes[n].reasons[0]?.cite ?? '(b)',
              next: 'Have a reviewer return for cure what is incomplete.',
            },
          ];
    if (determination.verdict !== 'undetermined' || review.elected || review.record === 'none') return [];
    if (review.record === undefined)
      return [
        {
          kind: 'not-in-order',
          what: 'Nobody has looked for the record that the item would come from.',
          where: whereItem(item),
          cite: '(b)(2)',
          next: 'Locate the record, or record that there is none.',
        },
      ];
    return ask.map(({ question, ask: whom, rules }) => ({
      kind: 'not-in-order' as const,
      what: `Still open: ${question}`,
      where: whereItem(item),
      cite: rules[0]?.cite ?? '(a)',
      next: `Ask ${whom}; or elect not to disclose the item.`,
    }));
  });
