import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Operation, applyPatch } from 'rfc6902';
import { ProblemError } from '../../ground/problem.ts';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { hopOf } from '../../rulebook/rulebook.ts';
import { blocking, checkRequest } from './check.ts';
import { decideCustoms, foldCustoms } from './customs.ts';
import { actorOn, foldPeople } from './people.ts';
import { type OpenDraft, bodyOf, draftSchema, requestBodySchema } from './request.ts';
import { type Task, tasksOf, taskOf } from './work.ts';
import { rulesOfTask } from './work-placing.ts';
import { CASE, dayOn, worldAt } from './world.fixture.ts';

const catalogue = openCatalogue();
const day = dayOn('drafting');
const nothing = foldCustoms([]);
const drafted = foldCustoms(worldAt('drafted').customs);
const whole = draftSchema.parse(drafted.draft);

const changed = (...change: Operation[]): OpenDraft => {
  const copy = structuredClone(whole);
  const faults = applyPatch(copy, change).filter((fault) => fault !== null);
  assert.deepEqual(faults, []);
  return draftSchema.parse(copy);
};
const without = (...paths: string[]) => changed(...paths.map((path) => ({ op: 'remove', path }) as const));
const set = (path: string, value: unknown) => changed({ op: 'replace', path, value });

const flat = (tasks: readonly Task[]): readonly Task[] => tasks.flatMap((one) => [one, ...one.parts]);
const states = (draft: OpenDraft, state = nothing) =>
  flat(tasksOf(draft, catalogue, day, state)).map(({ id, state: now }) => `${id}: ${now}`);
const stateOf = (draft: OpenDraft, id: string, state = nothing) =>
  flat(tasksOf(draft, catalogue, day, state)).find((one) => one.id === id)?.state;
const told = (draft: OpenDraft, id: string) =>
  flat(tasksOf(draft, catalogue, day, nothing))
    .find((one) => one.id === id)
    ?.findings.filter((one) => one.blocking)
    .map(({ cite, what }) => `${cite} ${what}`);

describe('the task list', () => {
  test('of a request that nobody has begun', () => {
    const blank = draftSchema.parse({ request: { reference: CASE } });
    assert.deepEqual(states(blank), [
      'audit: not started',
      'titles: not started',
      'taxpayers: not started',
      'items: not started',
      'check: cannot start yet',
      'signature: cannot start yet',
      'sending: cannot start yet',
    ]);
  });

  test('of a complete one, which waits for the Commissioner', () => {
    assert.deepEqual(states(whole), [
      'audit: complete',
      'titles: complete',
      'taxpayers: complete',
      'taxpayers/lamp: complete',
      'taxpayers/sister: complete',
      'items: complete',
      'items/purchases: complete',
      'items/sister-purchases: complete',
      'check: complete',
      'signature: not started',
      'sending: cannot start yet',
    ]);
  });

  const later: readonly (readonly [string, string, string])[] = [
    ['signed', 'complete', 'not started'],
    ['sent', 'complete', 'complete'],
    ['answered', 'complete', 'complete'],
  ];
  for (const [stage, signature, sending] of later)
    test(`of one that is ${stage}`, () => {
      const state = foldCustoms(worldAt(stage).customs);
      assert.equal(stateOf(whole, 'signature', state), signature);
      assert.equal(stateOf(whole, 'sending', state), sending);
    });

  test('a signature is under the text that was signed, and under no other', () => {
    const signed = foldCustoms(worldAt('signed').customs);
    const other = set('/items/0/purpose', 'To compare.');
    assert.equal(stateOf(other, 'signature', signed), 'not started');
    assert.equal(stateOf(other, 'sending', signed), 'cannot start yet');
  });

  test('a withdrawn request is neither signed nor sent', () => {
    const withdrawn = { ...drafted, withdrawn: { reason: 'Dropped.', on: day } };
    assert.equal(stateOf(whole, 'signature', withdrawn), 'cannot start yet');
    assert.equal(stateOf(whole, 'sending', withdrawn), 'cannot start yet');
  });

  test('the law stands beside each task, in its own words', () => {
    const words = new Map(hopOf('irs-to-customs').rules.map((rule) => [rule.id, rule.law]));
    for (const task of flat(tasksOf(whole, catalogue, day, nothing))) {
      assert.ok(task.law.length > 0, task.id);
      for (const one of task.law) assert.equal(one.words, words.get(one.rule));
    }
    assert.equal(new Set(Object.keys(rulesOfTask)).size, 7);
  });

  test('an item is told by form, line and caption', () => {
    const title = (draft: OpenDraft) =>
      flat(tasksOf(draft, catalogue, day, nothing)).find(({ id }) => id === 'items/purchases')?.title;
    assert.equal(title(whole), 'Form 1125-A, line 2 (Purchases)');
    assert.equal(title(without('/items/0/form', '/items/0/line')), 'An item not named yet');
  });
});

const table: readonly {
  readonly name: string;
  readonly draft: OpenDraft;
  readonly at: string;
  readonly says: RegExp;
}[] = [
  { name: 'no audit', draft: without('/audit'), at: 'audit', says: /^\(c\).*\n\(a\)\(1\)/ },
  {
    name: 'no stage',
    draft: without('/audit/stage'),
    at: 'audit',
    says: /\(a\)\(1\).*initiated or is intended/,
  },
  {
    name: 'a survey',
    draft: set('/audit/kind', 'risk analysis and survey'),
    at: 'audit',
    says: /\(a\)\(1\)/,
  },
  { name: 'no titles', draft: set('/request/titles', []), at: 'titles', says: /\(b\)\(4\)/ },
  {
    name: 'no certificate',
    draft: without('/taxpayers/1/certified'),
    at: 'taxpayers/sister',
    says: /\(b\)\(4\)/,
  },
  {
    name: 'no relationship',
    draft: without('/taxpayers/1/relationship'),
    at: 'taxpayers/sister',
    says: /\(c\)/,
  },
  { name: 'no name', draft: without('/taxpayers/0/name'), at: 'taxpayers/lamp', says: /\(b\)\(2\).*name/ },
  { name: 'no item', draft: set('/items', []), at: 'items', says: /\(b\)\(1\)/ },
  { name: 'no line', draft: without('/items/0/line'), at: 'items/purchases', says: /\(b\)\(1\)/ },
  { name: 'no taxpayer', draft: without('/items/0/taxpayer'), at: 'items/purchases', says: /\(b\)\(2\)/ },
  { name: 'no period', draft: without('/items/0/period'), at: 'items/purchases', says: /\(b\)\(3\)/ },
  {
    name: 'half a period',
    draft: without('/items/0/period/to'),
    at: 'items/purchases',
    says: /\(b\)\(3\).*last day/,
  },
  { name: 'no purpose', draft: without('/items/0/purpose'), at: 'items/purchases', says: /\(b\)\(4\)/ },
  { name: 'no necessity', draft: without('/items/0/necessity'), at: 'items/purchases', says: /\(b\)\(4\)/ },
  { name: 'relates to nothing', draft: without('/items/0/relatesTo'), at: 'items/purchases', says: /\(c\)/ },
  { name: 'another chapter', draft: set('/items/0/form', '941'), at: 'items/purchases', says: /\(a\)/ },
];

describe('what is missing is said where it is cured, and stops the signature', () => {
  for (const { name, draft, at, says } of table)
    test(name, () => {
      assert.match((told(draft, at) ?? []).join('\n'), says);
      assert.notEqual(stateOf(draft, at), 'complete');
      assert.equal(stateOf(draft, 'signature'), 'cannot start yet');
      const elsewhere = flat(tasksOf(draft, catalogue, day, nothing)).filter(
        ({ id, findings }) => id !== at && id !== 'check' && blocking(findings).length > 0,
      );
      assert.deepEqual(
        elsewhere.map(({ id }) => id),
        [],
      );
    });

  test('of a taxpayer whose every item says the same, it is said once', () => {
    const draft = changed(
      { op: 'remove', path: '/taxpayers/1/certified' },
      { op: 'add', path: '/items/-', value: { ...whole.items[1], id: 'third', line: '8' } },
    );
    assert.equal(told(draft, 'taxpayers/sister')?.length, 1);
  });

  test('before the section took effect, the check says so', () => {
    const check = tasksOf(whole, catalogue, dayOn('1994-03-10'), nothing).find(({ id }) => id === 'check');
    assert.equal(check?.state, 'incomplete');
  });
});

test('two items begun in the same words are saved before they name their taxpayers, and told apart by them', () => {
  const [first, second] = whole.items;
  const begun = draftSchema.parse({
    ...whole,
    items: [first, second].map((one, n) => ({ ...first, taxpayer: undefined, id: one?.id ?? String(n) })),
  });
  assert.equal(begun.items.length, 2);
  assert.throws(() =>
    draftSchema.parse({ ...begun, items: begun.items.map((one) => ({ ...one, taxpayer: first?.taxpayer })) }),
  );
});

const removable = [
  '/title',
  '/audit',
  '/audit/reference',
  '/audit/kind',
  '/audit/stage',
  '/audit/subject',
  '/audit/entries',
  '/request/titles',
  ...[0, 1].flatMap((n) => ['', '/name', '/certified'].slice(1).map((field) => `/taxpayers/${n}${field}`)),
  '/taxpayers/1/relationship',
  '/taxpayers/1/relationship/kind',
  '/taxpayers/1/relationship/with',
  ...[0, 1].flatMap((n) =>
    [
      'taxpayer',
      'form',
      'line',
      'period',
      'period/from',
      'period/to',
      'purposes',
      'purpose',
      'necessity',
      'relatesTo',
    ].map((field) => `/items/${n}/${field}`),
  ),
];

const gaps = fc.oneof(
  fc.constant<string[]>([]),
  fc.subarray(removable, { maxLength: 3 }),
  fc.subarray(removable),
);

test('whatever is left out, the draft is saved; and it is signed exactly when no task is left', () => {
  const people = foldPeople(worldAt('drafted').people.Customs);
  const now = { day, at: 1_770_000_000, catalogue };
  const counted = { signed: 0, refused: 0 };
  fc.assert(
    fc.property(gaps, (left) => {
      const copy = structuredClone(whole);
      // The deepest first; what is gone with its group is gone already.
      applyPatch(
        copy,
        [...left].reverse().map((path) => ({ op: 'remove', path })),
      );
      const [saved] = decideCustoms(
        drafted,
        { act: 'draft', case: CASE, document: draftSchema.parse(copy) },
        actorOn(people, 'dana', undefined, day),
        now,
      );
      const state = foldCustoms([...worldAt('drafted').customs, saved]);
      const draft = draftSchema.parse(state.draft);
      const tasks = tasksOf(draft, catalogue, day, state);
      const stops = blocking(checkRequest(draft, catalogue, day));

      const ids = flat(tasks).map(({ id }) => id);
      for (const one of stops) assert.ok(ids.includes(taskOf(one, draft)), 'a finding has its task');
      const open = tasks.slice(0, 5).filter((one) => one.state !== 'complete');
      if (stops.length > 0) assert.ok(open.some(({ id }) => id !== 'check'));
      if (open.length === 0) assert.equal(stops.length, 0);

      const sign = () =>
        decideCustoms(state, { act: 'sign', case: CASE }, actorOn(people, 'robin', undefined, day), now);
      if (stateOf(draft, 'signature', state) === 'not started') {
        counted.signed += 1;
        sign();
        const signature = { name: 'R', title: 'T', office: 'Customs', capacity: 'Commissioner' } as const;
        assert.ok(requestBodySchema.safeParse(bodyOf(draft, { dated: day, signature })).success);
      } else {
        counted.refused += 1;
        assert.throws(sign, (error) => {
          assert.ok(error instanceof ProblemError);
          assert.equal(error.problems.length, stops.length, 'each missing thing is named');
          return true;
        });
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(counted.signed > 30 && counted.refused > 100, JSON.stringify(counted));
});
