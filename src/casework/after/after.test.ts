import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../ground/problem.ts';
import { lawOf } from '../../rulebook/law.ts';
import { foldCustoms } from '../acts/customs.ts';
import type { Happened } from '../acts/events.ts';
import { foldIrs } from '../acts/irs.ts';
import { hopsOf } from './conditions.ts';
import { checkDigit, entryFault, plainEntry } from './entry-number.ts';
import { foldHolding } from './evolve.ts';
import { downstream, unanswered } from './holding.ts';
import { deadlineOf, incidentDraft, secondsLeft, whoHadAccess } from './incident.ts';
import { doorWords } from './criminal.ts';
import { decideAfter } from './decide.ts';
import { evolveGiven, initialGiven } from './given.ts';
import { mayI } from './may-i.ts';
import { readQuestion } from './question.ts';
import { unforwarded } from './recall.ts';
import { recallAnswerBody } from './recall-answer.ts';
import { referralBody } from './referral.ts';
import { type Step, actorIn, base, holdingOf, situation, take, takeAll, worldAt } from './world.fixture.ts';

test('the check digit of CBP’s own example, and of the same number in other spellings', (t) => {
  assert.equal(entryFault('B76-0324527-8'), undefined);
  assert.equal(entryFault('b7603245278'), undefined);
  assert.equal(plainEntry(' b76-0324527-8 '), 'B7603245278');
  const data = new URL('../../../../shared/data/cbp/entry-number.json', import.meta.url);
  if (!existsSync(data)) return t.skip('the copy of Appendix E is not here');
  const { worked_example: worked } = JSON.parse(readFileSync(data, 'utf8')) as {
    worked_example: { filer: string; transaction: string; check: string };
  };
  assert.equal(checkDigit(worked.filer + worked.transaction), Number(worked.check));
});

/** Appendix E, word by word: a table of letters, and a sum from the right. */
const byTheBook = (ten: string): number => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const digits = '12345678912345678923456789';
  let sum = 0;
  [...ten].reverse().forEach((mark, n) => {
    const digit = letters.includes(mark) ? Number(digits[letters.indexOf(mark)]) : Number(mark);
    const product = n % 2 === 0 ? digit * 2 : digit;
    sum += product > 9 ? product - 9 : product;
  });
  return (10 - (sum % 10)) % 10;
};

test('one wrong digit is always found, and no filer code but 000 is refused', () => {
  const filer = fc.stringMatching(/^[A-Z0-9]{3}$/).filter((one) => one !== '000');
  fc.assert(
    fc.property(
      filer,
      fc.stringMatching(/^\d{7}$/),
      fc.nat(7),
      fc.integer({ min: 1, max: 9 }),
      (code, number, at, more) => {
        const check = checkDigit(code + number);
        assert.equal(check, byTheBook(code + number));
        const whole = `${number}${check}`;
        assert.equal(entryFault(code + whole), undefined);
        const wrong = (Number(whole[at]) + more) % 10;
        assert.match(
          entryFault(`${code}${whole.slice(0, at)}${wrong}${whole.slice(at + 1)}`) ?? '',
          /check digit/,
        );
      },
    ),
  );
  assert.match(entryFault('000-0324527-8') ?? '', /filer code/);
});

test('every bar and rule in an answer quotes the law', () => {
  const statute = 'upon completion of use of such returns or return information';
  const words = lawOf('l-14')
    .paragraphs.map(({ text }) => text)
    .join(' ');
  const asks: Step[] = Object.keys(base.questions).map((ask) => ({ by: 'dana', on: 'end', ask }));
  const world = takeAll(worldAt('told'), [
    { by: 'jordan', on: 'recall', ask: 'criminal' },
    {
      by: 'jordan',
      on: 'recall',
      act: 'end use',
      items: ['purchases'],
      way: 'returned',
      reason: 'Recalled.',
    },
    { by: 'jordan', on: 'recall', act: 'audit changed', stage: 'dropped' },
  ]);
  const seen = new Set<string>();
  for (const one of asks)
    for (const { stops } of take(world, one).outcome.answer?.items ?? [])
      for (const { id, law } of stops) {
        seen.add(id);
        assert.ok(words.includes(law) || law === statute, `${id}: ${law}`);
      }
  for (const id of ['recalled', 'locked', 'ended', 'audit dropped', 'duty']) assert.ok(seen.has(id), id);
});

test('a question that is only asked is recorded, and changes nothing that is held', () => {
  const world = worldAt('used');
  const { world: after, outcome } = take(world, { by: 'jordan', on: 'shown', ask: 'look' });
  assert.deepEqual(
    outcome.events.map(({ kind }) => kind),
    ['may-i-answered'],
  );
  assert.deepEqual(holdingOf(after, 'Customs'), holdingOf(world, 'Customs'));
});

test('a question about the items of two taxpayers has an entry under each, whatever the answer', () => {
  const world = worldAt('used');
  const { outcome } = take(world, {
    by: 'jordan',
    on: 'shown',
    ask: 'look',
    change: [{ op: 'add', path: '/proposal/items/-', value: 'sister-purchases' }],
  });
  const about = outcome.events.filter(({ kind }) => kind === 'item-asked-about');
  assert.deepEqual(
    about.map(({ item }) => item),
    ['purchases', 'sister-purchases'],
  );
  assert.equal(new Set(about.map(({ taxpayer }) => taxpayer)).size, 2);
  assert.ok(about.every(({ taxpayer }) => taxpayer !== undefined));
});

test('what Customs holds is one state, however it is read', () => {
  const { base: offices } = worldAt('down');
  const events = JSON.parse(JSON.stringify(offices.customs)) as Happened[];
  assert.deepEqual(foldCustoms(events).holding, foldHolding('Customs', events));
});

test('a referral takes along nobody whom it is not about, and no more than Justice may be asked', () => {
  const world = worldAt('shown');
  const { do: _, ...asked } = base.questions['refer'] ?? {};
  const body = referralBody(
    holdingOf(world, 'Customs'),
    readQuestion(asked),
    actorIn(world, { by: 'jordan', on: 'referred' }),
    situation('referred'),
    { purchases: [{ value: '1200' }] },
  );
  assert.deepEqual(
    body.taxpayers.map(({ id }) => id),
    ['lamp'],
  );
  assert.deepEqual(
    body.items.map(({ id }) => id),
    ['purchases'],
  );
  assert.deepEqual(body.items[0]?.conditions, {
    audit: 'AUDIT-1',
    purpose: 'To compare purchases with the value declared.',
    cite: '(g)',
    holder: 'Justice',
    necessity: 'N1',
    may: [...hopsOf.Justice],
  });
  assert.deepEqual(
    body.chain.map(({ kind, from, to }) => `${kind}: ${from} → ${to}`),
    ['request: Customs → IRS', 'answer: IRS → Customs'],
  );
  // About the sister: she, and the importer whose audit it is, and not the item that was not asked for.
  const sister = { ...asked, proposal: { ...(asked['proposal'] as object), items: ['sister-purchases'] } };
  const other = referralBody(
    holdingOf(world, 'Customs'),
    readQuestion(sister),
    actorIn(world, { by: 'jordan', on: 'referred' }),
    situation('referred'),
    { 'sister-purchases': [] },
  );
  assert.deepEqual(
    other.taxpayers.map(({ id }) => id),
    ['lamp', 'sister'],
  );
  assert.deepEqual(
    other.items.map(({ id }) => id),
    ['sister-purchases'],
  );
});

test('a referral that is not permitted is never made, not even as a body', () => {
  const world = worldAt('used');
  const { do: _, ...asked } = base.questions['refer'] ?? {};
  assert.throws(
    () =>
      referralBody(
        holdingOf(world, 'Customs'),
        readQuestion(asked),
        actorIn(world, { by: 'jordan', on: 'use' }),
        situation('use'),
        { purchases: [] },
      ),
    (error) => error instanceof ProblemError && error.problems[0].cite === '(g)',
  );
});

test('the chain at Justice goes back to the request, and each step is a packet', () => {
  const held = holdingOf(worldAt('received'), 'Justice').items.get('purchases');
  assert.deepEqual(
    held?.chain.map(({ kind }) => kind),
    ['request', 'answer', 'referral'],
  );
  assert.equal(new Set(held?.chain.map(({ packet }) => packet)).size, 3);
  assert.equal(held?.conditions.from.office, 'Customs');
  assert.equal(held?.conditions.from.packet, held?.chain.at(-1)?.packet);
});

test('a recall waits for everyone below, and a crash in the middle leaves the list of what to do', () => {
  const told = holdingOf(worldAt('told'), 'Customs');
  assert.deepEqual(
    unforwarded(told).map(({ items }) => items),
    [['purchases']],
  );
  assert.deepEqual(
    unanswered(told).map(({ holder }) => holder),
    ['Customs', 'Quay Lamp Company', 'Justice'],
  );
  assert.deepEqual(downstream(told, 'purchases'), ['Quay Lamp Company', 'Justice']);
  assert.equal(unforwarded(holdingOf(worldAt('forwarded'), 'Customs')).length, 0);
});

test('what each holder answers comes back to the IRS, once', () => {
  const recall = '01890000-0000-7000-8000-00000000aaaa';
  const world = takeAll(worldAt('down'), [
    { by: 'theo', on: 'recall', act: 'answer recall', holder: 'Ines Roth', how: 'returned' },
    {
      by: 'theo',
      on: 'recall',
      act: 'end use',
      items: ['purchases'],
      way: 'made undisclosable',
      reason: 'Recalled.',
    },
    { by: 'theo', on: 'recall', act: 'answer recall', holder: 'Justice', how: 'made undisclosable' },
    { by: 'jordan', on: 'recall', act: 'receive recall answer' },
    {
      by: 'jordan',
      on: 'recall',
      act: 'end use',
      items: ['purchases'],
      way: 'returned',
      reason: 'Recalled.',
    },
    { by: 'jordan', on: 'recall', act: 'answer recall', holder: 'Customs', how: 'returned' },
    { by: 'ira', on: 'recall', act: 'receive recall answer' },
  ]);
  const { given } = foldIrs(world.base.irs, world.base.review);
  assert.deepEqual(
    given.recalls.get(recall)?.answers.map(({ holder, how }) => `${holder}: ${how}`),
    ['Ines Roth: returned', 'Justice: made undisclosable', 'Customs: returned'],
  );
  assert.deepEqual(
    unanswered(holdingOf(world, 'Customs')).map(({ holder }) => holder),
    ['Quay Lamp Company'],
  );
  assert.equal(
    recallAnswerBody(holdingOf(world, 'Customs'), recall, situation('recall').day).answers.length,
    3,
  );
});

test('what is made undisclosable takes the letter and the packets that show it along; what is put away takes nothing', () => {
  const end = (way: string) =>
    take(worldAt('referred'), {
      by: 'jordan',
      on: 'end',
      act: 'end use',
      items: ['purchases'],
      way,
      reason: 'Closed.',
    }).outcome.events[0].data as { contents: string[]; scopes: string[] };
  const { contents, scopes } = end('made undisclosable');
  assert.deepEqual(scopes, ['item/CBP-1/purchases']);
  assert.ok(contents.includes('jws'), 'the packet of the referral');
  assert.equal(contents.length, 2);
  assert.deepEqual(end('safeguards continue'), { ...end('safeguards continue'), contents: [], scopes: [] });
});

test('an item referred again keeps what stands against it', () => {
  const again = [
    { op: 'add', path: '/again', value: true },
    { op: 'add', path: '/reason', value: 'A page was missing.' },
  ] as const;
  const world = takeAll(worldAt('received'), [
    { by: 'theo', on: 'suit', ask: 'criminal' },
    { by: 'jordan', on: 'suit', ask: 'refer', change: [...again] },
    { by: 'theo', on: 'suit', act: 'receive referral', packet: 'c'.repeat(64) },
  ]);
  const held = holdingOf(world, 'Justice').items.get('purchases');
  assert.equal(held?.contents.length, 2);
  assert.ok(held?.locked);
});

test('a case whose record can no longer be read permits nothing', () => {
  const world = worldAt('used');
  const events = [...world.base.customs, { kind: 'item-recalled', item: 'purchases', data: null }];
  const actor = actorIn(world, { by: 'jordan', on: 'use' });
  assert.throws(
    () => mayI(foldHolding('Customs', events), readQuestion(base.questions['look']), actor, situation('use')),
    (error) => error instanceof ProblemError && error.problems[0].kind === 'shredded',
  );
});

test('an event that this version does not know stops everything', () => {
  const event = { kind: 'item-sealed', item: 'purchases', data: { by: {}, on: '2026-01-01', at: 0 } };
  assert.throws(() => foldHolding('Customs', [event]), ProblemError);
});

const report = {
  by: 'jordan',
  on: 'end',
  act: 'report incident',
  case: 'CBP-1',
  incident: 'lost-paper',
  items: ['purchases'],
  agency: 'Customs, disclosure office',
  occurred: 'not known',
  discovered: '2026-06-01T09:30:00-04:00',
  how: 'Missing at the count.',
  what: 'One printed workpaper with one line of a return.',
  records: '1',
  address: 'Port building',
  technology: 'none',
};

test('the clock of an incident runs for 24 hours from its discovery, across a change of the clocks', () => {
  assert.equal(deadlineOf({ discovered: '2026-06-01T09:30:00-04:00' }), '2026-06-02T13:30:00Z');
  // In the night of 8 March 2026 an hour is left out: it is still 24 hours, not the same hour of the next day.
  assert.equal(deadlineOf({ discovered: '2026-03-07T12:00:00-05:00' }), '2026-03-08T17:00:00Z');
  const at = (text: string) => Date.parse(text) / 1000;
  assert.equal(secondsLeft({ discovered: '2026-06-01T13:30:00Z' }, at('2026-06-02T13:29:59Z')), 1);
  assert.equal(secondsLeft({ discovered: '2026-06-01T13:30:00Z' }, at('2026-06-02T13:30:01Z')), -1);
});

test('the draft of the report has the eight particulars, who had access, and no tax information', () => {
  const world = takeAll(worldAt('expert'), [report]);
  const state = holdingOf(world, 'Customs');
  const [incident] = state.incidents;
  assert.ok(incident);
  const access = whoHadAccess(state, incident.items);
  const lines = incidentDraft(incident, { at: situation('end').at, reference: 'CBP-1', access });
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8])
    assert.ok(
      lines.some((line) => line.startsWith(`${n}. `)),
      `${n}`,
    );
  assert.match(lines.join('\n'), /Due by 2026-06-02T13:30:00Z: 20 h 30 min left/);
  assert.match(lines.join('\n'), /case CBP-1, items purchases/);
  assert.doesNotMatch(lines.join('\n'), /1200|07-?1234567/);
  // The sister's item is not part of the incident.
  assert.ok(access.every(({ item }) => item === 'purchases'));
  assert.deepEqual(
    access.map(({ how, on }) => `${on} ${how}`),
    [
      '2026-03-23 received',
      '2026-04-06 used',
      '2026-04-13 disclosed',
      '2026-04-13 was shown',
      '2026-04-20 referred',
      '2026-04-20 was given',
    ],
  );
  assert.equal(state.incidents.length, 1);
});

test('a report after the day is late, and says by how much', () => {
  const { world, outcome } = take(worldAt('used'), { ...report, discovered: '2026-05-30T12:00:00Z' });
  assert.equal((outcome.events[0].data as { late: boolean }).late, true);
  const [incident] = holdingOf(world, 'Customs').incidents;
  assert.ok(incident);
  const lines = incidentDraft(incident, { at: situation('end').at, access: [] });
  assert.match(lines.join('\n'), /overdue by 29 h 0 min/);
  assert.throws(() => take(world, report), ProblemError);
});

test('an entry that is not of the audit is not used, where the request lists the entries', () => {
  const world = worldAt('answered');
  const state = holdingOf(world, 'Customs');
  const audit = { ...state.matter?.audit, entries: ['b7603245278'] };
  const listed = { ...state, matter: { ...state.matter, audit } } as typeof state;
  const actor = actorIn(world, { by: 'jordan', on: 'use' });
  const ask = (entry: string) =>
    mayI(
      listed,
      readQuestion({ ...base.questions['use'], do: { workpaper: 'WP-7', entries: [entry] } }),
      actor,
      situation('use'),
    );
  assert.equal(ask('B76-0324527-8').verdict, 'permitted');
  const other = ask(`B76-0324528-${checkDigit('B760324528')}`);
  assert.equal(other.verdict, 'refused');
  assert.deepEqual(
    other.items[0]?.stops.map(({ id }) => id),
    ['entries'],
  );
  assert.deepEqual(
    other.events.map(({ kind }) => kind),
    ['may-i-answered'],
  );
});

test('a letter under way does not take up again an audit that was dropped', () => {
  const { justice } = worldAt('received');
  const dropped = { kind: 'audit-changed', data: { ...(justice.at(-1)?.data as object), stage: 'dropped' } };
  const again = justice.find(({ kind }) => kind === 'referral-received');
  const state = foldHolding('Justice', [...justice, dropped, again as Happened]);
  assert.equal(state.matter?.audit?.stage, 'dropped');
});

test('an act of another office, or of another case, is refused in every case', () => {
  const world = worldAt('received');
  const act = { act: 'withdraw paper', case: 'CBP-1', paper: 'memo', reason: 'Void.' } as const;
  const kindOf = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof ProblemError) return `${error.problems[0].kind} ${error.problems[0].where}`;
    }
    return 'done';
  };
  const theo = actorIn(world, { by: 'theo', on: 'suit' });
  const jordan = actorIn(world, { by: 'jordan', on: 'suit' });
  const customs = holdingOf(world, 'Customs');
  assert.equal(
    kindOf(() => decideAfter(customs, act, theo, situation('suit'))),
    'not-entitled Trial Attorney',
  );
  assert.equal(
    kindOf(() => decideAfter(customs, { ...act, case: 'CBP-2' }, jordan, situation('suit'))),
    'not-in-order case',
  );
});

test('only what the IRS disclosed can be recalled, whatever else it answered', () => {
  const { irs } = worldAt('expert').base;
  const answered = irs.find(({ kind }) => kind === 'item-answered');
  const data = { ...(answered?.data as object), outcome: 'not disclosed' };
  const given = evolveGiven(initialGiven, {
    kind: 'item-answered',
    item: 'sales',
    data,
  });
  assert.equal(given.disclosed.size, 0);
});

test('a request of an agency is named as a door only where the taxpayer did not file the item', () => {
  assert.doesNotMatch(doorWords(undefined), /\(i\)\(2\)/);
  assert.doesNotMatch(doorWords({ toComply: false, filedByTaxpayer: true }), /\(i\)\(2\)/);
  assert.match(doorWords({ toComply: false, filedByTaxpayer: false }), /\(i\)\(2\)/);
  assert.match(doorWords({ toComply: false, filedByTaxpayer: true, identityOnly: true }), /\(i\)\(2\)/);
});
