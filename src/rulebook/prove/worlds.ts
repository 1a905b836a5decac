import { type FactId, type Facts, bitOf, unknownOf, valuesOf } from '../facts.ts';
import { type Formula, factsOf } from '../formula.ts';
import type { Rule } from '../rule.ts';

/** Two-valued truth where every fact has one answer: the schoolbook definition, which shares no code with the rulebook. */
const holds = (formula: Formula, world: Facts): boolean => {
  switch (formula.op) {
    case 'is':
      return world[formula.fact] === bitOf(formula.fact, 'yes');
    case 'oneOf':
      return formula.values.some((value) => world[formula.fact] === bitOf(formula.fact, value));
    case 'not':
      return !holds(formula.of, world);
    case 'all':
      return formula.of.every((part) => holds(part, world));
    case 'any':
      return formula.of.some((part) => holds(part, world));
  }
};

/** Whether a rule is met in a world: what it requires holds, what it bars does not. */
export const metIn = (rule: Rule, world: Facts): boolean =>
  holds(rule.when, world) === (rule.kind === 'requires');

const listsOf = (formula: Formula, id: FactId): readonly (readonly string[])[] => {
  switch (formula.op) {
    case 'is':
      return formula.fact === id ? [['yes']] : [];
    case 'oneOf':
      return formula.fact === id ? [formula.values] : [];
    case 'not':
      return listsOf(formula.of, id);
    case 'all':
    case 'any':
      return formula.of.flatMap((part) => listsOf(part, id));
  }
};

/** Of the answers that no rule here names apart, one stands for all. */
const kinds = (id: FactId, rules: readonly Rule[]): readonly number[] => {
  const lists = rules.flatMap((rule) => listsOf(rule.when, id));
  const byKind = Map.groupBy(valuesOf(id), (value) => lists.map((list) => list.includes(value)).join());
  return [...byKind.values()].map(([value = '']) => bitOf(id, value));
};

const unions = (bits: readonly number[]): readonly number[] =>
  Array.from({ length: 2 ** bits.length - 1 }, (_, n) =>
    bits.reduce((mask, bit, at) => (((n + 1) >> at) & 1 ? mask | bit : mask), 0),
  );

/**
 * Everything that may be known of a fact: each answer alone, nothing, and each set of answers still possible. Sets are
 * taken over the kinds of answer that the rules tell apart: fifteen recipients would give 32,767 sets, most of them the
 * same to every rule.
 */
const knowable = (id: FactId, rules: readonly Rule[]): readonly number[] => [
  ...new Set([...valuesOf(id).map((value) => bitOf(id, value)), ...unions(kinds(id, rules)), unknownOf(id)]),
];

/** What is known of a group's facts, as bits, in the order of `factsRead`. */
export type Known = readonly number[];

export const factsRead = (rules: readonly Rule[]): readonly FactId[] => [
  ...new Set(rules.flatMap((rule) => factsOf(rule.when))),
];

/** Every assignment of the facts that these rules read. */
export const assignmentsOf = (rules: readonly Rule[]): readonly Known[] =>
  factsRead(rules)
    .map((id) => knowable(id, rules))
    .reduce<readonly Known[]>(
      (sofar, masks) => sofar.flatMap((known) => masks.map((mask) => [...known, mask])),
      [[]],
    );

/** Whether each fact is either answered or not known at all, with nothing in between. */
export const plain = (ids: readonly FactId[], known: Known): boolean =>
  known.every(
    (mask, n) => (mask & (mask - 1)) === 0 || ids.slice(n, n + 1).every((id) => mask === unknownOf(id)),
  );
