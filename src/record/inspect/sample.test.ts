import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { CASE, account, find, wholeCase } from '../record.fixture.ts';
import type { RecordedEvent } from '../event.ts';
import { follow } from './follow.ts';
import { sample } from './sample.ts';

const { events } = wholeCase();
const drawn = (all: readonly RecordedEvent[], n: number, seed: string) =>
  sample(all, { n, seed }).picks.map(({ log, seq }) => `${log}/${seq}`);
const population = events.filter(({ item }) => item !== undefined);

test('the sample is the one that anybody draws with sha256sum', () => {
  const ranked = population
    .map(({ log, seq }) => `${log}/${seq}`)
    .map((entry) => [createHash('sha256').update(`a seed\n${entry}`).digest('hex'), entry] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry);
  assert.deepEqual(drawn(events, 12, 'a seed'), ranked.slice(0, 12));
});

test('it is the same in any order of events, and a larger one begins with the smaller', () => {
  const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
  fc.assert(
    fc.property(shuffled, fc.string(), fc.nat(20), (all, seed, n) => {
      assert.deepEqual(drawn(all, n, seed), drawn(events, n + 5, seed).slice(0, n));
    }),
    { numRuns: 10 },
  );
});

test('it is never larger than the population, and draws no entry twice', () => {
  const all = drawn([...events, ...events], 10_000, 's');
  assert.equal(all.length, population.length);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(drawn(events, 0, 's'), []);
});

test('every entry is drawn about as often as every other', () => {
  const template = find(events, 'customs', 'item-opened');
  const many = Array.from({ length: 50 }, (_, seq) => ({ ...template, seq, item: `i-${seq}`, case: 'C' }));
  const times = new Map<string, number>();
  const [draws, n] = [1000, 5];
  for (let seed = 0; seed < draws; seed++)
    for (const entry of drawn(many, n, `seed ${seed}`)) times.set(entry, (times.get(entry) ?? 0) + 1);
  const expected = (draws * n) / many.length;
  const chi = many.reduce(
    (sum, { log, seq }) => sum + ((times.get(`${log}/${seq}`) ?? 0) - expected) ** 2 / expected,
    0,
  );
  // 49 degrees of freedom: a fair draw is above 94 once in ten thousand times, and these seeds are fixed.
  assert.ok(chi < 94, String(chi));
});

test('an item is followed from its request to its end, through three offices, and each packet is met', () => {
  const journey = follow(events, CASE, 'purchases');
  assert.deepEqual(journey.gaps, []);
  assert.equal(journey.what, 'Form 1125-A, line 2');
  assert.deepEqual(journey.ends, [
    { office: 'customs', stands: 'made undisclosable' },
    { office: 'justice', stands: 'returned' },
  ]);
  assert.deepEqual([...new Set(journey.steps.map(({ office }) => office))].sort(), [
    'customs',
    'irs',
    'justice',
  ]);
  assert.equal(journey.steps[0]?.act, 'requested');
  const referred = journey.steps.find(({ act }) => act === 'referred to Justice');
  assert.deepEqual(
    referred?.meets.map(({ seq }) => seq),
    [find(events, 'justice', 'item-received').seq],
  );
});

test('what the other office should have and has not is a gap; an office that was not asked is said to be so', () => {
  const lost = events.filter(({ log, kind }) => !(log === 'justice' && kind === 'item-received'));
  assert.deepEqual(follow(lost, CASE, 'purchases').gaps, [
    `customs/${find(events, 'customs', 'item-referred').seq} (referred to Justice): justice has no entry of this packet and item`,
  ]);
  const alone = follow(
    events.filter(({ log }) => log === 'customs'),
    CASE,
    'purchases',
  ).gaps;
  assert.ok(alone.every((gap) => gap.endsWith('were not given')));
  assert.equal(alone.length, 3);
  const unasked = events.filter(({ kind }) => kind !== 'item-requested' && kind !== 'item-asked');
  assert.match(follow(unasked, CASE, 'purchases').gaps.join(), /no request for this item/);
});

test('every step has its item, and no step is another item’s', () => {
  for (const item of ['purchases', 'wages', 'rent']) {
    const steps = follow(events, CASE, item).steps.map(({ entry }) => `${entry.log}/${entry.seq}`);
    const own = events.filter((event) => event.item === item).map(({ log, seq }) => `${log}/${seq}`);
    for (const entry of own) assert.ok(steps.includes(entry));
    const others = events.filter((event) => event.item !== undefined && event.item !== item);
    for (const { log, seq } of others) assert.ok(!steps.includes(`${log}/${seq}`));
  }
  assert.ok(!JSON.stringify(follow(events, CASE, 'wages')).includes(account('wages')));
});
