import type { ChoiceId, FactId, ValueOf } from './facts.ts';

/** A rule is data: nothing but these five forms over named facts. */
export type Formula =
  | { readonly op: 'is'; readonly fact: FactId }
  | { readonly op: 'oneOf'; readonly fact: FactId; readonly values: readonly string[] }
  | { readonly op: 'all'; readonly of: readonly Formula[] }
  | { readonly op: 'any'; readonly of: readonly Formula[] }
  | { readonly op: 'not'; readonly of: Formula };

/** The fact is a yes. */
export const is = (fact: Exclude<FactId, ChoiceId>): Formula => ({ op: 'is', fact });

/** The fact's answer is one of these. */
export const oneOf = <F extends ChoiceId>(fact: F, ...values: readonly (ValueOf<F> & string)[]): Formula => ({
  op: 'oneOf',
  fact,
  values,
});

export const all = (...of: readonly Formula[]): Formula => ({ op: 'all', of });
export const any = (...of: readonly Formula[]): Formula => ({ op: 'any', of });
export const not = (of: Formula): Formula => ({ op: 'not', of });

/** The facts a formula reads, in the order in which it names them. */
export const factsOf = (formula: Formula): readonly FactId[] => {
  switch (formula.op) {
    case 'is':
    case 'oneOf':
      return [formula.fact];
    case 'not':
      return factsOf(formula.of);
    case 'all':
    case 'any':
      return [...new Set(formula.of.flatMap(factsOf))];
  }
};
