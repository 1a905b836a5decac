import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { soundFolder } from '../../src/office/inspect/folder.ts';
import { exportOf } from '../../src/office/inspect/export.ts';
import { anomaliesOf, map, recordOfFolder, sample as drawSample } from '../../src/cli/inspect.ts';
import { custodyIn } from '../../src/office/inspect/page.ts';
import { seed } from '../../src/custody/log.fixture.ts';
import { signerFromSeed } from '../../src/custody/signer.ts';
import { ED25519, formatVkey, parseVkey } from '../../src/custody/vkey.ts';
import { day } from '../../src/ground/dates.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { chainOfCase } from '../../src/map/chain-of-case.ts';
import { custodyMap } from '../../src/map/custody-map.ts';
import { spansOfCase } from '../../src/map/spans.ts';
import { timeline } from '../../src/map/timeline.ts';
import { chainOf } from '../../src/office/custody.ts';
import { eventsOf } from '../../src/office/events.ts';
import { offices } from '../../src/office/gate.ts';
import { fieldsOf, textAt } from '../../src/record/event.ts';
import { anomalies } from '../../src/record/inspect/anomalies.ts';
import { eventPath, exhibitPath } from '../../src/record/inspect/folder.ts';
import { sample } from '../../src/record/inspect/sample.ts';
import { recordJson } from '../../src/record/json.ts';
import { recordOf } from '../../src/record/record.ts';
import { accountOf } from '../../src/custody/account.ts';
import type { StoredEvent } from '../../src/store/types.ts';
import {
  closedExhibit,
  copyOf,
  edit,
  found,
  listAnew,
  manifestOf,
  pathsOf,
  played,
  reopened,
} from './inspect.fixture.ts';
import { type Three, reference, threeOffices } from './three.fixture.ts';

const newSigner = (origin: string) => signerFromSeed(origin, ED25519, seed(99));
const SEED = { n: 5, seed: 'dice' };
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const { DATABASE_URL: _database, WAYBILL_MASTER_KEY: _key, ...environment } = process.env;

/** As an inspector runs it: with no database and no key to be found. */
const run = (...args: string[]): Promise<{ code: number | null; out: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: tmpdir(),
      env: { ...environment, NO_COLOR: '1', NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-test-compiled') },
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.on('close', (code) => resolve({ code, out }));
  });

const nodesOf = (three: Three) => offices.map((office) => three[office]);

const refuses = async (dir: string, what: RegExp, where?: string): Promise<void> => {
  const findings = await found(dir);
  assert.ok(findings.length > 0, 'the folder holds');
  const hit = findings.find((one) => what.test(one.what) && (where === undefined || one.where === where));
  assert.ok(hit, findings.map((one) => `${one.where ?? ''}: ${one.what}`).join('\n'));
  // What stands in an event is told to nobody by a message.
  for (const { what: said } of findings) assert.doesNotMatch(said, /0[78]-?\d{7}|Harbor|Vale/);
};

test('an inspector’s folder', { timeout: 300_000 }, async (t) => {
  const three = await threeOffices(t);
  const value = await played(three);
  const nodes = nodesOf(three);
  const folder = join(three.dir, 'folder');
  await exportOf(nodes, { sample: SEED }, folder);
  const whole = await soundFolder(folder);
  const events: StoredEvent[] = [];
  for (const node of nodes) events.push(...(await eventsOf(node)));
  const last = Math.max(...events.filter(({ log }) => log === 'customs').map(({ seq }) => seq));

  await t.test('has every event as the nodes have it, and so gives the same answers', async () => {
    const isAnswer = ({ data }: { readonly data: unknown }) => textAt(data, 'review') !== '';
    assert.equal(events.filter(isAnswer).length, 1);
    assert.deepEqual(
      whole.report.events,
      // Of an answer, the head of the review's log stays with the IRS.
      events.map((event) => {
        if (!isAnswer(event)) return event;
        const { review: _review, ...data } = fieldsOf(event.data);
        return { ...event, data };
      }),
    );
    const { at } = whole.manifest;
    assert.deepEqual(sample(whole.report.events, SEED), sample(events, SEED));
    assert.deepEqual(anomalies(whole.report.events, { at }), anomalies(events, { at }));
    for (const { office } of nodes)
      assert.equal(recordJson(recordOf(office, whole.report.events)), recordJson(recordOf(office, events)));
    const chains: Record<string, readonly StoredEvent[]> = {};
    const people: typeof chains = {};
    for (const node of nodes) {
      chains[node.office] = await chainOf(node, reference).catch(() => []);
      people[node.office] = await node.views.stream(node.log, 'people');
    }
    const custody = custodyIn(whole.report.events, reference);
    assert.equal(custodyMap(chainOfCase(custody.events)), custodyMap(chainOfCase(chains)));
    assert.deepEqual(
      timeline(chainOfCase(custody.events), spansOfCase(custody.people, custody.events)),
      timeline(chainOfCase(chains), spansOfCase(people, chains)),
    );
  });

  await t.test('is read-only, and holds neither the review’s log nor what an item says', () => {
    const figure = '31250002';
    assert.ok(value.includes(figure), 'what Customs saw has the figure of the return');
    for (const path of pathsOf(folder)) {
      assert.equal(statSync(join(folder, path)).mode & 0o777, 0o444, path);
      assert.doesNotMatch(path, /review|(?<!\d)\d\d-?\d{7}(?!\d)/);
      const text = readFileSync(join(folder, path), 'latin1');
      assert.ok(
        !text.includes('/log/review') && !text.includes('irs-review') && !text.includes(figure),
        path,
      );
      assert.ok(!text.includes('item-decided') && !text.includes('seriously impairs'), path);
    }
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    assert.doesNotMatch(page, /0[78]-?\d{7}/);
  });

  await t.test('is verified and asked by the commands, from the folder alone', async () => {
    const verified = await run('verify', folder);
    assert.equal(verified.code, 0, verified.out);
    assert.match(verified.out, /✓ the folder holds/);
    assert.match(verified.out, /nothing is left out/);
    assert.equal((await run('sample', '--folder', folder, '--n', '3', '--seed', 'S')).code, 0);
    assert.match((await run('anomalies', '--folder', folder)).out, /ANOMALIES/);
    assert.match(
      (await run('record', '--folder', folder, '--office', 'customs')).out,
      /Record of requests and disclosures/,
    );
    assert.match((await run('map', reference, '--folder', folder)).out, /Custody of CBP-2026-0147/);
    await assert.rejects(recordOfFolder(folder, {}), /does not say by itself which office/);
    await assert.rejects(map('CBP-NONE', { folder }), /None of these offices/);
    await assert.rejects(anomaliesOf({}), /whose record it is to read/);
    await assert.rejects(drawSample({ folder, data: [folder], seed: 'S' }), /whose record it is to read/);
  });

  await t.test('keys and heads from elsewhere are held against it', async () => {
    const { irs } = three;
    assert.deepEqual(await found(folder, { keys: [irs.signer('irs').verifier] }), []);
    const [forged] = await found(folder, { keys: [newSigner(irs.card.origin).verifier] });
    assert.match(forged?.what ?? '', /not the one given/);
    const head = (await irs.views.head('irs')) ?? '';
    assert.deepEqual(await found(folder, { known: [head] }), []);
    const [strange] = await found(folder, { keys: [newSigner('elsewhere.example/log').verifier] });
    assert.match(strange?.what ?? '', /of no log in the folder/);
  });

  await t.test('one that is there already is not written over', async () => {
    await assert.rejects(exportOf(nodes, {}, folder), (error) => {
      assert.ok(error instanceof ProblemError);
      return error.problems[0].kind === 'output-refused';
    });
    await assert.rejects(exportOf(nodes, { case: 'CBP-NONE' }, join(three.dir, 'none')), ProblemError);
    assert.ok(!existsSync(join(three.dir, 'none')));
  });

  await t.test('whatever is changed is refused, by the list of files', async (t) => {
    const dir = copyOf(t, folder);
    edit(dir, eventPath('customs', last), (text) => text.replace('purchases', 'purchasez'));
    await refuses(dir, /was changed/, eventPath('customs', last));
    writeFileSync(join(dir, 'customs', 'note.txt'), 'x');
    await refuses(dir, /was added/, 'customs/note.txt');
    rmSync(join(dir, exhibitPath('irs', 0)));
    await refuses(dir, /and missing/, exhibitPath('irs', 0));
    symlinkSync('/etc/hostname', join(dir, 'irs', 'link'));
    await refuses(dir, /no file of its own/, 'irs/link');
    rmSync(join(dir, 'manifest.json'));
    await refuses(dir, /list of files cannot be read/);
  });

  await t.test('and by the proofs, where the list of files was made anew', async (t) => {
    const changed = async (
      name: string,
      change: (dir: string, t: TestContext) => void | Promise<void>,
      what: RegExp,
      where?: string,
    ) =>
      t.test(name, async (t) => {
        const dir = copyOf(t, folder);
        await change(dir, t);
        listAnew(dir);
        await refuses(dir, what, where);
      });
    const event = eventPath('customs', last);
    const exhibit = exhibitPath('customs', last);
    await changed(
      'a byte of an event',
      (dir) => edit(dir, event, (text) => text.replace('purchases', 'purchasez')),
      /not the event that the entry commits to/,
      event,
    );
    await changed(
      'a salt',
      (dir) =>
        edit(dir, exhibit, (text) =>
          reopened(text, (open) =>
            open.map((one, n) =>
              n === 0 ? { ...one, salt: one.salt.replace(/^./, (c) => (c === '0' ? '1' : '0')) } : one,
            ),
          ),
        ),
      /not the one in the entry/,
      exhibit,
    );
    await changed(
      'a field not opened',
      (dir) => edit(dir, exhibit, (text) => reopened(text, (open) => open.slice(1))),
      /does not open the kind/,
    );
    await changed(
      'an event taken out',
      (dir) => {
        rmSync(join(dir, event));
        rmSync(join(dir, exhibit));
      },
      new RegExp(`entry ${last} has no event`),
    );
    await changed(
      'an event without its proof',
      (dir) => rmSync(join(dir, exhibit)),
      /an event and no proof/,
      exhibit,
    );
    await changed(
      'a proof without its event',
      (dir) => rmSync(join(dir, event)),
      /its event is missing/,
      event,
    );
    await changed(
      'an event put in',
      (dir) => {
        for (const path of [eventPath, exhibitPath])
          writeFileSync(join(dir, path('customs', last + 1)), readFileSync(join(dir, path('customs', last))));
      },
      /another entry than it is named after/,
    );
    await changed(
      'two events exchanged',
      (dir) => {
        const [one, other] = [event, eventPath('customs', last - 1)].map((path) => join(dir, path));
        const text = readFileSync(one ?? '');
        writeFileSync(one ?? '', readFileSync(other ?? ''));
        writeFileSync(other ?? '', text);
      },
      /not the event that the entry commits to/,
    );
    await changed(
      'two offices exchanged',
      (dir) => {
        renameSync(join(dir, 'irs'), join(dir, 'x'));
        renameSync(join(dir, 'customs'), join(dir, 'irs'));
        renameSync(join(dir, 'x'), join(dir, 'customs'));
      },
      /another entry than it is named after/,
    );
    await changed(
      'a head that the log did not sign',
      (dir) => edit(dir, 'irs/log/checkpoint', (text) => text.replace(/\n\d+\n/, '\n3\n')),
      /sign/,
    );
    await changed(
      'an older head of the log, signed',
      async (dir) => {
        const head = (await three.irs.views.headAt('irs', 14)) ?? (await three.irs.views.headAt('irs', 13));
        assert.ok(head !== undefined);
        writeFileSync(join(dir, 'irs/log/checkpoint'), head);
      },
      /under another head/,
    );
    await changed(
      'an entry of the log',
      (dir) => {
        const path = pathsOf(dir).find((one) => one.startsWith('irs/log/tile/entries/')) ?? '';
        const bytes = readFileSync(join(dir, path));
        bytes[200] = (bytes[200] ?? 0) ^ 1;
        writeFileSync(join(dir, path), bytes);
      },
      /./,
    );
    await changed(
      'another key of cosignatures',
      (dir) => writeFileSync(join(dir, 'irs/cosigner'), readFileSync(join(dir, 'customs/cosigner'))),
      /not those on the card/,
    );
    await changed(
      'another key of the log',
      (dir) =>
        writeFileSync(
          join(dir, 'irs/log/vkey'),
          `${formatVkey(newSigner(three.irs.card.origin).verifier)}\n`,
        ),
      /sign/,
    );
    await changed(
      'a file that does not belong',
      (dir) => writeFileSync(join(dir, 'irs/events/readme.txt'), 'x'),
      /does not belong/,
    );
  });

  await t.test('a page that says something else is refused, though its list was made anew', async (t) => {
    const dir = copyOf(t, folder);
    edit(dir, 'index.html', (text) => text.replace('Acting Commissioner', 'Commissioner'));
    listAnew(dir);
    const told = await run('verify', dir);
    assert.equal(told.code, 2);
    assert.match(told.out, /page does not say what the events/);
  });

  await t.test('an event said to be made undisclosable is told, by its number', async (t) => {
    const dir = copyOf(t, folder);
    rmSync(join(dir, eventPath('customs', last)));
    edit(dir, exhibitPath('customs', last), closedExhibit);
    listAnew(dir);
    await refuses(dir, /its event is missing/);
    const { stream, act, version } =
      events.find(({ log, seq }) => log === 'customs' && seq === last) ?? assert.fail();
    listAnew(dir, (before) => ({
      ...before,
      undisclosable: [{ office: 'customs', seq: last, stream, act, version }],
    }));
    assert.deepEqual(await found(dir), []);
    const { report } = await soundFolder(dir);
    assert.deepEqual(report.offices.find(({ office }) => office === 'customs')?.undisclosable, [last]);
  });

  await t.test('no other event than an answer of the IRS may be given in part', async (t) => {
    const dir = copyOf(t, folder);
    edit(dir, eventPath('customs', last), (text) => text.replace('purchases', 'purchasez'));
    edit(dir, exhibitPath('customs', last), (text) =>
      reopened(text, (open) => open.filter(({ field }) => field !== 'event')),
    );
    listAnew(dir, (before) => ({
      ...before,
      withheld: [...before.withheld, { office: 'customs', seq: last }],
    }));
    await refuses(dir, /only an answer of the IRS is given in part/);
  });

  await t.test('one office alone, one case, a period: each holds, and says that it is a part', async () => {
    const { customs } = three;
    const alone = join(three.dir, 'alone');
    await exportOf([customs], {}, alone);
    assert.deepEqual(
      (await soundFolder(alone)).report.events,
      events.filter(({ log }) => log === 'customs'),
    );
    const part = join(three.dir, 'part');
    await exportOf(nodes, { case: reference }, part);
    const { report } = await soundFolder(part);
    const ofCase = events.filter(
      ({ case: of, stream }) => of === reference || stream === `case/${reference}`,
    );
    for (const one of ofCase)
      assert.ok(report.events.some(({ log, seq }) => log === one.log && seq === one.seq));
    assert.ok(report.events.length < events.length);
    assert.match(readFileSync(join(part, 'index.html'), 'utf8'), /This is a part/);
    const early = join(three.dir, 'early');
    await exportOf(nodes, { to: day('2020-01-01') }, early);
    assert.ok((await soundFolder(early)).report.events.every(({ stream }) => !stream.startsWith('case/')));
  });

  await t.test('of one taxpayer, the map of the day shows that no act is missing', async (t) => {
    const one = join(three.dir, 'taxpayer');
    await exportOf(nodes, { taxpayer: '07-1234567' }, one);
    const { report } = await soundFolder(one);
    const customs = report.offices.find(({ office }) => office === 'customs');
    const own = events.filter(({ log, taxpayer }) => log === 'customs' && taxpayer === '071234567');
    assert.equal(customs?.complete?.acts, own.length);
    assert.ok(own.length > 2);
    const dir = copyOf(t, one);
    const gone = own.at(-1)?.seq ?? 0;
    rmSync(join(dir, eventPath('customs', gone)));
    rmSync(join(dir, exhibitPath('customs', gone)));
    listAnew(dir);
    await refuses(dir, /the map says \d+ acts, and the folder has \d+/);
    rmSync(join(dir, 'customs/account-proof.json'));
    listAnew(dir);
    await refuses(dir, /no proof of the taxpayer’s account/);
    const key = Buffer.from(three.customs.secrets.accountKey, 'base64');
    assert.equal(customs?.complete?.account, accountOf(key, '071234567'));
    assert.ok(!JSON.stringify(manifestOf(one)).includes('071234567'));
    assert.equal(
      parseVkey(readFileSync(join(one, 'irs/log/vkey'), 'utf8').trim()).name,
      three.irs.card.origin,
    );
  });
});
