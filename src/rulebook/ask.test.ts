import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ask } from './ask.ts';
import { evaluate } from './evaluate.ts';
import { type FactId, type Facts, bitOf, nothingKnown, unknownOf, valuesOf } from './facts.ts';
import { factsOf } from './formula.ts';
import type { Hop } from './rule.ts';
import { hopOf, hops } from './rulebook.ts';

const read = (hop: Hop): FactId[] => [...new Set(hop.rules.flatMap((rule) => factsOf(rule.when)))];

/** Facts near to a permission, so that most are undecided: some opened, at most one of the rest answered otherwise. */
const nearlyPermitted = (hop: Hop, open: number) =>
  fc
    .record({
      unknown: fc.subarray(read(hop), { maxLength: open }),
      otherwise: fc.option(fc.constantFrom(...read(hop)), { freq: 2 }),
      answer: fc.nat({ max: 14 }),
    })
    .map(({ unknown, otherwise, answer }): Facts => {
      const all = nothingKnown();
      for (const { fact, hopedFor } of ask(hop, all)) all[fact] = bitOf(fact, hopedFor[0] ?? '');
      if (otherwise !== null) all[otherwise] = 1 << (answer % valuesOf(otherwise).length);
      for (const id of unknown) all[id] = unknownOf(id);
      return all;
    });

const answered = (facts: Facts, ids: readonly FactId[]): Facts[] =>
  ids.reduce<Facts[]>(
    (sets, id) => sets.flatMap((set) => valuesOf(id).map((value) => ({ ...set, [id]: bitOf(id, value) }))),
    [facts],
  );

const subsets = <T>(of: readonly T[]): T[][] =>
  of.reduce<T[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);

/** The slow, obvious way: try every set of unknown facts, smallest first. */
const fewest = (hop: Hop, facts: Facts): number | undefined =>
  subsets(read(hop).filter((id) => facts[id] === unknownOf(id)))
    .sort((a, b) => a.length - b.length)
    .find((ids) => answered(facts, ids).some((set) => evaluate(hop, set).verdict === 'permitted'))?.length;

for (const id of ['customs-to-importer', 'criminal-use', 'justice-to-other', 'irs-to-customs']) {
  test(`${id}: no smaller set of questions than the one asked can settle it`, () => {
    const hop = hopOf(id);
    fc.assert(
      fc.property(nearlyPermitted(hop, 4), (facts) => {
        const { verdict } = evaluate(hop, facts);
        const questions = ask(hop, facts);
        if (verdict !== 'undetermined') return questions.length === 0;
        return questions.length === (fewest(hop, facts) ?? 0);
      }),
    );
  });
}

test('the answers hoped for do settle every hop, from nothing known', () => {
  for (const hop of hops) {
    const facts = nothingKnown();
    for (const { fact, hopedFor } of ask(hop, facts)) facts[fact] = bitOf(fact, hopedFor[0] ?? '');
    assert.equal(evaluate(hop, facts).verdict, 'permitted', hop.id);
  }
});

test('what would end the whole request is asked first', () => {
  const questions = ask(hopOf('irs-to-customs'), nothingKnown());
  const ends = questions.map((question) => (question.rules.some((rule) => rule.ends === 'request') ? 0 : 1));
  assert.deepEqual(ends, [...ends].sort());
});
