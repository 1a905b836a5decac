import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { day } from '../ground/dates.ts';
import { contentOf as pdfText, readPdf } from '../letter/pdf/read.fixture.ts';
import { accountingOf } from './accounting.ts';
import { accountingCsv, ftiLogCsv, recordCsv } from './csv.ts';
import { ftiLogOf } from './fti-log.ts';
import { accessLines, accessTo } from './incident.ts';
import { anomalies } from './inspect/anomalies.ts';
import { anomaliesDocument, sampleDocument } from './inspect/documents.ts';
import { sample } from './inspect/sample.ts';
import { recordJson } from './json.ts';
import { documentLines } from './lines.ts';
import { accountingDocument, ftiDocument, summaryDocument } from './log-documents.ts';
import { recordPdf } from './pdf.ts';
import { CASE, LAMP_TIN, PERSON_SSN, PLANTED, START, find, wholeCase } from './record.fixture.ts';
import { type RecordedEvent, recordOf } from './record.ts';
import { recordDocument } from './record-document.ts';
import { summaryOf } from './summary.ts';

const { events } = wholeCase();
const offices = ['irs', 'customs', 'justice'] as const;
const date = day('2026-06-01');

const documents = (all: readonly RecordedEvent[]) => [
  ...offices.flatMap((office) => [
    recordDocument(recordOf(office, all)),
    ftiDocument(office, ftiLogOf(office, all)),
    summaryDocument(summaryOf(office, all, 2026)),
  ]),
  accountingDocument(accountingOf(all)),
  sampleDocument(sample(all, { n: 20, seed: 'seed' })),
  anomaliesDocument(anomalies(all, { at: START + 400 * 86_400 })),
];

const exported = (all: readonly RecordedEvent[]): string[] => [
  ...offices.flatMap((office) => [recordCsv(recordOf(office, all)), recordJson(recordOf(office, all))]),
  ...offices.map((office) => ftiLogCsv(ftiLogOf(office, all))),
  accountingCsv(accountingOf(all)),
  ...documents(all).map((document) => documentLines(document).join('\n')),
  accessLines(accessTo(all, { case: CASE })).join('\n'),
];

test('no export has a value of return information or a taxpayer’s number, wherever an act put one', () => {
  const hidden = [
    PLANTED,
    LAMP_TIN,
    PERSON_SSN,
    ...[LAMP_TIN, PERSON_SSN].map((tin) => tin.replaceAll('-', '')),
  ];
  // The plants are there to be found.
  for (const one of hidden) assert.ok(JSON.stringify(events).includes(one));
  for (const text of exported(events))
    for (const one of hidden) assert.ok(!text.includes(one), text.slice(0, 80));
});

test('what an act writes beyond the fields that are known does not come out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: events.length - 1 }), (at) => {
      const all = events.map((event, n) =>
        n === at
          ? { ...event, data: { ...(event.data as object), extra: PLANTED, amount: { value: PLANTED } } }
          : event,
      );
      for (const text of exported(all)) assert.ok(!text.includes(PLANTED));
    }),
    { numRuns: 15 },
  );
});

test('the PDF shows neither, and says what the lines say', async () => {
  for (const document of documents(events)) {
    const pdf = readPdf(await recordPdf(document, { date, compress: false }));
    const text = pdfText(pdf).replaceAll('\u00a0', ' ').replaceAll(' ', '');
    for (const one of [PLANTED, LAMP_TIN, PERSON_SSN]) assert.ok(!text.includes(one));
    for (const { rows } of document.sections)
      for (const one of rows.flat()) assert.ok(text.includes(one.replaceAll(/\s/g, '')), one);
    assert.equal(pdf.unmarked, 0);
    assert.match(pdf.raw, /\/MarkInfo \d+ 0 R/);
  }
});

test('poppler reads the record as a tagged PDF whose author is its keeper', async (t) => {
  if (spawnSync('pdfinfo', ['-v']).error) return t.skip('pdfinfo (poppler-utils) is not installed');
  const input = await recordPdf(recordDocument(recordOf('customs', events)), { date });
  const { stdout, stderr } = spawnSync('pdfinfo', ['-'], { input, encoding: 'utf8' });
  assert.match(stdout, /Author: +U\.S\. Customs Service\n/);
  assert.match(stdout, /Tagged: +yes\n/);
  assert.equal(stderr, '');
});

test('equal records give equal bytes', async () => {
  const make = () => recordPdf(recordDocument(recordOf('customs', wholeCase().events)), { date });
  assert.deepEqual(await make(), await make());
  assert.equal(
    recordJson(recordOf('customs', events)),
    recordJson(recordOf('customs', [...events].reverse())),
  );
});

test('the CSV parses back to a line for each row', () => {
  const record = recordOf('customs', events);
  const lines = parse<Record<string, string>>(recordCsv(record), { columns: true });
  assert.deepEqual(
    lines.map(({ entry, kind, act, why }) => [entry, kind, act, why]),
    record.rows.map(({ entry: { log, seq }, kind, act, why }) => [`${log}/${seq}`, kind, act, why]),
  );
});

test('whatever a person writes as a reason comes back from the CSV, and is no formula in a spreadsheet', () => {
  const disclosed = find(events, 'customs', 'item-disclosed');
  const because = fc.oneof(
    fc.string({ minLength: 1 }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝'), fc.string())
      .map(([sign, rest]) => sign + rest),
  );
  fc.assert(
    fc.property(because, (text) => {
      const event = { ...disclosed, data: { ...(disclosed.data as object), because: text } };
      const [line] = parse<Record<string, string>>(recordCsv(recordOf('customs', [event])), {
        columns: true,
      });
      const cell = line?.['why'] ?? '';
      assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/);
      assert.ok(cell === text || cell === `'${text}`);
    }),
  );
});

test('every row of the JSON has the same keys', () => {
  const { rows } = JSON.parse(recordJson(recordOf('customs', events))) as { rows: object[] };
  const keys = new Set(rows.map((row) => Object.keys(row).join()));
  assert.equal(keys.size, 1);
  assert.deepEqual(
    [...keys][0]?.split(','),
    'act,by,case,cite,corrected,date,direction,entry,event,from,hour,items,kind,note,packet,paragraph,restates,to,verdict,why'.split(
      ',',
    ),
  );
});

test('no line is longer than 80 columns, and none moves the cursor', () => {
  const disclosed = find(events, 'customs', 'item-disclosed');
  const because = fc.oneof(fc.string({ maxLength: 400 }), fc.constant(`${'x'.repeat(300)}\u001b[2J\u202e`));
  fc.assert(
    fc.property(because, (text) => {
      const event = { ...disclosed, data: { ...(disclosed.data as object), because: text } };
      for (const line of documentLines(recordDocument(recordOf('customs', [event])))) {
        assert.ok([...line].length <= 80, line);
        assert.doesNotMatch(line, /\p{Cc}|\u202e/u);
      }
    }),
  );
  for (const document of documents(events))
    for (const line of documentLines(document)) assert.ok(line.length <= 80, line);
});
