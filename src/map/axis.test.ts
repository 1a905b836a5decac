import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Day, day } from '../ground/dates.ts';
import { axisOf, beginOf, momentOf } from './axis.ts';
import type { ChainAct } from './chain.ts';
import type { Life, Standing } from './lives.ts';

const act = (at: string, standing: Standing = 'in force', on?: Day) => {
  const seconds = Date.parse(at) / 1000;
  return {
    standing,
    act: { at: seconds, on: on ?? day(at.slice(0, 10)) } as ChainAct,
  };
};

const life = (acts: Life['acts'], ...spans: readonly (readonly [string, string?])[]): Life => ({
  office: 'customs',
  name: 'Jordan Vale',
  kind: 'title',
  what: 'Auditor',
  acts,
  spans: spans.map(([from, to]) => ({
    office: 'customs',
    person: 'jordan',
    name: 'Jordan Vale',
    kind: 'title',
    what: 'Auditor',
    from: day(from),
    to: to === undefined ? undefined : day(to),
  })),
});

const labels = (lives: readonly Life[]) => axisOf(lives)?.ticks.map(({ label }) => label);

test('the acts of one day have an axis of hours, in the time of Washington', () => {
  const lives = [life([act('2026-11-24T14:10:00Z'), act('2026-11-24T21:40:00Z')], ['2020-01-01'])];
  assert.deepEqual(labels(lives), [
    '09:00',
    '10:00',
    '11:00',
    '12:00',
    '13:00',
    '14:00',
    '15:00',
    '16:00',
    '17:00',
  ]);
  assert.equal(axisOf(lives)?.words, '2026-11-24 09:00 to 17:00, hours of Washington');
});

test('acts of a few seconds are told apart, and one alone has an hour around it', () => {
  assert.deepEqual(labels([life([act('2026-11-24T17:48:38Z'), act('2026-11-24T17:48:40Z')])]), [
    '12:48:38',
    '12:48:39',
    '12:48:40',
    '12:48:41',
  ]);
  const alone = axisOf([life([act('2026-11-24T17:48:38Z')])]);
  assert.deepEqual([alone?.ticks.length, (alone?.last ?? 0) - (alone?.first ?? 0)], [7, 3600]);
});

test('days for weeks, months for years; the axis begins with the acts and not with an old title', () => {
  const weeks = [life([act('2026-11-02T15:00:00Z'), act('2026-11-09T15:00:00Z')], ['2019-01-01'])];
  assert.deepEqual(labels(weeks)?.slice(0, 2), ['2026-11-02', '2026-11-03']);
  assert.equal(axisOf(weeks)?.words, '2026-11-02 to 2026-11-09');
  const years = [life([act('2024-01-15T15:00:00Z'), act('2026-11-09T15:00:00Z')])];
  assert.deepEqual(labels(years)?.slice(0, 2), ['2024-02', '2024-05']);
});

test('an act outside of its span is shown with the span, though all acts are of one day', () => {
  const lives = [life([act('2026-11-24T15:00:00Z', 'after a lapse')], ['2026-10-01', '2026-10-31'])];
  const axis = axisOf(lives);
  assert.equal(axis?.first, beginOf(day('2026-10-01')));
  assert.equal(axis?.last, beginOf(day('2026-11-25')));
});

test('every line stands on the axis, and there is room for the labels', () => {
  for (const hours of [0, 0.001, 0.5, 3, 11, 25, 40, 200, 2000, 20_000, 90_000]) {
    const from = Date.parse('2026-03-01T15:00:00Z');
    const axis = axisOf([
      life([
        act(new Date(from).toISOString()),
        act(new Date(from + hours * 3_600_000).toISOString(), 'in force'),
      ]),
    ]);
    assert.ok(axis !== undefined && axis.last > axis.first, String(hours));
    assert.ok(axis.ticks.length >= 1 && axis.ticks.length <= 14, `${hours}: ${axis.ticks.length}`);
    for (const { at } of axis.ticks) assert.ok(axis.first <= at && at <= axis.last, String(hours));
  }
});

test('an act whose day is not that of its hour stands at noon of the day', () => {
  const { act: odd } = act('2026-11-24T15:00:00Z', 'in force', day('2026-11-20'));
  assert.equal(momentOf(odd), beginOf(day('2026-11-20')) + 12 * 3600);
  assert.equal(axisOf([]), undefined);
});
