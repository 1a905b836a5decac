import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import { determine } from '../determine.ts';
import { evaluate } from '../evaluate.ts';
import { type Facts, factIds, unknownOf } from '../facts.ts';
import { any, is, not, oneOf } from '../formula.ts';
import { generate } from '../generate.ts';
import { generated } from '../generated.ts';
import type { Hop, Rule } from '../rule.ts';
import { hopOf, hops } from '../rulebook.ts';
import type { Run } from './classes.ts';
import { exhaust } from './exhaustive.ts';
import { groupsOf, splitFaults } from './split.ts';
import { theoremsOf } from './theorems.ts';
import { proveTheorems } from './z3.ts';

const anyFacts: fc.Arbitrary<Facts> = fc
  .tuple(
    ...factIds.map((id) => fc.oneof(fc.constant(unknownOf(id)), fc.integer({ min: 1, max: unknownOf(id) }))),
  )
  .map((masks) => Object.fromEntries(factIds.map((id, n) => [id, masks[n]])) as Facts);

/** The hop with one rule's formula changed: what a slip in the rules would be. */
const broken = (hopId: string, ruleId: string, when: (rule: Rule) => Rule['when']): readonly Hop[] =>
  hops.map((hop) =>
    hop.id === hopId
      ? {
          ...hop,
          rules: hop.rules.map((rule) => (rule.id === ruleId ? { ...rule, when: when(rule) } : rule)),
        }
      : hop,
  );

const codeOf = (id: string): Run => generated[id] ?? assert.fail(id);

describe('the generated code', () => {
  it('is what the rules generate today', async () => {
    const file = new URL('../generated.ts', import.meta.url);
    const options = await resolveConfig(file);
    const fresh = await format(generate(), { ...options, parser: 'typescript' });
    assert.equal(readFileSync(file, 'utf8'), fresh, 'run npm run generate');
  });

  for (const hop of hops)
    it(`decides ${hop.id} as the interpreter does, whatever is known or half known`, () => {
      fc.assert(
        fc.property(anyFacts, (facts) => assert.equal(determine(hop.id, facts), evaluate(hop, facts))),
        { numRuns: 300 },
      );
    });
});

describe('the exhaustive proof', () => {
  for (const hop of hops)
    it(`finds no fault in ${hop.id}`, () => {
      // A smaller part than the command runs, so that the split is tested too.
      const found = exhaust(hop, codeOf(hop.id), 3 ** 8);
      assert.deepEqual(found.faults, []);
      assert.ok(found.classes > 1n && found.runs > found.assignments);
    });

  it('gives rules that share a fact to one group, and a fact to no two groups', () => {
    for (const hop of hops) {
      const groups = groupsOf(hop);
      assert.deepEqual(
        groups.flat().toSorted((a, b) => a - b),
        [...hop.rules.keys()],
      );
    }
    assert.ok(
      groupsOf(hopOf('irs-to-customs')).some((group) => group.length === 2),
      '(a)(1) and (a)(2) share one',
    );
  });

  const first = hopOf('irs-to-customs');
  const run = codeOf('irs-to-customs');

  it('finds code that answers one class of facts wrongly', () => {
    const wrong: Run = (f) => (f.chapter === 4 && f.signedByCommissioner === 2 ? 0 : run(f));
    assert.match(exhaust(first, wrong, 3 ** 6).faults.join('\n'), /bits 0, by the definition/);
  });

  it('finds a rule of the code that is not the rule of the law', () => {
    const [hop] = broken('irs-to-customs', '(a) chapter', () => oneOf('chapter', 'chapter 1'));
    assert.ok(exhaust(hop ?? first, run, 3 ** 6).faults.some((fault) => fault.includes('the interpreter')));
  });

  it('refuses code in which one rule reads another’s fact', () => {
    const source = run.toString();
    assert.deepEqual(splitFaults(first, source), []);
    const leak = source.replace('r = f.editionInForce;', 'r = both(f.editionInForce, f.itemParticular);');
    assert.match(splitFaults(first, leak).join(), /\(a\) edition: reads editionInForce, itemParticular/);
    const carried = source.replace('r = f.editionInForce;', 'r = both(f.editionInForce, failed);');
    assert.match(splitFaults(first, carried).join(), /computes with more than its facts/);
    const swapped = source.replace('& 1) << 0;', '& 1) << 1;');
    assert.match(splitFaults(first, swapped).join(), /the bit of another rule/);
    assert.match(
      splitFaults(first, source.replace('return failed', 'failed = 0; return failed')).join(),
      /beyond/,
    );
  });
});

describe('the theorems', () => {
  it('all hold, and every hop can be permitted and refused', async () => {
    const proofs = await proveTheorems(theoremsOf(hops), hops);
    assert.deepEqual(
      proofs.filter(({ proved }) => !proved).map(({ theorem }) => theorem.sentence),
      [],
    );
    assert.ok(proofs.length >= 25);
  });

  const slips: readonly (readonly [string, string, string, (rule: Rule) => Rule['when'], RegExp])[] = [
    [
      'a delegate’s signature',
      'irs-to-customs',
      '(b) Commissioner',
      () => any(is('signedByCommissioner'), is('writtenRequest')),
      /unless the Commissioner/,
    ],
    [
      'related taxpayers of an intended audit',
      'irs-to-customs',
      '(c) taxpayers',
      () => not(oneOf('standing', 'none')),
      /while the audit is only intended/,
    ],
    [
      'a contractor',
      'justice-to-other',
      '(j) contractor',
      () => is('invokesM'),
      /No hop permits a contractor/,
    ],
    ['no last resort', 'justice-to-other', '(h) last resort', () => is('useNecessary'), /cannot otherwise/],
    [
      'a rule that cannot be met',
      'use-by-customs',
      '(f) held',
      () => any(),
      /facts on which it is permitted/,
    ],
  ];
  for (const [slip, hop, rule, when, sentence] of slips)
    it(`fail when the rules let pass: ${slip}`, async () => {
      const slipped = broken(hop, rule, when);
      const proofs = await proveTheorems(theoremsOf(slipped), slipped);
      const refuted = proofs.filter(({ proved }) => !proved);
      const named = refuted.find(({ theorem }) => sentence.test(theorem.sentence));
      assert.ok(named, refuted.map(({ theorem }) => theorem.sentence).join('\n'));
      if (named.theorem.mode === 'always') assert.match(named.counterexample.join('\n'), /\? \S/);
    });
});
