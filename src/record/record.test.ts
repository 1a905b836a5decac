import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day } from '../ground/dates.ts';
import { knownKinds } from './kinds.ts';
import { CASE, LAMP_TIN, account, find, shredded, wholeCase } from './record.fixture.ts';
import { type Scope, disclosures, partyWords, recordOf, stands, statutoryRows, within } from './record.ts';
import { rowsOf } from './rows.ts';

const { events } = wholeCase();
const customs = events.filter(({ log }) => log === 'customs');
const entries = (rows: readonly { entry: { log: string; seq: number } }[]) =>
  rows.map(({ entry: { log, seq } }) => `${log}/${seq}`);
const named = (all: readonly { log: string; seq: number }[]) => all.map(({ log, seq }) => `${log}/${seq}`);

/** The slow obvious list of disclosures, straight from the events. */
const disclosedBy = (log: string) =>
  events.filter(
    (event) =>
      event.log === log &&
      (event.kind === 'item-disclosed' ||
        event.kind === 'item-referred' ||
        (event.kind === 'item-answered' && (event.data as { outcome?: string }).outcome === 'disclosed')),
  );
const disclosedTo = (log: string) =>
  events.filter(
    (event) =>
      event.log === log &&
      event.kind === 'item-received' &&
      ((event.data as { outcome?: string }).outcome ?? 'disclosed') === 'disclosed',
  );

test('the case has every kind of event', () => {
  const kinds = new Set(events.map(({ kind }) => kind));
  const missing = knownKinds.filter((kind) => !kinds.has(kind));
  assert.deepEqual(missing, [
    'item-asked-about',
    'office-added',
    'packet-received',
    'record-taken',
    'node-restored',
    'entry-corrected',
  ]);
});

test('every event of the office has one row, and no other office’s has any', () => {
  for (const office of ['irs', 'customs', 'justice'] as const)
    assert.deepEqual(
      entries(recordOf(office, events).rows).sort(),
      named(events.filter(({ log }) => log === office)).sort(),
    );
});

test('6103(p)(4)(A): a row for every disclosure by or to the office, and no other', () => {
  for (const office of ['irs', 'customs', 'justice'] as const) {
    const record = recordOf(office, events);
    assert.deepEqual(entries(disclosures(record, 'by this office')), named(disclosedBy(office)));
    assert.deepEqual(entries(disclosures(record, 'to this office')), named(disclosedTo(office)));
    assert.equal(disclosures(record).length, disclosedBy(office).length + disclosedTo(office).length);
  }
});

test('6103(p)(4)(A): a request has its reason, its date, who made it and what it asked for', () => {
  const [row] = statutoryRows(recordOf('customs', events));
  assert.ok(row);
  assert.equal(row.kind, 'request');
  assert.equal(row.date, '2026-03-03');
  assert.equal(
    row.why,
    'To compare purchases with the value declared. Only the cost of goods sold shows what was paid in all.',
  );
  assert.match(row.note, /letter dated 2026-03-03/);
  assert.equal(partyWords(row.from), 'Robin Alder, Acting Commissioner, Customs');
  assert.deepEqual(
    row.items.map(({ what, taxpayer, period }) => [what, taxpayer, period]),
    [['Form 1125-A, line 2', 'lamp', '2021-01-01 to 2021-12-31']],
  );
});

test('a disclosure has its date, who gave, who got, what, under which paragraph, and why', () => {
  const row = disclosures(recordOf('justice', events), 'by this office')[0];
  assert.ok(row);
  assert.deepEqual(
    [row.date, partyWords(row.from), partyWords(row.to), row.items[0]?.what, row.paragraph, row.why],
    [
      '2026-03-27',
      'Lee Marsh, Trial Attorney, Department of Justice',
      'Kit Lowe, expert',
      'Form 1125-A, line 2',
      '(h)',
      'To have the prices explained.',
    ],
  );
  assert.match(row.note, /cannot otherwise properly be accomplished/);
});

test('an item answered as not disclosed is an answer, not a disclosure, and has no reason of the IRS’s', () => {
  const answers = statutoryRows(recordOf('irs', events)).filter(({ kind }) => kind === 'answer');
  assert.deepEqual(
    answers.map(({ act, items, note }) => [act, items[0]?.id, note]),
    [['answered: not disclosed', 'rent', '']],
  );
});

test('the IRS’s is said to be policy, 6103(p)(3)(A); Customs’ is said to be the statute’s', () => {
  assert.match(recordOf('irs', events).basis.words, /as policy, not by law: 6103\(p\)\(3\)\(A\)/);
  assert.match(recordOf('customs', events).basis.words, /^Kept by law/);
  assert.match(recordOf('justice', events).basis.words, /as if 6103\(p\)\(4\)\(A\) bound/);
});

test('the review’s own log is never read', () => {
  const review = events.filter(({ log }) => log === 'irs').map((event) => ({ ...event, log: 'irs-review' }));
  assert.deepEqual(recordOf('irs', review).rows, []);
  assert.deepEqual(recordOf('irs', [...events, ...review]).rows, recordOf('irs', events).rows);
});

test('a kind that is not known is listed in words; what was made undisclosable keeps its entry', () => {
  const unknown = find(events, 'customs', 'a-kind-of-tomorrow');
  const used = find(events, 'customs', 'item-used');
  const rows = recordOf(
    'customs',
    events.map((event) => (event === used ? shredded(event) : event)),
  ).rows;
  assert.equal(rows.find(({ entry }) => entry.seq === unknown.seq)?.act, 'a kind of tomorrow');
  const row = rows.find(({ entry }) => entry.seq === used.seq);
  assert.match(row?.act ?? '', /undisclosable/);
  assert.equal(row?.case, CASE);
});

test('what is there after the body is of another shape is still a row', () => {
  const odd = fc.anything().map((data) => ({ ...find(events, 'customs', 'item-disclosed'), data }));
  fc.assert(fc.property(odd, (event) => recordOf('customs', [event]).rows.length === 1));
});

test('events in any order, and given twice, give the same record', () => {
  const whole = recordOf('customs', events);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      assert.deepEqual(recordOf('customs', [...shuffled, ...shuffled]), whole);
    }),
    { numRuns: 20 },
  );
});

test('filters partition: by case, and by consecutive periods', () => {
  const rows = rowsOf(customs);
  const parts = (scopes: readonly Scope[]) => scopes.flatMap((scope) => entries(within(rows, scope)));
  const cases = [...new Set(rows.map((row) => row.case))].map((reference) => ({ case: reference }));
  assert.deepEqual(parts(cases).sort(), entries(rows).sort());
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2023-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
      (date) => {
        const cut = date.toISOString().slice(0, 10);
        const after = new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10);
        assert.deepEqual(parts([{ to: day(cut) }, { from: day(after) }]).sort(), entries(rows).sort());
      },
    ),
  );
});

test('by taxpayer: each item’s row is in its own taxpayer’s record, and shows no other’s item', () => {
  const rows = rowsOf(customs);
  const of = (taxpayer: string) => within(rows, { taxpayer });
  assert.deepEqual(of(LAMP_TIN), of(account('purchases')));
  const [lamp, owner] = [of(LAMP_TIN), of(account('wages'))];
  assert.deepEqual(
    [...lamp, ...owner].flatMap(({ items }) => items).length,
    rows.flatMap(({ items }) => items).length,
  );
  assert.ok(lamp.every(({ items }) => items.every(({ taxpayer }) => taxpayer === 'lamp')));
  // Asked about two taxpayers at once, it is a row in both, each with its own item.
  const both = rows.find(({ items }) => items.length === 2 && items[0]?.id === 'purchases');
  for (const [part, id] of [
    [lamp, 'purchases'],
    [owner, 'wages'],
  ] as const)
    assert.deepEqual(
      part.find(({ entry }) => entry.seq === both?.entry.seq)?.items.map((item) => item.id),
      [id],
    );
});

test('an account’s events with the case as context give the same rows as the whole log', () => {
  const own = customs.filter(({ taxpayer }) => taxpayer === account('wages'));
  const alone = recordOf('customs', own, { taxpayer: account('wages') }, customs).rows;
  const whole = recordOf('customs', customs, { taxpayer: account('wages') }).rows;
  const listed = new Set(named(own));
  assert.deepEqual(
    alone,
    whole.filter(({ entry: { log, seq } }) => listed.has(`${log}/${seq}`)),
  );
});

test('a record is limited in words that name no taxpayer', () => {
  const { scope } = recordOf('customs', events, { taxpayer: LAMP_TIN, case: CASE, from: day('2026-01-01') });
  assert.deepEqual(scope, ['case CBP-1', 'one taxpayer', 'from 2026-01-01']);
  assert.ok(recordOf('customs', events).rows.every(stands));
});
