import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser } from 'saxes';
import { chainOfCase } from './chain-of-case.ts';
import { Story, directories, harborLamp } from './map.fixture.ts';
import { spansOfCase } from './spans.ts';
import { timeline } from './timeline.ts';

const drawn = (redacted = false) => {
  const { events } = harborLamp();
  return timeline(chainOfCase(events), spansOfCase(directories(), events), { redacted });
};

const wellFormed = (svg: string): void => {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
};

test('an act after a title, or after a paper, has lapsed stands out in words, in the picture and in the table', () => {
  const { svg, table } = drawn();
  wellFormed(svg);
  assert.equal(svg.match(/1 act after a lapse<\/text>/g)?.length, 2);
  const lapsed = table.rows.filter(({ cells }) => cells.includes('AFTER A LAPSE'));
  assert.deepEqual(
    lapsed.map(({ cells, mark }) => [cells[1], cells[2], cells[5], mark]),
    [
      ['Customs: Jordan Vale', 'Supervisory Auditor, Trade Regulatory Audit', '2026-09-30', 'warning'],
      ['Customs: Dana Pell', 'appearance', '2026-05-04', 'warning'],
    ],
  );
});

test('every span and every act under a title has its row', () => {
  const { events } = harborLamp();
  const chain = chainOfCase(events);
  const spans = spansOfCase(directories(), events);
  const { table } = drawn();
  assert.equal(table.rows.filter(({ id }) => id.includes('-span-')).length, spans.length);
  const rows = new Set(table.rows.map(({ cells }) => cells.at(-1)));
  assert.ok(chain.acts.length > 20);
  assert.equal(
    table.rows.filter(
      ({ id, cells }) => id.includes('-act-') && cells[2] !== 'engaged, (g)' && cells[2] !== 'appearance',
    ).length,
    chain.acts.length,
  );
  assert.ok(rows.has('Customs 5–12'));
});

test('at Justice, items in the hands of one who is on no list stand out', () => {
  const { events } = new Story().act('justice', 'lund', '2026-05-01', {
    kind: 'item-disclosed',
    cite: '(h)',
    item: 'purchases',
    to: { is: 'expert', name: 'Marin Oake' },
  });
  const { svg, table } = timeline(chainOfCase(events), spansOfCase({}, events));
  wellFormed(svg);
  assert.ok(table.rows.some(({ cells }) => cells[2] === 'engaged, (g)' && cells.includes('NONE IN FORCE')));
});

test('engaged from a day to the one before the end; the list may have the name or the id', () => {
  const { events } = new Story()
    .act('justice', 'brook', '2026-05-01', {
      kind: 'person-engaged',
      person: 'Toni Brook',
      from: '2026-05-01',
    })
    .act('justice', 'brook', '2026-06-01', {
      kind: 'person-disengaged',
      person: 'Toni Brook',
      from: '2026-06-02',
    })
    .act('justice', 'brook', '2026-06-01', { kind: 'item-opened', cite: '(g)', item: 'purchases' })
    .act('justice', 'brook', '2026-06-02', { kind: 'item-opened', cite: '(g)', item: 'purchases' });
  const { table } = timeline(chainOfCase(events), spansOfCase(directories(), events));
  assert.deepEqual(
    table.rows.filter(({ cells }) => cells[2] === 'engaged, (g)').map(({ cells }) => cells.slice(3, 7)),
    [
      ['2026-05-01', '2026-06-01', '', ''],
      ['', '', '2026-06-01', 'in force'],
      ['', '', '2026-06-02', 'AFTER A LAPSE'],
    ],
  );
});

test('redacted, no name is left; with nothing to draw, the picture is whole', () => {
  const { svg, table } = drawn(true);
  for (const name of ['Vale', 'Brook', 'Moor', 'Alder', 'Pell'])
    assert.ok(!`${svg}${JSON.stringify(table)}`.includes(name), name);
  wellFormed(timeline(chainOfCase({}), []).svg);
});
