import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const { DATABASE_URL: _ofTheTests, ...environment } = process.env;

const run = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: {
        ...environment,
        NO_COLOR: '1',
        NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-test-compiled'),
      },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
  });

test(
  'the demo goes from the letter to the end of use, and leaves three nodes to go on with',
  { timeout: 300_000 },
  async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'waybill-demo-'));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const keep = join(dir, 'demo');
    const played = await run('demo', '--keep', keep);
    assert.equal(played.code, 0, `${played.out}${played.err}`);
    for (const log of ['irs', 'irs-review', 'customs', 'justice'])
      assert.match(played.out, new RegExp(`✓ ${log}: \\d+ entries whole`));
    // Every attempt that the law bars was made, and refused with its paragraph.
    assert.equal(played.out.match(/: refused\./g)?.length, 9);
    for (const cite of ['(a)', '(b)(4)', '(f)', '(h)(1)', '(i)', '(j)'])
      assert.ok(played.out.includes(`[${cite}]`), cite);
    assert.ok(existsSync(join(keep, 'opened', 'letter.pdf')));

    const [irs, customs, justice] = ['irs', 'customs', 'justice'].map((office) => join(keep, office));
    assert.ok(irs !== undefined && customs !== undefined && justice !== undefined);
    await t.test('the record of one taxpayer is proven to be all there is', async () => {
      const folder = join(dir, 'complete');
      const made = await run('record', '--data', customs, '--taxpayer', '07-1234567', '--complete', folder);
      assert.equal(made.code, 0, made.err);
      const vkey = join(keep, 'logs', 'customs', 'vkey');
      assert.match((await run('verify', folder, '--key', vkey)).out, /the record is complete/);
      const file = join(folder, 'record.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('item-opened', 'item-used'));
      assert.notEqual((await run('verify', folder, '--key', vkey)).code, 0, 'a row that was changed is seen');
    });
    await t.test('the inspector’s sample has no gap, and nothing stands out', async () => {
      const all = ['--data', irs, customs, justice];
      assert.equal((await run('sample', '--n', '25', '--seed', 'dice', ...all)).code, 0);
      const found = await run('anomalies', ...all);
      assert.equal(found.code, 0, found.out);
    });
    await t.test('the custody map has its table, and the recalled item is gone', async () => {
      const pictures = join(dir, 'map');
      const drawn = await run('map', 'CBP-2026-0147', '--data', irs, customs, justice, '--out', pictures);
      assert.equal(drawn.code, 0, drawn.err);
      assert.match(readFileSync(join(pictures, 'custody.svg'), 'utf8'), /<title/);
      assert.match(readFileSync(join(pictures, 'custody.txt'), 'utf8'), /made undisclosable/);
      const look = await run(
        'open',
        'CBP-2026-0147',
        'royalties',
        '--data',
        customs,
        '--as',
        'jordan-vale',
        '--because',
        'To look.',
        '--audit',
        'TRA-2026-17',
      );
      assert.equal(look.code, 2);
      assert.match(look.err, /recalled|undisclosable/);
    });
    await t.test('a question that is refused is an answer, the same however often it is asked', async () => {
      const ask = (...more: string[]) =>
        run(
          'may-i',
          'CBP-2026-0147',
          '--data',
          customs,
          '--as',
          'jordan-vale',
          '--item',
          'purchases',
          '--matter',
          'another audit',
          '--audit',
          'TRA-2026-31',
          '--aim',
          'correctness',
          '--because',
          'It saves a request.',
          ...more,
        );
      const entries = async () =>
        /recorded(?: before)?: (.*),/.exec((await ask('--do', '--act', id)).out)?.[1];
      const id = randomUUIDv7();
      const first = await ask('--do', '--act', id, '--workpaper', 'WP-1', '--entry', 'B76-0324527-8');
      assert.equal(first.code, 1, first.err);
      assert.match(first.out, /refused.*\[\(f\)\]/s);
      assert.doesNotMatch(first.out, /Done/);
      const again = await ask('--do', '--act', id, '--workpaper', 'WP-1', '--entry', 'B76-0324527-8');
      assert.equal(again.code, 1, 'given again, it was not done either');
      assert.match(again.out, /recorded before/);
      assert.doesNotMatch(again.out, /Done/);
      assert.equal(await entries(), undefined, 'the id is not taken for another question');
      assert.equal((await ask()).code, 1);
    });
    await t.test('Justice opens what was referred to it, and whoever is not engaged does not', async () => {
      const open = (who: string, item: string) =>
        run(
          'open',
          'CBP-2026-0147',
          item,
          '--data',
          justice,
          '--as',
          who,
          '--because',
          'To prepare the suit.',
          '--audit',
          'TRA-2026-17',
          '--stage',
          'preparation',
        );
      const opened = await open('toni-brook', 'purchases');
      assert.equal(opened.code, 0, opened.err);
      assert.match(opened.out, /^Federal Tax Information\n[\s\S]*"value": "31250002"/);
      const stranger = await open('max-ferris', 'purchases');
      assert.equal(stranger.code, 2);
      assert.match(stranger.err, /\(g\)/);
      const locked = await open('toni-brook', 'sister-purchases');
      assert.equal(locked.code, 2);
      assert.match(locked.err, /\(i\)/);
      const { out } = await run('record', '--data', justice);
      assert.match(out, /a look refused/, 'an attempt is on record');
    });
    await t.test('the IRS’s exported log is verified by golang.org/x/mod, which is not ours', async (t) => {
      const gopath = '/usr/share/gocode';
      if (spawnSync('go', ['version']).status !== 0 || !existsSync(join(gopath, 'src/golang.org/x/mod')))
        return t.skip('no Go here: apt-get install golang-go golang-golang-x-mod-dev');
      const verifier = join(dir, 'verify');
      const source = fileURLToPath(new URL('../interop/verify.go', import.meta.url));
      const env = { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOFLAGS: '' };
      assert.equal(spawnSync('go', ['build', '-o', verifier, source], { env }).status, 0);
      const log = join(keep, 'logs', 'irs');
      const card = JSON.parse(readFileSync(join(customs, 'office.json'), 'utf8')) as { cosigner: string };
      const seen = join(dir, 'seen.txt');
      assert.equal((await run('seen', '--of', 'irs', '--data', customs, '--out', seen)).code, 0);
      const vkey = readFileSync(join(log, 'vkey'), 'utf8').trim();
      const judged = spawnSync(verifier, [log, vkey, card.cosigner, seen, join(log, 'answered.tlog-proof')], {
        encoding: 'utf8',
      });
      assert.equal(judged.status, 0, judged.stdout);
      assert.match(
        judged.stdout,
        /entries: \d+\nconsistent: \d+ to \d+\nexhibit: entry \d+ of \d+, kind is answered/,
      );
    });
    await t.test('a demo takes the place of an older one, and of nothing else', async () => {
      const mine = join(dir, 'mine');
      writeFileSync(mine, '');
      assert.equal((await run('demo', '--keep', dir)).code, 2);
      assert.ok(existsSync(mine));
    });
  },
);
