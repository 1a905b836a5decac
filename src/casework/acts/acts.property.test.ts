import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../ground/problem.ts';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { decideCase } from '../decide.ts';
import type { Case, Finding, FindingName } from '../schema.ts';
import { blocking, checkRequest } from './check.ts';
import { evolveCustoms, foldCustoms, initialCustoms } from './customs.ts';
import type { CaseEvent, Happened } from './events.ts';
import { determineCase, evolveIrsCase, evolveReview, foldIrs, initialIrs } from './irs.ts';
import { actorOn, evolvePeople, foldPeople, initialPeople } from './people.ts';
import { bodyOf, caseOf, draftSchema, type RequestBody } from './request.ts';
import { type Step, type World, dayOn, take, worldAt } from './world.fixture.ts';

const catalogue = openCatalogue();
const ITEMS = ['purchases', 'sister-purchases'];

/* Random hands: anyone does anything, on days that go forward. Most of it is refused, and what is not adds up. */

const period = { from: '2021-01-01', to: '2021-12-31' };
const people = ['alex', 'sam', 'lee', 'quinn', 'casey', 'ira'];
const of = fc.subarray(ITEMS, { minLength: 1 });
const reason = fc.constant('So it is.');
const record = fc.oneof(
  fc.constant('none'),
  fc.record({
    taxpayer: fc.constantFrom('lamp', 'sister'),
    source: fc.constantFrom('return', 'examination', 'APA', 'competent authority'),
    period: fc.constant(period),
  }),
);
const bars: readonly string[] = ['identifies informant', 'seriously impairs'];
const needs: readonly string[] = [
  'no more than necessary',
  'necessary to determination',
  'relates to merchandise',
  'relationship holds',
];
const finds = fc.constantFrom(...bars, ...needs, 'treaty');
const answer = (question: string) =>
  question === 'treaty'
    ? fc.constantFrom('none', 'none', 'part', 'whole')
    : fc.constantFrom(...(bars.includes(question) ? [false, false, true] : [true, true, false]));

const deed: fc.Arbitrary<Record<string, unknown> & { act: string }> = fc.oneof(
  fc.record({ act: fc.constant('locate'), item: fc.constantFrom(...ITEMS), record }),
  {
    weight: 3,
    arbitrary: finds.chain((question) =>
      fc.record({
        act: fc.constant('finding'),
        finds: fc.constant(question),
        of,
        answer: answer(question),
        reason,
      }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('withdraw finding'), finds, of, reason }) },
  fc.record({ act: fc.constantFrom('elect', 'withdraw election'), items: of, reason }),
  fc.record({ act: fc.constant('withdraw approval'), reason }),
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('approve', 'release') }) },
);
const entitled: Readonly<Record<string, string>> = {
  locate: 'alex',
  elect: 'alex',
  'withdraw election': 'alex',
  approve: 'quinn',
  'withdraw approval': 'quinn',
  release: 'casey',
};
const whoMay = (one: Record<string, unknown> & { act: string }): string =>
  entitled[one.act] ??
  (one['finds'] === 'treaty' ? 'sam' : bars.includes(one['finds'] as string) ? 'lee' : 'alex');

const step: fc.Arbitrary<Step> = fc
  .tuple(deed, fc.option(fc.constantFrom(...people), { freq: 6 }))
  .map(([one, anyone]) => ({ on: 'release', by: anyone ?? whoMay(one), ...one }));

/** What would let everything go, if nothing stood against it. */
const closing: readonly (readonly [Step, number])[] = [
  ...ITEMS.flatMap((item) =>
    bars.map((question) => ({
      by: 'lee',
      act: 'finding',
      finds: question,
      of: [item],
      answer: false,
      reason: 'None.',
    })),
  ),
  { by: 'quinn', act: 'approve' },
  { by: 'casey', act: 'release' },
].map((one) => [{ on: 'release', ...one }, 0] as const);

/** Days go forward at random: the second approval may be on another day than the release. */
const run = fc.record({
  from: fc.constantFrom('received', 'located', 'found', 'reviewed', 'approved', 'cleared'),
  steps: fc
    .tuple(fc.array(fc.tuple(step, fc.integer({ min: 0, max: 9 })), { maxLength: 25 }), fc.boolean())
    .map(([steps, close]) => (close ? [...steps, ...closing] : steps)),
});

interface Played {
  readonly world: World;
  readonly releasedOn: string | undefined;
}

const play = ({ from, steps }: { from: string; steps: readonly (readonly [Step, number])[] }): Played => {
  let world = worldAt(from);
  let day = 20;
  let releasedOn: string | undefined;
  for (const [one, later] of steps) {
    if (later === 9) day += 1;
    const on = `2026-03-${Math.min(day, 31)}`;
    try {
      ({ world } = take(world, { ...one, on }));
      if (one.act === 'release') releasedOn = on;
    } catch (error) {
      assert.ok(error instanceof ProblemError, String(error));
    }
  }
  return { world, releasedOn };
};

/** The slow, obvious way: for each item the last that was said of its record and of each question, and nothing else. */
const obvious = (world: World, day: string): { read: Case; electedOn: (item: string) => boolean } => {
  const before = world.review.filter(({ kind }) => !/^(release|item)-decided$/.test(kind));
  const last = (item: string, kinds: readonly string[], of_?: string) =>
    before.findLast(
      (one) =>
        one.item === item &&
        kinds.includes(one.kind) &&
        (of_ === undefined || (one.data as { finds?: string }).finds === of_),
    );
  const { body } = (world.irs[0]?.data ?? {}) as unknown as { body: RequestBody };
  const whole = caseOf(body, { day: dayOn(day), received: dayOn('receipt') });
  const found = (item: string, question: string): Finding[] => {
    const event = last(item, ['finding-made', 'finding-withdrawn'], question);
    if (event?.kind !== 'finding-made') return [];
    const data = event.data as unknown as Finding;
    const { name, title, office } = data.by;
    return [
      {
        finds: question as FindingName,
        of: [item],
        answer: data.answer,
        ...(data.stripped === undefined ? {} : { stripped: data.stripped }),
        by: { name, title, office },
        counsel: false,
        on: data.on,
        reason: data.reason,
      },
    ];
  };
  const records = ITEMS.flatMap((item) => {
    const event = last(item, ['record-located']);
    const at = (event?.data as { record?: unknown } | undefined)?.record;
    return at === undefined || at === 'none'
      ? []
      : [{ id: `r-${item}`, ...(at as Omit<Case['records'][number], 'id'>) }];
  });
  return {
    read: {
      ...whole,
      sender: { name: 'Casey Moor', title: 'Disclosure Manager', office: 'IRS' },
      records,
      items: whole.items.map((item) =>
        records.some(({ id }) => id === `r-${item.id}`) ? { ...item, record: `r-${item.id}` } : item,
      ),
      findings: ITEMS.flatMap((item) => [...bars, ...needs, 'treaty'].flatMap((one) => found(item, one))),
    },
    electedOn: (item) => last(item, ['item-elected', 'election-withdrawn'])?.kind === 'item-elected',
  };
};

test('whatever anyone does in whatever order, only what is permitted on the day of the release goes out', () => {
  let disclosures = 0;
  fc.assert(
    fc.property(run, (one) => {
      const { world, releasedOn } = play(one);
      if (world.answer === undefined || releasedOn === undefined) return;
      const { read, electedOn } = obvious(world, releasedOn);
      const { decisions } = decideCase(read, catalogue);
      const approval = world.review.findLast(({ kind }) => kind === 'review-approved');
      const release = world.review.find(({ kind }) => kind === 'release-decided');
      const by = (event?: CaseEvent) => (event?.data as { by: { id: string } } | undefined)?.by.id;
      assert.notEqual(by(approval), by(release), 'approved and sent by one person');
      for (const item of world.answer.items.filter(({ outcome }) => outcome === 'disclosed')) {
        disclosures += 1;
        const verdict = decisions.find((decision) => decision.item === item.id)?.determination.verdict;
        assert.equal(verdict, 'permitted', `${item.id} went out`);
        assert.ok(!electedOn(item.id), 'elected against');
        for (const question of bars)
          assert.ok(
            read.findings.some((f) => f.finds === question && f.of?.includes(item.id) && f.on === releasedOn),
            '(e) was not asked on the day',
          );
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(disclosures > 50, `too few to mean anything: ${disclosures}`);
});

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

/** What comes back out of the store: JSON, where a field left undefined is not there. */
const stored = (events: readonly CaseEvent[]): readonly Happened[] =>
  frozen(JSON.parse(JSON.stringify(events)) as Happened[]);

test('a case is a left fold: its prefix folded, then the rest, and nothing is changed on the way', () => {
  fc.assert(
    fc.property(run, fc.nat(), (one, cut) => {
      const { world } = play(one);
      const customs = stored(world.customs);
      const n = cut % (customs.length + 1);
      assert.deepEqual(
        customs.slice(n).reduce(evolveCustoms, frozen(foldCustoms(customs.slice(0, n)))),
        customs.reduce(evolveCustoms, initialCustoms),
      );
      const [irs, review] = [stored(world.irs), stored(world.review)];
      const m = cut % (review.length + 1);
      const whole = foldIrs(irs, review);
      assert.deepEqual(review.slice(m).reduce(evolveReview, frozen(foldIrs(irs, review.slice(0, m)))), whole);
      // The two streams come from two logs, and their order between each other is not known.
      assert.deepEqual(irs.reduce(evolveIrsCase, review.reduce(evolveReview, initialIrs)), whole);
      const directory = stored(world.people.IRS);
      const k = cut % (directory.length + 1);
      assert.deepEqual(
        directory.slice(k).reduce(evolvePeople, foldPeople(directory.slice(0, k))),
        directory.reduce(evolvePeople, initialPeople),
      );
    }),
    { numRuns: 100 },
  );
});

const isBar = ({ kind, data }: CaseEvent): boolean => {
  const { finds: question, answer: said } = data as { finds?: string; answer?: unknown };
  if (kind === 'item-elected') return true;
  if (kind !== 'finding-made' || question === undefined) return false;
  return question === 'treaty' ? said !== 'none' : bars.includes(question) ? said === true : said === false;
};

test('an event that is lost brings no older answer back: losing a bar never permits more', () => {
  fc.assert(
    fc.property(run, fc.nat(), (one, pick) => {
      const { world } = play(one);
      const against = world.review.filter(isBar);
      const lost = against[pick % Math.max(1, against.length)];
      if (lost === undefined || lost.kind === 'item-elected') return;
      const casey = actorOn(foldPeople(world.people.IRS), 'casey', undefined, dayOn('release'));
      const now = { day: dayOn('2026-03-31'), at: 0, catalogue };
      const out = (review: readonly CaseEvent[]) =>
        determineCase(foldIrs(world.irs, review), casey, now)
          .outcomes.filter(({ outcome }) => outcome === 'disclosed')
          .map(({ item }) => item);
      const before = out(world.review);
      for (const item of out(world.review.filter((event) => event !== lost)))
        assert.ok(before.includes(item), item);
    }),
    { numRuns: 300 },
  );
});

/** Parts of a request that a requester may forget or get wrong. */
const slips = fc.subarray<string>([
  'no titles',
  'no audit',
  'intended',
  'survey',
  'no certificate',
  'no relationship',
  'no period',
  'no purpose',
  'no necessity',
  'no taxpayer',
  'no line',
  'something else',
  'recovery',
  'other purpose',
  'copy',
  'APA',
  '941',
]);

const slipped = (names: readonly string[]) => {
  const has = (name: string) => names.includes(name);
  const { document } = (worldAt('drafted').customs[0]?.data ?? {}) as { document: unknown };
  const draft = draftSchema.parse(document);
  const [item, other] = draft.items;
  const [lamp, sister] = draft.taxpayers;
  assert.ok(item && other && lamp && sister && draft.audit);
  const { period: when, purpose, necessity, taxpayer, line, relatesTo, ...rest } = item;
  const { certified, ...uncertified } = lamp;
  const { relationship, ...unrelated } = sister;
  const { audit, ...unaudited } = draft;
  return draftSchema.parse({
    ...unaudited,
    request: { ...draft.request, titles: has('no titles') ? [] : draft.request.titles },
    ...(has('no audit')
      ? {}
      : {
          audit: {
            ...audit,
            stage: has('intended') ? 'intended' : 'initiated',
            kind: has('survey') ? 'risk analysis and survey' : 'section 509 audit',
          },
        }),
    taxpayers: [
      { ...uncertified, ...(has('no certificate') ? {} : { certified }) },
      { ...unrelated, ...(has('no relationship') ? {} : { relationship }) },
    ],
    items: [
      {
        ...rest,
        ...(has('no period') ? {} : { period: when }),
        ...(has('no purpose') ? {} : { purpose }),
        ...(has('no necessity') ? {} : { necessity }),
        ...(has('no taxpayer') ? {} : { taxpayer }),
        ...(has('no line') ? {} : { line }),
        relatesTo: has('something else') ? 'something else' : relatesTo,
        purposes: [
          'correctness of an entry',
          ...(has('recovery') ? ['recovery of what is due'] : []),
          ...(has('other purpose') ? ['other'] : []),
        ],
        ...(has('copy') ? { copyOf: 'page' } : {}),
        ...(has('APA') ? { matter: 'Advance Pricing Agreement' } : {}),
        ...(has('941') ? { form: '941' } : {}),
      },
      other,
    ],
  });
};

test('a request that passes the check cannot be sent back, whatever the IRS finds; one that fails is', () => {
  const counted = { passed: 0, failed: 0 };
  const signature = {
    name: 'Robin Alder',
    title: 'Acting Commissioner',
    office: 'Customs',
    capacity: 'acting Commissioner',
  } as const;
  fc.assert(
    fc.property(fc.oneof(fc.constant<string[]>([]), slips), run, (names, one) => {
      const draft = slipped(names);
      const day = dayOn('drafting');
      const stops = blocking(checkRequest(draft, catalogue, day));
      const { world } = play(one);
      const [first, ...rest] = world.irs;
      assert.ok(first);
      const body = bodyOf(draft, { dated: day, signature });
      const asked = { ...first, data: { ...(first.data as object), body } } as unknown as CaseEvent;
      const casey = actorOn(foldPeople(world.people.IRS), 'casey', undefined, dayOn('release'));
      const { outcomes } = determineCase(foldIrs([asked, ...rest], world.review), casey, {
        day: dayOn('2026-03-31'),
        at: 0,
        catalogue,
      });
      const back = outcomes.some(({ outcome }) => outcome === 'returned for cure');
      counted[stops.length === 0 ? 'passed' : 'failed'] += 1;
      if (stops.length === 0) assert.ok(!back, 'passed, and sent back');
      else if (!names.includes('no audit'))
        assert.ok(back, `stopped, and would not be sent back: ${JSON.stringify(stops)}`);
    }),
    { numRuns: 300 },
  );
  assert.ok(counted.passed > 50 && counted.failed > 50, JSON.stringify(counted));
});
