import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { carry } from '../../src/cli/demo/stage.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { sendHead } from '../../src/office/heads.ts';
import { openSentLetter } from '../../src/office/look-again.ts';
import { receiveEach } from '../../src/office/receive-each.ts';
import { type Received, receive } from '../../src/office/receive.ts';
import { PacketRefused } from '../../src/packet/refusal.ts';
import { exampleDocument, reference, requested } from '../node/three.fixture.ts';
import { answered } from './answered.fixture.ts';
import { type Browser, type Seen, openSites } from './site.fixture.ts';

/** The page of long work, once it is over. */
const over = async (browser: Browser, page: Seen): Promise<Seen> => {
  let now = page;
  while (now.html.includes('data-job=')) now = await browser.get(`${page.location ?? ''}/waiting`);
  return { ...now, location: page.location };
};

/** The files of an archive that was saved, by name. */
const unzipped = async (bytes: ArrayBuffer): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>();
  for (const entry of await new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes))).getEntries())
    if (!entry.directory) files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())));
  return files;
};

const TIN = /\b\d{2}-?\d{7}\b/;

test('packets are received together, each with what became of it', async (t) => {
  const sites = await openSites(t);
  const { nodes } = sites;
  const inbox = join(nodes.irs.dir, 'inbox');
  const put = async (as: string, document = exampleDocument()) => {
    const from = { ...document, request: { ...document.request, reference: as } };
    const file = await carry(nodes, 'customs', 'irs', await requested(nodes, from, as));
    if (!file.startsWith(inbox)) copyFileSync(file, join(inbox, file.split('/').at(-1) ?? ''));
    return file;
  };
  const waiting = () => readdirSync(inbox).filter((name) => name.endsWith('.waybill'));
  const casey = await sites.irs.signIn('casey-moor');

  await t.test(
    'all that wait in the inbox: one that does not hold keeps no other from being received',
    async () => {
      await put('CBP-2026-0901');
      const bad = '0195a000-0000-7000-8000-000000000001';
      writeFileSync(join(inbox, `${bad}.waybill`), 'no packet');
      await put('CBP-2026-0902');
      assert.equal(waiting().length, 3);
      const home = await casey.get('/');
      assert.match(home.text, /Check and receive all 3/);
      const page = await over(casey, await casey.post('/inbox/receive'));
      assert.match(page.text, /2 received, 1 refused/);
      for (const as of ['CBP-2026-0901', 'CBP-2026-0902'])
        assert.match(page.text, new RegExp(`Received : a request from .*?case ${as}`));
      assert.match(page.text, new RegExp(`${bad} Refused, and the attempt recorded`));
      assert.doesNotMatch(page.html, TIN);
      assert.deepEqual(waiting(), []);
      const refused = (await nodes.irs.views.stream('irs', 'gate')).filter(
        ({ kind }) => kind === 'packet-refused',
      );
      assert.equal(refused.length, 1);
      assert.match((await casey.get('/')).text, /No packet is waiting/);
    },
  );

  await t.test('files that somebody brings, by the names that they have', async () => {
    const file = await put('CBP-2026-0903');
    for (const name of waiting()) renameSync(join(inbox, name), `${file}.brought`);
    const form = await casey.get('/inbox/files');
    assert.match(form.html, /enctype="multipart\/form-data"/);
    const none = await casey.post('/inbox/files');
    assert.equal(none.status, 422);
    assert.match(none.text, /No file was chosen/);
    const body = new FormData();
    for (const [, name = '', value = ''] of form.html.matchAll(
      /type="hidden" name="([^"]+)" value="([^"]+)"/g,
    ))
      body.append(name, value);
    body.append('packets', new Blob([readFileSync(`${file}.brought`)]), 'from the disk.waybill');
    body.append('packets', new Blob(['<script>alert(1)</script>']), '"><script>alert(2)</script>.waybill');
    const sent = await casey.send('/inbox/files', {
      method: 'POST',
      body,
      headers: { origin: sites.irs.url },
    });
    assert.equal(sent.status, 303, sent.text);
    const page = await over(casey, { ...(await casey.get(sent.location ?? '')), location: sent.location });
    assert.match(page.text, /1 received, 1 refused/);
    assert.match(page.text, /from the disk\.waybill Received : a request/);
    assert.doesNotMatch(page.html, /<script>alert/);
    assert.equal((await nodes.irs.views.stream('irs', 'case/CBP-2026-0903')).length > 0, true);
  });

  await t.test('nobody else receives', async () => {
    const alex = await sites.irs.signIn('alex-firth');
    assert.doesNotMatch((await alex.get('/')).text, /from files/);
    const body = new FormData();
    body.append('packets', new Blob(['no packet']), 'small.waybill');
    const before = (await nodes.irs.views.stream('irs', 'gate')).length;
    for (const path of ['/inbox/files', '/inbox/receive']) {
      const refused = await alex.send(path, { method: 'POST', body, headers: { origin: sites.irs.url } });
      assert.equal(refused.status, 403, path);
      assert.match(refused.text, /title that receives requests/);
    }
    const stranger = await fetch(new URL('/inbox/files', sites.irs.url), { method: 'POST', body });
    assert.equal(stranger.status, 401);
    assert.equal((await nodes.irs.views.stream('irs', 'gate')).length, before, 'no packet was looked at');
  });

  await t.test('a form without its seal is refused, also with files', async () => {
    const body = new FormData();
    body.append('packets', new Blob(['no packet']), 'small.waybill');
    const forged = await casey.send('/inbox/files', {
      method: 'POST',
      body,
      headers: { origin: sites.irs.url },
    });
    assert.equal(forged.status, 403);
    assert.match(forged.text, /did not come from this site/);
  });

  await t.test('what comes twice is received once', async () => {
    const file = await carry(
      nodes,
      'customs',
      'irs',
      await sendHead(nodes.customs, { person: 'jordan-vale' }, 'irs'),
    );
    const bytes = readFileSync(file);
    const parcel = (name: string) => ({
      name,
      receive: () => receive(nodes.irs, { person: 'casey-moor' }, bytes),
    });
    const watch = { at: () => undefined, signal: new AbortController().signal };
    const fates = await receiveEach([parcel('one'), parcel('two')], watch);
    assert.deepEqual(
      fates.map((one) => (one.is === 'received' ? one.received.receipt.repeated === true : one.is)),
      [false, true],
    );
  });
});

test('what ends the work leaves the rest to be tried again', async () => {
  const received = { kind: 'head', from: 'irs', case: undefined } as unknown as Received;
  const good = { name: 'good', receive: () => Promise.resolve(received) };
  const refused = { name: 'refused', receive: () => Promise.reject(new PacketRefused('not-a-packet')) };
  const down = {
    name: 'down',
    receive: () =>
      Promise.reject(new ProblemError({ kind: 'store-down', what: 'It does not answer.', next: 'Wait.' })),
  };
  const is = async (parcels: Parameters<typeof receiveEach>[0], signal = new AbortController().signal) =>
    (await receiveEach(parcels, { at: () => undefined, signal })).map((one) => one.is);
  assert.deepEqual(await is([good, refused, good]), ['received', 'refused', 'received']);
  assert.deepEqual(await is([good, down, good]), ['received', 'failed', 'not tried']);
  const stop = new AbortController();
  const stopping = {
    name: 'stopping',
    receive: () => {
      stop.abort();
      return Promise.resolve(received);
    },
  };
  assert.deepEqual(await is([stopping, good], stop.signal), ['received', 'not tried']);
  const broken = { name: 'broken', receive: () => Promise.reject(new TypeError('a fault of ours')) };
  await assert.rejects(is([broken]), TypeError);
});

test('the letters of many cases, as one file', async (t) => {
  const sites = await answered(t);
  const { customs, irs } = sites.nodes;
  const looks = () => irs.views.stream('irs', 'looks');

  await t.test(
    'of Customs’ requests: what was signed, and no look, for nothing disclosed is in it',
    async () => {
      const jordan = await sites.customs.signIn('jordan-vale');
      const cases = await jordan.get('/cases?q=0147');
      assert.match(cases.html, /href="\/letters\?q=0147"/);
      const before = await customs.views.head('customs');
      assert.match((await jordan.get('/letters?q=0147')).html, /value="0147"/);
      const page = await over(jordan, await jordan.post('/letters', { 'act.search': '0147' }));
      assert.match(page.text, /CBP-2026-0147 2026-03-16 0001-CBP-2026-0147\.pdf/);
      const files = await unzipped(await jordan.bytes(`${page.location}/files/letters-customs.zip`));
      assert.deepEqual([...files.keys()], ['0001-CBP-2026-0147.pdf']);
      assert.match(files.get('0001-CBP-2026-0147.pdf')?.toString('latin1') ?? '', /^%PDF-1\.7/);
      assert.equal(await customs.views.head('customs'), before);
    },
  );

  await t.test(
    'of the IRS’s answers: as they were sent, each look recorded first, with its reason',
    async () => {
      const casey = await sites.irs.signIn('casey-moor');
      await casey.get('/letters');
      const without = await casey.post('/letters');
      assert.equal(without.status, 422);
      assert.match(without.text, /not said for what work/);
      assert.equal((await looks()).length, 0);
      const page = await over(casey, await casey.post('/letters', { 'act.because': 'Quarterly review.' }));
      assert.match(page.text, /0001-CBP-2026-0147\.pdf/);
      assert.match(page.html, /Federal Tax Information/i, 'the page has the label');
      assert.doesNotMatch(page.html, TIN);
      const files = await unzipped(await casey.bytes(`${page.location}/files/letters-irs.zip`));
      const [look, ...more] = await looks();
      assert.equal(more.length, 0);
      assert.deepEqual(
        [look?.kind, look?.cite, look?.case, look?.person],
        ['letter-opened', '6103(h)(1)', reference, 'Casey Moor'],
      );
      assert.match(JSON.stringify(look?.data), /Quarterly review/);
      const again = await openSentLetter(
        irs,
        { person: 'drew-haven' },
        { case: reference, because: 'To compare.' },
      );
      assert.deepEqual(files.get('0001-CBP-2026-0147.pdf'), Buffer.from(again.bytes));
      const noel = await sites.irs.signIn('noel-tarn');
      await noel.get('/desk/record');
      const record = await over(noel, await noel.post('/desk/record', { 'act.case': reference }));
      assert.match(record.text, /letter opened.*Quarterly review/, 'an inspector finds it');
    },
  );

  await t.test(
    'is for who answers for them: an attempt is recorded, and an inspector sees no content',
    async () => {
      for (const [site, person] of [
        [sites.irs, 'noel-tarn'],
        [sites.irs, 'alex-firth'],
        [sites.customs, 'val-oakes'],
      ] as const) {
        const browser = await site.signIn(person);
        assert.equal((await browser.get('/letters')).status, 403, person);
        assert.doesNotMatch((await browser.get('/cases')).text, /as one file/);
      }
      const before = (await looks()).length;
      await assert.rejects(
        openSentLetter(irs, { person: 'alex-firth' }, { case: reference, because: 'x' }),
        (error) => error instanceof ProblemError && error.problems[0].kind === 'not-entitled',
      );
      assert.equal((await looks()).length, before);
      const refused = await irs.views.stream('irs-review', 'gate');
      assert.ok(refused.some(({ kind }) => kind === 'look-refused'));
    },
  );

  await t.test('of days without any, there is none, and nothing is recorded', async () => {
    const casey = await sites.irs.signIn('casey-moor');
    const before = (await looks()).length;
    await casey.get('/letters');
    const page = await over(
      casey,
      await casey.post('/letters', { 'act.because': 'Review.', 'act.to': '2026-01-31' }),
    );
    assert.match(page.text, /No case found has a letter of these days/);
    assert.doesNotMatch(page.html, /letters-irs\.zip/);
    assert.equal((await looks()).length, before);
  });
});
