import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProblemError } from '../../ground/problem.ts';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { readAct } from './act.ts';
import { answerBody } from './answer.ts';
import { customsStage, decideCustoms, draftForCure, foldCustoms } from './customs.ts';
import { dutiesOf, duties } from './duties.ts';
import { type CaseEvent, accountName } from './events.ts';
import { answeredEvents, decideIrs, foldIrs, irsStage, readyToRelease, releaseEvents } from './irs.ts';
import { actorOn, foldPeople } from './people.ts';
import { CASE, contentId, dayOn, takeAll, worldAt } from './world.fixture.ts';

const catalogue = openCatalogue();
const nowOn = (on: string) => ({ day: dayOn(on), at: 1_770_000_000, catalogue });

const refused = (kind: string, what: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProblemError);
  assert.equal(error.problems[0].kind, kind);
  assert.match(error.message, what);
  return true;
};

const readyNow = () => {
  const world = worldAt('cleared');
  const casey = actorOn(foldPeople(world.people.IRS), 'casey', undefined, dayOn('release'));
  return { world, made: readyToRelease(foldIrs(world.irs, world.review), casey, nowOn('release')) };
};

describe('a release', () => {
  const packet = { packet: 'a'.repeat(64), jws: 'signed' };
  const all = { purchases: [{ value: '1' }], 'sister-purchases': [{ value: '2' }] };
  const contents = { purchases: contentId(1), 'sister-purchases': contentId(2) };

  test('crashed between the two logs is finished from the review alone, with the same events', () => {
    const { world, made } = readyNow();
    const { review, case: told } = releaseEvents(made, { ...packet, body: answerBody(made, all), contents });
    const crashed = foldIrs(world.irs, [...world.review, ...review]);
    assert.equal(irsStage(crashed), 'release decided');
    assert.deepEqual(answeredEvents(crashed), told);
    assert.equal(irsStage(foldIrs([...world.irs, ...told], [...world.review, ...review])), 'answered');
  });

  test('names, for the vault, exactly the contents of what is disclosed', () => {
    const { made } = readyNow();
    const { review } = releaseEvents(made, {
      ...packet,
      body: answerBody(made, { purchases: all.purchases }),
      contents: { purchases: contents.purchases },
    });
    const placed = review.flatMap(({ item, scope, data }) => {
      const { content } = data as { content?: string };
      return content === undefined ? [] : [[item, scope, content]];
    });
    assert.deepEqual(placed, [['purchases', `item/${CASE}/purchases`, contentId(1)]]);
  });

  test('of an answer that was made otherwise is refused', () => {
    const { made } = readyNow();
    const body = answerBody(made, all);
    const [first, second] = body.items;
    assert.ok(first && second);
    const wrong = [
      { body: { ...body, reference: 'CBP-2' }, contents },
      { body: { ...body, items: [second, first] }, contents },
      { body: { ...body, items: [first] }, contents },
      { body, contents: { purchases: contents.purchases } },
      { body, contents: { ...contents, wages: contentId(3) } },
    ];
    for (const one of wrong)
      assert.throws(() => releaseEvents(made, { ...packet, ...one }), refused('not-in-order', /found ready/));
  });

  test('does not say “disclosed” of an item that was found otherwise', () => {
    const { made } = readyNow();
    const body = answerBody(made, all);
    const outcomes = made.outcomes.map((one) => ({ ...one, outcome: 'not disclosed' as const }));
    assert.throws(
      () => releaseEvents({ ...made, outcomes }, { ...packet, body, contents }),
      refused('not-in-order', /found ready/),
    );
  });
});

test('a withdrawal crashed between the two logs is finished when its packet is given again', () => {
  const world = takeAll(worldAt('cleared'), [
    { by: 'morgan', on: 'release', act: 'withdraw', reason: 'Dropped.' },
  ]);
  const ira = actorOn(foldPeople(world.people.IRS), 'ira', undefined, dayOn('release'));
  const act = readAct({
    act: 'receive withdrawal',
    case: CASE,
    packet: 'b'.repeat(64),
    jws: 'signed',
    body: { waybill: 'withdrawal/1', reference: CASE, reason: 'Dropped.', on: '2026-03-20' },
  });
  assert.ok(act.act === 'receive withdrawal');
  const whole = decideIrs(foldIrs(world.irs, world.review), act, ira, nowOn('release'));
  const crashed = foldIrs(world.irs, [...world.review, ...whole.review]);
  assert.deepEqual(decideIrs(crashed, act, ira, nowOn('after')), { review: [], case: whole.case });
});

test('what was returned for cure is asked for again under a reference of its own', () => {
  const change = [{ op: 'remove' as const, path: '/items/0/necessity' }];
  const world = takeAll(worldAt('sent'), [
    { by: 'ira', on: 'receipt', act: 'receive request', change },
    { by: 'alex', on: 'review', act: 'decline', reason: 'Not now.' },
    { by: 'alex', on: 'review', act: 'return for cure' },
    { by: 'quinn', on: 'approval', act: 'approve' },
    { by: 'casey', on: 'release', act: 'release' },
    { by: 'jordan', on: 'after', act: 'receive answer' },
  ]);
  const again = draftForCure(foldCustoms(world.customs), 'CBP-2');
  assert.equal(again.request.reference, 'CBP-2');
  assert.deepEqual(
    again.items.map(({ id }) => id),
    ['purchases'],
  );
  assert.throws(
    () => draftForCure(foldCustoms(worldAt('answered').customs), 'CBP-2'),
    refused('not-in-order', /No item of this case was returned/),
  );
});

describe('events that cannot be read stop the case', () => {
  const world = worldAt('cleared');
  const casey = actorOn(foldPeople(world.people.IRS), 'casey', undefined, dayOn('release'));

  test('one whose key was destroyed', () => {
    for (const n of world.review.keys()) {
      const gone = world.review.map((event, at): CaseEvent => (at === n ? { ...event, data: null } : event));
      assert.throws(
        () => readyToRelease(foldIrs(world.irs, gone), casey, nowOn('release')),
        refused('shredded', /undisclosable/),
      );
    }
  });

  test('one of a kind that a newer version has written', () => {
    const newer = { kind: 'review-suspended', data: {} };
    const { data } = world.customs[0] ?? {};
    assert.throws(
      () => foldIrs(world.irs, [...world.review, newer]),
      refused('store-unfit', /does not know/),
    );
    assert.throws(
      () => foldIrs([...world.irs, { ...newer, data: data ?? {} }], []),
      refused('store-unfit', /know/),
    );
    assert.throws(() => foldCustoms([newer]), refused('store-unfit', /does not know/));
    assert.throws(() => foldPeople([newer]), refused('store-unfit', /does not know/));
  });

  test('an end of a title', () => {
    assert.throws(
      () => foldPeople([...world.people.IRS, { kind: 'title-ended', data: null }]),
      refused('shredded', /undisclosable/),
    );
  });
});

test('an actor looked up on another day is asked again', () => {
  const world = takeAll(worldAt('cleared'), [
    {
      by: 'gail',
      on: 'release',
      act: 'end title',
      person: 'casey',
      title: 'Disclosure Manager',
      from: '2026-03-21',
    },
  ]);
  const casey = actorOn(foldPeople(world.people.IRS), 'casey', undefined, dayOn('release'));
  assert.throws(
    () => readyToRelease(foldIrs(world.irs, world.review), casey, nowOn('after')),
    refused('not-entitled', /not in force on 2026-03-23/),
  );
});

test('whoever has the duty to sign without the capacity is a delegate, and does not sign', () => {
  const { people, customs } = worldAt('drafted');
  const robin = actorOn(foldPeople(people.Customs), 'robin', undefined, dayOn('drafting'));
  assert.throws(
    () =>
      decideCustoms(
        foldCustoms(customs),
        { act: 'sign', case: CASE },
        { ...robin, capacity: undefined },
        nowOn('drafting'),
      ),
    refused('not-entitled', /a delegate does not sign/),
  );
});

describe('readAct', () => {
  const says = (input: unknown) => {
    try {
      readAct(input);
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      return error.problems.map(({ what }) => what);
    }
    return [];
  };

  test('names every field that is wrong, and what to write', () => {
    assert.deepEqual(says({ act: 'elect', items: [] }), [
      'case: missing: write a text (in quotes, if it looks like a number) here.',
      'items: this may not be empty.',
      'reason: missing: write a text (in quotes, if it looks like a number) here.',
    ]);
    assert.deepEqual(says({ act: 'locate', case: CASE, item: 'purchases', record: 'lost' }), [
      'record: write the record located, or none.',
    ]);
    assert.match(says(undefined).join(), /write/);
    assert.match(says([]).join(), /write/);
  });

  test('does not repeat what was written', () => {
    const odd = 'Quay Lamp 07-1234567';
    for (const input of [
      odd,
      { act: odd },
      { act: 'elect', case: CASE, items: [odd], reason: '' },
      { act: 'finding', case: CASE, finds: odd, answer: odd, reason: odd },
      { act: 'give title', person: odd, title: odd, from: odd, duties: [odd] },
      { act: 'send', case: CASE, packet: odd, jws: odd },
      { act: 'receive request', case: CASE, packet: odd, jws: odd, body: { items: odd } },
    ]) {
      const told = says(input).join();
      assert.notEqual(told, '');
      assert.ok(!told.includes('Quay') && !told.includes('1234567'), told);
    }
  });
});

test('every duty is some office’s, with a sentence and a paragraph', () => {
  for (const duty of duties)
    assert.ok(
      Object.values(dutiesOf).some((of) => of[duty] !== undefined),
      duty,
    );
  for (const of of Object.values(dutiesOf))
    for (const { sentence, cite } of Object.values(of)) {
      assert.match(sentence, /\.$/);
      assert.match(cite, /^(\([a-j]\)|26 USC 6103\(p\)\(4\)$)/);
    }
});

test('a case says where it stands', () => {
  const customs = (stage: string) => customsStage(foldCustoms(worldAt(stage).customs));
  assert.deepEqual(['nothing', 'drafted', 'signed', 'sent', 'answered'].map(customs), [
    'nothing',
    'drafted',
    'signed',
    'sent',
    'answered',
  ]);
  const irs = (stage: string) => irsStage(foldIrs(worldAt(stage).irs, worldAt(stage).review));
  assert.deepEqual(['nothing', 'received', 'located', 'approved', 'released'].map(irs), [
    'nothing',
    'in review',
    'in review',
    'approved',
    'answered',
  ]);
  const given = takeAll(worldAt('cleared'), [
    { by: 'morgan', on: 'release', act: 'withdraw', reason: 'Dropped.' },
    { by: 'ira', on: 'release', act: 'receive withdrawal' },
  ]);
  assert.equal(customsStage(foldCustoms(given.customs)), 'withdrawn');
  assert.equal(irsStage(foldIrs(given.irs, given.review)), 'withdrawn');
  const opened = takeAll(worldAt('answered'), [
    {
      by: 'jordan',
      on: 'after',
      act: 'open',
      item: 'purchases',
      because: 'To compare it.',
      for: { audit: 'AUDIT-1' },
    },
  ]);
  assert.deepEqual(
    foldCustoms(opened.customs).openings.map(({ item, by, on }) => [item, by.id, on]),
    [['purchases', 'jordan', '2026-03-23']],
  );
});

test('there is no answer to tell of before a release', () => {
  const world = worldAt('cleared');
  assert.throws(
    () => answeredEvents(foldIrs(world.irs, world.review)),
    refused('not-in-order', /No release/),
  );
});

test('one taxpayer written in two ways has one account', () => {
  assert.equal(accountName({ name: 'A', tin: '07-1234567' }), accountName({ name: 'B', tin: '071234567' }));
  assert.equal(accountName({ name: 'Wharf Works (fictional)' }), 'Wharf Works (fictional)');
});

test('the record that must stay does not go with the item’s key', () => {
  const world = worldAt('answered');
  for (const { kind, scope } of [...world.customs, ...world.irs]) assert.equal(scope, undefined, kind);
  for (const { kind, item, scope } of world.review)
    assert.equal(scope, item === undefined ? undefined : `item/${CASE}/${item}`, kind);
});
