import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { openCatalogue } from '../../returns/catalogue/open.ts';
import { type Facts, facts, nothingKnown, unknownOf } from '../../rulebook/facts.ts';
import { met } from '../../rulebook/evaluate.ts';
import { factsOf } from '../../rulebook/formula.ts';
import { hopOf } from '../../rulebook/rulebook.ts';
import { decideCase } from '../decide.ts';
import type { FindingName } from '../schema.ts';
import { type Board, type GateState, type Row, boardOf, gates, questionsFor } from './board.ts';
import { decisionFor, isFactShown } from './board-shown.ts';
import type { Duty } from './duties.ts';
import { determineCase, foldIrs, irsCase, unsettled } from './irs.ts';
import type { IrsState, LocatedRecord, ReviewedItem, StandingFinding } from './irs-state.ts';
import { type Actor, actorOn, foldPeople } from './people.ts';
import { type Step, dayOn, takeAll, worldAt } from './world.fixture.ts';

const catalogue = openCatalogue();
const hop = hopOf('irs-to-customs');
const nowOn = (on: string) => ({ day: dayOn(on), at: 1_770_000_000, catalogue });
const now = nowOn('release');

const stateAt = (stage: string, ...steps: Step[]): IrsState => {
  const world = takeAll(worldAt(stage), steps);
  return foldIrs(world.irs, world.review);
};
const people = foldPeople(worldAt('received').people.IRS);
const person = (id: string): Actor => actorOn(people, id, undefined, now.day);
const withDuties = (...duties: Duty[]): Actor => ({ ...person('alex'), duties });
const everything = withDuties('reviews', 'finds (d)', 'finds (e)', 'approves', 'sends');
const board = (stage: string, actor: Actor = everything, ...steps: Step[]): Board =>
  boardOf(stateAt(stage, ...steps), actor, now, 0);

const rowIn = (of: Board, item = 'purchases'): Row => {
  const row = of.rows.find((one) => one.item === item);
  assert.ok(row);
  return row;
};
const states = (row: Row): readonly GateState[] => row.gates.map(({ state }) => state);

describe('the nine gates', () => {
  test('every rule of the hop stands at exactly one', () => {
    assert.equal(gates.length, 9);
    const placed = gates.flatMap(({ rules }) => rules);
    assert.equal(placed.length, hop.rules.length);
    assert.deepEqual(new Set(placed), new Set(hop.rules));
    assert.equal(new Set(gates.map(({ id }) => id)).size, 9);
  });

  test('and every fact is read at one only, so that what one gate hides no other shows', () => {
    const read = gates.flatMap(({ rules }) => [...new Set(rules.flatMap((rule) => factsOf(rule.when)))]);
    assert.equal(new Set(read).size, read.length);
  });

  test('what is not shown is exactly what the IRS alone knows under (d) and (e)', () => {
    const hidden = gates
      .flatMap(({ rules }) => rules.flatMap((rule) => factsOf(rule.when)))
      .filter((fact) => !isFactShown(['reviews'], fact));
    const inside = hop.rules
      .filter(({ cite }) => cite === '(d)' || cite === '(e)')
      .flatMap((rule) => factsOf(rule.when))
      .filter((fact) => facts[fact].seen === 'inside');
    assert.deepEqual(new Set(hidden), new Set(inside));
  });

  test('each has the law’s words of its rules', () => {
    for (const gate of rowIn(board('received')).gates)
      assert.deepEqual(
        gate.rules.map(({ id, law }) => [id, law]),
        gates.find(({ id }) => id === gate.id)?.rules.map(({ id, law }) => [id, law]),
      );
  });
});

const M = 'met';
const Q = 'not determined';
const X = 'not met';
const N = 'not shown';

const lee = { by: 'lee', on: 'approval', act: 'finding', of: ['purchases'], reason: 'R.' };
const table: readonly {
  readonly name: string;
  readonly stage: string;
  readonly steps?: readonly Step[];
  readonly actor?: Actor;
  readonly item?: string;
  readonly verdict: Row['verdict'];
  readonly outcome: Row['outcome'];
  readonly gates: readonly GateState[];
}[] = [
  {
    name: 'received, nothing looked at',
    stage: 'received',
    verdict: 'undetermined',
    outcome: 'not disclosed',
    gates: [M, M, M, Q, Q, M, Q, Q, Q],
  },
  {
    name: 'a related taxpayer, nothing looked at',
    stage: 'received',
    item: 'sister-purchases',
    verdict: 'undetermined',
    outcome: 'not disclosed',
    gates: [M, M, M, Q, Q, Q, Q, Q, Q],
  },
  {
    name: 'all found but (e)',
    stage: 'found',
    verdict: 'undetermined',
    outcome: 'not disclosed',
    gates: [M, M, M, M, M, M, M, Q, M],
  },
  {
    name: 'all found',
    stage: 'reviewed',
    verdict: 'permitted',
    outcome: 'disclosed',
    gates: [M, M, M, M, M, M, M, M, M],
  },
  {
    name: 'all found, to a reviewer',
    stage: 'reviewed',
    actor: person('alex'),
    verdict: 'not shown',
    outcome: 'not shown',
    gates: [M, M, M, M, M, M, N, N, M],
  },
  {
    name: 'all found, to who finds (d)',
    stage: 'reviewed',
    actor: person('sam'),
    verdict: 'not shown',
    outcome: 'not shown',
    gates: [M, M, M, M, M, M, M, N, M],
  },
  {
    name: 'all found, to who approves',
    stage: 'reviewed',
    actor: person('quinn'),
    verdict: 'permitted',
    outcome: 'disclosed',
    gates: [M, M, M, M, M, M, M, M, M],
  },
  {
    name: 'an informant, to who finds (e)',
    stage: 'found',
    steps: [{ ...lee, finds: 'identifies informant', answer: true }],
    actor: person('lee'),
    verdict: 'refused',
    outcome: 'not disclosed',
    gates: [M, M, M, M, M, M, N, X, M],
  },
  {
    name: 'an informant, to a reviewer',
    stage: 'found',
    steps: [{ ...lee, finds: 'identifies informant', answer: true }],
    actor: person('alex'),
    verdict: 'not shown',
    outcome: 'not shown',
    gates: [M, M, M, M, M, M, N, N, M],
  },
  {
    name: 'elected, to a reviewer',
    stage: 'reviewed',
    steps: [{ by: 'alex', on: 'approval', act: 'elect', items: ['purchases'], reason: 'Enough is known.' }],
    actor: person('alex'),
    verdict: 'not shown',
    outcome: 'not disclosed',
    gates: [M, M, M, M, M, M, N, N, M],
  },
  {
    name: 'more than necessary',
    stage: 'located',
    steps: [
      {
        by: 'alex',
        on: 'review',
        act: 'finding',
        finds: 'no more than necessary',
        answer: false,
        reason: 'R.',
      },
    ],
    actor: person('alex'),
    verdict: 'refused',
    outcome: 'not disclosed',
    gates: [M, M, M, M, Q, M, N, N, X],
  },
];

describe('a row', () => {
  for (const one of table)
    test(one.name, () => {
      const row = rowIn(board(one.stage, one.actor ?? everything, ...(one.steps ?? [])), one.item);
      assert.deepEqual(states(row), one.gates);
      assert.equal(row.verdict, one.verdict);
      assert.equal(row.outcome, one.outcome);
    });

  test('says what was asked for, in the request’s words', () => {
    const { form, line, caption, taxpayer, period, asked } = rowIn(board('received'));
    assert.deepEqual([form, line, caption], ['1125-A', '2', 'Purchases']);
    assert.deepEqual(taxpayer, { id: 'lamp', name: 'Quay Lamp Company (fictional)' });
    assert.deepEqual(period, { from: '2021-01-01', to: '2021-12-31' });
    assert.match(asked.purpose ?? '', /compare purchases/);
    assert.match(asked.necessity ?? '', /cost of goods sold/);
  });

  test('names the file of the record only where (d) is shown', () => {
    assert.equal(rowIn(board('received')).record, 'not looked for');
    assert.equal(rowIn(board('located')).record, 'return');
    assert.equal(rowIn(board('located', person('alex'))).record, 'located');
    assert.equal(rowIn(board('located', person('sam'))).record, 'return');
  });

  test('a fact stands beside its rule, with who found it and why', () => {
    const extent = rowIn(board('reviewed', person('alex'))).gates.at(-1);
    const [fact] = extent?.facts ?? [];
    assert.equal(fact?.answer, 'yes');
    assert.deepEqual(fact.found, {
      finds: 'no more than necessary',
      answer: true,
      by: { name: 'Alex Firth', title: 'Reviewer' },
      on: '2026-03-16',
      reason: 'Two lines of one year.',
    });
  });

  test('an open gate says what is to be asked, of whom, and which finding answers it', () => {
    const [, , , , determination] = rowIn(board('located')).gates;
    assert.deepEqual(
      determination?.ask.map(({ finds, hopedFor }) => [finds, hopedFor]),
      [
        ['necessary to determination', ['yes']],
        ['relates to merchandise', ['yes']],
      ],
    );
    for (const { ask } of determination?.ask ?? []) assert.equal(ask, 'the IRS disclosure reviewer');
  });

  test('of a request that asks for APA matter, everyone sees (d) fail on its own words, and no more of it', () => {
    const state = stateAt('located');
    assert.ok(state.request);
    const { body } = state.request;
    const asking: IrsState = {
      ...state,
      request: {
        ...state.request,
        body: {
          ...body,
          items: body.items.map((item) => ({ ...item, matter: 'Advance Pricing Agreement' as const })),
        },
      },
    };
    const row = rowIn(boardOf(asking, person('alex'), now, 0));
    assert.equal(row.outcome, 'returned for cure');
    const gate = row.gates[6];
    assert.equal(gate?.state, 'not met');
    assert.deepEqual(
      gate.rules.map(({ state: one }) => one),
      ['not met', 'not shown', 'not shown'],
    );
    assert.deepEqual(
      gate.facts.map(({ fact }) => fact),
      ['asksForApa'],
    );
  });
});

const nextOf = (of: Board) =>
  Object.fromEntries(
    of.next.map(({ act, entitled, ready }) => [act, ready ? 'ready' : entitled ? 'not yet' : 'not theirs']),
  );

describe('who may do what next', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['found', 'alex', { finding: 'ready', approve: 'not theirs', release: 'not theirs', elect: 'ready' }],
    ['found', 'quinn', { finding: 'not theirs', approve: 'not yet', release: 'not yet', elect: 'ready' }],
    ['reviewed', 'quinn', { approve: 'ready', release: 'not yet', 'withdraw approval': 'not yet' }],
    ['approved', 'quinn', { approve: 'not yet', release: 'not yet', 'withdraw approval': 'ready' }],
    ['approved', 'casey', { release: 'not yet' }],
    ['cleared', 'casey', { release: 'ready' }],
    ['cleared', 'quinn', { release: 'not yet' }],
    ['cleared', 'lee', { finding: 'ready', release: 'not theirs', locate: 'not theirs' }],
    ['released', 'alex', { finding: 'not yet', elect: 'not yet', 'return for cure': 'not yet' }],
  ];
  for (const [stage, id, expected] of cases)
    test(`${stage}, ${id}`, () => {
      const found = nextOf(board(stage, person(id)));
      assert.deepEqual({ ...found, ...expected }, found);
    });

  test('the approver may not send it, and is told so', () => {
    const release = board('cleared', person('quinn')).next.find(({ act }) => act === 'release');
    assert.match(release?.inTheWay[0]?.what ?? '', /approved the release does not send/);
  });

  test('a title that is not entitled is not told what stands in the way', () => {
    for (const { entitled, inTheWay } of board('found', person('alex')).next)
      if (!entitled) assert.deepEqual(inTheWay, []);
  });

  test('each is told the questions that are theirs', () => {
    assert.deepEqual(board('found', person('sam')).finds, ['treaty']);
    assert.deepEqual(board('found', person('lee')).finds, ['identifies informant', 'seriously impairs']);
    assert.deepEqual(board('found', person('ira')).finds, []);
  });

  test('another office has no board', () => {
    const customs = actorOn(foldPeople(worldAt('received').people.Customs), 'dana', undefined, now.day);
    assert.throws(() => board('received', customs), /Only officers of the IRS/);
    assert.throws(() => board('sent'), /No request was received/);
  });
});

describe('questions to colleagues', () => {
  const asked = (state: IrsState, duty: Duty, on = 'approval') =>
    questionsFor(state, duty, nowOn(on)).map(
      ({ item, finds, again }) => `${item}: ${finds}${again ? ', again' : ''}`,
    );

  test('each duty has its own', () => {
    assert.deepEqual(asked(stateAt('received'), 'finds (d)'), [
      'purchases: record',
      'purchases: treaty',
      'sister-purchases: record',
      'sister-purchases: treaty',
    ]);
    assert.deepEqual(asked(stateAt('located'), 'finds (e)'), [
      'purchases: identifies informant',
      'purchases: seriously impairs',
      'sister-purchases: identifies informant',
      'sister-purchases: seriously impairs',
    ]);
    assert.deepEqual(asked(stateAt('located'), 'reviews').sort(), [
      'purchases: necessary to determination',
      'purchases: no more than necessary',
      'purchases: relates to merchandise',
      'sister-purchases: necessary to determination',
      'sister-purchases: no more than necessary',
      'sister-purchases: relates to merchandise',
      'sister-purchases: relationship holds',
    ]);
  });

  test('what is answered is not asked; (e) is asked again on the day of the release, and then not', () => {
    assert.deepEqual(asked(stateAt('reviewed'), 'reviews'), []);
    assert.deepEqual(asked(stateAt('reviewed'), 'finds (e)', 'release'), []);
    assert.equal(asked(stateAt('approved'), 'finds (e)', 'release').length, 4);
    assert.ok(asked(stateAt('approved'), 'finds (e)', 'release').every((one) => one.endsWith('again')));
    assert.deepEqual(asked(stateAt('cleared'), 'finds (e)', 'release'), []);
    assert.deepEqual(asked(stateAt('released'), 'finds (e)', 'after'), []);
  });

  test('nobody is asked about what is kept back, has no record, or is refused for what they may know', () => {
    const alex = { by: 'alex', on: 'review' };
    const no = { act: 'finding', finds: 'no more than necessary', answer: false, reason: 'R.' };
    for (const step of [
      { ...alex, act: 'elect', items: ['purchases'], reason: 'R.' },
      { ...alex, act: 'locate', item: 'purchases', record: 'none' },
      { ...alex, ...no, of: ['purchases'] },
    ])
      for (const duty of ['finds (d)', 'finds (e)'] as const)
        assert.ok(
          !asked(stateAt('located', step), duty).some((one) => one.startsWith('purchases')),
          JSON.stringify(step),
        );
  });

  test('a question says which item, and nothing that anyone found', () => {
    for (const one of questionsFor(stateAt('found'), 'finds (e)', now)) {
      assert.deepEqual(
        Object.keys(one).sort(),
        [
          'again',
          'caption',
          'cite',
          'finds',
          'form',
          'item',
          'line',
          'period',
          'question',
          'taxpayer',
        ].sort(),
      );
      assert.doesNotMatch(JSON.stringify(one), /Firth|Torr|Reviewer|Two lines|affiliations|exchange/);
    }
  });
});

/* Every review of the shared request that could be, as the fold would have it. */

const by = { id: 'x', name: 'Nobody', title: 'Someone', office: 'IRS' } as const;
const made = (answer: StandingFinding['answer'], more = {}): StandingFinding => ({
  answer,
  counsel: false,
  reason: 'R.',
  by,
  on: dayOn('approval'),
  ...more,
});
/** Mostly the answer that lets the item go: else hardly one of them all would. */
const mostly = <T>(good: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const yes = mostly<boolean | undefined>(true, undefined, false);
const no = mostly<boolean | undefined>(false, undefined, true);
const period = { from: dayOn('2021-01-01'), to: dayOn('2021-12-31') };

const open = fc.record({
  located: mostly('yes', 'no', 'none', 'another year'),
  extent: yes,
  necessary: yes,
  relates: yes,
  holds: yes,
  elected: mostly(false, true),
});
const ofD = fc.record({
  source: mostly<LocatedRecord['source']>('return', 'examination', 'APA', 'competent authority'),
  treaty: mostly<StandingFinding | undefined>(
    made('none'),
    undefined,
    made('part'),
    made('part', { stripped: true }),
    made('whole'),
  ),
});
const ofE = fc.record({ informant: no, impairs: no });

type Open = typeof open extends fc.Arbitrary<infer T> ? T : never;
type OfD = typeof ofD extends fc.Arbitrary<infer T> ? T : never;
type OfE = typeof ofE extends fc.Arbitrary<infer T> ? T : never;

const itemOf = (taxpayer: string, one: Open, d: OfD, e: OfE): ReviewedItem => {
  const record: LocatedRecord = {
    taxpayer,
    source: d.source,
    period: one.located === 'another year' ? { from: dayOn('2019-01-01'), to: dayOn('2019-12-31') } : period,
  };
  const findings = new Map<FindingName, StandingFinding>();
  const put = (name: FindingName, found: StandingFinding | boolean | undefined) => {
    if (found !== undefined) findings.set(name, typeof found === 'boolean' ? made(found) : found);
  };
  put('identifies informant', e.informant);
  put('no more than necessary', one.extent);
  put('treaty', d.treaty);
  put('necessary to determination', one.necessary);
  put('relates to merchandise', one.relates);
  put('seriously impairs', e.impairs);
  put('relationship holds', one.holds);
  return {
    ...(one.located === 'no' ? {} : { record: one.located === 'none' ? 'none' : record }),
    findings,
    elected: one.elected,
    returned: false,
  };
};

const review = fc.tuple(open, ofD, ofE);
const stateOf = ([a, b]: readonly (readonly [Open, OfD, OfE])[]): IrsState => ({
  ...stateAt('received'),
  items: new Map([
    ...(a === undefined ? [] : [['purchases', itemOf('lamp', ...a)] as const]),
    ...(b === undefined ? [] : [['sister-purchases', itemOf('sister', ...b)] as const]),
  ]),
});
const worlds = fc.tuple(review, review, fc.tuple(ofD, ofD), fc.tuple(ofE, ofE));

describe('whatever stands under (d) and (e), a title without the duty sees the same', () => {
  const blind: readonly (readonly [string, readonly Duty[], 'd' | 'e' | 'both'])[] = [
    ['reviews', ['reviews'], 'both'],
    ['receives requests', ['receives requests'], 'both'],
    ['finds (d), and nothing of (e)', ['finds (d)', 'reviews'], 'e'],
    ['finds (e), and nothing of (d)', ['finds (e)', 'reviews'], 'd'],
  ];
  for (const [name, duties, hidden] of blind)
    test(`the whole board: ${name}`, () => {
      fc.assert(
        fc.property(worlds, ([one, two, d, e]) => {
          const other = [one, two].map(
            ([seen, ownD, ownE], n) =>
              [seen, hidden === 'e' ? ownD : (d[n] ?? ownD), hidden === 'd' ? ownE : (e[n] ?? ownE)] as const,
          );
          const actor = withDuties(...duties);
          assert.deepEqual(
            boardOf(stateOf(other), actor, now, 7),
            boardOf(stateOf([one, two]), actor, now, 7),
          );
          for (const duty of duties)
            if (duty === 'reviews')
              assert.deepEqual(
                questionsFor(stateOf([one, two]), duty, now),
                questionsFor(
                  stateOf([
                    [one[0], d[0], e[0]],
                    [two[0], d[1], e[1]],
                  ]),
                  duty,
                  now,
                ),
              );
        }),
        { numRuns: 150 },
      );
    });

  test('the questions to who finds (d) are the same whatever (e) is, and the other way round', () => {
    fc.assert(
      fc.property(worlds, ([one, two, d, e]) => {
        const world = stateOf([one, two]);
        const otherE = stateOf([
          [one[0], one[1], e[0]],
          [two[0], two[1], e[1]],
        ]);
        const otherD = stateOf([
          [one[0], d[0], one[2]],
          [two[0], d[1], two[2]],
        ]);
        assert.deepEqual(questionsFor(world, 'finds (d)', now), questionsFor(otherE, 'finds (d)', now));
        assert.deepEqual(questionsFor(world, 'finds (e)', now), questionsFor(otherD, 'finds (e)', now));
      }),
      { numRuns: 150 },
    );
  });

  test('and the comparison can fail: who answers for the release sees the difference', () => {
    const settled: Open = {
      located: 'yes',
      extent: true,
      necessary: true,
      relates: true,
      holds: true,
      elected: false,
    };
    const d: OfD = { source: 'return', treaty: made('none') };
    const e = { informant: false, impairs: false };
    const none = stateOf([[settled, d, e]]);
    const barred = stateOf([[settled, d, { ...e, informant: true }]]);
    for (const duty of ['finds (e)', 'approves', 'sends'] as const)
      assert.notDeepEqual(boardOf(none, withDuties(duty), now, 0), boardOf(barred, withDuties(duty), now, 0));
    assert.notDeepEqual(
      boardOf(none, withDuties('finds (d)'), now, 0),
      boardOf(stateOf([[settled, { ...d, source: 'APA' }, e]]), withDuties('finds (d)'), now, 0),
    );
  });
});

describe('to who is shown everything, the board is what the rules make of the case', () => {
  test('verdicts, outcomes, gates and what is still to be done', () => {
    const seen = { permitted: 0, refused: 0, undetermined: 0 };
    fc.assert(
      fc.property(review, review, (one, two) => {
        const state = stateOf([one, two]);
        const whole = determineCase(state, everything, now);
        const { rows, blocks } = boardOf(state, everything, now, 0);
        assert.deepEqual(
          rows.map(({ outcome }) => outcome),
          whole.outcomes.map(({ outcome }) => outcome),
        );
        assert.deepEqual(blocks, unsettled(state, whole));
        rows.forEach((row, n) => {
          const decision = whole.decided.decisions[n];
          assert.ok(decision);
          const { verdict } = decision.determination;
          seen[verdict] += 1;
          assert.equal(row.verdict, verdict);
          const all = states(row);
          assert.equal(
            all.includes('not met')
              ? 'refused'
              : all.includes('not determined')
                ? 'undetermined'
                : 'permitted',
            verdict,
          );
          // The slow way: each rule interpreted by itself.
          row.gates.forEach((gate, at) => {
            const outcomes = (gates[at]?.rules ?? []).map((rule) => met(rule, decision.facts));
            const slow = outcomes.includes(2) ? 'not met' : outcomes.includes(3) ? 'not determined' : 'met';
            assert.equal(gate.state, slow);
          });
          if (verdict === 'undetermined')
            assert.deepEqual(
              row.gates.flatMap(({ ask }) => ask.map(({ fact }) => fact)).sort(),
              decision.ask.map(({ fact }) => fact).sort(),
              'gate by gate, the same questions are asked',
            );
        });
      }),
      { numRuns: 200 },
    );
    for (const [verdict, times] of Object.entries(seen)) assert.ok(times > 10, verdict);
  });

  test('what is shown to a reviewer is never other than what is so', () => {
    fc.assert(
      fc.property(review, review, (one, two) => {
        const state = stateOf([one, two]);
        const whole = boardOf(state, everything, now, 0);
        boardOf(state, withDuties('reviews'), now, 0).rows.forEach((row, n) => {
          const real = whole.rows[n];
          assert.ok(real);
          if (row.verdict === 'refused') assert.equal(real.verdict, 'refused');
          if (row.outcome !== 'not shown') assert.equal(row.outcome, real.outcome);
          row.gates.forEach((gate, at) => {
            if (gate.state !== 'not shown') assert.deepEqual(gate, real.gates[at]);
          });
        });
      }),
      { numRuns: 150 },
    );
  });

  test('with what is not shown put aside, (d) and (e) stand in nobody’s way', () => {
    const known: Facts = { ...nothingKnown() };
    for (const rule of hop.rules) for (const fact of factsOf(rule.when)) known[fact] = unknownOf(fact);
    const [decision] = decideCase(irsCase(stateAt('received'), everything, now.day), catalogue).decisions;
    assert.ok(decision);
    const { failed, missing } = decisionFor(['reviews'], { ...decision, facts: known }).determination;
    const open = [...failed, ...missing].map(({ id }) => id);
    assert.ok(!open.some((id) => /^\(e\)|APA|treaty/.test(id)), open.join());
  });
});
