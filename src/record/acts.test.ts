import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseEvent } from '../casework/acts/events.ts';
import type { IrsCaseEvent } from '../casework/acts/irs-state.ts';
import type { PeopleEvent } from '../casework/acts/people.ts';
import type { HoldingEvent } from '../casework/after/events.ts';
import { CASE, worldAt } from '../casework/after/world.fixture.ts';
import { anomalies } from './inspect/anomalies.ts';
import { follow } from './inspect/follow.ts';
import { knownKinds } from './kinds.ts';
import { type OfficeId, type RecordedEvent, disclosures, partyWords, recordOf } from './record.ts';

/* The record of what the acts themselves make, so that a kind or a field renamed there is found here. */

type Kind = HoldingEvent['kind'] | IrsCaseEvent['kind'] | PeopleEvent['kind'];
type KnownByTheActs = Readonly<Record<Kind, true>>;

const kinds: KnownByTheActs = {
  'request-drafted': true,
  'request-signed': true,
  'request-sent': true,
  'item-requested': true,
  'request-withdrawn': true,
  'answer-received': true,
  'item-received': true,
  'letter-opened': true,
  'item-opened': true,
  'may-i-answered': true,
  'item-asked-about': true,
  'item-used': true,
  'item-used-for-6103i': true,
  'item-disclosed': true,
  'item-referred': true,
  'referral-received': true,
  'item-locked': true,
  'item-unlocked': true,
  'paper-filed': true,
  'paper-withdrawn': true,
  'person-engaged': true,
  'person-disengaged': true,
  'audit-changed': true,
  'recall-made': true,
  'recall-received': true,
  'recall-forwarded': true,
  'item-recalled': true,
  'notice-drafted': true,
  'recall-answered': true,
  'use-ended': true,
  'incident-reported': true,
  'entry-corrected': true,
  'request-received': true,
  'item-asked': true,
  'withdrawal-received': true,
  answered: true,
  'item-answered': true,
  'person-added': true,
  'title-given': true,
  'title-ended': true,
};

const recorded = (log: OfficeId, stream: string, events: readonly CaseEvent[], from = 0): RecordedEvent[] =>
  events.map((event, n) => {
    const { by, at } = event.data as { by: { id: string; title: string }; at: number };
    return {
      ...event,
      log,
      seq: from + n,
      stream,
      ...(stream === 'people' ? {} : { case: CASE }),
      act: `${stream}-${n}`,
      person: by.id,
      title: by.title,
      time: at,
    };
  });

const eventsAt = (stage: string): RecordedEvent[] => {
  const { base, justicePeople, justice } = worldAt(stage);
  const people = { customs: base.people.Customs, irs: base.people.IRS, justice: justicePeople };
  const cases = { customs: base.customs, irs: base.irs, justice };
  return (['customs', 'irs', 'justice'] as const).flatMap((log) => [
    ...recorded(log, 'people', people[log]),
    ...recorded(log, `case/${CASE}`, cases[log], people[log].length),
  ]);
};

const events = eventsAt('down');

test('every kind of event that the acts make has a row of its own', () => {
  assert.deepEqual(
    Object.keys(kinds).filter((kind) => !knownKinds.includes(kind)),
    [],
  );
  for (const office of ['customs', 'irs', 'justice'] as const)
    assert.deepEqual(
      recordOf(office, events).rows.filter(({ kind }) => kind === 'other'),
      [],
    );
});

test('what the acts disclosed is in the record with whom, what and why', () => {
  const said = (office: OfficeId) =>
    disclosures(recordOf(office, events)).map(({ act, to, items, paragraph, why }) => {
      assert.notEqual(why, '');
      return [act, to.name, items[0]?.what, paragraph];
    });
  assert.deepEqual(said('justice').at(-1)?.slice(2), ['Form 1125-A, line 2', '(h)']);
  assert.ok(said('customs').some(([act]) => act === 'referred to Justice'));
  assert.ok(said('customs').some(([act]) => act === 'disclosed'));
  for (const row of disclosures(recordOf('customs', events))) {
    assert.notEqual(partyWords(row.from), '');
    assert.notEqual(partyWords(row.to), '');
  }
});

test('an item is followed through what the acts made, and nothing is odd but what is odd', () => {
  const journey = follow(events, CASE, 'purchases');
  assert.deepEqual(
    journey.ends.map(({ office, stands }) => [office, stands]),
    [
      ['customs', 'held'],
      ['justice', 'held'],
    ],
  );
  const at = Math.max(...events.map(({ time }) => time));
  const odd = anomalies(events, { at }).map(({ rule }) => rule);
  for (const rule of ['title lapsed', 'outside the audit', 'used after its end', 'clock put back'] as const)
    assert.ok(!odd.includes(rule), rule);
});
