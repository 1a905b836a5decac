import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { ProblemError, type ProblemKind } from '../../ground/problem.ts';
import { csv } from './csv.ts';
import { extractItems } from './extract.ts';
import { readReturnHeader } from './header.ts';
import { json } from './json.ts';
import { toRecord } from './record.ts';
import type { Row } from './row.ts';

const dir = mkdtempSync(join(tmpdir(), 'waybill-extract-'));
after(() => rmSync(dir, { recursive: true }));

let files = 0;
const fileOf = (content: string | Uint8Array): string => {
  const path = join(dir, `${++files}.xml`);
  writeFileSync(path, content);
  return path;
};

const NS = 'http://www.irs.gov/efile';
const HEADER =
  '<ReturnHeader><TaxPeriodEndDt>2021-12-31</TaxPeriodEndDt><ReturnTypeCd>1120</ReturnTypeCd><TaxPeriodBeginDt>2021-01-01</TaxPeriodBeginDt>' +
  '<Filer><EIN>071234567</EIN><BusinessName><BusinessNameLine1Txt>Größe &amp; Cie (fictional)</BusinessNameLine1Txt></BusinessName></Filer></ReturnHeader>';
const returnOf = (data: string, open = `<Return xmlns="${NS}" returnVersion="2021v5.0">`): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${open}${HEADER}<ReturnData>${data}</ReturnData></Return>`;

const rowsOf = async (file: string, paths: readonly string[], chunkSize?: number): Promise<Row[]> => {
  const rows: Row[] = [];
  await extractItems(
    file,
    paths,
    (some) => void rows.push(...some),
    chunkSize === undefined ? {} : { chunkSize },
  );
  return rows;
};

const refuses = async (
  content: string | Uint8Array,
  kind: ProblemKind,
  paths = ['IRS1120/A'],
): Promise<void> => {
  const file = fileOf(content);
  await assert.rejects(rowsOf(file, paths), (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problems[0].kind, kind, error.message);
    assert.ok(error.problems[0].next.length > 10);
    return true;
  });
};

/** Values and documents of a return as data, and the obvious list of what its items are. */
const documents = fc.array(
  fc.record({
    name: fc.constantFrom('IRS5472', 'IRS1125A', 'IRS1120'),
    items: fc.array(
      fc.record({
        name: fc.constantFrom('A', 'B', 'Ç'),
        value: fc.string({ unit: fc.constantFrom('a', ' ', '&', '<', '€', '😀', '1', ']]>') }),
      }),
      { maxLength: 5 },
    ),
  }),
  { maxLength: 6 },
);

const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&#62;');

test('in any pieces, the rows are those that a reader of the whole would list', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.integer({ min: 100, max: 400 }), async (docs, chunkSize) => {
      const xml = docs
        .map(
          ({ name, items }, n) =>
            `<${name} documentId="D${n}">${items.map((one) => `<${one.name}>${escaped(one.value)}</${one.name}>`).join('')}</${name}>`,
        )
        .join('\n');
      const wanted = ['IRS5472/A', 'IRS1125A/Ç', 'IRS1120/B'];
      const rows = await rowsOf(fileOf(returnOf(xml)), wanted, chunkSize);
      const expected = docs.flatMap(({ name, items }, n) =>
        items
          .filter((one) => wanted.includes(`${name}/${one.name}`))
          .map((one) => [`${name}/${one.name}`, one.value, `D${n}`]),
      );
      assert.deepEqual(
        rows.map((row) => [row.path, row.value, row.documentId]),
        expected,
      );
    }),
    { numRuns: 60 },
  );
});

test('the byte offset is that of the element’s “<” in the file, whatever stands before it', async () => {
  for (const before of ['', '\uFEFF']) {
    const text = before + returnOf('<IRS1120><Name>Ångström 東京 😀</Name><A>1</A><A>2</A></IRS1120>');
    const file = fileOf(text);
    const bytes = readFileSync(file);
    for (const row of await rowsOf(file, ['IRS1120/A'], 120))
      assert.equal(
        bytes.subarray(row.byteOffset, row.byteOffset + 6).toString(),
        `<A>${row.value}</`.slice(0, 6),
      );
  }
});

test('repeated documents come out as repeated rows, numbered', async () => {
  const file = fileOf(
    returnOf('<IRS5472 documentId="x"><A>1</A></IRS5472><IRS5472 documentId="y"><A>2</A><A>3</A></IRS5472>'),
  );
  assert.deepEqual(
    (await rowsOf(file, ['IRS5472/A'])).map((row) => [
      row.documentIndex,
      row.elementIndex,
      row.documentId,
      row.value,
    ]),
    [
      [1, 1, 'x', '1'],
      [2, 1, 'y', '2'],
      [2, 2, 'y', '3'],
    ],
  );
});

test('exactly the item: not a namesake elsewhere, not one of another namespace; CDATA, references, attributes as filed', async () => {
  const file = fileOf(
    returnOf(
      '<e:IRS1120 code="7&amp;8"><e:A><![CDATA[1 < 2]]>&#33;</e:A><x:A>no</x:A><e:G><e:A>no</e:A></e:G></e:IRS1120><e:IRS5472><e:A>no</e:A></e:IRS5472>',
      `<e:Return xmlns:e="${NS}" xmlns:x="urn:x" returnVersion="2021v5.0">`,
    )
      .replace('</Return>', '</e:Return>')
      .replaceAll(
        /<(\/?)(ReturnHeader|ReturnData|TaxPeriod\w+|ReturnTypeCd|Filer|EIN|BusinessName\w*)>/g,
        '<$1e:$2>',
      ),
  );
  assert.deepEqual((await rowsOf(file, ['IRS1120/A', 'IRS1120/@code'])).map((row) => row.value).sort(), [
    '1 < 2!',
    '7&8',
  ]);
});

test('the header says whose return it is; the digest is of the whole file; what is not there is counted as 0', async () => {
  const file = fileOf(returnOf('<IRS1120><A>1</A></IRS1120>'));
  const extraction = await extractItems(file, ['IRS1120/A', 'IRS1120/B'], () => undefined);
  assert.equal(extraction.digest, createHash('sha256').update(readFileSync(file)).digest('hex'));
  assert.deepEqual(
    [...extraction.counts],
    [
      ['IRS1120/A', 1],
      ['IRS1120/B', 0],
    ],
  );
  const header = await readReturnHeader(file);
  assert.deepEqual(header, extraction.header);
  assert.deepEqual(
    [header.filer.tin, header.filer.tinType, header.filer.name, header.period],
    ['071234567', 'EIN', 'Größe & Cie (fictional)', { from: '2021-01-01', to: '2021-12-31' }],
  );
});

test('a group of elements is no item: it is refused by naming what is in it', async () => {
  const file = fileOf(returnOf('<IRS1120><G><A>1</A></G></IRS1120>'));
  await assert.rejects(
    rowsOf(file, ['IRS1120/G']),
    (error: unknown) => error instanceof ProblemError && /IRS1120\/G\/A/.test(error.problems[0].next),
  );
});

test('a DOCTYPE is refused before any entity is expanded', async () => {
  const bomb = `<!DOCTYPE r [<!ENTITY a "x">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "&a${n - 1};&a${n - 1};">`).join('')}]>`;
  await refuses(returnOf('<IRS1120><A>&a29;</A></IRS1120>').replace('?>\n', `?>\n${bomb}`), 'xml-forbidden');
});

test('what is broken is refused', async () => {
  const whole = returnOf('<IRS1120><A>1</A></IRS1120>');
  await refuses(whole.slice(0, -20), 'xml-broken');
  await refuses('', 'not-a-return');
  await refuses('<Return/>', 'not-a-return');
  await refuses(`${whole}<Return/>`, 'xml-broken');
  await refuses(gzipSync(whole), 'not-a-return');
  await refuses(Buffer.from(whole.replace('utf-8', 'utf-16'), 'utf16le'), 'encoding-wrong');
  await refuses(Buffer.from(whole.replace('<A>1', '<A>é'), 'latin1'), 'encoding-wrong');
  await refuses(whole.replace('1120</ReturnTypeCd>', 'UNKNOWN</ReturnTypeCd>'), 'not-a-return');
});

test('deep nesting is refused long before it fills the memory', async () => {
  await refuses(returnOf(`<IRS1120>${'<G>'.repeat(5_000_000)}`), 'too-deep');
});

test('a missing file and a folder are refused', async () => {
  for (const path of [join(dir, 'none.xml'), dir])
    await assert.rejects(
      rowsOf(path, ['IRS1120/A']),
      (error: unknown) => error instanceof ProblemError && error.problems[0].kind === 'file-unreadable',
    );
});

test('no text of the return stands in a message', async () => {
  const file = fileOf(returnOf('<IRS1120><A>PLANTED-071234567</B></IRS1120>'));
  await assert.rejects(
    rowsOf(file, ['IRS1120/A']),
    (error: unknown) => error instanceof ProblemError && !JSON.stringify(error.problems).includes('PLANTED'),
  );
});

test('CSV calculates nothing in a spreadsheet, and amounts stay amounts', async () => {
  const values = ['=1+1', '@SUM(A1)', '+x', '-500', '-x', '12', 'a,b', 'say "hi"'];
  const file = fileOf(
    returnOf(`<IRS1120>${values.map((value) => `<A>${escaped(value)}</A>`).join('')}</IRS1120>`),
  );
  const records = (await rowsOf(file, ['IRS1120/A'])).map((row) => toRecord(row, '0'.repeat(64)));
  const lines = (csv.head() + csv.records(records, 0) + csv.tail()).trim().split('\r\n').slice(1);
  assert.deepEqual(
    lines.map((line) => line.replace(/^IRS1120\/A,/, '').replace(/,1120,.*$/, '')),
    ["'=1+1", "'@SUM(A1)", "'+x", '-500', "'-x", '12', '"a,b"', '"say ""hi"""'],
  );
  const parsed = JSON.parse(
    json.head() + json.records(records.slice(0, 3), 0) + json.records(records.slice(3), 3) + json.tail(),
  ) as { value: string }[];
  assert.deepEqual(
    parsed.map((one) => one.value),
    values,
  );
});

const shared = fileURLToPath(new URL('../../../../shared/data/returns/', import.meta.url));

test('real filings are read, and the deliberately invalid one is refused', async (t) => {
  if (!existsSync(shared)) return t.skip('no real filings here: ../shared/data/returns is absent');
  for (const name of [
    '202303569339300005.xml',
    '202303569339300705.xml',
    '202303569349100400.xml',
    '201541349349307794.xml',
    'irs990_return_TEST.xml',
  ])
    assert.match((await readReturnHeader(join(shared, name))).filer.tin, /^\d{9}$/, name);
  const rows = await rowsOf(join(shared, '202303569339300005.xml'), ['IRS990T/BookValueAssetsEOYAmt']);
  assert.match(rows[0]?.value ?? '', /^\d+$/);
  await assert.rejects(
    rowsOf(join(shared, 'irs990_invalid_return_TEST.xml'), ['IRS990/GrossReceiptsAmt']),
    ProblemError,
  );
});
