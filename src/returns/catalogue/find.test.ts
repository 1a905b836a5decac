import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { itemsMatching } from './find.ts';
import type { Item } from './items.ts';
import { openCatalogue } from './open.ts';

const catalogue = openCatalogue();
const first = (asked: string, within = {}): string => {
  const [item] = itemsMatching(catalogue, asked, within).items;
  return item === undefined ? 'nothing' : `${item.form}, ${item.line}`;
};

describe('an item is found as people write it', () => {
  const asked: readonly (readonly [string, string])[] = [
    ['1125-A 2', '1125-A, 2'],
    ['form 1125-A, line 2', '1125-A, 2'],
    ['Form 5472 line 14', '5472, 14'],
    ['1125-a purchases', '1125-A, 2'],
    ['purchases 1125-A', '1125-A, 2'],
    ['cost of goods sold 1125', '1125-A, 8'],
    ['zzz', 'nothing'],
  ];
  for (const [words, found] of asked) test(words, () => assert.equal(first(words), found));

  test('a form given apart narrows, and is not needed in the words', () => {
    assert.equal(first('line 2', { form: '1125-A' }), '1125-A, 2');
    for (const { form } of itemsMatching(catalogue, 'purch', { form: '1125-A' }).items)
      assert.equal(form, '1125-A');
  });

  test('without words, all of the form; without either, all there is', () => {
    assert.deepEqual(itemsMatching(catalogue, ' ', { form: '5472' }).items, catalogue.lookup('5472'));
    assert.equal(itemsMatching(catalogue, 'line').total, catalogue.items().length);
  });
});

const words = fc
  .array(
    fc.constantFrom('purch', 'cost', 'of', '1125', '5472', '1120', '2', '14', 'form', 'line', 'A', 'roy'),
    {
      maxLength: 3,
    },
  )
  .map((some) => some.join(' '));

test('the limit cuts the end off, and the total still counts it', () => {
  fc.assert(
    fc.property(words, fc.nat(30), (asked, limit) => {
      const all = itemsMatching(catalogue, asked);
      const some = itemsMatching(catalogue, asked, { limit });
      assert.deepEqual(some.items, all.items.slice(0, limit));
      assert.equal(some.total, all.total);
      assert.equal(all.items.length, all.total);
    }),
  );
});

test('ranking loses nothing and adds nothing', () => {
  const keys = (items: readonly Item[]) => items.map(({ path, years }) => `${path} ${years.join()}`).sort();
  fc.assert(
    fc.property(words, (asked) => {
      const plain = asked.replace(/\b(?:form|line)\b/g, '').trim();
      const found = plain === '' ? catalogue.items() : catalogue.search(plain);
      assert.deepEqual(keys(itemsMatching(catalogue, asked).items), keys(found));
    }),
  );
});
