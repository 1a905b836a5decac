import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('run: the return itself, not the case, says whose it is and of which year', () => {
  const out = join(dir, 'other');
  const swapped = example.replace('file: harbor-lamp-2021.xml', 'file: keel-2021.xml');
  const file = put('swapped.yaml', swapped);
  assert.equal(waybill('run', file, '--returns', RETURNS, '--out', out).status, 0);
  assert.ok(!readFileSync(join(out, 'extract.json'), 'utf8').includes('091112223'));
});
