import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item } from './items.ts';
import { openCatalogue } from './open.ts';

const { items, search } = openCatalogue();

const wordsOf = ({ caption, form, document, line, also, bearsOn }: Item) =>
  [caption, form, document, line, also, ...bearsOn]
    .join(' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

test('royalt finds the royalty lines of the 5472', () => {
  const lines = search('royalt', { form: 'Form 5472', year: 2021 }).map(({ line }) => line);
  for (const line of ['13b', '14', '27b', '28']) assert.ok(lines.includes(line), line);
  const [first] = search('cost of goods sold', { form: '1125-A' });
  assert.equal(first?.line, '8');
  assert.ok(search('tooling').some(({ form }) => form === '4562'));
  assert.equal(search('COGS 1125', { year: 2013 })[0]?.path, 'IRS1125A/CostOfGoodsSoldAmt');
});

const someWord = fc
  .constantFrom(...items())
  .chain((item) =>
    fc
      .constantFrom(...wordsOf(item))
      .chain((word) =>
        fc.nat({ max: word.length - 1 }).map((cut) => ({ item, start: word.slice(0, cut + 1) })),
      ),
  );

test('the beginning of any word of an item finds it', () => {
  fc.assert(
    fc.property(someWord, ({ item, start }) => assert.ok(search(start.toUpperCase()).includes(item))),
  );
});

test('every word must be found, so more words find no more', () => {
  fc.assert(
    fc.property(someWord, someWord, (one, two) => {
      const both = search(`${one.start} ${two.start}`);
      const slow = items().filter((item) =>
        [one.start, two.start].every((start) => wordsOf(item).some((word) => word.startsWith(start))),
      );
      assert.deepEqual(new Set(both), new Set(slow));
      assert.equal(both.length, slow.length);
    }),
    { numRuns: 50 },
  );
});

test('form and year narrow it and nothing else', () => {
  const all = search('purchases');
  for (const year of [2013, 2021])
    assert.deepEqual(
      search('purchases', { year }),
      all.filter((item) => item.years.includes(year)),
    );
  assert.deepEqual(
    search('purchases', { form: '1125-A' }),
    all.filter((item) => item.form === '1125-A'),
  );
});

test('no words, or words of nothing, find nothing', () => {
  for (const words of ['', '  ', '§', 'zzz', 'purchases zzz']) assert.deepEqual(search(words), []);
});
