import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { day } from '../../ground/dates.ts';
import { csv } from './csv.ts';
import { formOf } from './form.ts';
import { json } from './json.ts';
import type { ItemRecord, RecordFormat } from './record.ts';
import { toRecord } from './record.ts';
import type { Row } from './row.ts';

const rowOf = (value: string): Row => ({
  path: 'IRS1125A/PurchasesAmt',
  value,
  document: 'IRS1125A',
  documentId: 'RetDoc1',
  documentIndex: 1,
  elementIndex: 1,
  xpath: 'IRS1125A[1]/PurchasesAmt[1]',
  byteOffset: 77,
  header: {
    returnType: '1120',
    filer: { tin: '071234567', tinType: 'EIN', name: 'Harbor Lamp Company (fictional)', nameControl: 'HARB' },
    spouseTin: null,
    period: { from: day('2021-01-01'), to: day('2021-12-31') },
    schemaVersion: '2021v5.0',
  },
});

const recordOf = (value: string): ItemRecord => toRecord(rowOf(value), 'ab'.repeat(32), { line: '2' });

const written = (format: RecordFormat, records: readonly ItemRecord[], at: number): string =>
  format.head() +
  format.records(records.slice(0, at), 0) +
  format.records(records.slice(at), at) +
  format.tail();

const cellsOf = (text: string): Record<string, string>[] => parse(text, { columns: true });

const some = fc.array(fc.string({ unit: 'binary' }).map(recordOf), { maxLength: 5 });

test('JSON gives back every record, however it was written in parts', () => {
  fc.assert(
    fc.property(some, fc.nat(5), (records, at) => {
      assert.deepEqual(JSON.parse(written(json, records, at)), records);
    }),
  );
});

test('a record has these keys, in this order', () => {
  assert.equal(
    JSON.stringify(recordOf('31250002')),
    '{"path":"IRS1125A/PurchasesAmt","value":"31250002","form":"1125-A","line":"2","xpath":"IRS1125A[1]/PurchasesAmt[1]",' +
      '"document":"IRS1125A","documentId":"RetDoc1","documentIndex":1,"elementIndex":1,' +
      '"period":{"from":"2021-01-01","to":"2021-12-31"},' +
      '"filer":{"tin":"071234567","tinType":"EIN","name":"Harbor Lamp Company (fictional)"},' +
      `"returnType":"1120","schemaVersion":"2021v5.0","byteOffset":77,"source":{"sha256":"${'ab'.repeat(32)}"}}`,
  );
});

test('CSV gives back every value, but for the apostrophe before a formula', () => {
  fc.assert(
    fc.property(some, fc.nat(5), (records, at) => {
      const rows = cellsOf(written(csv, records, at));
      const values = rows.map((row) =>
        /^'[=+\-@\t\r\n＝＋－＠]/.test(row['value'] ?? '')
          ? (row['value'] ?? '').slice(1)
          : (row['value'] ?? ''),
      );
      assert.deepEqual(
        values,
        records.map((r) => (/^'[=+\-@\t\r\n＝＋－＠]/.test(r.value) ? r.value.slice(1) : r.value)),
      );
    }),
  );
});

test('no cell of the CSV is a formula, and a negative amount stays a number', () => {
  const hostile = [
    '=1+1',
    '+SUM(A1)',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '-1e5',
    '--5',
    '＝1',
    '=HYPERLINK("x","y")',
    '+',
    '-',
  ];
  for (const value of hostile) {
    const [row] = cellsOf(written(csv, [recordOf(value)], 0));
    assert.equal(row?.['value'], `'${value}`);
  }
  for (const value of ['-500', '+12.50', '-0.75', '500', "O'Hara", 'a=b', '']) {
    const [row] = cellsOf(written(csv, [recordOf(value)], 0));
    assert.equal(row?.['value'], value);
  }
});

test('CSV has a header row, also without records', () => {
  assert.equal(
    written(csv, [], 0),
    'path,value,form,line,xpath,document,documentId,documentIndex,elementIndex,periodFrom,periodTo,' +
      'filerTin,filerTinType,filerName,returnType,schemaVersion,byteOffset,sourceSha256\r\n',
  );
});

test('forms are named as IRS prints them', () => {
  const printed = {
    IRS1120: '1120',
    IRS1120F: '1120-F',
    IRS1125A: '1125-A',
    IRS5472: '5472',
    IRS990T: '990-T',
    IRS990EZ: '990-EZ',
    IRS8916A: '8916-A',
    IRSW2: 'W-2',
    IRSFormT: 'T',
    IRS5471ScheduleM: '5471 Schedule M',
    IRS1120ScheduleM3: '1120 Schedule M-3',
    IRS1120ScheduleUTP: '1120 Schedule UTP',
    IRS1120SScheduleK1: '1120-S Schedule K-1',
    IRS1040ScheduleC: '1040 Schedule C',
    OtherIncomeStatement: 'OtherIncomeStatement',
  };
  for (const [document, form] of Object.entries(printed)) assert.equal(formOf(document), form);
});
