import { type FactId, nothingKnown } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { type Known, metIn } from './worlds.ts';

/** What the worlds still possible make of a group's rules. */
export interface Possible {
  /** Rules met in some world, as bits in the order of the group. */
  readonly meets: number;
  /** Rules not met in some world. */
  readonly fails: number;
  /** Whether some world meets all rules at once. */
  readonly permits: boolean;
}

/**
 * Looks into every world that an assignment leaves possible. The worlds of a fact with several answers are those with
 * its first answer and those with the others, so each set of worlds is made up once, of two that are known already.
 */
export const possibilities = (rules: readonly Rule[], ids: readonly FactId[]) => {
  const everyRule = (1 << rules.length) - 1;
  const world = nothingKnown();
  const done = new Map<string, Possible>();

  const inWorld = (known: Known): Possible => {
    ids.forEach((id, n) => (world[id] = known[n] ?? 0));
    const meets = rules.reduce((bits, rule, n) => (metIn(rule, world) ? bits | (1 << n) : bits), 0);
    return { meets, fails: everyRule & ~meets, permits: meets === everyRule };
  };

  const of = (known: Known): Possible => {
    const key = known.join();
    const found = done.get(key);
    if (found !== undefined) return found;
    const open = known.findIndex((mask) => mask & (mask - 1));
    let made: Possible;
    if (open < 0) made = inWorld(known);
    else {
      const mask = known[open] ?? 0;
      const one = of(known.with(open, mask & -mask));
      const rest = of(known.with(open, mask & (mask - 1)));
      made = {
        meets: one.meets | rest.meets,
        fails: one.fails | rest.fails,
        permits: one.permits || rest.permits,
      };
    }
    done.set(key, made);
    return made;
  };
  return of;
};
