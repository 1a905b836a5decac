import { interpret } from '../evaluate.ts';
import { type FactId, type Facts, nothingKnown } from '../facts.ts';
import { not } from '../formula.ts';
import type { Hop, Rule } from '../rule.ts';
import { possibilities } from './possible.ts';
import type { Group } from './split.ts';
import { type Known, assignmentsOf, factsRead, plain } from './worlds.ts';

/** One function of the generated code: facts to `failed × 2^26 + missing`. */
export type Run = (facts: Facts) => number;

export const SHIFT = 2 ** 26;

/** All assignments of a group that its rules answer alike, with one to stand for them. */
export interface Class {
  /** The facts of that one, with the bits of their possible answers. */
  readonly puts: readonly (readonly [FactId, number])[];
  /** Bits at the rules' places in the hop. */
  readonly failed: number;
  readonly missing: number;
}

export interface GroupClasses {
  readonly classes: readonly Class[];
  readonly assignments: number;
  /** Assignments that leave a rule open though every answer still possible comes to the same. */
  readonly coarse: number;
  /** Assignments without a failed rule which no answer still possible can make all met. */
  readonly hopeless: number;
  readonly faults: readonly string[];
}

const interpreted = (rule: Rule) => interpret(rule.kind === 'requires' ? rule.when : not(rule.when));

/**
 * Goes through every assignment of a group's facts, by the interpreter and by the generated code. The bits must be those
 * of the definition: failed when the rule is met in no world still possible, missing when in some. A rule may be left
 * open that every remaining answer decides alike (Kleene's logic is truth-functional), but only where an answer is half
 * known; never the reverse.
 */
export const classesOf = (hop: Hop, group: Group, run: Run): GroupClasses => {
  const rules = hop.rules.filter((_, n) => group.includes(n));
  const places = group.toSorted((a, b) => a - b);
  const asks = rules.map(interpreted);
  const ids = factsRead(rules);
  const possible = possibilities(rules, ids);
  const others = places.reduce((bits, n) => bits & ~(1 << n), (1 << hop.rules.length) - 1);

  const facts = nothingKnown();
  const classes = new Map<number, Class>();
  const faults: string[] = [];
  let coarse = 0;
  let hopeless = 0;

  const check = (known: Known) => {
    ids.forEach((id, n) => (facts[id] = known[n] ?? 0));
    const { meets, fails, permits } = possible(known);
    let failed = 0;
    let missing = 0;
    let left = false;
    asks.forEach((ask, n) => {
      const said = ask(facts);
      const truth = ((meets >> n) & 1) | (((fails >> n) & 1) << 1);
      const bit = 1 << (places[n] ?? 0);
      if (said === 2) failed |= bit;
      if (said === 3) missing |= bit;
      if (said !== truth) left = true;
      if (said !== truth && (said !== 3 || plain(ids, known)))
        faults.push(`${rules[n]?.id}: ${said} where the answers still possible come to ${truth}`);
    });
    if (left) coarse += 1;
    if (failed === 0 && !permits) hopeless += 1;
    const expected = failed * SHIFT + missing;
    const said = run(facts);
    if (said !== expected + others)
      faults.push(`${hop.id}: the generated code gives bits ${said}, the interpreter ${expected + others}`);
    if (!classes.has(expected))
      classes.set(expected, { puts: ids.map((id, n) => [id, known[n] ?? 0]), failed, missing });
  };

  const assignments = assignmentsOf(rules);
  assignments.forEach(check);
  return {
    classes: [...classes.values()],
    assignments: assignments.length,
    coarse,
    hopeless,
    faults: faults.slice(0, 20),
  };
};
