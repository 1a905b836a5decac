import type { FactDefinition } from './fact.ts';
import { facts as l14 } from './l-14/facts.ts';
import { facts as l2 } from './l-2/facts.ts';
import { facts as m } from './m/facts.ts';

const table = { ...l14, ...l2, ...m };

export type FactId = keyof typeof table;

/** The answers of a fact that has its own list of them. */
export type ValueOf<F extends FactId> = (typeof table)[F] extends { readonly values: readonly (infer V)[] }
  ? V
  : never;

/** The facts that have their own list of answers. */
export type ChoiceId = { [F in FactId]: ValueOf<F> extends never ? never : F }[FactId];

/** Every fact that a rule of any section may name. */
export const facts: Readonly<Record<FactId, FactDefinition>> = table;

export const factIds = Object.keys(table) as FactId[];

/**
 * What is known, in one fixed shape. A fact is the set of answers it may still have, as bits: for a question of yes and
 * no, 1 is yes, 2 is no and 3 is not known; for a list of answers, bit n is the n-th of them and all bits are not known.
 */
export type Facts = Record<FactId, number>;

export const YES = 1;
export const NO = 2;
export const UNKNOWN = 3;

export const valuesOf = (id: FactId): readonly string[] => facts[id].values ?? ['yes', 'no'];

/** All answers still possible. */
export const unknownOf = (id: FactId): number => (1 << valuesOf(id).length) - 1;

export const nothingKnown = (): Facts =>
  Object.fromEntries(factIds.map((id) => [id, unknownOf(id)])) as Facts;

const bits = new Map(factIds.map((id) => [id, new Map(valuesOf(id).map((value, n) => [value, 1 << n]))]));

/** The bit of one answer. Throws a RangeError on an answer that the fact does not have. */
export const bitOf = (id: FactId, answer: string): number => {
  const bit = bits.get(id)?.get(answer);
  if (bit === undefined) throw new RangeError(`${id} has no answer “${answer}”`);
  return bit;
};

/** An answer in words; undefined while more than one is possible. */
export const answerOf = (known: Facts, id: FactId): string | undefined => {
  const at = valuesOf(id).findIndex((_, n) => known[id] === 1 << n);
  return at < 0 ? undefined : valuesOf(id)[at];
};
