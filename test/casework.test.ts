import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { type CaseDecision, decideCase } from '../src/casework/decide.ts';
import { unknownItems } from '../src/casework/items.ts';
import { readCase } from '../src/casework/read.ts';
import { type Case, caseSchema } from '../src/casework/schema.ts';
import { day } from '../src/ground/dates.ts';
import { type Problem, ProblemError } from '../src/ground/problem.ts';
import { openCatalogue } from '../src/returns/catalogue/open.ts';
import { type FactId, answerOf } from '../src/rulebook/facts.ts';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const base = textOf('scenarios/base/request.yaml');
const catalogue = openCatalogue();

type Draft = Record<string, unknown>;

/** Sets, or with `undefined` takes out, what stands at a dotted path of a case: `items.0.period`. */
const put = (draft: Draft, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const at = keys.reduce<Draft>((node, key) => node[key] as Draft, draft);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
};

const yamlWith = (changes: Draft): string => {
  const draft = parse(base) as Draft;
  for (const [path, value] of Object.entries(changes)) put(draft, path, value);
  return stringify(draft, { lineWidth: 0, aliasDuplicateObjects: false });
};

const decided = (changes: Draft, asOf?: string): CaseDecision =>
  decideCase(
    readCase(yamlWith(changes), 'my-case.yaml'),
    catalogue,
    asOf === undefined ? undefined : day(asOf),
  );

const on = (changes: Draft, item = 'purchases', asOf?: string) => {
  const found = decided(changes, asOf).decisions.find(
    (one) => one.item === item && one.proposal === undefined,
  );
  assert.ok(found, `no decision on ${item}`);
  return found;
};

/** The machine's answer to one question on one item; `undefined` where it stays open. */
const answer = (fact: FactId, changes: Draft, item?: string) => answerOf(on(changes, item).facts, fact);
const verdict = (changes: Draft, item?: string) => on(changes, item).determination.verdict;
const failed = (changes: Draft, item?: string) =>
  on(changes, item).determination.failed.map((rule) => rule.id);

const problemsOf = (yaml: string): readonly Problem[] => {
  try {
    readCase(yaml, 'my-case.yaml', (read) => unknownItems(read, catalogue));
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problems;
  }
  return [];
};

/** The line of the first text that matches, from 1. */
const lineOf = (yaml: string, text: string) => {
  const at = yaml.split('\n').findIndex((line) => line.includes(text));
  assert.ok(at >= 0, text);
  return at + 1;
};

test('the case that all others here change is permitted as it stands', () => {
  for (const item of ['purchases', 'sister-purchases']) assert.equal(verdict({}, item), 'permitted');
});

describe('what is wrong in a case is told with its line, and with what to write', () => {
  const told: readonly [name: string, changes: Draft, mark: string, what: RegExp][] = [
    [
      'February 30',
      { 'request.dated': '2026-02-30' },
      '2026-02-30',
      /request\.dated: write a date of the calendar as YYYY-MM-DD/,
    ],
    [
      'February 29 of a common year',
      { 'audit.determined': '2025-02-29' },
      '2025-02-29',
      /audit\.determined: write a date/,
    ],
    [
      'a date of another country',
      { 'findings.0.on': '16/03/2026' },
      '16/03/2026',
      /findings\[0\]\.on: write a date/,
    ],
    [
      'two taxpayers with one EIN, written differently',
      { 'taxpayers.1.tin': '071234567' },
      'id: sister',
      /taxpayers\[1\]: two taxpayers have one TIN/,
    ],
    [
      'an EIN that is none',
      { 'taxpayers.0.tin': '7-123' },
      'tin: 7-123',
      /taxpayers\[0\]\.tin: write an EIN as 12-3456789/,
    ],
    [
      'a finding of nobody',
      { 'findings.4.by.name': undefined },
      'title: Treaty Analyst',
      /findings\[4\]\.by\.name: write a text/,
    ],
    [
      'a finding of an empty name',
      { 'findings.4.by.name': ' ' },
      'name: " "',
      /findings\[4\]\.by\.name: this may not be empty/,
    ],
    [
      'a finding without a reason',
      { 'findings.4.reason': undefined },
      'finds: treaty',
      /findings\[4\]\.reason: write a text/,
    ],
    [
      'a treaty answered yes',
      { 'findings.4.answer': true },
      'finds: treaty',
      /findings\[4\]\.answer: write none, part or whole/,
    ],
    [
      'a judgment answered “whole”',
      { 'findings.5.answer': 'whole' },
      'answer: whole',
      /findings\[5\]\.answer: write .*true or false/,
    ],
    [
      'a record that is not there',
      { 'items.1.record': 'lost-return' },
      'record: lost-return',
      /items\[1\]\.record: no record of this case has this id/,
    ],
    [
      'an audit of nobody',
      { 'audit.subject': 'nobody' },
      'subject: nobody',
      /audit\.subject: no taxpayer of this case has this id/,
    ],
    [
      'a relationship with nobody',
      { 'taxpayers.1.relationship.with': 'nobody' },
      'with: nobody',
      /taxpayers\[1\]\.relationship\.with: no taxpayer/,
    ],
    [
      'a finding on nothing',
      { 'findings.3.of': ['sister-sales'] },
      '- sister-sales',
      /findings\[3\]\.of\[0\]: no item or proposal of this case has this id/,
    ],
    [
      'a period that ends before it begins',
      { 'items.0.period': { from: '2022-01-01', to: '2021-12-31' } },
      'from: 2022-01-01',
      /items\[0\]\.period: the period ends before it begins: exchange from and to/,
    ],
    [
      'a period and a date',
      { 'items.0.date': '2021-06-30' },
      'date: 2021-06-30',
      /items\[0\]\.date: the item has a period and a date: keep one/,
    ],
    [
      'an unknown field',
      { 'audit.urgent': true },
      'kind: section 509 audit',
      /audit: a case has no field “urgent” here/,
    ],
    [
      'a word that the list does not have',
      { 'audit.stage': 'begun' },
      'stage: begun',
      /audit\.stage: write one of: initiated, intended, dropped/,
    ],
    [
      'a single item where a list belongs',
      { 'request.titles': 'Auditor' },
      'titles: Auditor',
      /request\.titles: write a list/,
    ],
    [
      'a form that nobody files',
      { 'items.0.form': '1125-Z' },
      'form: 1125-Z',
      /items\[0\]\.form: the catalogue has no such form/,
    ],
    [
      'a line that the form does not have',
      { 'items.0.line': '99' },
      'line: "99"',
      /items\[0\]\.line: the form has no such line in the catalogue/,
    ],
  ];
  for (const [name, changes, mark, what] of told)
    test(name, () => {
      const yaml = yamlWith(changes);
      const found = problemsOf(yaml).find((one) => what.test(one.what));
      assert.ok(found, JSON.stringify(problemsOf(yaml)));
      const at = Number(/^my-case\.yaml:(\d+)$/.exec(found.where ?? '')?.[1]);
      // A field that is not there, or that does not belong, is reported where its group begins: at most one line off.
      assert.ok(Math.abs(at - lineOf(yaml, mark)) <= 1, `line ${at}, not ${lineOf(yaml, mark)}`);
      assert.ok(found.next.length > 10);
    });

  test('an item that stands twice, and an id that stands twice', () => {
    const items = (parse(base) as { items: Draft[] }).items;
    const again = { items: [...items, { ...items[0], id: 'again' }] };
    assert.match(
      problemsOf(yamlWith(again))[0]?.what ?? '',
      /items\[2\]: this item stands in the request twice/,
    );
    const sameId = { items: [...items, { ...items[1], id: 'purchases', line: '8' }] };
    assert.match(problemsOf(yamlWith(sameId))[0]?.what ?? '', /items\[2\]: two items have this id/);
  });

  test('a list, a word and nothing are no case', () => {
    assert.match(problemsOf('- case\n')[0]?.what ?? '', /a list, not a case/);
    assert.match(problemsOf('case\n')[0]?.what ?? '', /a single value, not a case/);
    assert.match(problemsOf('# nothing\n')[0]?.what ?? '', /nothing, not a case/);
    for (const yaml of ['- case\n', 'case\n', '']) assert.equal(problemsOf(yaml)[0]?.way, 'new case');
  });

  test('a key that stands twice is not decided in favour of either', () => {
    const [problem] = problemsOf(base.replace('form: written', 'form: oral\n  form: written'));
    assert.equal(problem?.kind, 'not-yaml');
    assert.match(problem.where ?? '', /^my-case\.yaml:\d+$/);
  });

  test('an alias bomb is refused before it grows', () => {
    const levels = Array.from(
      { length: 40 },
      (_, n) => `  l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`,
    );
    const [problem] = problemsOf(`${base}bomb:\n  l0: &l0 [x]\n${levels.join('\n')}\n`);
    assert.match(problem?.what ?? '', /aliases/);
  });

  test('several faults are told at once, each with its own line', () => {
    const problems = problemsOf(
      yamlWith({ 'request.form': 'shouted', decideOn: '2026-13-01', 'findings.2.by.office': 'Commerce' }),
    );
    assert.equal(problems.length, 3);
    assert.equal(new Set(problems.map((one) => one.where)).size, 3);
  });

  test('a message repeats neither a number nor a name that was written', () => {
    const said = JSON.stringify(
      problemsOf(
        yamlWith({ 'taxpayers.0.tin': '07-12345678', 'taxpayers.0.certified': 'Quay Lamp Company' }),
      ),
    );
    assert.ok(!said.includes('12345678'), said);
    assert.ok(!said.includes('Quay'), said);
  });
});

describe('(b): what the letter shows', () => {
  test('an acting Commissioner signs; a delegate, or a Commissioner of the IRS, does not', () => {
    const signed = (changes: Draft) => answer('signedByCommissioner', changes);
    assert.equal(signed({ 'request.signature.capacity': 'acting Commissioner' }), 'yes');
    assert.equal(signed({ 'request.signature.capacity': 'delegate' }), 'no');
    assert.equal(signed({ 'request.signature.office': 'IRS' }), 'no');
    assert.equal(signed({ 'request.signature': undefined }), 'no');
    assert.deepEqual(verdict({ 'request.signature.capacity': 'delegate' }), 'refused');
  });

  test('it must be written, and the IRS must have it by the day of the decision', () => {
    assert.equal(answer('writtenRequest', { 'request.form': 'oral' }), 'no');
    assert.equal(answer('requestReceived', { 'request.received': undefined }), 'no');
    assert.equal(answer('requestReceived', { 'request.received': '2026-03-21' }), 'no');
    assert.equal(answer('requestReceived', { 'request.received': '2026-03-20' }), 'yes');
  });

  test('the recipient holds a title that the request designates, in Customs, and is no contractor', () => {
    assert.equal(answer('recipientDesignated', {}), 'yes');
    assert.equal(answer('recipientDesignated', { 'recipient.title': 'Auditor General' }), 'no');
    assert.equal(answer('titlesDesignated', { 'request.titles': [] }), 'no');
    assert.equal(answer('customsReceives', { 'recipient.contractor': true }), 'no');
    assert.equal(answer('customsReceives', { 'recipient.office': 'Justice' }), 'no');
    for (const changes of [{ 'recipient.title': 'Auditor General' }, { 'recipient.contractor': true }])
      assert.equal(verdict(changes), 'refused');
  });

  test('what is certified is certified of each taxpayer', () => {
    const changes = { 'taxpayers.1.certified': undefined };
    assert.equal(answer('certification', changes, 'purchases'), 'audit initiated');
    assert.equal(answer('certification', changes, 'sister-purchases'), 'nothing');
    assert.equal(verdict(changes, 'purchases'), 'permitted');
    assert.equal(verdict(changes, 'sister-purchases'), 'refused');
  });

  test('an item names form and line, a period or a date, a purpose and its necessity', () => {
    const cases: readonly [FactId, Draft][] = [
      ['itemParticular', { 'items.0.line': undefined }],
      ['periodStated', { 'items.0.period': undefined }],
      ['purposeStated', { 'items.0.purpose': undefined }],
      ['necessityExplained', { 'items.0.necessity': undefined }],
      ['taxpayerParticular', { 'items.0.taxpayer': undefined }],
      ['returnInformation', { 'items.0.copyOf': 'return' }],
    ];
    for (const [fact, changes] of cases) {
      assert.equal(answer(fact, {}), 'yes', fact);
      assert.equal(answer(fact, changes), 'no', fact);
      assert.equal(verdict(changes), 'refused', fact);
    }
    assert.equal(
      answer('periodStated', { 'items.0.period': undefined, 'items.0.date': '2021-12-31' }),
      'yes',
    );
  });
});

describe('(a) and (c): which audit, whose item', () => {
  test('only an audit under section 509 that was not dropped; a survey, an inquiry and a quantity check are none', () => {
    assert.equal(answer('section509Audit', {}), 'yes');
    assert.equal(answer('section509Audit', { 'audit.stage': 'intended' }), 'yes');
    assert.equal(answer('section509Audit', { 'audit.stage': 'dropped' }), 'no');
    for (const kind of ['risk analysis and survey', 'inquiry', 'zone or warehouse quantity check']) {
      assert.equal(answer('section509Audit', { 'audit.kind': kind }), 'no');
      assert.equal(verdict({ 'audit.kind': kind }), 'refused');
    }
  });

  test('while the audit is only intended, its subject is reached and a related taxpayer is not (R8)', () => {
    const intended = { 'audit.stage': 'intended', 'taxpayers.0.certified': 'audit intended' };
    assert.equal(answer('standing', intended), 'intended subject');
    assert.equal(verdict(intended), 'permitted');
    assert.equal(answer('standing', intended, 'sister-purchases'), 'related');
    assert.equal(verdict(intended, 'sister-purchases'), 'refused');
  });

  test('an amount is due and owing from the day it was determined', () => {
    const recovery = { 'items.0.purposes': ['recovery of what is due'] };
    assert.equal(verdict(recovery), 'permitted');
    assert.equal(verdict({ ...recovery, 'audit.determined': '2026-03-21' }), 'refused');
    assert.equal(verdict({ ...recovery, 'audit.determined': undefined }), 'refused');
  });

  test('a relationship is one with the subject of this audit', () => {
    assert.equal(answer('standing', {}, 'sister-purchases'), 'related');
    assert.equal(answer('standing', { 'taxpayers.1.relationship': undefined }, 'sister-purchases'), 'none');
    assert.equal(
      answer('standing', { 'taxpayers.1.relationship.with': 'sister' }, 'sister-purchases'),
      'none',
    );
    assert.equal(verdict({ 'taxpayers.1.relationship': undefined }, 'sister-purchases'), 'refused');
  });

  test('the chapter goes by form and line: one 1040 carries several', () => {
    const chapter = (form: string, line: string | undefined, year = 2021) =>
      answer('chapter', {
        'items.0.form': form,
        'items.0.line': line,
        'items.0.period': { from: `${year}-01-01`, to: `${year}-12-31` },
      });
    assert.equal(chapter('1040', '1'), 'chapter 1');
    assert.equal(chapter('1040', '16'), 'chapter 1');
    assert.equal(chapter('1040', '25a'), 'another chapter');
    assert.equal(chapter('1040', '56', 2013), 'another chapter');
    assert.equal(chapter('1040', undefined), undefined);
    // Total tax adds up chapters: nobody has said that the sum is chapter 1, so the machine does not.
    assert.notEqual(chapter('1040', '24'), 'chapter 1');
    assert.equal(chapter('1040 Schedule C', '4'), 'chapter 1');
    assert.equal(chapter('1040 Schedule SE', '2'), 'another chapter');
    assert.equal(chapter('941', '2'), 'another chapter');
    assert.equal(chapter('990-PF', 'Part I, 10b'), 'another chapter');
    assert.equal(chapter('1125-A', '2'), 'chapter 1');
  });

  test('a line of another chapter is refused, however it is asked for', () => {
    for (const changes of [
      { 'items.0.form': '990-PF', 'items.0.line': 'Part I, 10b' },
      { 'items.0.form': undefined, 'items.0.line': undefined, 'items.0.path': 'IRS990PF/FMVAssetsEOYAmt' },
      { 'items.0.form': '941', 'items.0.line': '2' },
      {
        'items.0.form': undefined,
        'items.0.line': undefined,
        'items.0.path': 'IRS1040/SelfEmploymentTaxAmt',
      },
    ])
      assert.deepEqual(failed(changes), ['(a) chapter']);
  });

  test('a path of a document that no catalogue lists has no chapter yet, and is not permitted', () => {
    const changes = {
      'items.0.form': undefined,
      'items.0.line': undefined,
      'items.0.path': 'IRS9999/SomeAmt',
    };
    assert.equal(answer('chapter', changes), undefined);
    assert.equal(verdict(changes), 'undetermined');
  });
});

describe('(b)(2), (b)(3) and (d): the record it would come from', () => {
  test('another’s record is not the taxpayer’s; a record of nobody is not known to be', () => {
    assert.equal(answer('recordIsTaxpayers', { 'items.0.record': 'sister-return' }), 'no');
    assert.equal(verdict({ 'items.0.record': 'sister-return' }), 'refused');
    assert.equal(answer('recordIsTaxpayers', { 'records.0.taxpayer': undefined }), undefined);
    assert.equal(verdict({ 'records.0.taxpayer': undefined }), 'undetermined');
  });

  test('the period asked for lies within the return’s, to the day', () => {
    const covers = (from: string, to: string) =>
      answer('recordCoversPeriod', { 'items.0.period': { from, to } });
    assert.equal(covers('2021-01-01', '2021-12-31'), 'yes');
    assert.equal(covers('2021-03-01', '2021-03-31'), 'yes');
    assert.equal(covers('2020-12-31', '2021-12-31'), 'no');
    assert.equal(covers('2021-01-01', '2022-01-01'), 'no');
  });

  test('provenance decides: the same line is barred out of an APA file, and not out of an examination', () => {
    assert.equal(verdict({ 'records.0.source': 'APA' }), 'refused');
    assert.deepEqual(failed({ 'records.0.source': 'APA' }), ['(d) APA']);
    for (const source of ['examination', 'competent authority'])
      assert.equal(verdict({ 'records.0.source': source }), 'permitted', source);
    assert.equal(answer('apaMatter', { 'items.0.record': undefined }), undefined);
  });
});

test('what no paper shows stays unknown, whichever paper it is', () => {
  const papers: Readonly<Record<string, FactId>> = {
    request: 'writtenRequest',
    audit: 'section509Audit',
    sender: 'irsDiscloses',
    recipient: 'customsReceives',
    'items.0.record': 'recordIsTaxpayers',
    'findings.0': 'necessaryToDetermination',
    'findings.1': 'noMoreThanNecessary',
    'findings.2': 'relatesToMerchandise',
    'findings.4': 'treatyExtent',
    'findings.5': 'wouldIdentifyInformant',
    'findings.6': 'wouldSeriouslyImpair',
  };
  const { findings } = parse(base) as { findings: unknown[] };
  for (const [path, fact] of Object.entries(papers)) {
    const n = Number(/^findings\.(\d)$/.exec(path)?.[1] ?? -1);
    const changes = n < 0 ? { [path]: undefined } : { findings: findings.filter((_, at) => at !== n) };
    const { facts, because, determination, ask } = on(changes);
    assert.equal(answerOf(facts, fact), undefined, path);
    assert.ok(!because.has(fact), path);
    assert.equal(determination.verdict, 'undetermined', path);
    assert.ok(
      ask.some((one) => one.fact === fact),
      `${path}: nobody is asked`,
    );
  }
});

test('what is answered says which paper shows it', () => {
  const { because } = on({});
  assert.match(because.get('signedByCommissioner') ?? '', /Robin Alder, Commissioner/);
  assert.match(
    because.get('wouldSeriouslyImpair') ?? '',
    /finding of Lee Carr, Special Agent, IRS, 2026-03-16/,
  );
  assert.match(because.get('chapter') ?? '', /chapter 1/);
});

describe('editions', () => {
  const inForce = (asOf: string) => decided({}, asOf).editions['l-14']?.id;
  test('no item is permitted before the section, or on the papers of a later day', () => {
    assert.equal(inForce('1994-03-10'), undefined);
    for (const one of decided({}, '1994-03-10').decisions)
      assert.deepEqual([one.determination.verdict, answerOf(one.facts, 'editionInForce')], ['refused', 'no']);
    assert.equal(on({}, 'purchases', '1995-01-01').determination.verdict, 'undetermined');
  });
  test('each day has its own text', () => {
    assert.equal(inForce('1994-03-11'), 'T.D. 8527');
    assert.equal(inForce('1996-12-16'), 'T.D. 8527');
    assert.equal(inForce('1996-12-17'), 'T.D. 8694');
    assert.equal(inForce('2026-03-20'), 'T.D. 8694');
  });
});

describe('findings', () => {
  const { findings } = parse(base) as { findings: Draft[] };

  test('one made by the wrong office answers nothing, and the reader is told which', () => {
    findings.forEach((one, n) => {
      const changes = { [`findings.${n}.by.office`]: 'Customs' };
      const { decisions, warnings } = decided(changes);
      const about = one['of'] === undefined ? 'purchases' : 'sister-purchases';
      assert.equal(decisions.find(({ item }) => item === about)?.determination.verdict, 'undetermined');
      assert.ok(
        warnings.some((said) =>
          said.startsWith(`finding ${n + 1} (${String(one['finds'])}) is for IRS to make`),
        ),
        warnings.join('\n'),
      );
    });
  });

  test('one made after the day of the decision does not count yet', () => {
    assert.equal(verdict({ 'findings.6.on': '2026-03-21' }), 'undetermined');
    assert.equal(verdict({ 'findings.6.on': '2026-03-20' }), 'permitted');
  });

  test('one on another item answers nothing here', () => {
    assert.equal(verdict({ 'findings.6.of': ['sister-purchases'] }, 'purchases'), 'undetermined');
    assert.equal(verdict({ 'findings.6.of': ['sister-purchases'] }, 'sister-purchases'), 'permitted');
  });

  test('two that answer one question differently are refused at reading, also where only one names the item', () => {
    const bar = { ...findings[6], answer: true, on: '2026-03-18' };
    for (const other of [bar, { ...bar, of: ['purchases'] }]) {
      const [problem] = problemsOf(yamlWith({ findings: [...findings, other] }));
      assert.match(problem?.what ?? '', /findings\[7\]: another finding answers the same question/);
    }
    const again = { ...findings[6], on: '2026-03-18' };
    assert.deepEqual(problemsOf(yamlWith({ findings: [...findings, again] })), []);
  });
});

describe('warnings', () => {
  const warned = (tin: string | undefined) =>
    decided({ 'taxpayers.0.tin': tin }).warnings.filter((one) => one.startsWith('taxpayer lamp'));
  test('an implausible or absent number is pointed out, and never repeated; it refuses nothing', () => {
    assert.deepEqual(warned('12-3456789'), []);
    assert.match(warned('07-1234567')[0] ?? '', /not issued EINs/);
    assert.match(warned('000-12-3456')[0] ?? '', /not issued SSNs/);
    assert.match(warned(undefined)[0] ?? '', /no TIN/);
    for (const tin of ['07-1234567', '000-12-3456', '000123456']) {
      const said = decided({ 'taxpayers.0.tin': tin }).warnings.join('\n').replaceAll('-', '');
      assert.ok(!said.includes(tin.replaceAll('-', '')), said);
      assert.equal(verdict({ 'taxpayers.0.tin': tin }), 'permitted');
    }
  });
  test('a dropped audit is pointed out', () => {
    assert.ok(decided({ 'audit.stage': 'dropped' }).warnings.some((one) => /was dropped/.test(one)));
  });
});

describe('outward', () => {
  const bars: Readonly<Record<string, Draft>> = {
    informant: { 'findings.5.answer': true },
    impairment: { 'findings.6.answer': true },
    'APA file': { 'records.1.source': 'APA' },
    'treaty, all of it': { 'findings.4.answer': 'whole' },
    'treaty, a part not taken out': { 'findings.4.answer': 'part', 'findings.4.stripped': false },
    'no relationship': { 'findings.3.answer': false },
    'not necessary': { 'findings.0.answer': false },
    'another’s record': { 'records.1.taxpayer': 'lamp' },
  };

  for (const [name, changes] of Object.entries(bars))
    test(`${name}: not disclosed, with no other word or field`, () => {
      const { determination, outward } = on(changes, 'sister-purchases');
      assert.equal(determination.verdict, 'refused');
      assert.deepEqual(outward, { say: 'not disclosed' });
      assert.deepEqual(Object.keys(outward ?? {}), ['say']);
    });

  test('what fails on the letter’s own words is returned for cure, in the same words whatever bars it inside', () => {
    const failures: readonly Draft[] = [
      { 'items.1.necessity': undefined },
      { 'items.1.purpose': undefined },
      { 'items.1.period': undefined },
      { 'request.signature.capacity': 'delegate' },
      { 'taxpayers.1.certified': undefined },
      { 'request.titles': [] },
    ];
    for (const failure of failures) {
      const plain = on(failure, 'sister-purchases').outward;
      assert.equal(plain?.say, 'returned for cure', JSON.stringify(failure));
      for (const bar of Object.values(bars))
        assert.deepEqual(on({ ...bar, ...failure }, 'sister-purchases').outward, plain);
    }
  });

  test('nothing is said while the decision is open', () => {
    assert.deepEqual(on({ sender: undefined }, 'sister-purchases').outward, { say: 'not yet decided' });
  });

  test('a bar on one item changes nothing that is said of another', () => {
    const plain = on({}, 'purchases').outward;
    assert.deepEqual(plain, { say: 'released' });
    assert.deepEqual(
      on({ 'findings.3.answer': false, 'records.1.source': 'APA' }, 'purchases').outward,
      plain,
    );
  });
});

describe('properties of the whole example', () => {
  const whole = readCase(textOf('examples/harbor-lamp/case.yaml'), 'case.yaml');
  const permitted = (read: Case) =>
    new Set(
      decideCase(read, catalogue)
        .decisions.filter((one) => one.determination.verdict === 'permitted')
        .map((one) => `${one.proposal ?? 'request'} ${one.item}`),
    );
  const all = permitted(whole);
  const ids = whole.items.map((one) => one.id);

  test('losing findings permits nothing that was not permitted', () => {
    fc.assert(
      fc.property(fc.subarray(whole.findings), (findings) =>
        permitted({ ...whole, findings }).isSubsetOf(all),
      ),
    );
  });

  /** The findings with this one answer in place of what they said on these items. */
  const overridden = (finds: Case['findings'][number]['finds'], of: string[], value: boolean | 'whole') => {
    const by = whole.findings.find((one) => one.finds === finds);
    assert.ok(by, finds);
    const others = whole.findings.map((one) =>
      one.finds === finds ? { ...one, of: (one.of ?? ids).filter((id) => !of.includes(id)) } : one,
    );
    return [...others, { ...by, of, answer: value }];
  };

  test('a bar releases nothing, closes every item that it is found on, and Customs hears only “not disclosed” or what to cure', () => {
    const bar = fc.constantFrom(
      ['identifies informant', true] as const,
      ['seriously impairs', true] as const,
      ['treaty', 'whole'] as const,
    );
    fc.assert(
      fc.property(bar, fc.subarray(ids, { minLength: 1 }), ([finds, value], of) => {
        const barred = { ...whole, findings: overridden(finds, of, value) };
        const now = permitted(barred);
        assert.ok(now.isSubsetOf(all));
        for (const one of decideCase(barred, catalogue).decisions)
          if (one.proposal === undefined && of.includes(one.item)) {
            assert.notEqual(one.determination.verdict, 'permitted');
            assert.ok(['not disclosed', 'returned for cure'].includes(one.outward?.say ?? ''));
          }
      }),
    );
  });

  test('losing papers permits nothing that was not permitted', () => {
    const papers = ['request', 'audit', 'sender', 'recipient', 'records', 'releases', 'proposals'] as const;
    fc.assert(
      fc.property(fc.subarray([...papers], { minLength: 1 }), (lost) => {
        const rest: Record<string, unknown> = { ...whole };
        for (const paper of lost) Reflect.deleteProperty(rest, paper);
        return permitted(caseSchema.parse(rest)).isSubsetOf(all);
      }),
    );
  });

  test('without releases no later look, use or disclosure is permitted', () => {
    for (const one of decideCase({ ...whole, releases: [] }, catalogue).decisions)
      if (one.proposal !== undefined) assert.notEqual(one.determination.verdict, 'permitted');
    assert.ok(
      [...all].some((one) => !one.startsWith('request ')),
      'with them, some are',
    );
  });

  test('the order in which findings, items and papers stand decides nothing', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(whole.findings, { minLength: whole.findings.length }),
        fc.shuffledSubarray(whole.items, { minLength: whole.items.length }),
        fc.shuffledSubarray(whole.releases, { minLength: whole.releases.length }),
        (findings, items, releases) => {
          assert.deepEqual([...permitted({ ...whole, findings, items, releases })].sort(), [...all].sort());
        },
      ),
    );
  });
});
