import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { cablingOf } from './cables.ts';
import { chainOfCase } from './chain-of-case.ts';
import type { Chain, ChainEvent, EventsByOffice, OfficeId } from './chain.ts';
import { officeIds } from './chain.ts';
import { custodyMap } from './custody-map.ts';
import { custodyTable } from './custody-table.ts';
import { goldenFile, goldens } from './golden.fixture.ts';
import { Story, digest, harborLamp } from './map.fixture.ts';
import { tableLines } from './table.ts';
import { scattered, thousandHops } from './thousand.fixture.ts';

interface Seen {
  readonly elements: readonly string[];
  readonly texts: string;
  readonly arrows: ReadonlySet<string>;
  readonly attributes: readonly string[];
}

/** Reads an SVG strictly: a fault of its XML is thrown. */
const seen = (svg: string): Seen => {
  const [elements, attributes, arrows, texts] = [
    [] as string[],
    [] as string[],
    new Set<string>(),
    [] as string[],
  ];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes: all }) => {
    elements.push(name);
    attributes.push(...Object.keys(all));
    if (all['data-arrow'] !== undefined) arrows.add(all['data-arrow']);
  });
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return { elements, texts: texts.join('\n'), arrows, attributes };
};

const cells = (chain: Chain, key: string): readonly string[] => {
  const { columns, rows } = custodyTable(chain).rows;
  const at = columns.findIndex((one) => one.key === key);
  return rows.map((row) => row.cells[at] ?? '');
};

const entriesIn = (words: readonly string[]): ReadonlySet<string> =>
  new Set(
    words
      .flatMap((all) => all.split('; '))
      .flatMap((one) => {
        const [office = '', ...rest] = one.split(' ');
        return rest
          .join('')
          .split(',')
          .flatMap((run) => {
            const [from = NaN, to = from] = run.split('–').map(Number);
            return Array.from({ length: to - from + 1 }, (_, n) => `${office} ${from + n}`);
          });
      }),
  );

const names = { irs: 'IRS', customs: 'Customs', justice: 'Justice' } as const;

const allEntries = (events: EventsByOffice): readonly string[] =>
  officeIds.flatMap((office) =>
    (events[office] ?? [])
      .filter(({ log }) => log !== 'irs-review')
      .map(({ seq }) => `${names[office]} ${seq}`),
  );

const holds = (events: EventsByOffice): void => {
  const chain = chainOfCase(events);
  const svg = custodyMap(chain);
  const { elements, arrows, attributes } = seen(svg);
  const told = entriesIn(
    [...cells(chain, 'sent'), ...cells(chain, 'received')].filter((one) => one !== '' && one !== 'none'),
  );
  for (const entry of allEntries(events)) assert.ok(told.has(entry), `${entry} stands in no row`);
  const rows = new Set(cells(chain, 'arrow'));
  for (const arrow of arrows) assert.ok(rows.has(arrow), `arrow ${arrow} has no row`);
  for (const { n, from, to } of cablingOf(chain).cables)
    assert.equal(arrows.has(`${n}`), from !== to, `arrow ${n} is drawn where it leads somewhere`);
  assert.ok(elements.every((name) => ['svg', 'title', 'desc', 'g', 'path', 'rect', 'text'].includes(name)));
  assert.ok(attributes.every((name) => !/^on|href|style|class/i.test(name)));
  assert.ok(!/NaN|undefined|Infinity/.test(svg));
  for (const line of tableLines(custodyTable(chain).rows)) assert.ok([...line].length <= 80, line);
};

test('the harbor-lamp case is drawn and told as before', () => {
  for (const [name, text] of Object.entries(goldens()))
    assert.equal(
      text,
      readFileSync(goldenFile(name), 'utf8'),
      `${name} has changed: look at it, and write it with node src/map/golden.fixture.ts`,
    );
});

test('the harbor-lamp case: what a reader looks for is there, in words', () => {
  const chain = chainOfCase(harborLamp().events);
  holds(harborLamp().events);
  const { texts } = seen(custodyMap(chain));
  for (const words of [
    'REFUSED',
    'LOCKED until 6103(i)(1) or (2) is met',
    'UNMATCHED',
    'Customs 5–12 → IRS 3–9, matched',
    'made undisclosable 2026-09-30',
    'safeguards continue 2026-09-30',
    '2 not disclosed',
  ])
    assert.ok(texts.includes(words), words);
  const outcomes = cells(chain, 'outcome');
  assert.equal(outcomes.filter((one) => one === 'REFUSED').length, 2);
  assert.equal(outcomes.filter((one) => one === 'LOCKED').length, 1);
});

test('an item ends where its holder says so, and only there', () => {
  const { holdings, holders } = chainOfCase(harborLamp().events);
  const of = (role: string, item: string) =>
    holdings.find((one) => holders.get(one.holder)?.role === role && one.item === item);
  assert.equal(of('expert', 'sister-purchases')?.end?.how, 'returned');
  assert.equal(of('expert', 'purchases')?.end, undefined);
  assert.equal(of('Trial Attorney', 'purchases')?.locked, true);
  assert.equal(of('importer’s representative', 'sister-purchases')?.end?.how, 'cannot be got back');
  assert.equal(of('Supervisory Auditor, Trade Regulatory Audit', 'cost-of-goods-sold'), undefined);
});

test('a packet is matched when both offices say the same of it, unmatched when one does not, open when one was not read', () => {
  const match = (
    change: (events: Record<OfficeId, readonly ChainEvent[]>) => EventsByOffice,
  ): string | undefined =>
    chainOfCase(change(harborLamp().events as Record<OfficeId, readonly ChainEvent[]>)).hops.find(
      ({ kind }) => kind === 'answer',
    )?.match;
  assert.equal(
    match((events) => events),
    'matched',
  );
  assert.equal(
    match(({ irs, justice }) => ({ irs, justice, customs: [] })),
    'unmatched',
  );
  assert.equal(
    match(({ irs }) => ({ irs })),
    'one side',
  );
  assert.equal(
    match(({ customs }) => ({ customs })),
    'one side',
  );
  const without = ({ kind, item }: ChainEvent) => !(kind === 'item-received' && item === 'royalties');
  assert.equal(
    match(({ customs, ...rest }) => ({ ...rest, customs: customs.filter(without) })),
    'unmatched',
  );
});

test('what the review found is not drawn, though its events are given', () => {
  const { events } = harborLamp();
  const bar: ChainEvent = {
    log: 'irs-review',
    seq: 900,
    kind: 'finding-made',
    cite: '(e)',
    item: 'cost-of-goods-sold',
    act: 'review-1',
    person: 'lee-carr',
    title: 'Special Agent in Charge',
    time: 1_773_900_000,
    data: { finds: 'seriously impairs', answer: true },
  };
  assert.equal(
    custodyMap(chainOfCase({ ...events, irs: [...(events.irs ?? []), bar] })),
    custodyMap(chainOfCase(events)),
  );
});

test('the same events in another order of offices give the same bytes', () => {
  const { irs = [], customs = [], justice = [] } = harborLamp().events;
  assert.equal(
    custodyMap(chainOfCase({ justice, customs: [...customs].reverse(), irs })),
    custodyMap(chainOfCase({ irs, customs, justice })),
  );
});

test('an event whose body was made undisclosable still has its row', () => {
  const { customs = [], ...rest } = harborLamp().events;
  const events = {
    ...rest,
    customs: customs.map((one) => (one.kind === 'item-used' ? { ...one, data: null } : one)),
  };
  holds(events);
  assert.ok(cells(chainOfCase(events), 'act').includes('made undisclosable: the entry alone is left'));
});

test('a thousand hops, crowded or scattered, hold together, and the picture stays a picture', () => {
  for (const { events } of [thousandHops(), scattered()]) {
    assert.ok(chainOfCase(events).hops.length >= 1000);
    holds(events);
    const [, height = '0'] = / height="(\d+)"/.exec(custodyMap(chainOfCase(events))) ?? [];
    assert.ok(Number(height) < 6000, height);
  }
});

test('redacted, no name of a person or company is left in picture or table', () => {
  const chain = chainOfCase(harborLamp().events);
  const { rows, holdings } = custodyTable(chain, { redacted: true });
  const all = custodyMap(chain, { redacted: true }) + JSON.stringify([rows, holdings]);
  for (const name of ['Vale', 'Brook', 'Moor', 'Alder', 'Pell', 'Oake', 'Lantern', 'harbor-lamp', 'jordan'])
    assert.ok(!all.includes(name), name);
});

test('what people wrote freely, and a number that could be a TIN, is not drawn', () => {
  const { events } = new Story().act('customs', 'vale', '2026-04-01', {
    kind: 'item-disclosed',
    cite: '(f)',
    item: '07-1234567',
    to: { is: 'importer', name: 'Harbor 071234567 Lamp 123-45-6789' },
    shown: 'the total of 48,210',
    because: 'SECRET',
  });
  const chain = chainOfCase(events);
  const all = custodyMap(chain) + JSON.stringify(custodyTable(chain));
  for (const words of ['07-1234567', '071234567', '123-45-6789', '48,210', 'SECRET'])
    assert.ok(!all.includes(words), words);
});

const hostile = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><svg onload=x>',
    ']]>&amp;<!--',
    '__proto__',
    'constructor',
    '\u202Egnol\u0000',
    '\uD800',
    'x'.repeat(400),
    '',
    'لورم',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const kinds = [
  'request-sent',
  'request-received',
  'item-asked',
  'item-answered',
  'item-received',
  'item-opened',
  'item-used',
  'item-disclosed',
  'item-referred',
  'item-locked',
  'item-unlocked',
  'may-i-answered',
  'recall-made',
  'item-recalled',
  'recall-received',
  'recall-answered',
  'notice-drafted',
  'use-ended',
  'paper-filed',
  'packet-sent',
  'entry-corrected',
  'unheard-of',
] as const;

const event = fc.record({
  office: fc.constantFrom(...officeIds),
  kind: fc.constantFrom(...kinds),
  item: fc.option(hostile, { nil: undefined }),
  packet: fc.option(fc.integer({ min: 1, max: 4 }).map(digest), { nil: undefined }),
  act: fc.integer({ min: 1, max: 12 }),
  time: fc.integer({ min: 1_770_000_000, max: 1_780_000_000 }),
  name: hostile,
  title: hostile,
  data: fc.oneof(
    fc.constant(null),
    fc.record({
      to: fc.oneof(
        hostile,
        fc.record({
          is: fc.constantFrom('expert', 'importer', 'customs officer', 'Justice officer', 'taxpayer'),
          name: hostile,
        }),
      ),
      verdict: fc.constantFrom('permitted', 'refused', 'undetermined'),
      holder: hostile,
      how: fc.constantFrom('returned', 'never held'),
      way: fc.constantFrom('returned', 'safeguards continue'),
      kind: fc.constantFrom('request', 'recall', 'head'),
      outcome: fc.constantFrom('disclosed', 'not disclosed'),
      proposal: fc.record({
        items: fc.array(hostile, { maxLength: 3 }),
        for: fc.record({ matter: hostile }),
      }),
    }),
  ),
});

test('whatever the events say: every entry has its row, every arrow too, the XML is whole, and nothing is markup that was text', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (all) => {
      const events: Record<OfficeId, ChainEvent[]> = { irs: [], customs: [], justice: [] };
      for (const { office, item, packet, act, data, name, title, ...one } of all)
        events[office].push({
          ...one,
          log: office,
          seq: events[office].length + 1,
          cite: '(f)',
          ...(item === undefined ? {} : { item }),
          ...(packet === undefined ? {} : { packet }),
          act: `${act}`,
          person: name,
          title,
          data,
        });
      holds(events);
    }),
    { numRuns: 150 },
  );
});
