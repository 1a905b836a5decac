import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sha256 } from '../../src/ground/digest.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { exportOf } from '../../src/office/inspect/export.ts';
import { soundFolder } from '../../src/office/inspect/folder.ts';
import { recordTaken } from '../../src/office/inspect/taken.ts';
import { inPrivateFolder } from '../../src/office/private-folder.ts';
import { verifyOwn } from '../../src/office/verify-own.ts';
import { unwatched } from '../../src/office/watch.ts';
import { reference } from '../node/three.fixture.ts';
import { answered } from './answered.fixture.ts';
import type { Browser, Seen } from './site.fixture.ts';

const ITEM = 'purchases';

/** The page of long work, once it is over. */
const over = async (browser: Browser, page: Seen): Promise<Seen> => {
  let now = page;
  while (now.html.includes('data-job=')) now = await browser.get(`${page.location ?? ''}/waiting`);
  return { ...now, location: page.location };
};

/** What was saved, unpacked as an inspector would; answers the files by their paths. */
const unpacked = async (t: TestContext, bytes: ArrayBuffer): Promise<ReadonlyMap<string, string>> => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-saved-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const files = new Map<string, string>();
  for (const entry of await new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes))).getEntries()) {
    if (entry.directory) continue;
    assert.equal((entry.unixMode ?? 0) & 0o777, 0o400, 'its owner alone reads it');
    const path = join(dir, entry.filename);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await entry.getData(new Uint8ArrayWriter()));
    files.set(entry.filename, path);
  }
  return files;
};

const TIN = /\b\d{2}-?\d{7}\b/;

test('the desk and the custody of a case', async (t) => {
  const sites = await answered(t);
  const { customs, clock } = sites.nodes;
  const val = await sites.customs.signIn('val-oakes');
  const noel = await sites.irs.signIn('noel-tarn');
  const left = () => readdirSync(customs.dir).filter((name) => name.startsWith('.private'));

  await t.test('an inspector reads and verifies; who has no part in the record is told who has', async () => {
    const desk = await val.get('/desk');
    assert.match(
      desk.text,
      /Verify the log.*Draw a sample.*Accounting for individuals.*Take the record away/,
    );
    const nell = await sites.customs.signIn('nell-quay');
    assert.match((await nell.get('/desk')).text, /Who inspects it here: Val Oakes/);
    assert.equal((await nell.get('/desk/record')).status, 403);
    const before = await customs.views.head('customs');
    await val.get('/desk/verify');
    await over(val, await val.post('/desk/verify'));
    assert.equal(await customs.views.head('customs'), before, 'nothing was entered');
  });

  await t.test('the log is verified whole, and held against what another office cosigned', async () => {
    await val.get('/desk/verify');
    const page = await over(val, await val.post('/desk/verify'));
    assert.match(page.text, /The log is whole/);
    assert.match(page.text, /cosigned by IRS/);
  });

  await t.test('an entry changed in the database is found, and verifying can be stopped', async () => {
    const file: typeof customs.views.file = async (log, path) => {
      const bytes = await customs.views.file(log, path);
      if (bytes === undefined || !path.startsWith('tile/entries/')) return bytes;
      const changed = Uint8Array.from(bytes);
      changed[40] = (changed[40] ?? 0) ^ 1;
      return changed;
    };
    const tampered = { ...customs, views: { ...customs.views, file } };
    const { findings } = await verifyOwn(tampered, unwatched);
    assert.match(findings.map(({ kind }) => kind).join(), /log-altered|not-an-entry/);
    const stopped = AbortSignal.abort();
    await assert.rejects(verifyOwn(customs, { ...unwatched, signal: stopped }), { name: 'AbortError' });
  });

  await t.test('the record of a case, as tables, as files, and on to one taxpayer of it', async () => {
    await val.get('/desk/record');
    const page = await over(val, await val.post('/desk/record', { 'act.case': reference }));
    assert.match(page.text, /Limited to case CBP-2026-0147/);
    assert.match(page.text, /Disclosures to this office \(2\)/);
    assert.doesNotMatch(page.text, TIN);
    for (const [file, begins] of [
      ['record-customs.csv', /^entry,restates/],
      ['record-customs.json', /^\{"basis"/],
      ['record-customs.pdf', /^%PDF-/],
    ] as const) {
      assert.ok(page.html.includes(`${page.location}/files/${file}"`), file);
      const saved = await val.send(`${page.location}/files/${file}`);
      assert.match(saved.html, begins);
      assert.match(saved.headers.get('content-disposition') ?? '', new RegExp(`filename="${file}"`));
      if (!file.endsWith('pdf')) assert.doesNotMatch(saved.html, TIN);
    }
    const one = await over(val, await val.post('/desk/record/taxpayer', { 'act.taxpayer': '0' }, page.html));
    assert.match(one.text, /Limited to one taxpayer/);
    assert.doesNotMatch(`${one.location} ${one.html}`, TIN);
    const none = await val.post('/desk/record/taxpayer', { 'act.taxpayer': '99' }, page.html);
    assert.match(none.text, /No taxpayer was chosen/);
  });

  await t.test('what was typed wrong comes back, with what was typed', async () => {
    await val.get('/desk/record');
    const page = await val.post('/desk/record', { 'act.case': reference, 'act.from': '2026-02-30' });
    assert.equal(page.status, 422);
    assert.match(page.text, /The day does not exist/);
    assert.match(page.html, /value="CBP-2026-0147"/);
    await val.get('/desk/sample');
    const n = await val.post('/desk/sample', { 'act.n': '0', 'act.seed': 'x' });
    assert.match(n.text, /Write a number from 1 to 1000/);
  });

  await t.test(
    'the log of tax information, the accounting and the year, where the law has them',
    async () => {
      await val.get('/desk/fti-log');
      assert.match((await over(val, await val.post('/desk/fti-log'))).text, /Items received \(2\)/);
      await val.get('/desk/accounting');
      assert.match((await over(val, await val.post('/desk/accounting'))).text, /5 USC 552a\(c\)/);
      await val.get('/desk/summary');
      assert.match((await over(val, await val.post('/desk/summary', { 'act.year': '2026' }))).text, /2026/);
      assert.equal((await noel.get('/desk/fti-log')).status, 404);
      assert.equal((await noel.get('/desk/accounting')).status, 404);
      await noel.get('/desk/record');
      const own = await over(noel, await noel.post('/desk/record'));
      assert.match(own.text, /Kept as policy, not by law/);
      assert.doesNotMatch(own.text, /irs-review/);
    },
  );

  await t.test('a sample is the same for the same words, and each entry is followed to its end', async () => {
    await val.get('/desk/sample');
    const drawn = await over(
      val,
      await val.post('/desk/sample', { 'act.n': '3', 'act.seed': 'brass lantern' }),
    );
    assert.match(drawn.text, /Drawn: 3 of \d+ entries, with the seed “brass lantern”/);
    assert.match(drawn.text, /held/);
    await val.get('/desk/sample');
    const again = await over(
      val,
      await val.post('/desk/sample', { 'act.n': '3', 'act.seed': 'brass lantern' }),
    );
    const tables = ({ html }: Seen) => html.slice(html.indexOf('<h2>'));
    assert.equal(tables(again), tables(drawn));
  });

  await t.test('the record is taken away as one file, which holds without this site', async (t) => {
    await val.get('/desk');
    await val.get('/desk/take');
    const page = await over(
      val,
      await val.post('/desk/take', { 'act.case': reference, 'act.seed': 'brass lantern', 'act.n': '3' }),
    );
    assert.match(page.text, /names taxpayers, with their numbers/);
    assert.match(page.text, /open index.html in any browser/);
    assert.match(page.text, /\.\/waybill verify inspection-customs-2026-03-16/);
    assert.doesNotMatch(page.html, TIN);
    const [, digest = ''] = /list of files ([0-9a-f]{64})/.exec(page.text) ?? [];
    const saved = await val.bytes(`${page.location}/files/inspection-customs-2026-03-16.zip`);
    const files = await unpacked(t, saved);
    const list = files.get('inspection-customs-2026-03-16/manifest.json') ?? '';
    assert.equal(sha256(readFileSync(list)), digest);
    const { manifest, report } = await soundFolder(dirname(list));
    assert.deepEqual([manifest.offices, manifest.scope.case], [['customs'], reference]);
    assert.ok(report.events.length > 10);
    const shown = readFileSync(join(dirname(list), 'index.html'), 'utf8');
    assert.match(shown, /brass lantern/);
    assert.doesNotMatch(shown, /<script/);
    assert.deepEqual(left(), [], 'nothing of it is left at the node');
  });

  await t.test('who took it away, and which folder it was, is on record', async () => {
    const [taken, ...more] = await customs.views.stream('customs', 'inspections');
    assert.equal(more.length, 0);
    assert.deepEqual(
      [taken?.kind, taken?.cite, taken?.person, taken?.title],
      ['record-taken', '6103(p)(4)(A)', 'Val Oakes', 'Record Inspector'],
    );
    await val.get('/desk/record');
    const book = await over(val, await val.post('/desk/record'));
    const { manifest } = taken?.data as { manifest: string };
    const text = [book.text];
    for (let n = 2; n <= 9 && !text.join('').includes(manifest); n++)
      text.push((await val.get(`${book.location}?page=${n}`)).text);
    assert.match(text.join(''), new RegExp(`record taken away.*case ${reference}.*${manifest}`));
  });

  await t.test('what is not there, or not asked for rightly, is neither taken nor recorded', async () => {
    const before = (await customs.views.stream('customs', 'inspections')).length;
    await val.get('/desk/take');
    const none = await over(val, await val.post('/desk/take', { 'act.case': 'CBP-2026-9999' }));
    assert.match(none.text, /has such a case on record/);
    await val.get('/desk/take');
    const days = await val.post('/desk/take', { 'act.from': '2026-03-16', 'act.to': '2026-03-01' });
    assert.equal(days.status, 422);
    assert.match(days.text, /The last day is before the first/);
    assert.equal((await customs.views.stream('customs', 'inspections')).length, before);
    assert.deepEqual(left(), []);
  });

  await t.test(
    'it is for a title that inspects: counsel reads the record, and takes nothing away',
    async () => {
      const counsel = await sites.customs.signIn('robin-alder');
      const refused = await counsel.get('/desk/take');
      assert.equal(refused.status, 403);
      const asked = recordTaken(customs, { person: 'robin-alder' }, {}, { manifest: '', events: 0 });
      await assert.rejects(
        asked,
        (error) => error instanceof ProblemError && error.problems[0].kind === 'not-entitled',
      );
    },
  );

  await t.test('taking that is stopped, or goes wrong, leaves nothing behind', async () => {
    const stop = new AbortController();
    const stopped = inPrivateFolder(customs, (folder) => {
      assert.equal(left().length, 1);
      return exportOf([customs], {}, join(folder, 'out'), {
        signal: stop.signal,
        at: (done) => (done > 3 ? stop.abort() : undefined),
      });
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.deepEqual(left(), []);
  });

  await t.test('a look with no use is asked about', async () => {
    clock.now += 60 * 86_400_000;
    const late = await sites.customs.signIn('val-oakes');
    await late.get('/desk/anomalies');
    const found = await over(late, await late.post('/desk/anomalies'));
    assert.match(found.text, /look without use/);
    clock.now -= 60 * 86_400_000;
  });

  await t.test('long work is its own person’s, under the same title; it goes at the sign-out', async () => {
    const jordan = await sites.customs.signIn('jordan-vale');
    const lee = await sites.customs.signIn('val-oakes');
    await lee.get('/desk/verify');
    const { location = '' } = await over(lee, await lee.post('/desk/verify'));
    const at = location.replace('/waiting', '');
    assert.equal((await jordan.get(at)).status, 404);
    assert.equal((await jordan.get(`${at}/events`)).status, 404);
    assert.match((await lee.get('/desk')).text, /Long work of yours.*Verify the log/);
    await lee.get('/desk');
    await lee.post('/sign-out');
    const back = await sites.customs.signIn('val-oakes');
    assert.equal((await back.get(at)).status, 404);
  });

  await t.test('its events come as a stream that ends with it', async () => {
    const wren = await sites.customs.signIn('val-oakes');
    await wren.get('/desk/verify');
    const { location = '' } = await wren.post('/desk/verify');
    const stream = await wren.send(`${location}/events`);
    assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/);
    const last = stream.html.trim().split('\n\n').at(-1) ?? '';
    assert.match(last, /event: state\ndata: \{"state":"done"/);
    assert.doesNotMatch(stream.html, /event: error/);
  });

  await t.test('a page that asks by itself keeps no session alive', async () => {
    const ada = await sites.customs.signIn('val-oakes');
    await ada.get('/desk/verify');
    const { location = '' } = await over(ada, await ada.post('/desk/verify'));
    const at = location.replace('/waiting', '');
    const begun = clock.now;
    for (let minute = 2; minute < 15; minute += 2) {
      clock.now = begun + minute * 60_000;
      assert.equal((await ada.get(`${at}/waiting`)).status, 200);
      assert.equal((await ada.send(`${at}/events`)).status, 200);
    }
    clock.now = begun + 15 * 60_000;
    assert.match((await ada.get(`${at}/waiting`)).location ?? '', /^\/sign-in/);
    clock.now = begun;
  });

  await t.test('the map and the timeline, each with its table, and what was verified', async () => {
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await jordan.get(`/cases/${reference}/custody`);
    assert.equal(page.status, 200);
    assert.equal(page.html.match(/<svg /g)?.length, 2);
    assert.doesNotMatch(page.html, /\sstyle="|<style|<script(?! type="module" src)/);
    assert.match(page.text, /The way here.*IRS to Customs.*verified/);
    assert.match(page.text, /Who holds what.*Titles, engagements and papers/);
    assert.match(page.text, /Robin Alder/);
    assert.equal((await jordan.get('/cases/CBP-2026-9999/custody')).status, 404);
  });

  await t.test('without names it can be shown to others', async () => {
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await jordan.get(`/cases/${reference}/custody?redacted=1`);
    for (const name of ['Robin Alder', 'Alex Firth', 'Casey Moor'])
      assert.ok(!page.text.includes(name), name);
    const main = page.html.slice(page.html.indexOf('<main'));
    assert.ok(!main.includes('Jordan Vale'));
    const svg = await jordan.send(`/cases/${reference}/custody.svg?redacted=1`);
    assert.match(svg.headers.get('content-type') ?? '', /^image\/svg\+xml/);
    assert.ok(svg.html.startsWith('<svg ') && !svg.html.includes('Jordan Vale'));
  });

  await t.test('from the map to a recall, for whoever may recall what this office gave', async () => {
    const jordan = await sites.customs.signIn('jordan-vale');
    const drew = await sites.irs.signIn('drew-haven');
    const page = await drew.get(`/cases/${reference}/custody`);
    assert.match(page.html, new RegExp(`/cases/${reference}/recall\\?item=[^"]*purchases`));
    assert.match(
      (await drew.get(`/cases/${reference}/recall?item=${ITEM}`)).html,
      /value="purchases"[^>]*checked/,
    );
    const noel = await sites.irs.signIn('noel-tarn');
    assert.doesNotMatch((await noel.get(`/cases/${reference}/custody`)).html, /\/recall\?item=/);
    assert.doesNotMatch((await jordan.get(`/cases/${reference}/custody`)).html, /\/recall\?item=/);
    assert.doesNotMatch(page.text, /impair|informant/, 'nothing of the review is on it');
  });
});
