import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { z } from 'zod';
import type { caseSchema } from '../src/casework/schema.ts';
import { canonicalJson } from '../src/ground/canonical.ts';
import { day } from '../src/ground/dates.ts';
import { sha256 } from '../src/ground/digest.ts';

/** DESIGN section 5.1: what Customs receives, compared byte for byte. The adversary is the one who asked. */

const root = fileURLToPath(new URL('../', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'waybill-outward-'));
after(() => rmSync(dir, { recursive: true }));

const RETURNS = join(root, 'examples/harbor-lamp/returns');
const example = readFileSync(join(root, 'examples/harbor-lamp/case.yaml'), 'utf8');

type Draft = z.output<typeof caseSchema>;

/** The example with nothing against any item of the importer; then one thing against its purchases. */
const draft = (against: (one: Draft) => void): Draft => {
  const one = parse(example) as Draft;
  one.findings = one.findings.filter((f) => f.finds !== 'seriously impairs' || f.answer !== true);
  for (const f of one.findings) if (f.finds === 'seriously impairs') delete f.of;
  const laterOnly = ['use is necessary', 'cannot otherwise be accomplished'];
  one.findings = one.findings.filter((f) => !laterOnly.includes(f.finds));
  one.proposals = [];
  against(one);
  return one;
};

let runs = 0;
const run = (one: Draft, returns = RETURNS) => {
  const name = join(dir, String(++runs));
  writeFileSync(`${name}.yaml`, stringify(one, { aliasDuplicateObjects: false }));
  const { status, stdout, stderr } = spawnSync(
    join(root, 'waybill'),
    ['run', `${name}.yaml`, '--returns', returns, '--out', name],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  const read = (file: string) => readFileSync(join(name, file), 'utf8');
  return {
    stdout,
    letter: read('letter.txt'),
    json: read('extract.json'),
    csv: read('extract.csv'),
    record: read('determinations.json'),
  };
};

/** Digests, and where in the return a value stands, differ from run to run and from return to return. */
const masked = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{64}/g, '#')
    .replaceAll(/"byteOffset":\d+/g, '"byteOffset":#')
    .replaceAll(/,\d+,#/g, ',#,#');

const only =
  (finds: Draft['findings'][number]['finds'], answer: boolean | 'whole' | 'part') => (one: Draft) => {
    const found = one.findings.find((f) => f.finds === finds);
    assert.ok(found);
    const others = one.items.map((item) => item.id).filter((id) => id !== 'purchases');
    one.findings.push({ ...found, of: ['purchases'], answer });
    found.of = others;
  };

const causes: Readonly<Record<string, (one: Draft) => void>> = {
  'an informant': only('identifies informant', true),
  'an investigation': only('seriously impairs', true),
  'a treaty': only('treaty', 'whole'),
  'a part that a treaty holds back': (one) => {
    only('treaty', 'part')(one);
    const last = one.findings.at(-1);
    if (last) last.stripped = true;
  },
  'an Advance Pricing Agreement file': (one) => {
    one.records.push({
      id: 'apa',
      taxpayer: 'harbor-lamp',
      source: 'APA',
      period: { from: day('2021-01-01'), to: day('2021-12-31') },
    });
    const item = one.items.find(({ id }) => id === 'purchases');
    if (item) item.record = 'apa';
  },
  'no record': (one) => {
    const item = one.items.find(({ id }) => id === 'purchases');
    if (item) delete item.record;
  },
  'not necessary': only('necessary to determination', false),
  'a question still open': (one) => {
    const asked = one.findings.find((f) => f.finds === 'seriously impairs');
    if (asked) asked.of = one.items.map((item) => item.id).filter((id) => id !== 'purchases');
  },
};

const shared = run(draft(causes['an informant'] ?? (() => undefined)));

describe('whatever stands against an item inside, Customs receives the same bytes', () => {
  for (const [name, against] of Object.entries(causes))
    test(name, () => {
      const sent = run(draft(against));
      assert.match(sent.letter, /1 \| .*Form 1125-A, line 2 .*not disclosed/);
      for (const file of ['letter', 'json', 'csv'] as const)
        assert.equal(masked(sent[file]), masked(shared[file]), file);
    });

  test('a line that the return does not have', () => {
    const returns = mkdtempSync(join(dir, 'returns-'));
    cpSync(RETURNS, returns, { recursive: true });
    const file = join(returns, 'harbor-lamp-2021.xml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\s*<PurchasesAmt>\d+<\/PurchasesAmt>/, ''));
    const sent = run(
      draft(() => undefined),
      returns,
    );
    for (const kind of ['letter', 'json', 'csv'] as const)
      assert.equal(masked(sent[kind]), masked(shared[kind]), kind);
  });

  test('and with nothing against it, other bytes: the comparison can fail', () => {
    assert.notEqual(masked(run(draft(() => undefined)).letter), masked(shared.letter));
  });
});

test('the digest in the letter is of the record, and confirms no guess at it', () => {
  const digest = /Determination: ([0-9a-f]{64})/.exec(shared.letter)?.[1];
  assert.equal(sha256(shared.record), digest);
  const { salt, ...guess } = JSON.parse(shared.record) as { salt: string };
  assert.match(salt, /^[0-9a-f]{64}$/);
  for (const guessed of [canonicalJson(guess), JSON.stringify(guess), `${JSON.stringify(guess, null, 2)}\n`])
    assert.notEqual(sha256(guessed), digest);
  assert.ok(![shared.letter, shared.json, shared.csv].join().includes(salt));
  const again = run(draft(causes['an informant'] ?? (() => undefined)));
  assert.notEqual(/Determination: ([0-9a-f]{64})/.exec(again.letter)?.[1], digest);
});

describe('only what stands whole in a return is taken out of it', () => {
  const whole: Readonly<Record<string, (one: Draft) => void>> = {
    'of which a treaty holds a part back': causes['a part that a treaty holds back'] ?? (() => undefined),
    'that is an adjustment': (one) => {
      const item = one.items.find(({ id }) => id === 'purchases');
      if (item) item.adjusts = 'royalties';
    },
    'from an examination': (one) => {
      const record = one.records.find(({ id }) => id === 'harbor-return');
      if (record) record.source = 'examination';
    },
  };
  for (const [name, against] of Object.entries(whole))
    test(`a permitted item ${name} is left for a person to prepare`, () => {
      const sent = run(draft(against));
      assert.match(sent.stdout, /1\. purchases — permitted, but/);
      assert.ok(!sent.json.includes('IRS1125A/PurchasesAmt'));
      const file = join(dir, String(runs));
      const refused = spawnSync(
        join(root, 'waybill'),
        [
          'extract',
          join(RETURNS, 'harbor-lamp-2021.xml'),
          '--item',
          'IRS1125A/PurchasesAmt',
          '--case',
          `${file}.yaml`,
        ],
        { encoding: 'utf8' },
      );
      assert.equal(refused.status, 2);
      assert.equal(refused.stdout, '');
    });
});
