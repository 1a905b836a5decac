import { bitOf } from './facts.ts';
import type { Formula } from './formula.ts';
import type { Hop, Rule } from './rule.ts';
import { hops } from './rulebook.ts';

/** A formula as an expression over the bits of facts; `1` true, `2` false, `3` not known. */
const expression = (formula: Formula, negated: boolean): string => {
  switch (formula.op) {
    case 'is':
      return negated ? `not(f.${formula.fact})` : `f.${formula.fact}`;
    case 'oneOf': {
      const good = formula.values.map((value) => bitOf(formula.fact, value)).reduce((a, b) => a | b, 0);
      return negated ? `not(among(f.${formula.fact}, ${good}))` : `among(f.${formula.fact}, ${good})`;
    }
    case 'not':
      return expression(formula.of, !negated);
    case 'all':
    case 'any': {
      // De Morgan: the negation of an “all” is an “any” of negations.
      const name = (formula.op === 'all') !== negated ? 'both' : 'either';
      return formula.of.map((part) => expression(part, negated)).reduce((a, b) => `${name}(${a}, ${b})`);
    }
  }
};

const statement = (rule: Rule, n: number) =>
  `// ${rule.id}\nr = ${expression(rule.when, rule.kind === 'bars')};\n` +
  `failed |= FAILED[r] << ${n};\nmissing |= MISSING[r] << ${n};`;

const fn = (hop: Hop) => `
/** ${hop.title} */
const ${hop.id.replace(/-(.)/g, (_, c: string) => c.toUpperCase())} = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
${hop.rules.map(statement).join('\n')}
  return failed * 67108864 + missing;
};`;

/** The whole generated module as text, before formatting. */
export const generate = (): string =>
  `// Generated from the rules by \`npm run generate\`; do not edit. A test fails when it differs from what the rules say.
import type { Facts } from './facts.ts';

const not = (a: number) => ((a & 1) << 1) | (a >> 1);
const both = (a: number, b: number) => (a & b & 1) | ((a | b) & 2);
const either = (a: number, b: number) => ((a | b) & 1) | (a & b & 2);
const among = (possible: number, good: number) => Number((possible & good) !== 0) | (Number((possible & ~good) !== 0) << 1);
${hops.map(fn).join('\n')}

/** Each hop’s rules over one set of facts: the failed and the missing as bits, \`failed × 2^26 + missing\`. */
export const generated: Readonly<Record<string, (f: Facts) => number>> = {
${hops.map((hop) => `  '${hop.id}': ${hop.id.replace(/-(.)/g, (_, c: string) => c.toUpperCase())},`).join('\n')}
};
`
    .replaceAll('FAILED[r]', '(r >> 1 & ~r & 1)')
    .replaceAll('MISSING[r]', '(r & r >> 1 & 1)');
