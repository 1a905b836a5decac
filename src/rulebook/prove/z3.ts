import { init, killThreads } from 'z3-solver';
import { type FactId, factIds, facts, valuesOf } from '../facts.ts';
import { factsOf } from '../formula.ts';
import type { Hop } from '../rule.ts';
import type { Theorem, When } from './claim.ts';
import { answer, preamble, query } from './smt.ts';

export interface Proof {
  readonly theorem: Theorem;
  readonly proved: boolean;
  /** Facts against an `always` theorem, in words; none where it holds, and none for a `sometimes` theorem. */
  readonly counterexample: readonly string[];
}

type Ask = (script: string) => Promise<string>;

const readBy = (theorem: Theorem, hops: readonly Hop[]): readonly FactId[] => {
  const read = hops.filter(({ id }) => theorem.hops.includes(id)).flatMap(({ rules }) => rules);
  return factIds.filter((id) => read.some((rule) => factsOf(rule.when).includes(id)));
};

const twoMoments = (theorem: Theorem) => JSON.stringify(theorem.claim).includes('"later"');

/** A model's answers in words. The solver says `((name true) …)` of every answer whether it is still possible. */
const counterexample = async (
  ask: Ask,
  theorem: Theorem,
  hops: readonly Hop[],
): Promise<readonly string[]> => {
  const moments: readonly When[] = twoMoments(theorem) ? ['now', 'later'] : ['now'];
  const ids = readBy(theorem, hops);
  const names = moments.flatMap((when) => ids.flatMap((id) => valuesOf(id).map((v) => answer(when, id, v))));
  const values = await ask(`(push)${query(theorem, hops)}(check-sat)(get-value (${names.join(' ')}))(pop)`);
  return moments.flatMap((when) =>
    ids.map((id) => {
      const open = valuesOf(id).filter((v) => !values.includes(`(${answer(when, id, v)} false)`));
      const said = open.length === valuesOf(id).length ? 'not known' : open.join(' or ');
      return `${when === 'later' ? 'later: ' : ''}${facts[id].question} ${said}`;
    }),
  );
};

/**
 * Proves theorems from the rules' own data with Z3, in one script. Z3's worker threads are ended before this returns, so
 * that the process can exit. Throws an Error when the solver does not answer as SMT-LIB says.
 */
export const proveTheorems = async (
  theorems: readonly Theorem[],
  hops: readonly Hop[],
): Promise<readonly Proof[]> => {
  const api = await init();
  const { Z3 } = api;
  try {
    const context = Z3.mk_context(Z3.mk_config());
    const ask: Ask = (script) => Z3.eval_smtlib2_string(context, script);
    const script = theorems.map((theorem) => `(push)${query(theorem, hops)}(check-sat)(pop)`);
    const said = (await ask([preamble(hops), ...script].join('\n'))).trim().split('\n');
    if (said.length !== theorems.length || said.some((line) => line !== 'sat' && line !== 'unsat'))
      throw new Error(`the solver did not answer as SMT-LIB says: ${said.slice(0, 3).join(' ')}`);
    const proofs: Proof[] = [];
    for (const [n, theorem] of theorems.entries()) {
      const proved = said[n] === (theorem.mode === 'always' ? 'unsat' : 'sat');
      const against = !proved && theorem.mode === 'always';
      proofs.push({
        theorem,
        proved,
        counterexample: against ? await counterexample(ask, theorem, hops) : [],
      });
    }
    Z3.del_context(context);
    return proofs;
  } finally {
    await killThreads(api.em);
  }
};
