import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day } from '../ground/dates.ts';
import { count, formWords, longDate, maskedTin, periodWords, readable, valueWords } from './words.ts';
import { withheld } from './letter.fixture.ts';

const spaced = (text: string) => text.replaceAll('\u00a0', ' ');

test('dates and periods', () => {
  assert.equal(longDate(day('2026-03-04')), 'March 4, 2026');
  const words = (from: string, to: string) => spaced(periodWords({ from: day(from), to: day(to) }));
  assert.equal(words('2021-01-01', '2021-12-31'), 'Jan 1 to Dec 31, 2021');
  assert.equal(words('2020-07-01', '2021-06-30'), 'Jul 1, 2020 to Jun 30, 2021');
  assert.equal(words('2021-06-30', '2021-06-30'), 'Jun 30, 2021');
});

test('a value is shown as filed; only a plain number of dollars gets separators', () => {
  assert.equal(valueWords('1234567', 'usd'), '1,234,567');
  assert.equal(valueWords('-1234567.50', 'usd'), '-1,234,567.50');
  assert.equal(valueWords('999', 'usd'), '999');
  assert.equal(valueWords('1234567', undefined), '1234567');
  assert.equal(valueWords('0012', undefined), '0012');
  assert.equal(valueWords('12%', 'usd'), '12%');
  assert.equal(valueWords('  ', 'usd'), 'filed empty');
  fc.assert(
    fc.property(fc.bigInt(), (n) => {
      assert.equal(valueWords(String(n), 'usd').replaceAll(',', ''), String(n));
      assert.equal(valueWords(String(n), 'usd'), n.toLocaleString('en-US'));
    }),
  );
});

test('a TIN shows its last four digits, and only where it has nine', () => {
  assert.equal(maskedTin('96-0000242'), 'TIN ending 0242');
  assert.equal(maskedTin('0242'), '');
  assert.equal(maskedTin(undefined), '');
});

test('no text can hide, turn or break a line', () => {
  assert.equal(readable(' a\n\tb '), 'a b');
  assert.equal(readable('pay\u202e001\u202c'), 'pay‹U+202E›001‹U+202C›');
  assert.equal(readable('e\u0301'), 'é');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(readable(text), /\p{C}|[^\S ]/u);
    }),
  );
});

test('a line number is called a line, a line that names itself is not', () => {
  assert.equal(formWords({ ...withheld, form: '1120', line: '26' }), 'Form 1120\nline 26');
  assert.equal(formWords({ ...withheld, form: '1120', line: 'Item D' }), 'Form 1120\nItem D');
  assert.equal(formWords({ ...withheld, form: '851', line: '' }), 'Form 851');
  assert.equal(
    formWords({ ...withheld, form: 'Schedule G (Form 1120)', line: '' }),
    'Schedule G (Form 1120)',
  );
});

test('counts', () => {
  assert.equal(count(1, 'item'), '1 item');
  assert.equal(count(0, 'item'), '0 items');
  assert.equal(count(1200, 'item'), '1,200 items');
});
