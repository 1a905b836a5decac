import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'waybill-commands-'));
after(() => rmSync(dir, { recursive: true }));

const CASE = 'examples/harbor-lamp/case.yaml';
const RETURNS = 'examples/harbor-lamp/returns';
const HARBOR = `${RETURNS}/harbor-lamp-2021.xml`;

const waybill = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(join(root, 'waybill'), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '', FORCE_COLOR: '0' },
  });
  return { status, stdout, stderr };
};
const put = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
const example = readFileSync(join(root, CASE), 'utf8');
const permittedCase = readFileSync(join(root, 'scenarios/base/request.yaml'), 'utf8');

test('decide: 0 where all is permitted, 1 where something is not, and lines of at most 80 columns', () => {
  assert.equal(waybill('decide', 'scenarios/base/request.yaml').status, 0);
  const { status, stdout } = waybill('decide', CASE);
  assert.equal(status, 1);
  assert.match(stdout, /✗ \(e\) impairment/);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
});

test('decide --json says the same to a machine; --as-of applies the law of that day', () => {
  const report = JSON.parse(waybill('decide', 'scenarios/base/request.yaml', '--json').stdout) as {
    decisions: { verdict: string }[];
  };
  assert.deepEqual(
    report.decisions.map((one) => one.verdict),
    ['permitted', 'permitted'],
  );
  const before = JSON.parse(
    waybill('decide', 'scenarios/base/request.yaml', '--json', '--as-of', '1994-03-10').stdout,
  ) as { decisions: { verdict: string }[] };
  assert.deepEqual(
    before.decisions.map((one) => one.verdict),
    ['refused', 'refused'],
  );
});

describe('bad input: exit 2, what and where and what next on standard error, nothing on standard output', () => {
  const broken = put('broken.xml', readFileSync(join(root, HARBOR), 'utf8').slice(0, 2000));
  const commands: Readonly<Record<string, readonly string[]>> = {
    'a case that is not there': ['decide', join(dir, 'none.yaml')],
    'a case that is none': ['decide', 'package.json'],
    'a form that no one files': [
      'decide',
      put('form.yaml', permittedCase.replace('form: 1125-A', 'form: 1125-Z')),
    ],
    'a line that the form does not have': [
      'decide',
      put('line.yaml', permittedCase.replace(/line: ['"]2['"]/, 'line: "99"')),
    ],
    'a day that does not exist': ['decide', CASE, '--as-of', '2026-02-30'],
    'a path that matches nothing': ['extract', HARBOR, '--item', 'IRS1120/NoSuchAmt'],
    'an item named twice': ['extract', HARBOR, '--item', 'IRS1125A/PurchasesAmt', 'IRS1125A/PurchasesAmt'],
    'a return cut short': ['extract', broken, '--item', 'IRS1120/GrossReceiptsOrSalesAmt'],
    'an item that the case refuses': [
      'extract',
      HARBOR,
      '--item',
      'IRS1125A/CostOfGoodsSoldAmt',
      '--case',
      CASE,
    ],
    'an item that the case never asked for': [
      'extract',
      HARBOR,
      '--item',
      'IRS1120/TotalAssetsAmt',
      '--case',
      CASE,
    ],
    'a paragraph that is not there': ['explain', '(z)'],
    'a form that is not there': ['items', '--form', '9999'],
    'returns that are not there': ['run', CASE, '--returns', dir, '--out', join(dir, 'never')],
    'no such command': ['frobnicate'],
  };
  for (const [name, args] of Object.entries(commands))
    test(name, () => {
      const { status, stdout, stderr } = waybill(...args);
      assert.equal(status, 2, stderr);
      assert.equal(stdout, '');
      assert.ok(/→ .{10}|--help/.test(stderr), stderr);
      assert.ok(!/\n\s+at /.test(stderr), stderr);
    });
});

test('extract: each row says what, where and whose; a permitted item of a case comes out', () => {
  const { status, stdout } = waybill(
    'extract',
    HARBOR,
    '--item',
    'IRS5472/StockPurchasesTradeAmt',
    '--case',
    CASE,
  );
  assert.equal(status, 0);
  const rows = JSON.parse(stdout) as Record<string, unknown>[];
  assert.equal(rows.length, 2);
  for (const key of ['path', 'value', 'form', 'line', 'documentId', 'period', 'filer', 'byteOffset'])
    assert.ok(key in (rows[0] ?? {}), key);
  assert.deepEqual([rows[0]?.['form'], rows[0]?.['line']], ['5472', '23']);
  assert.match(
    waybill('extract', HARBOR, '--item', 'IRS5472/StockPurchasesTradeAmt', '--csv').stdout,
    /^path,value,form,line,/,
  );
});

/** The value of the first such element, as it stands in the file. */
const valueIn = (file: string, element: string) =>
  new RegExp(`<${element}>([^<]+)<`).exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';

test('run: what goes to Customs holds the permitted values and none of the refused, nor why', () => {
  const out = join(dir, 'out');
  assert.equal(waybill('run', CASE, '--returns', RETURNS, '--out', out).status, 0);
  assert.deepEqual(readdirSync(out).sort(), [
    'determinations.json',
    'extract.csv',
    'extract.json',
    'letter.pdf',
    'letter.txt',
  ]);
  const outward = ['extract.json', 'extract.csv', 'letter.txt'].map((name) =>
    readFileSync(join(out, name), 'utf8'),
  );
  const purchases = valueIn(HARBOR, 'PurchasesAmt');
  for (const text of outward) assert.ok(text.replaceAll(',', '').includes(purchases));
  const refused = [
    valueIn(HARBOR, 'CommissionsPaidAmt'),
    valueIn(`${RETURNS}/keel-2021.xml`, 'PurchasesAmt'),
    /<IRS1125A[\s\S]*?<CostOfGoodsSoldAmt>(\d+)</.exec(readFileSync(join(root, HARBOR), 'utf8'))?.[1] ?? '',
  ];
  for (const text of outward)
    for (const value of refused)
      assert.ok(value.length > 3 && !text.replaceAll(',', '').includes(value), value);
  const letter = outward[2] ?? '';
  assert.ok(!/impair|informant|Advance Pricing|APA/i.test(letter), 'the letter tells why');
  assert.ok(readFileSync(join(out, 'letter.pdf')).subarray(0, 5).equals(Buffer.from('%PDF-')));
});

test('run: a return that breaks off leaves nothing behind', () => {
  const returns = mkdtempSync(join(dir, 'returns-'));
  for (const name of readdirSync(join(root, RETURNS))) {
    const text = readFileSync(join(root, RETURNS, name), 'utf8');
    writeFileSync(join(returns, name), name.startsWith('lantern') ? text.slice(0, -60) : text);
  }
  const out = join(dir, 'half');
  assert.equal(waybill('run', CASE, '--returns', returns, '--out', out).status, 2);
  assert.deepEqual(readdirSync(out), []);
});

test('run: the return itself, not the case, says whose it is and of which year', () => {
  const out = join(dir, 'other');
  const swapped = example.replace('file: harbor-lamp-2021.xml', 'file: keel-2021.xml');
  const file = put('swapped.yaml', swapped);
  assert.equal(waybill('run', file, '--returns', RETURNS, '--out', out).status, 0);
  assert.ok(!readFileSync(join(out, 'extract.json'), 'utf8').includes('091112223'));
});

test('run: the real filings: 990-T is chapter 1, 990-PF is chapter 42', (t) => {
  const shared = join(root, '../shared/data/returns');
  if (!existsSync(shared)) return t.skip('no real filings here: ../shared/data/returns is absent');
  const filing = (name: string) => {
    const text = readFileSync(join(shared, name), 'utf8');
    const one = (element: string) => new RegExp(`<${element}>([^<]+)<`).exec(text)?.[1] ?? '';
    const filer = /<Filer>[\s\S]*?<EIN>(\d+)</.exec(text)?.[1] ?? '';
    return { name, ein: filer, period: `{ from: ${one('TaxPeriodBeginDt')}, to: ${one('TaxPeriodEndDt')} }` };
  };
  const [t1, t2, pf] = [
    filing('202303569339300005.xml'),
    filing('202303569339300705.xml'),
    filing('202303569349100400.xml'),
  ];
  const item = (id: string, taxpayer: string, path: string, period: string, record: string) =>
    `  - { id: ${id}, taxpayer: ${taxpayer}, path: ${path}, period: ${period}, purposes: [correctness of an entry], purpose: To test., necessity: It is., relatesTo: declared value, record: ${record} }\n`;
  const taxpayers = [t1, t2, pf]
    .map(
      (one, n) =>
        `  - { id: filer-${n}, name: Filer ${n}, tin: "${one.ein}", certified: ${n === 0 ? 'audit initiated' : 'relationship'}${n === 0 ? '' : ', relationship: { kind: ownership, with: filer-0 }'} }\n`,
    )
    .join('');
  const records = [t1, t2, pf]
    .map(
      (one, n) =>
        `  - { id: r-${n}, taxpayer: filer-${n}, source: return, period: ${one.period}, file: "${one.name}" }\n`,
    )
    .join('');
  const path = 'IRS990T/BookValueAssetsEOYAmt';
  const items =
    item('t-one', 'filer-0', path, t1.period, 'r-0') +
    item('t-two', 'filer-1', path, t2.period, 'r-1') +
    item('pf', 'filer-2', 'IRS990PF/FMVAssetsEOYAmt', pf.period, 'r-2');
  const text = permittedCase
    .replace(/taxpayers:[\s\S]*?records:/, `taxpayers:\n${taxpayers}records:`)
    .replace(/records:[\s\S]*?items:/, `records:\n${records}items:`)
    .replace(/items:[\s\S]*?sender:/, `items:\n${items}sender:`)
    .replace('subject: lamp', 'subject: filer-0')
    .replace('[sister-purchases]', '[t-two, pf]');
  const out = join(dir, 'real');
  const { status, stdout, stderr } = waybill(
    'run',
    put('real.yaml', text),
    '--returns',
    shared,
    '--out',
    out,
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, /t-one — permitted: 1 value taken/);
  assert.match(stdout, /t-two — permitted: 1 value taken/);
  assert.match(stdout, /pf — refused \(a\) chapter: outward, returned for cure/);
  assert.ok(!readFileSync(join(out, 'extract.json'), 'utf8').includes(pf.ein));
});

test('explain, items, new and doctor do what their names say', () => {
  assert.match(waybill('explain', '(h)').stdout, /last resort[\s\S]*Scenarios/);
  assert.match(waybill('explain', 'customs-to-importer').stdout, /importer/);
  assert.match(waybill('explain', CASE).stdout, /✗ not met/);
  assert.match(waybill('items', 'royalt', '--form', '5472').stdout, /RoyaltiesPaidAmt/);
  assert.equal(waybill('doctor').status, 0);
  assert.equal(waybill('decide', put('new.yaml', waybill('new', 'case').stdout)).status, 1);
  assert.ok('properties' in (JSON.parse(waybill('new', 'schema').stdout) as object));
});
