import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day } from '../ground/dates.ts';
import { PLANTED, account, find, wholeCase } from './record.fixture.ts';
import { disclosures, partyWords, recordOf, stands } from './record.ts';

const corrected = (...says: readonly Readonly<Record<string, string>>[]) => {
  const logs = wholeCase();
  const { seq } = find(logs.events, 'customs', 'item-disclosed', 'purchases');
  const numbers = says.map((one, n) =>
    logs.add('jordan', 'entry-corrected', 400 + n, {
      item: 'purchases',
      taxpayer: account('purchases'),
      seq,
      of: 'item-disclosed',
      says: one,
      reason: 'It was written wrongly.',
    }),
  );
  return { events: logs.events, seq, numbers, record: recordOf('customs', logs.events) };
};

test('the earlier row stays as it was, and names the entry that corrects it; the row restated stands', () => {
  const { record, seq, numbers } = corrected({ to: 'Alexandra Pier', address: '2 Pier Street' });
  const before = recordOf('customs', wholeCase().events).rows.find(({ entry }) => entry.seq === seq);
  const [first, own, restated] = record.rows.filter(
    ({ entry, restates }) => entry.seq === seq || entry.seq === numbers[0] || restates?.seq === seq,
  );
  assert.deepEqual({ ...first, corrected: undefined }, before);
  assert.equal(first?.corrected?.seq, numbers[0]);
  assert.equal(own?.kind, 'correction');
  assert.equal(own?.why, 'It was written wrongly.');
  assert.ok(restated);
  assert.equal(partyWords(restated.to), 'Alexandra Pier, importer’s representative');
  assert.equal(restated.to.address, '2 Pier Street');
  assert.equal(restated.date, before?.date);
  assert.equal(restated.by.name, 'Jordan Vale');
});

test('corrected again, it keeps what the first correction said, and one row stands', () => {
  const { record, seq, numbers } = corrected({ to: 'Alexandra Pier' }, { why: 'To hear both sides.' });
  const all = record.rows.filter(
    (row) => row.kind === 'disclosure' && (row.entry.seq === seq || row.restates?.seq === seq),
  );
  assert.deepEqual(
    all.map(({ entry, corrected }) => [entry.seq, corrected?.seq]),
    [
      [seq, numbers[0]],
      [numbers[0], numbers[1]],
      [numbers[1], undefined],
    ],
  );
  assert.equal(all[2]?.to.name, 'Alexandra Pier');
  assert.equal(all[2]?.why, 'To hear both sides.');
});

test('a correction of a correcting entry restates the same row', () => {
  const { events, seq, numbers } = corrected({ to: 'Alexandra Pier' });
  const logs = wholeCase();
  logs.events.splice(0, Infinity, ...events);
  logs.events.push({
    ...find(events, 'customs', 'entry-corrected'),
    seq: 900,
    data: { seq: numbers[0], says: { to: 'Alex Pier' }, reason: 'It was right at first.' },
  });
  const standing = disclosures(recordOf('customs', logs.events)).filter(
    ({ restates }) => restates?.seq === seq,
  );
  assert.deepEqual(
    standing.map(({ to }) => to.name),
    ['Alex Pier'],
  );
});

test('however often and whatever is corrected, no row is lost and as many disclosures stand', () => {
  const whole = recordOf('customs', wholeCase().events);
  const says = fc.dictionary(
    fc.constantFrom(
      'to',
      'why',
      'date',
      'what',
      'period',
      'paragraph',
      'shown',
      '__proto__',
      'act',
      'address',
    ),
    fc.string(),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(fc.array(says, { maxLength: 4 }), (all) => {
      const { record } = corrected(...all);
      assert.equal(record.rows.length, whole.rows.length + 2 * all.length);
      assert.equal(disclosures(record).length, disclosures(whole).length);
      const kept = new Set(record.rows.map((row) => JSON.stringify({ ...row, corrected: undefined })));
      for (const row of whole.rows) assert.ok(kept.has(JSON.stringify({ ...row, corrected: undefined })));
    }),
    { numRuns: 20 },
  );
});

test('the restated row is filed with the one it restates, so that a year shows both or neither', () => {
  const { events } = corrected({ why: 'To hear both sides.' });
  const of = (year: string) =>
    recordOf('customs', events, { from: day(`${year}-01-01`), to: day(`${year}-12-31`) }).rows;
  assert.equal(of('2026').filter((row) => !stands(row)).length, 1);
  assert.equal(of('2026').filter(({ restates }) => restates !== undefined).length, 1);
  assert.deepEqual(of('2027'), []);
});

test('a field without a column is named, and what it says is not repeated', () => {
  const { record } = corrected({ shown: PLANTED });
  const restated = record.rows.find(({ restates }) => restates !== undefined);
  assert.match(restated?.note ?? '', /also corrected, as the entry says: shown$/);
  assert.ok(!JSON.stringify(record).includes(PLANTED));
});

test('a correction of what is not in the record is a row that says so', () => {
  const logs = wholeCase();
  logs.add('jordan', 'entry-corrected', 400, { seq: 12_345, says: { why: 'x' }, reason: 'r' });
  const last = recordOf('customs', logs.events).rows.at(-1);
  assert.equal(last?.kind, 'correction');
  assert.match(last?.note ?? '', /corrects entry 12345, which is not in this record/);
});
