import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { problemOf, returnOf, rowsOf, withFile } from './extract.fixture.ts';
import { readReturnHeader } from './header.ts';

const shared = (name: string): string =>
  fileURLToPath(new URL(`../../../../shared/data/returns/${name}`, import.meta.url));
const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/harbor-lamp/returns/${name}`, import.meta.url));

test('element names of before 2013 are understood', async () => {
  const old = `<ReturnHeader><TaxPeriodEndDate>2009-12-31</TaxPeriodEndDate><ReturnType>1120</ReturnType>
    <TaxPeriodBeginDate>2009-01-01</TaxPeriodBeginDate><Filer><EIN>071234567</EIN><Name>
    <BusinessNameLine1>Harbor Lamp Company</BusinessNameLine1><BusinessNameLine2>(fictional)</BusinessNameLine2></Name>
    <NameControl>HARB</NameControl></Filer></ReturnHeader>`;
  await withFile(returnOf('', old), async (file) => {
    assert.deepEqual(await readReturnHeader(file), {
      returnType: '1120',
      filer: {
        tin: '071234567',
        tinType: 'EIN',
        name: 'Harbor Lamp Company (fictional)',
        nameControl: 'HARB',
      },
      spouseTin: null,
      period: { from: '2009-01-01', to: '2009-12-31' },
      schemaVersion: '2021v5.0',
    });
  });
});

test('an individual is known by the SSN, a joint return by both', async () => {
  const joint = `<ReturnHeader><ReturnTypeCd>1040</ReturnTypeCd><TaxPeriodBeginDt>2021-01-01</TaxPeriodBeginDt>
    <TaxPeriodEndDt>2021-12-31</TaxPeriodEndDt><Filer><PrimarySSN>900001234</PrimarySSN><SpouseSSN>900005678</SpouseSSN>
    <NameLine1Txt>ANN &amp; BEN FICTION</NameLine1Txt><PrimaryNameControlTxt>FICT</PrimaryNameControlTxt></Filer></ReturnHeader>`;
  await withFile(returnOf('<IRS1040/>', joint), async (file) => {
    const { filer, spouseTin } = await readReturnHeader(file);
    assert.deepEqual([filer.tin, filer.tinType, filer.name], ['900001234', 'SSN', 'ANN & BEN FICTION']);
    assert.equal(spouseTin, '900005678');
  });
});

test('the example returns say who filed them', async () => {
  const { filer, returnType } = await readReturnHeader(example('harbor-lamp-2021.xml'));
  assert.deepEqual(
    [filer.tin, filer.name, returnType],
    ['071234567', 'Harbor Lamp Company (fictional)', '1120'],
  );
  assert.equal((await readReturnHeader(example('lantern-holdings-2021.xml'))).filer.tin, '087654321');
  assert.equal((await readReturnHeader(example('keel-2021.xml'))).filer.tin, '091112223');
});

/** Real filings: file, type, EIN, period, schema, and one item with the text that `grep` finds in the file. */
const filings = [
  [
    '202303569339300005.xml',
    '990T',
    '742050021',
    '2022-07-01',
    '2022v7.0',
    'IRS990T/BookValueAssetsEOYAmt',
    '75753127',
  ],
  [
    '202303569339300705.xml',
    '990T',
    '421460664',
    '2020-07-01',
    '2020v1.3',
    'IRS990T/BookValueAssetsEOYAmt',
    '48641315',
  ],
  [
    '202303569349100400.xml',
    '990PF',
    '300094637',
    '2022-07-01',
    '2022v5.0',
    'IRS990PF/FMVAssetsEOYAmt',
    '871029',
  ],
  [
    '201541349349307794.xml',
    '990',
    '201585919',
    '2014-01-01',
    '2014v5.0',
    'IRS990/GrossReceiptsAmt',
    '1753504',
  ],
] as const;

for (const [name, type, ein, from, version, path, value] of filings)
  test(`the real filing ${name}`, async (t) => {
    if (!existsSync(shared(name))) return t.skip('the shared data are not here');
    const header = await readReturnHeader(shared(name));
    assert.deepEqual(
      [header.returnType, header.filer.tin, header.period.from, header.schemaVersion],
      [type, ein, from, version],
    );
    assert.match(header.filer.name, /\w/);
    assert.equal(header.filer.nameControl?.length, 4);
    const { rows } = await rowsOf(shared(name), [path]);
    assert.deepEqual(
      rows.map((r) => r.value),
      [value],
    );
  });

test('the deliberately invalid return is refused, its valid twin is read', async (t) => {
  if (!existsSync(shared('irs990_return_TEST.xml'))) return t.skip('the shared data are not here');
  const problem = await problemOf(readReturnHeader(shared('irs990_invalid_return_TEST.xml')));
  assert.equal(problem.kind, 'not-a-return');
  assert.match(problem.what, /ReturnTypeCd names no type of return/);
  assert.equal((await readReturnHeader(shared('irs990_return_TEST.xml'))).returnType, '990');
  const manifest = await problemOf(readReturnHeader(shared('submission_manifest_TEST.xml')));
  assert.match(manifest.what, /not Return/);
});
