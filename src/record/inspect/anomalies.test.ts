import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnomalyRule, anomalies, anomalyRules } from './anomalies.ts';
import type { Limits } from './world.ts';
import { CASE, type Logs, START, account, find, wholeCase } from '../record.fixture.ts';
import type { RecordedEvent } from '../event.ts';

const DAY = 86_400;
const at = START + 60 * DAY;

const rulesOf = (events: readonly RecordedEvent[], limits: Partial<Limits> = {}) =>
  anomalies(events, { at, limits }).map(({ rule, entries }) => ({
    rule,
    entries: entries.map(({ log, seq }) => `${log}/${seq}`),
  }));

/** What the case has by itself, so that each test is about one more thing. */
const usual = rulesOf(wholeCase().events).map((one) => JSON.stringify(one));

const more = (change: (logs: Logs) => void, limits: Partial<Limits> = {}) => {
  const logs = wholeCase();
  change(logs);
  return rulesOf(logs.events, limits).filter((one) => !usual.includes(JSON.stringify(one)));
};

const replaced = (
  kind: string,
  log: 'irs' | 'customs' | 'justice',
  change: (event: RecordedEvent) => RecordedEvent,
) => {
  const { events } = wholeCase();
  const found = find(events, log, kind);
  return {
    seq: found.seq,
    more: rulesOf(events.map((event) => (event === found ? change(event) : event))).filter(
      (one) => !usual.includes(JSON.stringify(one)),
    ),
  };
};

const purchases = { item: 'purchases', taxpayer: account('purchases') };
const wages = { item: 'wages', taxpayer: account('wages') };
const look = { cite: '(f)', because: 'x', for: { audit: 'AUDIT-1' } };

test('the case itself has an unanswered recall and a late incident, and nothing else', () => {
  assert.deepEqual(
    usual.map((one) => (JSON.parse(one) as { rule: AnomalyRule }).rule),
    ['recall unanswered', 'incident late'],
  );
});

test('every rule is stated in a sentence, with its paragraph', () => {
  for (const { states, cite } of Object.values(anomalyRules)) {
    assert.match(states, /^[A-Z].*\.$/);
    assert.notEqual(cite, '');
  }
});

test('title lapsed: an act on the day after the last one, by a title never given, and none on the last day', () => {
  const end = (logs: Logs) =>
    logs.add('pat', 'title-ended', 53, {
      stream: 'people',
      person: 'jordan',
      title: 'Auditor',
      from: '2026-04-26',
    });
  assert.deepEqual(
    more((logs) => [end(logs), logs.add('jordan', 'paper-filed', 54, {})]),
    [],
  );
  let late = 0;
  const lapsed = more((logs) => {
    end(logs);
    late = logs.add('jordan', 'paper-filed', 55, {});
  });
  assert.deepEqual(lapsed, [{ rule: 'title lapsed', entries: [`customs/${late}`] }]);
  const { seq, more: other } = replaced('item-used', 'customs', (event) => ({ ...event, title: 'Director' }));
  assert.deepEqual(other, [{ rule: 'title lapsed', entries: [`customs/${seq}`] }]);
});

test('title lapsed: a log whose directory was not given is not judged', () => {
  const { events } = wholeCase();
  const without = events.filter(({ stream }) => stream !== 'people');
  assert.ok(!anomalies(without, { at }).some(({ rule }) => rule === 'title lapsed'));
});

test('look without use: only when the days have passed', () => {
  let seq = 0;
  const early = more((logs) => (seq = logs.add('jordan', 'item-opened', 53, { ...wages, ...look })), {
    lookDays: 5,
  });
  assert.deepEqual(early, [{ rule: 'look without use', entries: [`customs/${seq}`] }]);
  assert.deepEqual(
    more((logs) => logs.add('jordan', 'item-opened', 55, { ...wages, ...look })),
    [],
  );
});

test('outside the audit: entries that it does not list, and another audit; hyphens do not matter', () => {
  const used = (entries: string[]) =>
    more((logs) => logs.add('jordan', 'item-used', 53, { ...wages, entries, because: 'x' })).map(
      ({ rule }) => rule,
    );
  assert.deepEqual(used(['XYZ-0000000-1']), ['outside the audit']);
  assert.deepEqual(used(['ABC12345678']), []);
  const { more: other } = replaced('item-opened', 'customs', (event) => ({
    ...event,
    data: { ...(event.data as object), for: { audit: 'AUDIT-2' } },
  }));
  assert.deepEqual(
    other.map(({ rule }) => rule),
    ['outside the audit'],
  );
});

test('used after its end: recalled, ended, locked; to comply with 6103(i) is lawful through a lock', () => {
  const rules = (change: (logs: Logs) => void) => more(change).map(({ rule }) => rule);
  assert.deepEqual(
    rules((logs) => logs.add('jordan', 'item-used', 53, { ...purchases, because: 'x' })),
    ['used after its end'],
  );
  const locked = (kind: string) => (logs: Logs) => {
    logs.add('jordan', 'item-locked', 53, wages);
    logs.add('jordan', kind, 53, { ...wages, because: 'x' });
  };
  assert.deepEqual(rules(locked('item-used')), ['used after its end']);
  assert.deepEqual(rules(locked('item-used-for-6103i')), []);
});

test('used after the audit was dropped', () => {
  const found = more((logs) => {
    logs.add('jordan', 'audit-changed', 53, { stage: 'dropped' });
    logs.add('jordan', 'item-used', 54, { ...wages, because: 'x' });
  });
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['used after the audit was dropped'],
  );
});

test('clocks apart: a packet received before it was sent, by an hour; or on its way for weeks', () => {
  const { more: early } = replaced('answer-received', 'customs', (event) => ({
    ...event,
    time: event.time - 3600,
  }));
  assert.deepEqual(
    early.map(({ rule }) => rule),
    ['clocks apart'],
  );
  const words = anomalies(
    wholeCase().events.map((event) =>
      event.kind === 'answer-received' ? { ...event, time: event.time - 3600 } : event,
    ),
    { at },
  ).find(({ rule }) => rule === 'clocks apart')?.words;
  assert.match(words ?? '', /received 30 minutes before entry irs\/\d+ sent/);
  const { more: late } = replaced('referral-received', 'justice', (event) => ({
    ...event,
    time: event.time + 9 * DAY,
  }));
  assert.ok(late.some(({ rule }) => rule === 'clocks apart'));
});

test('clocks apart: an office’s clock an hour off, fast or slow, shows in the packets of one direction or the other', () => {
  const { events } = wholeCase();
  const by = (log: string, seconds: number) =>
    anomalies(
      events.map((event) => (event.log === log ? { ...event, time: event.time + seconds } : event)),
      { at },
    ).filter(({ rule }) => rule === 'clocks apart');
  for (const log of ['irs', 'customs', 'justice']) {
    assert.deepEqual(by(log, 0), []);
    for (const hour of [3600, -3600]) {
      const found = by(log, hour);
      assert.ok(found.length > 0, `${log} ${hour}`);
      for (const { words } of found)
        assert.match(words, /received \d+ minutes before .* the clocks are that far apart/);
    }
  }
});

test('clocks apart: two offices that have no case together are told by the heads that they show each other', () => {
  const head = (log: string, other: string, kind: string, seq: number, time: number): RecordedEvent => ({
    log,
    seq,
    stream: `exchange/${other}`,
    kind,
    cite: '',
    packet: 'a'.repeat(64),
    act: `${log}-${seq}`,
    person: 'Pat',
    title: 'Clerk',
    time,
    data: {},
  });
  const found = anomalies(
    [
      head('irs', 'justice', 'packet-sent', 3, START + 3600),
      head('justice', 'irs', 'packet-received', 4, START),
    ],
    { at },
  );
  assert.deepEqual(
    found.map(({ rule, words }) => [rule, words.includes('60 minutes')]),
    [['clocks apart', true]],
  );
});

test('clock put back, and a day that is not of its hour', () => {
  const { more: back } = replaced('audit-changed', 'customs', (event) => ({
    ...event,
    time: event.time - 40 * DAY,
  }));
  assert.deepEqual(
    back.map(({ rule }) => rule),
    ['clock put back', 'day not of its hour'],
  );
});

test('packet unmatched: sent and not received, received and not sent; not missed of an office that was not asked', () => {
  const { events } = wholeCase();
  const without = (log: string, kind: string) =>
    rulesOf(events.filter((event) => !(event.log === log && event.kind === kind)))
      .filter(({ rule }) => rule === 'packet unmatched')
      .map(({ entries }) => entries);
  assert.deepEqual(without('justice', 'referral-received'), [
    [`customs/${find(events, 'customs', 'item-referred').seq}`],
  ]);
  assert.deepEqual(without('irs', 'answered'), [
    [`customs/${find(events, 'customs', 'answer-received').seq}`],
  ]);
  const alone = events.filter(({ log }) => log === 'customs');
  assert.ok(!anomalies(alone, { at }).some(({ rule }) => rule === 'packet unmatched'));
  // Sent yesterday, it may still be on its way.
  assert.deepEqual(
    more((logs) => logs.add('robin', 'request-sent', 59, { case: 'CBP-9', packet: '3'.repeat(64) })),
    [],
  );
});

test('answers differ: what the IRS says it did not disclose and Customs says it got', () => {
  const { events } = wholeCase();
  const rent = find(events, 'customs', 'item-received', 'rent');
  const found = rulesOf(
    events.map((event) =>
      event === rent ? { ...event, data: { ...(event.data as object), outcome: 'disclosed' } } : event,
    ),
  ).filter(({ rule }) => rule === 'answers differ');
  assert.deepEqual(found[0]?.entries, [
    `irs/${find(events, 'irs', 'item-answered', 'rent').seq}`,
    `customs/${rent.seq}`,
  ]);
});

test('engaged in many: one case more than can be, at once', () => {
  const engaged = (cases: number, to?: string) => (logs: Logs) => {
    for (let n = 0; n < cases; n++)
      logs.add('lee', 'person-engaged', 53 + (to === undefined ? 0 : 2 * n), {
        case: `CBP-1${n}`,
        person: 'kim',
        from: '2026-04-24',
        ...(to === undefined ? {} : { to }),
        document: 'd',
      });
  };
  assert.deepEqual(more(engaged(3), { engagements: 3 }), []);
  assert.deepEqual(
    more(engaged(4), { engagements: 3 }).map(({ rule, entries }) => [rule, entries.length]),
    [['engaged in many', 4]],
  );
  // One after another is not at once.
  assert.deepEqual(more(engaged(4, '2026-04-25'), { engagements: 3 }), []);
});

test('refusals clustered: as many within the days, by one person', () => {
  const refused =
    (days: readonly number[], by = 'dana') =>
    (logs: Logs) => {
      for (const day of days)
        logs.add(by, 'may-i-answered', day, { ...purchases, verdict: 'refused', proposal: {} });
    };
  assert.deepEqual(more(refused([53, 54])), []);
  assert.deepEqual(
    more(refused([53, 54, 59])).map(({ rule, entries }) => [rule, entries.length]),
    [['refusals clustered', 3]],
  );
  assert.deepEqual(more(refused([53, 61, 69])), []);
});

test('the words name entries, and no person, taxpayer or number', () => {
  const logs = wholeCase();
  logs.add('jordan', 'item-used', 53, { ...purchases, entries: ['XYZ'], because: 'x' });
  for (const { words, entries } of anomalies(logs.events, { at })) {
    for (const { log, seq } of entries) assert.ok(words.includes(`${log}/${seq}`));
    assert.doesNotMatch(words, /Vale|Quay|Wharf|Pier|071234567|jordan/);
    assert.ok(words.includes(CASE) || !words.includes('CBP'));
  }
});
