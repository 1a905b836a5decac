import { type Determination, type Kleene, determinationOf } from './determine.ts';
import { type Facts, bitOf } from './facts.ts';
import type { Formula } from './formula.ts';
import type { Hop, Rule } from './rule.ts';

const TRUE = 1;
const FALSE = 2;

/** Whether an answer among `good` is still possible, and whether one outside of it is. */
const choice = (possible: number, good: number): Kleene =>
  (possible & good ? TRUE : 0) | (possible & ~good ? FALSE : 0);

type Ask = (known: Facts) => Kleene;

/** A formula as a closure: the slow, obvious implementation that the generated code is tested against. */
export const interpret = (formula: Formula): Ask => {
  switch (formula.op) {
    case 'is':
      return (known) => known[formula.fact];
    case 'oneOf': {
      const good = formula.values.map((value) => bitOf(formula.fact, value)).reduce((a, b) => a | b, 0);
      return (known) => choice(known[formula.fact], good);
    }
    case 'not': {
      const inner = interpret(formula.of);
      return (known) => [0, FALSE, TRUE, TRUE | FALSE][inner(known)] ?? 0;
    }
    case 'all': {
      const parts = formula.of.map(interpret);
      return (known) => {
        const values = parts.map((part) => part(known));
        return (values.every((v) => v & TRUE) ? TRUE : 0) | (values.some((v) => v & FALSE) ? FALSE : 0);
      };
    }
    case 'any': {
      const parts = formula.of.map(interpret);
      return (known) => {
        const values = parts.map((part) => part(known));
        return (values.some((v) => v & TRUE) ? TRUE : 0) | (values.every((v) => v & FALSE) ? FALSE : 0);
      };
    }
  }
};

/** Whether the rule is met: its formula holds or, for a bar, is known not to. */
export const met = (rule: Rule, known: Facts): Kleene =>
  interpret(rule.kind === 'requires' ? rule.when : { op: 'not', of: rule.when })(known);

/** Decides one hop by interpreting its rules. */
export const evaluate = (hop: Hop, known: Facts): Determination => {
  let failed = 0;
  let missing = 0;
  hop.rules.forEach((rule, n) => {
    const outcome = met(rule, known);
    if (outcome === FALSE) failed |= 1 << n;
    else if (outcome !== TRUE) missing |= 1 << n;
  });
  return determinationOf(hop, failed * 2 ** 26 + missing);
};
