import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { header, problemOf, returnOf, rowsOf, withFile } from './extract.fixture.ts';
import { readReturnHeader } from './header.ts';

const good = returnOf('<D><A>SECRET</A></D>');

/** Name of the case, content of the file, kind of problem, and what the message must say. */
const bad: readonly (readonly [name: string, content: string | Uint8Array, kind: string, says: RegExp])[] = [
  ['an empty file', '', 'not-a-return', /empty/],
  ['a gzip file', gzipSync(good), 'not-a-return', /gzip/],
  ['a ZIP file', Buffer.from('PK\x03\x04rest'), 'not-a-return', /ZIP/],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${good}`, 'utf16le'), 'encoding-wrong', /UTF-16/],
  ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), 'encoding-wrong', /UTF-16/],
  [
    'Latin-1 bytes in a UTF-8 file',
    Buffer.from(good.replace('SECRET', 'Zürich'), 'latin1'),
    'encoding-wrong',
    /not UTF-8/,
  ],
  ['a declaration of Latin-1', good.replace('utf-8', 'ISO-8859-1'), 'encoding-wrong', /declaration/],
  ['a declaration of XML 1.1', good.replace('"1.0"', '"1.1"'), 'xml-forbidden', /1\.0/],
  ['text that is no XML', 'case: 1\nSECRET\n', 'xml-broken', /well-formed/],
  ['a DOCTYPE', good.replace('<Return ', '<!DOCTYPE Return SYSTEM "x"><Return '), 'xml-forbidden', /DOCTYPE/],
  [
    'an entity bomb',
    good
      .replace('<Return ', '<!DOCTYPE R [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Return ')
      .replace('SECRET', '&b;&b;&b;'),
    'xml-forbidden',
    /DOCTYPE/,
  ],
  ['an entity nobody defined', good.replace('SECRET', '&b;'), 'xml-broken', /entity/],
  ['a file cut short in a tag', good.slice(0, good.indexOf('SECRET') - 1), 'xml-broken', /cut short/],
  ['a file cut short in a text', good.slice(0, good.indexOf('SECRET') + 3), 'xml-broken', /cut short/],
  ['tags that cross', good.replace('</A></D>', '</D></A>'), 'xml-broken', /close tag/],
  ['an attribute twice', good.replace('<A>', '<A a="1" a="2">'), 'xml-broken', /attribute/],
  [
    'a prefix nobody declared',
    good.replace('<A>', '<q:A>').replace('</A>', '</q:A>'),
    'xml-broken',
    /prefix/,
  ],
  ['two roots', good + good.replace(/^<\?.*\?>\n/, ''), 'xml-broken', /one root/],
  ['text after the root', `${good}SECRET`, 'xml-broken', /outside/],
  ['another root', '<IRSSubmissionManifest xmlns="http://www.irs.gov/efile"/>', 'not-a-return', /not Return/],
  ['Return of no namespace', good.replace(/ xmlns="[^"]*"/, ''), 'not-a-return', /namespace/],
  ['no header', good.replace(header, ''), 'not-a-return', /ReturnHeader/],
  ['two headers', good.replace(header, header + header), 'not-a-return', /one ReturnHeader/],
  [
    'a header after the data',
    returnOf('').replace('</Return>', `${header}</Return>`),
    'not-a-return',
    /one ReturnHeader/,
  ],
  ['two ReturnData', good.replace('</Return>', '<ReturnData/></Return>'), 'not-a-return', /one ReturnData/],
  ['no ReturnData', good.replace(/<ReturnData>.*<\/ReturnData>/, ''), 'not-a-return', /ReturnData/],
  ['a type that is none', good.replace('1120', 'UNKNOWN'), 'not-a-return', /ReturnTypeCd/],
  ['no filer', good.replace(/<Filer>.*<\/Filer>/, ''), 'not-a-return', /EIN/],
  [
    'a filer with two numbers',
    good.replace('</Filer>', '<EIN>089999999</EIN></Filer>'),
    'not-a-return',
    /twice/,
  ],
  [
    'EIN and SSN',
    good.replace('</Filer>', '<PrimarySSN>900000000</PrimarySSN></Filer>'),
    'not-a-return',
    /both/,
  ],
  ['a number of eight digits', good.replace('071234567', '07123456'), 'not-a-return', /nine digits/],
  ['a day that does not exist', good.replace('2021-12-31', '2021-12-32'), 'not-a-return', /TaxPeriodEndDt/],
  [
    'a period that runs backwards',
    good.replace('2021-12-31', '2020-12-31'),
    'not-a-return',
    /before it begins/,
  ],
  [
    'more namespaces than memory should hold',
    returnOf(
      `<D>${'<A'.concat(Array.from({ length: 65 }, (_, n) => ` xmlns:n${n}="urn:${n}"`).join(''), '>').repeat(90)}`,
    ),
    'xml-forbidden',
    /namespaces/,
  ],
  ['a long text', good.replace('SECRET', 'SECRET'.repeat(400_000)), 'xml-forbidden', /longer/],
  ['a long comment', good.replace('SECRET', `<!--${'x'.repeat(2e6)}-->`), 'xml-forbidden', /longer/],
  [
    'a long CDATA section',
    good.replace('SECRET', `<![CDATA[${'x'.repeat(2e6)}]]>`),
    'xml-forbidden',
    /longer/,
  ],
  ['a long attribute', good.replace('<A>', `<A a="${'x'.repeat(2e6)}">`), 'xml-forbidden', /longer/],
  ['a long name', good.replace('<A>', `<${'A'.repeat(2e6)}>`), 'xml-forbidden', /longer/],
  ['a long run of spaces after the root', good + ' '.repeat(2e6), 'xml-forbidden', /longer/],
  ['a control character', good.replace('SECRET', '\u0001'), 'xml-broken', /character/],
];

for (const [name, content, kind, says] of bad)
  test(`refused, with file, line and column, and nothing of the return: ${name}`, async () => {
    await withFile(content, async (file) => {
      const problem = await problemOf(rowsOf(file, ['D/A']));
      assert.equal(problem.kind, kind);
      assert.match(problem.what, says);
      assert.match(problem.where ?? '', /return\.xml:\d+:\d+$/);
      const message = `${problem.what} ${problem.next}`;
      assert.doesNotMatch(message, /SECRET|071234567|089999999/);
      assert.ok(message.length < 400, 'an error does not swallow the file');
    });
  });

test('the place of a byte that is not UTF-8 is that byte, also far into the file', async () => {
  const lines = `${'<D><A>é</A></D>\n'.repeat(20_000)}<D><A>é`;
  const bytes = Buffer.concat([
    Buffer.from(returnOf('').split('</ReturnData>')[0] ?? ''),
    Buffer.from(lines),
    Buffer.from([0xff]),
  ]);
  await withFile(bytes, async (file) => {
    const newlines = [...bytes].filter((byte) => byte === 0x0a).length;
    assert.ok((await problemOf(rowsOf(file, ['D/A']))).where?.endsWith(`:${newlines + 1}:8`));
  });
});

test('a file that is not there and a directory are refused by name', async () => {
  await withFile(good, async (file) => {
    const missing = await problemOf(rowsOf(join(dirname(file), 'none.xml'), ['D/A']));
    assert.deepEqual([missing.kind, missing.what], ['file-unreadable', 'There is no such file.']);
    const directory = await problemOf(rowsOf(dirname(file), ['D/A']));
    assert.deepEqual([directory.kind, directory.what], ['file-unreadable', 'This is a directory.']);
    assert.equal(directory.where, dirname(file));
  });
});

test('100 MB of nesting is refused near its start, without reading on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-'));
  try {
    const file = join(folder, 'deep.xml');
    const out = openSync(file, 'w');
    writeSync(out, returnOf('').split('</ReturnData>')[0] ?? '');
    const mega = Buffer.from('<D>'.repeat(349_525));
    for (let n = 0; n < 100; n += 1) writeSync(out, mega);
    closeSync(out);
    let read = 0;
    const problem = await problemOf(rowsOf(file, ['D/A'], { progress: (bytes) => (read = bytes) }));
    assert.equal(problem.kind, 'too-deep');
    assert.ok(read < 1e6);
    assert.equal((await problemOf(rowsOf(file, ['D/D/D/D'], {}))).kind, 'too-deep');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an error of the sink is the caller’s, and comes through as it is', async () => {
  await withFile(good, async (file) => {
    const { extractItems } = await import('./extract.ts');
    const full = new Error('the disk is full');
    await assert.rejects(
      extractItems(file, ['D/A'], () => Promise.reject(full)),
      full,
    );
  });
});

test('the header alone is read from a file that breaks after it', async () => {
  await withFile(good.replace('<D>', '<D'), async (file) => {
    assert.equal((await readReturnHeader(file)).filer.tin, '071234567');
  });
});
