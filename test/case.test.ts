import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { decideCase } from '../src/casework/decide.ts';
import { readCase } from '../src/casework/read.ts';
import type { Case } from '../src/casework/schema.ts';
import { ProblemError } from '../src/ground/problem.ts';
import { openCatalogue } from '../src/returns/catalogue/open.ts';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const example = textOf('examples/harbor-lamp/case.yaml');
const request = textOf('scenarios/base/request.yaml');
const catalogue = openCatalogue();

const problemsOf = (yaml: string): readonly { what: string; where?: string; next: string }[] => {
  try {
    readCase(yaml, 'my-case.yaml');
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problems;
  }
  return [];
};

describe('a case that is none is refused by line, field and what to write', () => {
  const faults: readonly [name: string, yaml: string, where: RegExp, what: RegExp][] = [
    ['a list', '- a\n- b\n', /:1$/, /list, not a case/],
    ['an empty file', '', /:1$/, /nothing, not a case/],
    ['no YAML', 'waybill: [case/1\n', /my-case\.yaml:\d+$/, /not YAML/],
    [
      'a date that does not exist',
      request.replace('2026-03-20', '2026-02-30'),
      /:5$/,
      /decideOn: write a date of the calendar/,
    ],
    [
      'a period that ends first',
      request.replace('to: 2021-12-31 }', 'to: 2020-12-31 }'),
      /:\d+$/,
      /ends before it begins/,
    ],
    [
      'two taxpayers with one EIN',
      request.replace('08-7654321', '07-1234567'),
      /:\d+$/,
      /taxpayers\[1\]: two taxpayers have one TIN/,
    ],
    [
      'an item twice',
      request
        .replace('id: sister-purchases', 'id: again')
        .replace('    taxpayer: sister\n', '    taxpayer: lamp\n'),
      /:\d+$/,
      /items\[1\]: this item stands in the request twice/,
    ],
    [
      'an id twice',
      request.replace('id: sister-purchases', 'id: purchases'),
      /:\d+$/,
      /two items have this id/,
    ],
    [
      'a finding without a name',
      request.replace(
        '{ name: Alex Firth, title: Reviewer, office: IRS }',
        '{ title: Reviewer, office: IRS }',
      ),
      /:\d+$/,
      /findings\[0\]\.by\.name: write a text/,
    ],
    [
      'a taxpayer that is not there',
      request.replace('    taxpayer: lamp\n', '    taxpayer: nobody\n'),
      /:\d+$/,
      /items\[0\]\.taxpayer: no taxpayer of this case has this id/,
    ],
    [
      'a field that no case has',
      request.replace('fictional: true', 'fictional: true\nurgent: true'),
      /:\d+$/,
      /no field “urgent”/,
    ],
    [
      'two findings that contradict',
      request
        .replace('of: [sister-purchases]', 'of: [purchases]')
        .replace('finds: relationship holds', 'finds: treaty')
        .replace(
          'answer: true\n    by: { name: Alex Firth, title: Reviewer, office: IRS }\n    on: 2026-03-16\n    reason: Found on the papers of this case.\n  - finds: treaty',
          'answer: part\n    by: { name: Alex Firth, title: Reviewer, office: IRS }\n    on: 2026-03-16\n    reason: Found on the papers of this case.\n  - finds: treaty',
        ),
      /:\d+$/,
      /another finding answers the same question/,
    ],
    [
      'an item that adjusts itself',
      request.replace('    record: lamp-return', '    adjusts: purchases\n    record: lamp-return'),
      /:\d+$/,
      /an item cannot adjust itself/,
    ],
    [
      'a disclosure to nobody',
      example.replace('    act: look or use', '    act: disclose'),
      /:\d+$/,
      /a disclosure needs a recipient/,
    ],
    [
      'a look with a recipient',
      example.replace('    act: disclose', '    act: look or use'),
      /:\d+$/,
      /a look or use has no recipient/,
    ],
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', /:1$/, /aliases/],
  ];
  for (const [name, yaml, where, what] of faults)
    test(name, () => {
      const problems = problemsOf(yaml);
      assert.ok(
        problems.some((one) => what.test(one.what) && where.test(one.where ?? '')),
        JSON.stringify(problems),
      );
      for (const one of problems) assert.ok(one.next.length > 10);
    });
  test('every fault is told at once', () => {
    const problems = problemsOf(
      request.replace('2026-03-20', 'soon').replace('form: written', 'form: shouted'),
    );
    assert.equal(problems.length, 2);
  });
  test('what was written is never repeated', () => {
    assert.ok(!JSON.stringify(problemsOf(request.replace('07-1234567', '07-12345678'))).includes('12345678'));
  });
});

const decided = (yaml: string) => decideCase(readCase(yaml, 'x'), catalogue);
const outwardOf = (yaml: string, item: string) =>
  decided(yaml).decisions.find((one) => one.proposal === undefined && one.item === item)?.outward;

/** Changes the finding of that name in the shared case. */
const found = (finds: string, answer: string) =>
  request.replace(
    new RegExp(`(finds: ${finds.replaceAll(/[()]/g, '\\$&')}\n(?:    of: .*\n)?    answer: )\\w+`),
    `$1${answer}`,
  );

test('informant, investigation, APA, treaty, another’s record, no relationship, not necessary: one outward answer, equal in every part', () => {
  const answers = [
    outwardOf(found('identifies informant', 'true'), 'sister-purchases'),
    outwardOf(found('seriously impairs', 'true'), 'sister-purchases'),
    outwardOf(request.replaceAll('source: return', 'source: APA'), 'sister-purchases'),
    outwardOf(found('treaty', 'whole'), 'sister-purchases'),
    outwardOf(request.replace('taxpayer: sister, source', 'taxpayer: lamp, source'), 'sister-purchases'),
    outwardOf(found('relationship holds', 'false'), 'sister-purchases'),
    outwardOf(found('necessary to determination', 'false'), 'sister-purchases'),
  ];
  for (const answer of answers) assert.deepEqual(answer, { say: 'not disclosed' });
});

test('what the request itself lacks is told the same, whatever bars the item inside', () => {
  const incomplete = (yaml: string) => yaml.replace(/ {4}necessity: Her price.*\n/, '');
  const plain = outwardOf(incomplete(request), 'sister-purchases');
  assert.equal(plain?.say, 'returned for cure');
  assert.deepEqual(outwardOf(incomplete(found('identifies informant', 'true')), 'sister-purchases'), plain);
  assert.deepEqual(
    outwardOf(incomplete(request.replaceAll('source: return', 'source: APA')), 'sister-purchases'),
    plain,
  );
});

test('a finding that is not that office’s to make answers nothing, and is said to', () => {
  const { decisions, warnings } = decided(
    request
      .replaceAll('office: IRS', 'office: Customs')
      .replace('title: Disclosure Manager, office: Customs', 'title: Disclosure Manager, office: IRS'),
  );
  assert.ok(decisions.every((one) => one.determination.verdict === 'undetermined'));
  assert.equal(warnings.filter((one) => one.includes('it is not counted')).length, 7);
});

test('a warning about a number never repeats it', () => {
  const { warnings } = decided(request);
  assert.ok(warnings.some((one) => one.includes('check the number')));
  assert.ok(!warnings.join(' ').includes('1234567'));
});

const permitted = (read: Case) =>
  new Set(
    decideCase(read, catalogue)
      .decisions.filter((one) => one.determination.verdict === 'permitted')
      .map((one) => `${one.proposal ?? ''} ${one.item}`),
  );

const whole = readCase(example, 'x');
const all = permitted(whole);

test('whatever findings are lost, nothing is permitted that was not before', () => {
  fc.assert(
    fc.property(fc.subarray(whole.findings), (findings) => permitted({ ...whole, findings }).isSubsetOf(all)),
  );
});

test('whatever bar is added, nothing more is released', () => {
  const bar = fc.constantFrom('identifies informant' as const, 'seriously impairs' as const);
  fc.assert(
    fc.property(
      bar,
      fc.subarray(
        whole.items.map((one) => one.id),
        { minLength: 1 },
      ),
      (finds, of) => {
        const without = whole.findings.flatMap((one) =>
          one.finds === finds
            ? [{ ...one, of: (one.of ?? whole.items.map(({ id }) => id)).filter((id) => !of.includes(id)) }]
            : [one],
        );
        const [by] = whole.findings.filter((one) => one.finds === finds);
        assert.ok(by);
        return permitted({ ...whole, findings: [...without, { ...by, of, answer: true }] }).isSubsetOf(all);
      },
    ),
  );
});

test('nothing given, nothing permitted: without releases no later hop is', () => {
  fc.assert(
    fc.property(fc.subarray(whole.releases), (releases) => {
      const given = new Set(releases.flatMap((one) => one.items.map((id) => `${one.to} ${id}`)));
      return decideCase({ ...whole, releases }, catalogue)
        .decisions.filter((one) => one.proposal !== undefined && one.determination.verdict === 'permitted')
        .every((one) => {
          const holder = whole.proposals.find(({ id }) => id === one.proposal)?.holder ?? '';
          return given.has(`${holder} ${one.item}`);
        });
    }),
  );
});

test('a case survives being written and read again', () => {
  assert.deepEqual(readCase(stringify(parse(example)), 'x'), whole);
});
