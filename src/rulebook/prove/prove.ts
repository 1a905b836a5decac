import { type Hop } from '../rule.ts';
import { hops as allHops } from '../rulebook.ts';
import { type Exhausted, exhaust } from './exhaustive.ts';
import { theoremsOf } from './theorems.ts';
import { type Proof, proveTheorems } from './z3.ts';

export interface ProofReport {
  readonly proved: boolean;
  /** One for each hop, in the rulebook's order. */
  readonly exhausted: readonly Exhausted[];
  readonly theorems: readonly Proof[];
}

export type Step =
  | { readonly part: 'exhaustive'; readonly done: number; readonly of: number; readonly hop: string }
  | { readonly part: 'theorems'; readonly done: number; readonly of: number };

/** Proves every hop: case by case over the generated code, and every theorem from the rules' data. */
export const proveAll = async (
  progress: (step: Step) => void = () => undefined,
  hops: readonly Hop[] = allHops,
): Promise<ProofReport> => {
  const exhausted = hops.map((hop, n) => {
    progress({ part: 'exhaustive', done: n, of: hops.length, hop: hop.id });
    return exhaust(hop);
  });
  const theorems = theoremsOf(hops);
  progress({ part: 'theorems', done: 0, of: theorems.length });
  const proofs = await proveTheorems(theorems, hops);
  progress({ part: 'theorems', done: theorems.length, of: theorems.length });
  return {
    proved: exhausted.every(({ faults }) => faults.length === 0) && proofs.every(({ proved }) => proved),
    exhausted,
    theorems: proofs,
  };
};

/** What was run, as one sentence for a person. */
export const sentenceOf = (one: Exhausted): string =>
  `${one.classes.toLocaleString('en-US')} classes of facts in ${one.groups} groups that share no fact: ` +
  (one.parts === 1
    ? `all run, ${one.runs.toLocaleString('en-US')} runs of the generated code.`
    : `split in ${one.parts} parts, each run whole, and every pair of groups; ${one.runs.toLocaleString('en-US')} runs of the generated code.`);
