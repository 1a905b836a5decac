import type { Day } from '../../ground/dates.ts';
import { ask } from '../../rulebook/ask.ts';
import { type FactId, answerOf, facts as definitions } from '../../rulebook/facts.ts';
import { factsOf } from '../../rulebook/formula.ts';
import type { Cite, Rule } from '../../rulebook/rule.ts';
import type { Decision } from '../decide.ts';
import { factOfFinding } from '../findings.ts';
import { type Finding, type FindingName } from '../schema.ts';
import { type GateId, type GateRules, gates } from './board-gates.ts';
import { isFactShown } from './board-shown.ts';
import type { Duty } from './duties.ts';
import { questions } from './irs-findings.ts';
import type { ReviewedItem, StandingFinding } from './irs-state.ts';

export type GateState = 'met' | 'not met' | 'not determined' | 'not shown';

/** A finding as it stands: whose, of which day, and why. */
export interface BoardFinding {
  readonly finds: FindingName;
  readonly answer: Finding['answer'];
  readonly stripped?: boolean;
  readonly by: { readonly name: string; readonly title: string };
  readonly on: Day;
  readonly reason: string;
}

export interface GateFact {
  readonly fact: FactId;
  readonly question: string;
  /** In words; `not known` while more than one answer is possible. */
  readonly answer: string;
  /** The paper that shows it; empty while none does. */
  readonly because: string;
  /** Where an official found it. */
  readonly found?: BoardFinding;
}

export interface GateQuestion {
  readonly fact: FactId;
  readonly question: string;
  /** The person or list to ask. */
  readonly ask: string;
  /** The answers with which the gate can still be met. */
  readonly hopedFor: readonly string[];
  /** The finding that answers it; absent where a record or a list does. */
  readonly finds?: FindingName;
}

export interface GateRule {
  readonly id: string;
  readonly cite: Cite;
  /** The law's exact words. */
  readonly law: string;
  readonly reading?: string;
  readonly cure: string;
  readonly state: GateState;
}

export interface Gate {
  readonly id: GateId;
  readonly title: string;
  readonly cite: Cite;
  readonly state: GateState;
  readonly rules: readonly GateRule[];
  readonly facts: readonly GateFact[];
  /** What is still to be asked, of whom: the fewest answers that would meet the gate. */
  readonly ask: readonly GateQuestion[];
}

const findingBehind = new Map<FactId, FindingName>([
  ...(Object.keys(questions) as FindingName[]).map((name) => [factOfFinding(name), name] as const),
  // Said with the treaty’s extent, by the same person.
  ['treatyPartStripped', 'treaty'],
]);

export const findingOf = (name: FindingName, found: StandingFinding): BoardFinding => ({
  finds: name,
  answer: found.answer,
  ...(found.stripped === undefined ? {} : { stripped: found.stripped }),
  by: { name: found.by.name, title: found.by.title },
  on: found.on,
  reason: found.reason,
});

/** What a title knows of an item: `decision` is the one made for its duties. */
export interface Seen {
  readonly duties: readonly Duty[];
  readonly decision: Decision;
  readonly review: ReviewedItem;
}

const factsOfRule = new Map(
  gates.flatMap(({ rules }) => rules.map((rule) => [rule, factsOf(rule.when)] as const)),
);
const readBy = (rule: Rule): readonly FactId[] => factsOfRule.get(rule) ?? factsOf(rule.when);

const lines = new Map<Rule, Map<GateState, GateRule>>();

const ruleLine = (rule: Rule, state: GateState): GateRule => {
  const ofRule = lines.get(rule) ?? new Map<GateState, GateRule>();
  lines.set(rule, ofRule);
  const { id, cite, law, reading, cure } = rule;
  const line = ofRule.get(state) ?? {
    id,
    cite,
    law,
    ...(reading === undefined ? {} : { reading: reading[1] }),
    cure,
    state,
  };
  ofRule.set(state, line);
  return line;
};

const tellable = new WeakMap<readonly Duty[], ReadonlySet<Rule>>();

/** The rules of which a title with these duties may be told how they stand. */
const tellableTo = (duties: readonly Duty[]): ReadonlySet<Rule> => {
  const before = tellable.get(duties);
  if (before !== undefined) return before;
  const rules = gates.flatMap((gate) => gate.rules);
  const told = new Set(rules.filter((rule) => readBy(rule).every((fact) => isFactShown(duties, fact))));
  tellable.set(duties, told);
  return told;
};

/** The state of a rule; of one that rests on what is not shown, always the same. */
const ruleState = ({ duties, decision: { determination } }: Seen, rule: Rule): GateState => {
  if (!tellableTo(duties).has(rule)) return 'not shown';
  if (determination.failed.includes(rule)) return 'not met';
  return determination.missing.includes(rule) ? 'not determined' : 'met';
};

const worst: readonly GateState[] = ['not met', 'not shown', 'not determined', 'met'];

const factLine = ({ decision, review }: Seen, fact: FactId): GateFact => {
  const name = findingBehind.get(fact);
  const found = name === undefined ? undefined : review.findings.get(name);
  return {
    fact,
    question: definitions[fact].question,
    answer: answerOf(decision.facts, fact) ?? 'not known',
    because: decision.because.get(fact) ?? '',
    ...(name === undefined || found === undefined ? {} : { found: findingOf(name, found) }),
  };
};

const questionsOf = ({ decision }: Seen, rules: readonly Rule[]): readonly GateQuestion[] =>
  ask({ rules }, decision.facts).map(({ fact, question, ask: whom, hopedFor }) => {
    const name = findingBehind.get(fact);
    return { fact, question, ask: whom, hopedFor, ...(name === undefined ? {} : { finds: name }) };
  });

/** What stands behind the state is made when it is looked at: a board of two thousand items shows states alone. */
export const gateOf = (seen: Seen, { id, title, cite, rules }: GateRules): Gate => {
  const states = rules.map((rule) => ruleState(seen, rule));
  const state = worst.find((one) => states.includes(one)) ?? 'met';
  // Of a gate that is not shown, not even that a rule of it is met: only what the request itself fails may be said.
  const shown = rules.filter((_, n) => (states.includes('not shown') ? states[n] === 'not met' : true));
  const lineAt = (rule: Rule, n: number) =>
    ruleLine(rule, shown.includes(rule) ? (states[n] ?? state) : 'not shown');
  return {
    id,
    title,
    cite,
    state,
    get rules() {
      return rules.map(lineAt);
    },
    get facts() {
      return [...new Set(shown.flatMap(readBy))].map((fact) => factLine(seen, fact));
    },
    get ask() {
      return state === 'not determined' ? questionsOf(seen, rules) : [];
    },
  };
};
