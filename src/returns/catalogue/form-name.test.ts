import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formKey, lineMeans } from './form-name.ts';
import { openCatalogue } from './open.ts';

const { forms, form } = openCatalogue();

test('a form is found in all the ways people write it', () => {
  const spellings: Record<string, readonly string[]> = {
    '5472': ['5472', 'Form 5472', 'IRS5472', 'form 5472', 'IRS Form 5472', ' 5472 '],
    '1125-A': ['1125-A', '1125A', 'Form 1125-A', 'IRS1125A'],
    '1120 Schedule M-3': [
      '1120 Sch M-3',
      'Schedule M-3 (Form 1120)',
      'Sch. M-3 (Form 1120)',
      'IRS1120ScheduleM3',
      '1120 M-3',
    ],
    '1120 Schedule UTP': ['Schedule UTP', 'Schedule UTP (Form 1120)', '1120 Sched. UTP'],
    '1065 Schedule K-1': [
      'Schedule K-1 (Form 1065)',
      'Form 1065, Schedule K-1',
      '1065 K-1',
      'IRS1065ScheduleK1',
    ],
    '1040 Schedule SE': ['Schedule SE', 'Schedule SE (Form 1040 or 1040-SR)', 'IRS1040ScheduleSE'],
    '1040 Schedule C': ['SCHEDULE C (Form 1040)', '1040 Sch. C'],
    '5471 Schedule M': ['5471 Sch M', 'IRS5471ScheduleM'],
    '990-T Schedule A': ['Schedule A (Form 990-T)', 'IRS990TScheduleA'],
    '1042-S': ['Form 1042-S', 'IRS1042S'],
    '1120-F': ['1120-F Section II', 'Form 1120-F', '1120F', '1120-F Schedule W'],
    '1120': ['1120 Schedule K', 'Schedule L (Form 1120)'],
    '1040': ['1040-SR'],
  };
  for (const [name, ways] of Object.entries(spellings))
    for (const way of ways) assert.equal(form(way)?.form, name, way);
});

test('what could be two forms, or none, is none', () => {
  for (const name of [
    'Schedule C',
    'Schedule M-3',
    'Schedule K',
    '',
    '54',
    '5472-X',
    '1040 Schedule UTP',
    '1120-H',
    'K-1',
  ])
    assert.equal(form(name), undefined, name);
});

test('no two forms of the table share a spelling', () => {
  const owner = new Map<string, string>();
  for (const { form: name, aliases, inside, documents } of forms)
    for (const spelling of [name, ...aliases, ...inside.map((part) => `${name} ${part}`), ...documents]) {
      const key = formKey(spelling);
      assert.equal(owner.get(key) ?? name, name, spelling);
      owner.set(key, name);
    }
});

test('case, spaces and the word Form do not matter', () => {
  const around = fc.constantFrom('', ' ', '  ');
  fc.assert(
    fc.property(
      fc.constantFrom(...forms),
      around,
      around,
      fc.boolean(),
      fc.boolean(),
      (one, before, after, word, low) => {
        const written = `${before}${word && /^\d/.test(one.form) ? 'Form ' : ''}${one.form}${after}`;
        assert.equal(form(low ? written.toLowerCase() : written), one);
      },
    ),
  );
});

test('a line means what is printed, with or without its part and column', () => {
  for (const [asked, printed] of [
    ['23', '23'],
    ['line 23', 'Part IV, 23'],
    ['Part IV, line 23', 'Part IV, 23'],
    ['5A', '5a(iv)'],
    ['17', 'Part II, 17(d)'],
    ['7(a)', '7(a)'],
    ['Box 14', '14'],
  ] as const)
    assert.ok(lineMeans(asked, printed), `${asked} is ${printed}`);
  for (const [asked, printed] of [
    ['2', '23'],
    ['7(b)', '7(a)'],
    ['7', '7a'],
    ['Part I, 2', 'Part III, 2'],
    ['', '23'],
  ] as const)
    assert.ok(!lineMeans(asked, printed), `${asked} is not ${printed}`);
});
