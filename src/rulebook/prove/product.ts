import { type Facts, nothingKnown } from '../facts.ts';
import { type Class, type GroupClasses, type Run, SHIFT } from './classes.ts';

/** What the rules outside of the part that is run are held at, where their group can be. */
export type Held = 'met' | 'missing' | 'failed';

const distance: Record<Held, (one: Class) => number> = {
  met: (one) => Number(one.failed !== 0) * 2 + Number(one.missing !== 0),
  missing: (one) => Number(one.failed !== 0) * 2 + Number(one.missing === 0),
  failed: (one) => Number(one.failed === 0) * 2 + Number(one.missing !== 0),
};

const put = (facts: Facts, one: Class) => {
  for (const [id, mask] of one.puts) facts[id] = mask;
};

const value = (one: Class) => one.failed * SHIFT + one.missing;

/** Groups in parts whose products stay at or below `most`. */
export const partsOf = (
  groups: readonly GroupClasses[],
  most: number,
): readonly (readonly GroupClasses[])[] => {
  const parts: GroupClasses[][] = [];
  let size = Infinity;
  for (const one of groups) {
    size *= one.classes.length;
    if (size > most) {
      parts.push([]);
      size = one.classes.length;
    }
    parts.at(-1)?.push(one);
  }
  return parts;
};

/**
 * Runs the code over the whole product of a part's classes while the rest is held, and calls `wrong` with the bits that
 * it gave and those that it should have given. Returns how often it ran.
 */
export const runProduct = (
  run: Run,
  groups: readonly GroupClasses[],
  part: readonly GroupClasses[],
  held: Held,
  wrong: (said: number, expected: number) => void,
): number => {
  const facts = nothingKnown();
  let expected = 0;
  for (const { classes } of groups.filter((one) => !part.includes(one))) {
    const one = classes.toSorted((a, b) => distance[held](a) - distance[held](b))[0];
    if (one === undefined) continue;
    put(facts, one);
    expected += value(one);
  }
  const lists = part.map((one) => one.classes);
  const at = lists.map(() => 0);
  for (const [one] of lists) {
    if (one === undefined) continue;
    put(facts, one);
    expected += value(one);
  }
  // An odometer: the first group turns on every run, the next on every full turn of the one before.
  for (let runs = 1; ; runs += 1) {
    const said = run(facts);
    if (said !== expected) wrong(said, expected);
    let wheel = 0;
    for (; wheel < lists.length; wheel += 1) {
      const classes = lists[wheel] ?? [];
      const was = at[wheel] ?? 0;
      const now = was + 1 === classes.length ? 0 : was + 1;
      const [from, to] = [classes[was], classes[now]];
      if (from === undefined || to === undefined) return runs;
      at[wheel] = now;
      put(facts, to);
      expected += value(to) - value(from);
      if (now !== 0) break;
    }
    if (wheel === lists.length) return runs;
  }
};
