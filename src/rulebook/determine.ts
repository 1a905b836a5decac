import type { Facts } from './facts.ts';
import { generated } from './generated.ts';
import type { Hop, Rule } from './rule.ts';
import { hopOf, hops } from './rulebook.ts';

export type Verdict = 'permitted' | 'refused' | 'undetermined';

/** What the rules make of a set of facts. Equal ones are one object: compare with `===`, never change. */
export interface Determination {
  readonly hop: Hop;
  readonly verdict: Verdict;
  /** Rules known not to be met, in the order of the law. Whatever is learnt later, they stay so. */
  readonly failed: readonly Rule[];
  /** Rules that the facts known leave open. */
  readonly missing: readonly Rule[];
}

/** A truth value as the set of those still possible: 1 true, 2 false, 3 not known (Kleene’s three). */
export type Kleene = number;

/** Which rules failed and which are missing, as two sets of bits in one number: `failed × 2^26 + missing`. */
export type Outcome = number;

const MASK = 2 ** 26;

/** Determinations kept of each hop, some 200 bytes each. */
const MOST_INTERNED = 50_000;

const pick = (rules: readonly Rule[], bits: number) => rules.filter((_, n) => (bits >> n) & 1);

const read = (hop: Hop, outcome: Outcome): Determination => {
  const failed = pick(hop.rules, Math.floor(outcome / MASK));
  const missing = pick(hop.rules, outcome % MASK);
  const verdict = failed.length > 0 ? 'refused' : missing.length > 0 ? 'undetermined' : 'permitted';
  return Object.freeze({ hop, verdict, failed: Object.freeze(failed), missing: Object.freeze(missing) });
};

const interned = new Map(hops.map((hop) => [hop.id, new Map<Outcome, Determination>()]));

/** Intern an outcome of either implementation. */
export const determinationOf = (hop: Hop, outcome: Outcome): Determination => {
  const known = interned.get(hop.id) ?? new Map<Outcome, Determination>();
  const found = known.get(outcome);
  if (found !== undefined) return found;
  const made = read(hop, outcome);
  // A node runs for months; what a caller still holds stays its own.
  if (known.size >= MOST_INTERNED) known.clear();
  known.set(outcome, made);
  return made;
};

/** Decides one hop over one set of facts, by the generated code. Throws a RangeError on a hop that does not exist. */
export const determine = (hopId: string, facts: Facts): Determination => {
  const hop = hopOf(hopId);
  const run = generated[hop.id];
  if (run === undefined) throw new RangeError(`no generated code for “${hopId}”: run npm run generate`);
  return determinationOf(hop, run(facts));
};
