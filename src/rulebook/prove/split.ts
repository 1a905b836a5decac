import type { FactId } from '../facts.ts';
import { factsOf } from '../formula.ts';
import type { Hop, Rule } from '../rule.ts';

/** Rules of a hop that are joined by the facts they read, directly or through one another; by their place in the hop. */
export type Group = readonly number[];

const reads = (rule: Rule | undefined): readonly FactId[] => (rule ? factsOf(rule.when) : []);

/** The rules of a hop in groups of which no two read a fact in common. */
export const groupsOf = (hop: Hop): readonly Group[] =>
  hop.rules.reduce<readonly Group[]>((groups, rule, n) => {
    const mine = new Set(reads(rule));
    const joined = groups.filter((group) =>
      group.some((at) => reads(hop.rules[at]).some((f) => mine.has(f))),
    );
    return [...groups.filter((group) => !joined.includes(group)), [...joined.flat(), n]];
  }, []);

const HEAD = /let failed = 0; let missing = 0; let r(?: = 0)? ?;/;
const TAIL = 'return failed * 67108864 + missing;';
const CALLS = /\b(?:not|both|either|among)\(/g;

/** `r = …; failed |= …; missing |= …;`: the value of one rule, computed afresh, then its two bits. */
const STATEMENT =
  /r = ([^;=]+); failed \|= \(\(r >> 1\) & ~r & 1\) << (\d+); missing \|= \(r & \(r >> 1\) & 1\) << (\d+); ?/y;

/** The facts in an expression of nothing but the four connectives; undefined if there is anything else in it. */
const factsIn = (expression: string): readonly string[] | undefined => {
  const rest = expression.replace(CALLS, '').replace(/\bf\.(\w+)/g, '');
  return /^[\s\d(),]*$/.test(rest)
    ? [...new Set([...expression.matchAll(/\bf\.(\w+)/g)].map(([, fact = '']) => fact))]
    : undefined;
};

/**
 * Proves on the running code's own text that no rule reads a fact of another group: the function is a straight line of
 * statements, one a rule, each of which computes `r` anew from that rule's facts and sets that rule's two bits.
 * Returns what is wrong, in words; nothing when the split stands.
 */
export const splitFaults = (hop: Hop, source: string): readonly string[] => {
  const code = source.replace(/\/\/[^\n]*\n/g, '\n').replace(/\s+/g, ' ');
  const head = HEAD.exec(code);
  const to = code.lastIndexOf(TAIL);
  if (head === null || to < head.index)
    return [`${hop.id}: the generated function does not begin or end as it should`];
  const body = code.slice(head.index + head[0].length, to).trimStart();
  STATEMENT.lastIndex = 0;
  let end = 0;
  const faults: string[] = [];
  for (const [n, rule] of hop.rules.entries()) {
    const found = STATEMENT.exec(body);
    if (found === null) return [...faults, `${rule.id}: no statement of its own at place ${n}`];
    end = STATEMENT.lastIndex;
    const [, expression = '', failed, missing] = found;
    const inCode = factsIn(expression);
    const inRule = new Set<string>(reads(rule));
    if (Number(failed) !== n || Number(missing) !== n)
      faults.push(`${rule.id}: sets the bit of another rule`);
    if (inCode === undefined) faults.push(`${rule.id}: computes with more than its facts: ${expression}`);
    else if (inRule.symmetricDifference(new Set(inCode)).size > 0)
      faults.push(`${rule.id}: reads ${inCode.join(', ')}, not ${[...inRule].join(', ')}`);
  }
  if (body.slice(end).trim() !== '') faults.push(`${hop.id}: code beyond the last rule`);
  return faults;
};
