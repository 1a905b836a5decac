import { type FactId, factIds, valuesOf } from '../facts.ts';
import type { Formula } from '../formula.ts';
import type { Hop, Rule } from '../rule.ts';
import type { Claim, Theorem, When } from './claim.ts';

/** Theorems as a script of SMT-LIB 2.7, which any solver reads. A fact is the set of answers it may still have. */

const moments: readonly When[] = ['now', 'later'];

const symbol = (...parts: readonly string[]) => `|${parts.join(' ').replaceAll('|', '/')}|`;

/** Whether this answer is still possible; named by its place, as SMT-LIB symbols are ASCII. */
export const answer = (when: When, id: FactId, value: string) =>
  symbol(when, id, String(valuesOf(id).indexOf(value)));

const join = (op: 'and' | 'or', parts: readonly string[]) =>
  parts.length === 0
    ? String(op === 'and')
    : parts.length === 1
      ? (parts[0] ?? '')
      : `(${op} ${parts.join(' ')})`;
const and = (parts: readonly string[]) => join('and', parts);
const or = (parts: readonly string[]) => join('or', parts);
const negation = (term: string) => `(not ${term})`;

/** Whether a formula can still turn out so. */
const can = (formula: Formula, truth: boolean, when: When): string => {
  switch (formula.op) {
    case 'is':
      return answer(when, formula.fact, truth ? 'yes' : 'no');
    case 'oneOf':
      return or(
        valuesOf(formula.fact)
          .filter((value) => formula.values.includes(value) === truth)
          .map((value) => answer(when, formula.fact, value)),
      );
    case 'not':
      return can(formula.of, !truth, when);
    case 'all':
    case 'any':
      return join(
        (formula.op === 'all') === truth ? 'and' : 'or',
        formula.of.map((part) => can(part, truth, when)),
      );
  }
};

const canMeet = (rule: Rule, when: When) => can(rule.when, rule.kind === 'requires', when);
const canFail = (rule: Rule, when: When) => can(rule.when, rule.kind !== 'requires', when);

const verdictTerm = (hop: Hop, is: string, when: When): string => {
  if (is === 'refused') return or(hop.rules.map((rule) => negation(canMeet(rule, when))));
  if (is === 'permitted') return and(hop.rules.map((rule) => negation(canFail(rule, when))));
  return and([negation(symbol(when, hop.id, 'refused')), negation(symbol(when, hop.id, 'permitted'))]);
};

const one = (values: readonly string[]) =>
  or(values.map((value) => and([value, ...values.filter((other) => other !== value).map(negation)])));

const term = (claim: Claim, hops: readonly Hop[]): string => {
  switch (claim.op) {
    case 'known':
      return negation(can(claim.formula, false, claim.when));
    case 'answered':
      return and(factIds.map((id) => one(valuesOf(id).map((value) => answer(claim.when, id, value)))));
    case 'blank':
      return and(factIds.flatMap((id) => valuesOf(id).map((value) => answer(claim.when, id, value))));
    case 'verdict':
      return symbol(claim.when, claim.hop, claim.is);
    case 'failed': {
      const rule = hops.find(({ id }) => id === claim.hop)?.rules.find(({ id }) => id === claim.rule);
      if (rule === undefined) throw new RangeError(`${claim.hop} has no rule “${claim.rule}”`);
      return negation(canMeet(rule, claim.when));
    }
    case 'and':
    case 'or':
      return join(
        claim.op,
        claim.of.map((part) => term(part, hops)),
      );
    case 'not':
      return negation(term(claim.of, hops));
  }
};

const declarations = (when: When): readonly string[] =>
  factIds.flatMap((id) => {
    const names = valuesOf(id).map((value) => answer(when, id, value));
    return [...names.map((name) => `(declare-const ${name} Bool)`), `(assert ${or(names)})`];
  });

/** Nothing is forgotten: an answer that is out now stays out. */
const refinement: readonly string[] = factIds.flatMap((id) =>
  valuesOf(id).map((value) => `(assert (=> ${answer('later', id, value)} ${answer('now', id, value)}))`),
);

const definitions = (hops: readonly Hop[], when: When): readonly string[] =>
  hops.flatMap((hop) =>
    ['refused', 'permitted', 'undetermined'].map(
      (is) => `(define-fun ${symbol(when, hop.id, is)} () Bool ${verdictTerm(hop, is, when)})`,
    ),
  );

/** What all theorems rest on: the facts at both moments, and each hop's verdict. */
export const preamble = (hops: readonly Hop[]): string =>
  [
    '(set-logic QF_UF)',
    '(set-option :produce-models true)',
    ...moments.flatMap(declarations),
    ...refinement,
    ...moments.flatMap((when) => definitions(hops, when)),
  ].join('\n');

/** Satisfiable when an `always` theorem is false, or a `sometimes` theorem true. */
export const query = (theorem: Theorem, hops: readonly Hop[]): string => {
  const claim = term(theorem.claim, hops);
  return `(assert ${theorem.mode === 'always' ? negation(claim) : claim})`;
};
