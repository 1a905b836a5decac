import { met } from './evaluate.ts';
import { type FactId, type Facts, NO, YES, bitOf, facts, unknownOf, valuesOf } from './facts.ts';
import type { FactDefinition } from './fact.ts';
import { type Formula, factsOf } from './formula.ts';
import type { Hop, Rule, Scope } from './rule.ts';

export interface Question extends FactDefinition {
  readonly fact: FactId;
  /** The answers with which the item can still be permitted. */
  readonly hopedFor: readonly string[];
  /** The rules that wait for it. */
  readonly rules: readonly Rule[];
}

/** One way to meet a formula: for each fact it needs, the answers that would do, as bits. */
type Way = ReadonlyMap<FactId, number>;

/** Both ways at once; undefined where they contradict each other. */
const join = (a: Way, b: Way): Way | undefined => {
  const joined = new Map(a);
  for (const [fact, bits] of b) {
    const both = (joined.get(fact) ?? unknownOf(fact)) & bits;
    if (both === 0) return undefined;
    joined.set(fact, both);
  }
  return joined;
};

const joinAll = (parts: readonly (readonly Way[])[]): readonly Way[] =>
  parts.reduce<readonly Way[]>(
    (ways, part) =>
      ways.flatMap((one) => part.map((other) => join(one, other)).filter((way) => way !== undefined)),
    [new Map<FactId, number>()],
  );

/** Every way in which a formula can still come out as wanted, given what is known. */
const waysTo = (formula: Formula, wanted: boolean, known: Facts): readonly Way[] => {
  switch (formula.op) {
    case 'not':
      return waysTo(formula.of, !wanted, known);
    case 'all':
    case 'any': {
      const parts = formula.of.map((part) => waysTo(part, wanted, known));
      return (formula.op === 'all') === wanted ? joinAll(parts) : parts.flat();
    }
    case 'is':
    case 'oneOf': {
      const good =
        formula.op === 'is'
          ? YES
          : formula.values.reduce((bits, value) => bits | bitOf(formula.fact, value), 0);
      const answers = (wanted ? good : unknownOf(formula.fact) & ~good) & known[formula.fact];
      if (answers === 0) return [];
      return answers === known[formula.fact] ? [new Map()] : [new Map([[formula.fact, answers]])];
    }
  }
};

const weight: Readonly<Record<Scope, number>> = { request: 0, taxpayer: 1, item: 2 };
const trouble = { machine: 0, requester: 1, official: 2 } as const;

const fewest = (rules: readonly Rule[], known: Facts): readonly Question[] => {
  const open = rules.filter((rule) => met(rule, known) !== YES);
  if (open.length === 0 || open.some((rule) => met(rule, known) === NO)) return [];
  const ways = joinAll(open.map((rule) => waysTo(rule.when, rule.kind === 'requires', known)));
  const shortest = ways.reduce<Way | undefined>(
    (best, way) => (best && best.size <= way.size ? best : way),
    undefined,
  );
  return [...(shortest ?? [])]
    .map(([fact, answers]) => ({
      ...facts[fact],
      fact,
      hopedFor: valuesOf(fact).filter((_, n) => (answers >> n) & 1),
      rules: open.filter((rule) => factsOf(rule.when).includes(fact)),
    }))
    .sort((a, b) => reach(a) - reach(b) || trouble[a.by] - trouble[b.by]);
};

/** What was asked of some rules before, by the facts that they read. */
interface Asked {
  readonly reads: readonly FactId[];
  readonly answers: Map<string, readonly Question[]>;
}

const asked = new WeakMap<readonly Rule[], Asked>();

/** Sets of facts remembered of the rules of one hop or gate. */
const MOST_REMEMBERED = 5_000;

const askedOf = (rules: readonly Rule[]): Asked => {
  const before = asked.get(rules);
  if (before !== undefined) return before;
  const reads = [...new Set(rules.flatMap((rule) => factsOf(rule.when)))];
  const first = { reads, answers: new Map<string, readonly Question[]>() };
  asked.set(rules, first);
  return first;
};

/**
 * The fewest questions whose answers can settle the hop as permitted, in the order in which to ask them: first what
 * would end the whole request, then a taxpayer's items; what a list shows before what an official must find. Empty
 * when the hop is decided already: a refusal stays one whatever is learnt.
 *
 * The items of a request are much alike, so the answer to facts asked about before is remembered: never change it.
 */
export const ask = ({ rules }: Pick<Hop, 'rules'>, known: Facts): readonly Question[] => {
  const { reads, answers } = askedOf(rules);
  const key = reads.map((fact) => known[fact]).join(' ');
  const before = answers.get(key);
  if (before !== undefined) return before;
  const questions = fewest(rules, known);
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  answers.set(key, questions);
  return questions;
};

const reach = (question: Question) => Math.min(...question.rules.map((rule) => weight[rule.ends]));
