import { determinationOf } from '../determine.ts';
import { generated } from '../generated.ts';
import type { Hop } from '../rule.ts';
import { type Run, SHIFT, classesOf } from './classes.ts';
import { type Held, partsOf, runProduct } from './product.ts';
import { groupsOf, splitFaults } from './split.ts';

export interface Exhausted {
  readonly hop: string;
  readonly groups: number;
  /** Assignments of the groups' facts gone through one by one. */
  readonly assignments: number;
  /** Classes of facts that the rules can tell apart: the product of the groups' classes. */
  readonly classes: bigint;
  /** Runs of the generated code over whole fact sets. */
  readonly runs: number;
  /** Parts into which the product was split; 1 when it was run whole. */
  readonly parts: number;
  /** Assignments, half known, that leave a rule open though every answer still possible comes to the same. */
  readonly coarse: number;
  /** Assignments of a group without a failed rule which no answer still possible makes all met. */
  readonly hopeless: number;
  /** What is wrong, in words; empty when the proof stands. At most twenty. */
  readonly faults: readonly string[];
}

/** Below this the product of all classes is run whole: 3^14, or 4,782,969, fact sets. */
const MOST = 3 ** 14;

/** The verdict by its plain definition. */
const verdictOf = (failed: number, missing: number) =>
  failed !== 0 ? 'refused' : missing !== 0 ? 'undetermined' : 'permitted';

/** The verdict read from bits must be that of the definition: for none, for every rule alone, and for every two. */
const verdictFaults = (hop: Hop): readonly string[] => {
  const one = hop.rules.flatMap((_, n) => [
    [1 << n, 0],
    [0, 1 << n],
  ]);
  const two = one.flatMap(([f = 0, m = 0]) => one.map(([g = 0, n = 0]) => [f | g, m | n]));
  return [[0, 0], ...one, ...two]
    .filter(([f = 0, m = 0]) => (f & m) === 0)
    .filter(([f = 0, m = 0]) => determinationOf(hop, f * SHIFT + m).verdict !== verdictOf(f, m))
    .map(([f, m]) => `${hop.id}: the verdict on failed ${f}, missing ${m} is not the definition’s`);
};

const absent: Run = () => NaN;

/**
 * Runs the generated code of a hop over every class of facts that its rules can tell apart, unknowns included, and
 * holds each answer to the definition: a rule has failed when it is met in no world still possible, and is missing when
 * it is met in some. Where the product of all classes exceeds `most`, it is split: the running code's own text shows
 * that no rule reads a fact of another group; each part is run whole while all other rules are met, missing and failed;
 * and every pair of groups is run in every pair of classes.
 */
export const exhaust = (hop: Hop, run: Run = generated[hop.id] ?? absent, most = MOST): Exhausted => {
  const groups = groupsOf(hop).map((group) => classesOf(hop, group, run));
  const parts = partsOf(groups, most);
  const pairs = groups.flatMap((one, n) => groups.slice(n + 1).map((other) => [one, other]));
  const faults = [
    ...splitFaults(hop, run.toString()),
    ...groups.flatMap((one) => one.faults),
    ...verdictFaults(hop),
  ];
  const wrong = (said: number, expected: number) => {
    if (faults.length < 20) faults.push(`${hop.id}: bits ${said}, by the definition ${expected}`);
  };
  const helds: readonly Held[] = parts.length > 1 ? ['met', 'missing', 'failed'] : ['met'];
  let runs = groups.reduce((sum, one) => sum + one.assignments, 0);
  for (const held of helds)
    for (const part of parts.length > 1 ? [...parts, ...pairs] : parts)
      runs += runProduct(run, groups, part, held, wrong);
  return {
    hop: hop.id,
    groups: groups.length,
    assignments: groups.reduce((sum, one) => sum + one.assignments, 0),
    classes: groups.reduce((product, one) => product * BigInt(one.classes.length), 1n),
    runs,
    parts: parts.length,
    coarse: groups.reduce((sum, one) => sum + one.coarse, 0),
    hopeless: groups.reduce((sum, one) => sum + one.hopeless, 0),
    faults: faults.slice(0, 20),
  };
};
