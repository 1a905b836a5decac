import { type FactId, valuesOf } from '../src/rulebook/facts.ts';
import type { Formula } from '../src/rulebook/formula.ts';
import type { Rule } from '../src/rulebook/rule.ts';

/** What every engine can say: an answer is one of these, and the connectives. */
export type Condition =
  | { readonly op: 'in'; readonly fact: FactId; readonly values: readonly string[] }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

/** Whether a formula can still turn out so, over answers of which one is “unknown”. */
const can = (formula: Formula, truth: boolean): Condition => {
  switch (formula.op) {
    case 'is':
      return { op: 'in', fact: formula.fact, values: [truth ? 'yes' : 'no', 'unknown'] };
    case 'oneOf': {
      const values = valuesOf(formula.fact).filter((v) => formula.values.includes(v) === truth);
      return { op: 'in', fact: formula.fact, values: [...values, 'unknown'] };
    }
    case 'not':
      return can(formula.of, !truth);
    case 'all':
    case 'any':
      return {
        op: (formula.op === 'all') === truth ? 'and' : 'or',
        of: formula.of.map((part) => can(part, truth)),
      };
  }
};

/** The two conditions of a rule: that it has failed, and that it is missing. */
export const conditionsOf = (rule: Rule): readonly [failed: Condition, missing: Condition] => {
  const meets = can(rule.when, rule.kind === 'requires');
  const fails = can(rule.when, rule.kind !== 'requires');
  return [
    { op: 'not', of: meets },
    { op: 'and', of: [meets, fails] },
  ];
};

/** Folds a condition into an engine's own language. */
export const translate = <T>(
  condition: Condition,
  to: {
    readonly in: (fact: string, values: readonly string[]) => T;
    readonly and: (of: readonly T[]) => T;
    readonly or: (of: readonly T[]) => T;
    readonly not: (of: T) => T;
  },
): T => {
  switch (condition.op) {
    case 'in':
      return to.in(condition.fact, condition.values);
    case 'not':
      return to.not(translate(condition.of, to));
    case 'and':
    case 'or':
      return to[condition.op](condition.of.map((part) => translate(part, to)));
  }
};
