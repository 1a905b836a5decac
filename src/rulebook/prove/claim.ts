import type { Verdict } from '../determine.ts';
import type { Formula } from '../formula.ts';

/** Two moments: what is known now, and what is known later, when nothing was forgotten and more may have been learnt. */
export type When = 'now' | 'later';

/** What a theorem says of facts and verdicts, in classical logic over what is known. */
export type Claim =
  /** The formula is known to hold: no answer still possible makes it false. */
  | { readonly op: 'known'; readonly formula: Formula; readonly when: When }
  /** Every fact that the rules of these hops read has one answer. */
  | { readonly op: 'answered'; readonly when: When }
  /** No fact has any answer yet. */
  | { readonly op: 'blank'; readonly when: When }
  | { readonly op: 'verdict'; readonly hop: string; readonly is: Verdict; readonly when: When }
  /** The rule of this hop is known not to be met. */
  | { readonly op: 'failed'; readonly hop: string; readonly rule: string; readonly when: When }
  | { readonly op: 'and' | 'or'; readonly of: readonly Claim[] }
  | { readonly op: 'not'; readonly of: Claim };

export const known = (formula: Formula, when: When = 'now'): Claim => ({ op: 'known', formula, when });
export const answered: Claim = { op: 'answered', when: 'now' };
export const blank: Claim = { op: 'blank', when: 'now' };
const verdict =
  (is: Verdict) =>
  (hop: string, when: When = 'now'): Claim => ({ op: 'verdict', hop, is, when });
export const permitted = verdict('permitted');
export const refused = verdict('refused');
export const undetermined = verdict('undetermined');
export const failed = (hop: string, rule: string): Claim => ({ op: 'failed', hop, rule, when: 'now' });
export const both = (...of: readonly Claim[]): Claim => ({ op: 'and', of });
export const either = (...of: readonly Claim[]): Claim => ({ op: 'or', of });
export const no = (of: Claim): Claim => ({ op: 'not', of });
export const ifThen = (premise: Claim, conclusion: Claim): Claim => either(no(premise), conclusion);

/** A sentence about the rulebook that a solver can prove or refute. */
export interface Theorem {
  readonly cite: string;
  /** Ids of the hops that it is about. */
  readonly hops: readonly string[];
  readonly sentence: string;
  /** `always`: true of every set of facts. `sometimes`: true of at least one, so that no other theorem is empty. */
  readonly mode: 'always' | 'sometimes';
  readonly claim: Claim;
}

export const always = (cite: string, hops: readonly string[], sentence: string, claim: Claim): Theorem => ({
  cite,
  hops,
  sentence,
  mode: 'always',
  claim,
});
export const sometimes = (
  cite: string,
  hops: readonly string[],
  sentence: string,
  claim: Claim,
): Theorem => ({
  ...always(cite, hops, sentence, claim),
  mode: 'sometimes',
});
