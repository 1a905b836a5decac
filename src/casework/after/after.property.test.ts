import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../ground/problem.ts';
import { facts as law } from '../../rulebook/l-14/facts.ts';
import type { CaseEvent, Happened } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { evolveHolding, foldHolding } from './evolve.ts';
import { type Holding, initialHolding } from './holding.ts';
import { mayI } from './may-i.ts';
import { type Question, readQuestion } from './question.ts';
import { type Raw, obviously } from './slow.fixture.ts';
import {
  RECALL,
  type Step,
  type World,
  actorIn,
  base,
  holdingOf,
  situation,
  take,
  worldAt,
} from './world.fixture.ts';

const HOLDERS = ['Customs', 'Justice'] as const;
const staff = {
  Customs: ['jordan', 'cleo', 'kim', 'dana'],
  Justice: ['theo', 'otto', 'mira', 'vera'],
} as const;
const DAYS = ['use', 'due', 'shown', 'referred', 'suit', 'recall', 'end', 'year after'];
const names = ['Quay Lamp Company', 'Hugo Lind', 'Ines Roth', 'Lars Wick', 'Theo Barr', 'HUGO LIND'];
const papers = Object.keys(base.papers);

/* Questions: one of those that are in order, with a few of its fields changed at random. */

const recipient = fc.record(
  {
    is: fc.constantFrom(...law.recipient.values.filter((one) => one !== 'nobody else')),
    name: fc.constantFrom(...names),
    title: fc.constantFrom('Auditor', 'Trial Attorney'),
    importer: fc.constantFrom('lamp', 'lamp', 'sister'),
    personally: fc.boolean(),
    directly: fc.boolean(),
  },
  { requiredKeys: ['is'] },
);
const aim = fc.subarray(['correctness', 'recovery', 'advocacy', 'penalty only', 'other'] as const);
const finding = fc.record({
  finds: fc.constantFrom(
    'cannot otherwise be accomplished',
    'legal representative',
    'refund suit within (g)',
    '6103(i) requirements met',
    'other provision applies',
  ),
  answer: fc.boolean(),
  counsel: fc.boolean(),
  reason: fc.constant('So it is.'),
});

interface Draft {
  proposal: Record<string, unknown> & { to?: Record<string, unknown>; for: Record<string, unknown> };
  findings: unknown[];
}

const change = fc.oneof<fc.Arbitrary<(q: Draft) => void>[]>(
  fc.constantFrom('purchases', 'sister-purchases', 'sales').map((item) => (q: Draft) => {
    q.proposal['items'] = [item];
  }),
  recipient.map((to) => (q: Draft) => {
    if (q.proposal.to !== undefined) q.proposal['to'] = { ...(q.proposal['to'] as object), ...to };
  }),
  aim.map((one) => (q: Draft) => {
    q.proposal.for['aim'] = one;
  }),
  fc.constantFrom(...law.matter.values).map((one) => (q: Draft) => {
    q.proposal.for['matter'] = one;
  }),
  fc.constantFrom('AUDIT-1', 'AUDIT-2').map((one) => (q: Draft) => {
    q.proposal.for['audit'] = one;
  }),
  fc.constantFrom('proceeding', 'administrative').map((one) => (q: Draft) => {
    q.proposal.for['stage'] = one;
  }),
  fc.boolean().map((one) => (q: Draft) => {
    q.proposal.for['refundSuit'] = one;
  }),
  fc.subarray(papers).map((some) => (q: Draft) => {
    q.proposal['papers'] = some;
  }),
  fc.constant((q: Draft) => {
    q.findings = [];
  }),
  finding.map((one) => (q: Draft) => {
    q.findings = [...q.findings, one];
  }),
  fc.constantFrom('6103(c)', '6103(f)', '6103(m)(2)').map((one) => (q: Draft) => {
    q.proposal['otherProvision'] = one;
  }),
  fc
    .record(
      {
        toComply: fc.boolean(),
        userAgency: fc.constantFrom('HSI', 'FBI'),
        filedByTaxpayer: fc.boolean(),
        identityOnly: fc.boolean(),
      },
      { requiredKeys: ['toComply'] },
    )
    .map((criminal) => (q: Draft) => {
      q.proposal['criminal'] = criminal;
    }),
);

const asked: fc.Arbitrary<Question | undefined> = fc
  .tuple(fc.constantFrom(...Object.keys(base.questions)), fc.array(change, { maxLength: 3 }), fc.boolean())
  .map(([name, changes, all]) => {
    const { do: _, ...whole } = structuredClone(base.questions[name]) as unknown as Draft & { do?: unknown };
    const draft = whole;
    for (const one of changes) one(draft);
    if (all) draft.proposal['papers'] = papers;
    try {
      return readQuestion(draft);
    } catch {
      return undefined;
    }
  });

/* Worlds: what anyone does in whatever order. Most of it is refused, and what is not adds up. */

const fromQuestion = (name: string, by: string): Omit<Step, 'on'> => ({ by, ask: name });
const hand = <T extends string>(...people: readonly T[]) => fc.constantFrom(...people);
const deed: fc.Arbitrary<Omit<Step, 'on'>> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(base.questions)), hand('jordan', 'cleo', 'theo', 'otto', 'kim'))
      .map(([name, by]) => fromQuestion(name, by)),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...papers), hand('cleo', 'theo')).map(([file, by]) => ({ by, file })),
  },
  fc
    .tuple(fc.constantFrom(...papers), hand('cleo', 'theo'))
    .map(([paper, by]) => ({ by, act: 'withdraw paper', paper, reason: 'Void.' })),
  fc.constant({ by: 'jordan', act: 'audit changed', determined: '2026-04-06' }),
  fc.constant({ by: 'mira', act: 'engage', person: 'theo', from: '2026-04-01', document: 'List' }),
  fc.constant({
    by: 'mira',
    act: 'engage',
    person: 'otto',
    from: '2026-04-01',
    to: '2026-05-01',
    document: 'List',
  }),
  fc.constant({ by: 'mira', act: 'disengage', person: 'theo', reason: 'Other work.' }),
  fc.constant({ by: 'theo', act: 'receive referral' }),
  fc
    .constantFrom('purchases', 'sister-purchases')
    .map((item) => ({ by: 'cleo', act: 'unlock', items: [item], paper: 'no-crime', reason: 'None.' })),
  fc.constantFrom({ by: 'jordan', act: 'audit changed', stage: 'dropped' }, { by: 'vera', ask: 'argue' }),
  fc
    .constantFrom('returned', 'made undisclosable')
    .map((way) => ({ by: 'jordan', act: 'end use', items: ['sister-purchases'], way, reason: 'Done.' })),
  fc.constantFrom(
    { by: 'quinn', act: 'recall', items: ['purchases'] },
    { by: 'jordan', act: 'receive recall' },
    { by: 'jordan', act: 'forward recall' },
    { by: 'theo', act: 'receive recall' },
    { by: 'theo', act: 'answer recall', holder: 'Ines Roth', how: 'returned' },
  ),
);

const played = fc
  .record({
    from: fc.constantFrom('answered', 'used', 'due', 'shown', 'received', 'papers', 'expert', 'down'),
    steps: fc.array(fc.tuple(deed, fc.nat({ max: 9 })), { maxLength: 14 }),
  })
  .map(({ from, steps }) => {
    const first =
      { answered: 0, used: 0, due: 1, shown: 2, received: 3, papers: 4, expert: 4, down: 5 }[from] ?? 0;
    let day = first;
    let world = worldAt(from);
    const moves: { readonly before: World; readonly after: World; readonly step: Step }[] = [];
    for (const [one, later] of steps) {
      if (later > 7) day = Math.min(day + 1, DAYS.length - 1);
      const step = { ...one, on: DAYS[day] ?? 'end' } as Step;
      try {
        const { world: after } = take(world, step);
        moves.push({ before: world, after, step });
        world = after;
      } catch (error) {
        if (!(error instanceof ProblemError) && !(error as Error).message.includes('change does not fit'))
          throw error;
      }
    }
    return { world, moves, on: DAYS[day] ?? 'end' };
  });

const rawOf = (world: World, office: 'Customs' | 'Justice'): Raw => ({
  office,
  events: office === 'Customs' ? world.base.customs : world.justice,
});

const who = fc.tuple(fc.constantFrom(...HOLDERS), fc.nat({ max: 3 }));

test('every door gives the answer that the plain reading of the table gives', () => {
  const counted = { permitted: 0, not: 0 };
  const hops = new Set<string>();
  fc.assert(
    fc.property(played, asked, who, ({ world, on }, question, [office, n]) => {
      if (question === undefined) return;
      const actor = actorIn(world, { by: staff[office][n] ?? 'jordan', on });
      const now = situation(on);
      const answer = mayI(holdingOf(world, office), question, actor, now);
      for (const { item, verdict, stops } of answer.items) {
        const plain = obviously(rawOf(world, office), question, item, actor, now.day);
        counted[plain ? 'permitted' : 'not'] += 1;
        if (plain) hops.add(answer.hop.id);
        assert.equal(
          verdict === 'permitted',
          plain,
          `${answer.hop.id}: ${JSON.stringify(stops.map(({ id }) => id))}`,
        );
      }
    }),
    { numRuns: 4000 },
  );
  assert.ok(counted.permitted > 150 && counted.not > 1000, JSON.stringify(counted));
  assert.ok(hops.size >= 7, [...hops].join(', '));
});

const DID = ['item-used', 'item-disclosed', 'item-referred', 'item-used-for-6103i'];
const disclosedBy = (events: readonly CaseEvent[]) =>
  new Set(
    events
      .filter(
        ({ kind, data }) =>
          kind === 'item-answered' && (data as { outcome?: string }).outcome === 'disclosed',
      )
      .map(({ item }) => item),
  );

test('along every chain, what is disclosed again was disclosed before, and each time it was asked and permitted', () => {
  let deeds = 0;
  fc.assert(
    fc.property(played, ({ world, moves }) => {
      const given = disclosedBy(world.base.irs);
      const referred = new Set(
        world.base.customs.filter(({ kind }) => kind === 'item-referred').map(({ item }) => item),
      );
      for (const { kind, item } of world.base.customs) if (DID.includes(kind)) assert.ok(given.has(item));
      for (const { kind, item } of world.justice) {
        if (kind === 'item-received') assert.ok(referred.has(item), 'Justice has what Customs did not refer');
        if (DID.includes(kind)) assert.ok(referred.has(item) && given.has(item));
      }
      for (const { before, after, step } of moves) {
        const office = staff.Justice.some((id) => id === step.by) ? 'Justice' : 'Customs';
        const was = rawOf(before, office);
        const fresh = rawOf(after, office).events.slice(was.events.length);
        const done = fresh.filter(({ kind }) => DID.includes(kind));
        if (done.length === 0) continue;
        deeds += done.length;
        assert.equal((fresh[0]?.data as { verdict?: string }).verdict, 'permitted');
        const actor = actorIn(before, step);
        const question = readQuestion(base.questions[step.ask ?? '']);
        for (const { item = '' } of done)
          assert.ok(obviously(was, question, item, actor, situation(step.on).day), 'done, and not permitted');
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(deeds > 100, `too few to mean anything: ${deeds}`);
});

/* Bars, as events: nothing that they add ever releases more. */

const stampOf = (actor: Actor, on: string) => ({ by: actor, on: situation(on).day, at: situation(on).at });
interface Barred {
  readonly state: Holding;
  readonly actor: Actor;
}
const barsFor = (state: Holding, item: string, actor: Actor, on: string): readonly Barred[] => {
  const data = stampOf(actor, on);
  const told = { recall: RECALL, recalledBy: 'IRS', reason: 'In error.' };
  const ended = { way: 'safeguards continue', reason: 'Done.', contents: [], scopes: [] };
  const events = [
    { kind: 'item-locked', item, data: { ...data, door: 'The lawful door.' } },
    { kind: 'item-recalled', item, data: { ...data, ...told } },
    { kind: 'use-ended', item, data: { ...data, ...ended } },
    { kind: 'audit-changed', data: { ...data, stage: 'dropped' } },
    { kind: 'request-withdrawn', data: { ...data, reason: 'Not needed.' } },
    { kind: 'person-disengaged', data: { ...data, person: actor.id, from: data.on, reason: 'Off.' } },
    ...[...state.papers.keys()].map((paper) => ({
      kind: 'paper-withdrawn',
      data: { ...data, paper, reason: 'Void.' },
    })),
  ];
  return [
    ...events.map((event) => ({ state: evolveHolding(state, event as unknown as Happened), actor })),
    { state, actor: { ...actor, to: situation('hiring').day } },
    { state, actor: { ...actor, title: 'Another title' } },
  ];
};

/** Two answers to one question are no case (B9): one of them lost is another case, not the same with less in it. */
const contradicts = ({ findings }: Question): boolean => findings.some(({ answer }) => !answer);

test('a bar more, or a finding less, never releases more', () => {
  let permitted = 0;
  fc.assert(
    fc.property(played, asked, who, ({ world, on }, question, [office, n]) => {
      if (question === undefined) return;
      const actor = actorIn(world, { by: staff[office][n] ?? 'jordan', on });
      const state = holdingOf(world, office);
      const may = (s: Holding, a: Actor, q: Question) => mayI(s, q, a, situation(on)).verdict;
      const before = may(state, actor, question);
      if (before === 'permitted') permitted += 1;
      for (const barred of barsFor(state, question.proposal.items[0] ?? '', actor, on))
        if (may(barred.state, barred.actor, question) === 'permitted')
          assert.equal(before, 'permitted', 'a bar released');
      if (contradicts(question)) return;
      const fewer = { ...question, findings: question.findings.slice(1) };
      if (may(state, actor, fewer) === 'permitted')
        assert.equal(before, 'permitted', 'a finding less released');
    }),
    { numRuns: 1200 },
  );
  assert.ok(permitted > 50, `too few to mean anything: ${permitted}`);
});

test('each bar refuses every item that was permitted, not only leaves it as it was', () => {
  const item = 'purchases';
  const world = worldAt('shown');
  const question = readQuestion({ ...base.questions['look'] });
  const actor = actorIn(world, { by: 'jordan', on: 'shown' });
  const state = holdingOf(world, 'Customs');
  assert.equal(mayI(state, question, actor, situation('shown')).verdict, 'permitted');
  const data = stampOf(actor, 'shown');
  for (const event of [
    { kind: 'item-locked', item, data: { ...data, door: 'The lawful door.' } },
    {
      kind: 'item-recalled',
      item,
      data: { ...data, recall: RECALL, recalledBy: 'IRS', reason: 'In error.' },
    },
    {
      kind: 'use-ended',
      item,
      data: { ...data, way: 'returned', reason: 'Done.', contents: [], scopes: [] },
    },
    { kind: 'audit-changed', data: { ...data, stage: 'dropped' } },
    { kind: 'request-withdrawn', data: { ...data, reason: 'Not needed.' } },
  ])
    assert.equal(
      mayI(evolveHolding(state, event as unknown as Happened), question, actor, situation('shown')).verdict,
      'refused',
      event.kind,
    );
  const lapsed = { ...actor, to: situation('due').day };
  assert.equal(mayI(state, question, lapsed, situation('shown')).verdict, 'refused');
});

test('nothing given, nothing permitted, whatever is asked and whatever papers are on file', () => {
  fc.assert(
    fc.property(asked, who, (question, [office, n]) => {
      if (question === undefined) return;
      const world = worldAt('papers');
      const actor = actorIn(world, { by: staff[office][n] ?? 'jordan', on: 'suit' });
      const state: Holding = {
        ...initialHolding(office),
        papers: holdingOf(world, office).papers,
        engaged: holdingOf(world, office).engaged,
        matter: holdingOf(world, office).matter,
      };
      const answer = mayI(
        state,
        { ...question, do: { entries: [], shown: 'It.', workpaper: 'WP' } },
        actor,
        situation('suit'),
      );
      assert.notEqual(answer.verdict, 'permitted');
      assert.deepEqual(
        answer.events.map(({ kind }) => kind),
        ['may-i-answered'],
      );
      assert.ok(answer.refused);
    }),
    { numRuns: 600 },
  );
});

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

test('the holding is a left fold: a prefix folded, then the rest, and nothing is changed on the way', () => {
  fc.assert(
    fc.property(played, fc.nat(), ({ world }, cut) => {
      for (const office of HOLDERS) {
        const raw = rawOf(world, office).events;
        // What comes back out of the store: JSON, where a field left undefined is not there.
        const events = frozen(JSON.parse(JSON.stringify(raw)) as Happened[]);
        const at = cut % (events.length + 1);
        const prefix = foldHolding(office, events.slice(0, at));
        assert.deepEqual(events.slice(at).reduce(evolveHolding, prefix), foldHolding(office, events));
        assert.deepEqual(
          foldHolding(office, events),
          foldHolding(office, raw),
          'read back otherwise than written',
        );
      }
    }),
    { numRuns: 150 },
  );
});
