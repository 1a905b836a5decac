import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountingOf } from './accounting.ts';
import { ftiLogOf } from './fti-log.ts';
import { accessTo } from './incident.ts';
import { openRecalls } from './recalls.ts';
import { CASE, START, document, find, wholeCase } from './record.fixture.ts';
import { summaryOf } from './summary.ts';

const { events } = wholeCase();

test('the log of federal tax information has its columns, and names no taxpayer', () => {
  const [purchases, wages] = ftiLogOf('customs', events);
  assert.deepEqual(purchases, {
    entry: { log: 'customs', seq: find(events, 'customs', 'item-received', 'purchases').seq },
    taxpayer: 'CBP-1/lamp',
    years: '2021-01-01 to 2021-12-31',
    type: 'Form 1125-A, line 2',
    reason: 'To compare purchases with the value declared.',
    requested: '2026-03-03',
    received: '2026-03-12',
    location: 'vault of this office’s node, content 01890000-0000-7000-8000-000000000000; workpaper W-7',
    access: 'title Auditor; title Supervisor; opened by Jordan Vale',
    disposed: '2026-04-03; 2026-04-11',
    method: 'returned; made undisclosable',
  });
  assert.equal(wages?.disposed, '');
  assert.doesNotMatch(JSON.stringify(ftiLogOf('customs', events)), /Quay Lamp|Sam Wharf/);
});

test('at Justice access is that of the people engaged', () => {
  assert.deepEqual(
    ftiLogOf('justice', events).map(({ access, received, reason, method }) => [
      access,
      received,
      reason,
      method,
    ]),
    [['lee', '2026-03-23', 'To compare purchases with the value declared.', 'returned']],
  );
});

test('5 USC 552a(c): what went out about an individual, with name and address of whoever got it; companies are not in it', () => {
  assert.deepEqual(
    accountingOf(events).map(({ date, individual, recipient, address, isIndividual }) => [
      date,
      individual,
      recipient,
      address,
      isIndividual,
    ]),
    [
      [
        '2026-03-03',
        'Sam Wharf (fictional)',
        'Internal Revenue Service',
        '1111 Constitution Avenue NW, Washington, DC 20224',
        'yes',
      ],
      [
        '2026-03-16',
        'Sam Wharf (fictional)',
        'Quay Lamp Company (fictional), importer',
        '1 Quay Road, Port Fiction',
        'yes',
      ],
    ],
  );
});

test('5 USC 552a(c): whether a taxpayer without hyphens or number is an individual is not known, so it is accounted for', () => {
  for (const tin of [undefined, '071234567']) {
    const taxpayers = document.taxpayers.map((one) => (one.id === 'lamp' ? { ...one, tin } : one));
    const all = events.map((event) =>
      event.kind === 'request-drafted' ? { ...event, data: { document: { ...document, taxpayers } } } : event,
    );
    const rows = accountingOf(all).filter(({ individual }) => individual.startsWith('Quay'));
    assert.deepEqual([...new Set(rows.map(({ isIndividual }) => isIndividual))], ['not stated']);
    // Two requests, one disclosure to the representative, one referral.
    assert.equal(rows.length, 4);
    assert.ok(rows.some(({ address }) => address === 'not on record'));
  }
});

test('a recall is open until each holder has answered it', () => {
  assert.deepEqual(
    openRecalls(events).map(({ entry: { log }, item, holder }) => [log, item, holder]),
    [['customs', 'purchases', 'Alex Pier']],
  );
  const before = events.filter(({ kind }) => kind !== 'recall-answered');
  assert.deepEqual(
    openRecalls(before).map(({ entry: { log }, holder }) => [log, holder]),
    [
      ['irs', 'Customs'],
      ['customs', 'Customs'],
      ['customs', 'Alex Pier'],
      ['customs', 'Justice'],
      ['justice', 'Justice'],
      ['justice', 'Kit Lowe'],
    ],
  );
});

test('the year in numbers', () => {
  const summary = summaryOf('customs', events, 2026);
  assert.deepEqual(summary.byParagraph, { '(a)': 2, '(f)': 2, '(g)': 1 });
  assert.deepEqual(summary.byMonth, { '2026-03': 5 });
  assert.deepEqual(
    [summary.requests, summary.disclosuresTo, summary.disclosuresBy, summary.taxpayers],
    [3, 2, 3, 2],
  );
  assert.equal(summary.refused.length, 2);
  assert.equal(summary.openRecalls.length, 1);
  assert.deepEqual(
    summary.lateIncidents.map(({ entry: { seq } }) => seq),
    [find(events, 'customs', 'incident-reported').seq],
  );
  assert.equal(summaryOf('customs', events, 2025).requests, 0);
});

test('who had an item: whoever had it in hand and whoever was shown it, in the span, in every office given', () => {
  const { people, entitled } = accessTo(events, { case: CASE, items: ['purchases'] });
  assert.deepEqual(
    people.map(({ who, times }) => [who, times]),
    [
      ['Uma Grove, Disclosure Manager, Internal Revenue Service', 1],
      ['Jordan Vale, Auditor, U.S. Customs Service', 5],
      ['Alex Pier, importer’s representative', 1],
      ['Lee Marsh, Trial Attorney, Department of Justice', 3],
      ['Kit Lowe, expert', 1],
    ],
  );
  assert.deepEqual(entitled, [
    'Customs title designated: Auditor',
    'Customs title designated: Supervisor',
    'engaged at Justice from 2026-03-20: lee',
  ]);
  const span = { from: START + 13 * 86_400, to: START + 15 * 86_400 };
  assert.deepEqual(
    accessTo(events, { case: CASE, items: ['purchases'], ...span }).accesses.map(({ how }) => how),
    ['disclosed it', 'was shown it'],
  );
  // What was asked for and not disclosed, nobody had.
  assert.deepEqual(accessTo(events, { case: CASE, items: ['rent'] }).accesses, []);
});
