import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalJson } from '../../ground/canonical.ts';
import { type Step, type World, takeAll, worldAt } from './world.fixture.ts';

/** DESIGN 5.1. The adversary asked, reads the IRS's log of what crosses, and compares. */

const of = ['purchases'];
const period = { from: '2021-01-01', to: '2021-12-31' };
const lee = { by: 'lee', on: 'approval' };
const sam = { by: 'sam', on: 'approval' };
const alex = { by: 'alex', on: 'approval' };

const bar = (who: { by: string; on: string }, finds: string, answer: unknown): readonly Step[] => [
  { ...who, act: 'withdraw finding', finds, of, reason: 'News.' },
  { ...who, act: 'finding', finds, of, answer, reason: 'News.' },
];

const causes: Readonly<
  Record<string, { readonly steps: readonly Step[]; readonly missing?: readonly string[] }>
> = {
  'an informant': { steps: bar(lee, 'identifies informant', true) },
  'an investigation': { steps: bar(lee, 'seriously impairs', true) },
  'an Advance Pricing Agreement': {
    steps: [
      { ...sam, act: 'locate', item: 'purchases', record: { taxpayer: 'lamp', source: 'APA', period } },
    ],
  },
  'a treaty': { steps: bar(sam, 'treaty', 'whole') },
  'no record': { steps: [{ ...alex, act: 'locate', item: 'purchases', record: 'none' }] },
  'an election': { steps: [{ ...alex, act: 'elect', items: of, reason: 'Enough is known.' }] },
  'a line that the return does not have': { steps: [], missing: of },
};

const finish = ({ steps, missing = [] }: (typeof causes)[string]): World =>
  takeAll(takeAll(worldAt('reviewed'), steps), [
    { by: 'quinn', on: 'approval', act: 'approve' },
    {
      ...lee,
      on: 'release',
      act: 'finding',
      finds: 'identifies informant',
      of: ['sister-purchases'],
      answer: false,
      reason: 'None.',
    },
    {
      ...lee,
      on: 'release',
      act: 'finding',
      finds: 'seriously impairs',
      of: ['sister-purchases'],
      answer: false,
      reason: 'None.',
    },
    ...(missing.length === 0
      ? []
      : ['identifies informant', 'seriously impairs'].map((finds) => ({
          ...lee,
          on: 'release',
          act: 'finding',
          finds,
          of,
          answer: false,
          reason: 'None.',
        }))),
    { by: 'casey', on: 'release', act: 'release', missing },
  ]);

const others = Object.entries(causes);
const first = finish(causes['an informant'] ?? { steps: [] });

describe('whatever keeps an item back, Customs can see the same', () => {
  for (const [name, cause] of others) {
    const world = finish(cause);
    test(`${name}: the answer, byte for byte`, () => {
      assert.equal(canonicalJson(world.answer), canonicalJson(first.answer));
      assert.match(canonicalJson(world.answer), /"id":"purchases","outcome":"not disclosed"}/);
    });
    test(`${name}: number, kinds, order and bodies of the entries in the log that Customs may read`, () => {
      assert.equal(canonicalJson(world.irs), canonicalJson(first.irs));
      assert.equal(world.irs.length, 2 * (1 + 2));
    });
  }

  test('and with nothing against it, others: the comparison can fail', () => {
    const world = finish({ steps: [], missing: ['nothing'] });
    assert.notEqual(canonicalJson(world.answer), canonicalJson(first.answer));
  });

  test('the entries of a disclosed item have the same shape as those of one kept back', () => {
    const world = worldAt('released');
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]))
        : typeof value;
    assert.deepEqual(world.irs.map(shape), first.irs.map(shape));
    const cites = (one: World) => one.irs.map(({ kind, cite, item }) => [kind, cite, item]);
    assert.deepEqual(cites(world), cites(first));
  });

  test('what the review found is in no event of that log', () => {
    for (const [, cause] of others)
      assert.doesNotMatch(
        canonicalJson(finish(cause).irs.slice(3)),
        /informant|impair|APA|treaty|News|reason|rules/,
      );
  });
});
