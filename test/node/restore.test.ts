import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { parseVkey } from '../../src/custody/vkey.ts';
import { type Problem, type ProblemKind, ProblemError } from '../../src/ground/problem.ts';
import { type Restoring, backup, restore } from '../../src/office/backup.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { sendHead } from '../../src/office/heads.ts';
import { init } from '../../src/office/init.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { dropOld, rotate } from '../../src/office/rotate.ts';
import { formatCard } from '../../src/packet/card.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import { addKey } from '../../src/store/key-file.ts';
import { rewrap } from '../../src/store/rewrap.ts';
import type { Receipt } from '../../src/store/types.ts';

const now = () => Date.UTC(2026, 2, 16, 15);
const KEEPER = { person: 'keeper' };
const SENDER = { person: 'sender' };

/** All that a problem says. */
const wordsOf = (problems: readonly Problem[]): string =>
  problems.map((one) => Object.values(one).join('\n')).join('\n');

interface Office_ {
  readonly node: Node;
  readonly around: { readonly databaseUrl: string; readonly now: () => number };
}

/** An office of two people, both fictional. */
const founded = async (t: TestContext, dir: string, office: Office): Promise<Office_> => {
  const around = { databaseUrl: await testDatabaseUrl(t), now };
  const keeper = { id: 'keeper', name: 'Nell Quay', title: 'Directory Officer' };
  const node = await init(
    join(dir, office),
    { office, origin: `${office}.waybill.example/log`, keeper },
    around,
  );
  await changeDirectory(node, KEEPER, { act: 'add person', id: 'sender', name: 'Jordan Vale' });
  await changeDirectory(node, KEEPER, {
    act: 'give title',
    person: 'sender',
    title: 'Auditor',
    from: node.when().day,
    duties: ['sends', 'receives'],
  });
  return { node, around };
};

const folder = (t: TestContext): string => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-restore-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const carried = async (from: Node, to: Node, receipt?: Receipt): Promise<Receipt> => {
  const sent = receipt ?? (await sendHead(from, SENDER, to.office));
  await receive(to, SENDER, (await dispatch(from, to.office, sent)).bytes);
  return sent;
};

const sizeOf = async ({ views, log, card }: Node): Promise<number> =>
  openCheckpoint((await views.head(log)) ?? '', parseVkey(card.vkey)).size;

const caught = async (attempt: Promise<unknown>): Promise<ProblemError> => {
  const error = await attempt.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  return error;
};

/** How many rows a database has of ours. */
const rowsIn = async (url: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables
        where schemaname = 'waybill' and tablename in ('event', 'head', 'content', 'data_key')`,
    );
    let count = 0;
    for (const { name } of rows)
      count += (await client.query(`select from waybill.${name} limit 1`)).rowCount ?? 0;
    return count;
  } finally {
    await client.end();
  }
};

/** As it was before anything was restored into it. */
const emptied = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('drop schema if exists waybill cascade').finally(() => client.end());
};

test('a restored node goes on only from where the other offices have seen it', async (t) => {
  const dir = folder(t);
  const { node: customs, around } = await founded(t, dir, 'customs');
  const { node: justice } = await founded(t, dir, 'justice');
  t.after(() => Promise.all([customs.close(), justice.close()]));
  assert.ok((await rowsIn(around.databaseUrl)) > 0);

  const saved = async (name: string): Promise<string> => {
    const to = join(dir, name);
    await backup(customs, to);
    return to;
  };
  const seen = async (): Promise<string> => (await exchangeWith(justice, 'customs')).seen ?? '';

  const bare = await saved('before-any-card');
  await addOffice(customs, KEEPER, formatCard(justice.card));
  await addOffice(justice, KEEPER, formatCard(customs.card));
  const early = await saved('before-the-first-packet');
  const receipt = await carried(customs, justice);
  const seenFirst = await seen();
  const middle = await saved('after-the-first-packet');
  await carried(justice, customs);
  await carried(customs, justice);
  const seenLast = await seen();
  const seenOfJustice = (await exchangeWith(customs, 'justice')).seen ?? '';
  const late = await saved('after-all');
  const damaged = join(dir, 'damaged');
  cpSync(late, damaged, { recursive: true });
  const [file] = readdirSync(join(damaged, 'database')).filter((name) => !name.endsWith('.json'));
  appendFileSync(join(damaged, 'database', file ?? ''), 'x');

  const keyFile = join(customs.dir, 'keys', 'master.key');
  const otherKey = join(dir, 'other.key');
  writeFileSync(otherKey, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const to = join(dir, 'restored');
  const url = await testDatabaseUrl(t);
  const asked = (more: Partial<Restoring>): Restoring => ({
    from: late,
    to,
    keyFile,
    seen: [],
    without: [],
    ...more,
  });

  const unsaid = /Nothing says what the office justice has seen/;
  const older =
    /older than what the office justice has seen: it has seen \d+ entries, and the backup has \d+/;
  type Refused = readonly [what: string, more: Partial<Restoring>, kind: ProblemKind, words: RegExp];
  const refusals: readonly Refused[] = [
    ['nothing of what has been seen', { from: middle }, 'backup-refused', unsaid],
    ['that another office has seen nothing', { without: ['irs'] }, 'backup-refused', unsaid],
    ['a newer head than the backup has', { from: middle, seen: [seenLast] }, 'backup-refused', older],
    ['a head, before the first packet', { from: early, seen: [seenFirst] }, 'backup-refused', older],
    [
      'a head, before the card',
      { from: bare, seen: [seenFirst] },
      'backup-refused',
      /older than|Nothing says/,
    ],
    ['a head of its own', { seen: [(await customs.views.head('customs')) ?? ''] }, 'backup-refused', unsaid],
    ['a head of the other office', { seen: [seenOfJustice] }, 'backup-refused', /not a head of this log/],
    ['no head at all', { seen: ['', 'garbage'] }, 'backup-refused', /not a head of this log/],
    ['nothing from the other office', {}, 'backup-refused', unsaid],
    ['another master key', { keyFile: otherKey, seen: [seenLast] }, 'key-missing', /master key [0-9a-f]{16}/],
    ['a key file that is not there', { keyFile: join(dir, 'none.key') }, 'key-missing', /./],
    ['a backup that was damaged', { from: damaged, seen: [seenLast] }, 'backup-refused', /./],
    ['a folder that is no backup', { from: dir }, 'not-a-node', /./],
  ];
  for (const [what, more, kind, words] of refusals)
    await t.test(`refused: ${what}`, async () => {
      try {
        const error = await caught(
          restore(asked(more), KEEPER, { databaseUrl: url, now }).then((node) => node.close()),
        );
        assert.equal(error.problems[0].kind, kind, error.message);
        assert.match(wordsOf(error.problems), words);
        assert.ok(!existsSync(to), 'the folder stays');
        assert.equal(await rowsIn(url), 0, 'the database is not empty again');
      } finally {
        rmSync(to, { recursive: true, force: true });
        await emptied(url);
      }
    });

  await t.test('refused: by whom it is not for', async () => {
    const error = await caught(
      restore(asked({ seen: [seenLast] }), SENDER, { databaseUrl: url, now }).then((node) => node.close()),
    );
    assert.equal(error.problems[0].kind, 'not-entitled');
    assert.ok(!existsSync(to));
    assert.equal(await rowsIn(url), 0);
  });

  await t.test('refused, on a database of its own: no folder is left, and no server', async () => {
    const error = await caught(
      restore(asked({ from: middle, seen: [seenLast] }), KEEPER, { now }).then((node) => node.close()),
    );
    assert.match(error.message, older);
    assert.ok(!existsSync(to));
  });

  await t.test('by the word of an office that has seen nothing, it goes on, and says so', async (t) => {
    const node = await restore(asked({ from: early, without: ['justice'] }), KEEPER, {
      databaseUrl: url,
      now,
    });
    const [event] = await node.views.stream('customs', 'gate');
    assert.equal(event?.kind, 'node-restored');
    assert.deepEqual([event.person, event.title], ['Nell Quay', 'Directory Officer']);
    assert.deepEqual((event.data as { without?: unknown }).without, ['justice']);
    await sendHead(node, SENDER, 'justice');

    await t.test('and nothing is restored over it', async () => {
      const size = await sizeOf(node);
      for (const there of [to, `${to}-2`]) {
        const error = await caught(
          restore(asked({ to: there, seen: [seenLast] }), KEEPER, { databaseUrl: url, now }),
        );
        assert.match(error.message, /not empty/);
      }
      assert.ok(!existsSync(`${to}-2`));
      assert.equal(await sizeOf(node), size);
      await sendHead(node, SENDER, 'justice');
    });
    await node.close();
    rmSync(to, { recursive: true });
    await emptied(url);
  });

  await t.test('with the head last seen, it goes on as if nothing had been', async (t) => {
    const before = (await customs.views.head('customs')) ?? '';
    const node = await restore(asked({ seen: [seenFirst, seenLast] }), KEEPER, { databaseUrl: url, now });
    t.after(() => node.close());
    await carried(node, justice);
    await carried(justice, node);
    await carried(node, justice, receipt);
    const report = await verifyLog(async (path) => node.views.file('customs', path), {
      log: parseVkey(customs.card.vkey),
      known: [before, seenFirst, seenLast],
    });
    assert.deepEqual([report.findings, report.goesOnFrom], [[], 3]);
  });
});

test('a rotation of the master key may be interrupted anywhere', async (t) => {
  const dir = folder(t);
  const { node: customs, around } = await founded(t, dir, 'customs');
  const { node: justice } = await founded(t, dir, 'justice');
  t.after(() => justice.close());
  await addOffice(customs, KEEPER, formatCard(justice.card));
  await addOffice(justice, KEEPER, formatCard(customs.card));
  const first = await carried(customs, justice);
  const saved = join(dir, 'saved');
  await backup(customs, saved);
  const { current: oldKey } = customs.master;

  const keys = join(customs.dir, 'keys');
  const keyFile = join(keys, 'master.key');
  const oldFile = join(dir, 'old.key');
  copyFileSync(keyFile, oldFile);
  const inFile = () => readFileSync(keyFile, 'utf8').trim().split(/\s+/);

  /** What was sealed opens, and what is new is sealed: a packet of before, the directory, a person’s key, an act. */
  const works = async (surroundings: Parameters<typeof openNode>[1] = around): Promise<void> => {
    const node = await openNode(customs.dir, surroundings);
    try {
      const anew = await receive(justice, SENDER, (await dispatch(node, 'justice', first)).bytes);
      assert.equal(anew.receipt.repeated, true);
      await carried(node, justice);
      assert.equal(
        (await node.views.stream('customs', 'people')).every(({ data }) => data !== null),
        true,
      );
    } finally {
      await node.close();
    }
  };

  // Open all the while, as `serve` is: it has read the old key and no other.
  const serving = customs;
  t.after(() => serving.close());

  await t.test('after the new key was made, and before anything is wrapped under it', async () => {
    await addKey(keyFile);
    await works();
    await carried(serving, justice);
  });

  await t.test('after the data keys, and before the private keys', async () => {
    const node = await openNode(customs.dir, around);
    assert.ok((await rewrap(node.database.db('customs'), node.master)) > 0);
    await node.close();
    await works();
  });

  await t.test('after some of the private keys', async () => {
    const node = await openNode(customs.dir, around);
    const [one] = readdirSync(keys).filter((name) => name.endsWith('.sealed'));
    assert.ok(one !== undefined);
    copyFileSync(join(keys, one), join(dir, one));
    node.keystore.reseal();
    copyFileSync(join(dir, one), join(keys, one));
    await node.close();
    await works();
  });

  await t.test('the same command finishes it, with the same key', async () => {
    const [newest, before] = inFile();
    const done = await rotate(customs.dir, around);
    assert.deepEqual(inFile(), [newest, before]);
    assert.notEqual(done.master, oldKey);
    assert.ok(done.privateKeys >= 3);
    await works();
  });

  await t.test('the old key is dropped once nothing is wrapped under it, and not needed again', async () => {
    const [newest] = inFile();
    // What it has just sealed under the old key is wrapped anew before that is dropped.
    const { problems } = await caught(
      changeDirectory(serving, KEEPER, { act: 'add person', id: 'late', name: 'Kit Ames' }),
    );
    assert.match(problems[0].what, /master key [0-9a-f]{16}, which is not here/);
    const { master } = await dropOld(customs.dir, around);
    assert.deepEqual(inFile(), [newest]);
    for (const name of readdirSync(keys).filter((one) => one.endsWith('.sealed')))
      assert.equal((JSON.parse(readFileSync(join(keys, name), 'utf8')) as { master: string }).master, master);
    await works();
    await dropOld(customs.dir, around);
    await works();
  });

  await t.test('a wrong key, and an old one: each command names the key that is needed', async (t) => {
    const present = inFile().join('\n');
    t.after(() => writeFileSync(keyFile, `${present}\n`));
    const { master } = JSON.parse(readFileSync(join(keys, 'office.sealed'), 'utf8')) as { master: string };
    const wrong = randomBytes(32).toString('base64');
    const needs = async (attempt: Promise<unknown>, id: string): Promise<void> => {
      const { problems } = await caught(attempt);
      assert.equal(problems[0].kind, 'key-missing');
      const text = wordsOf(problems);
      assert.match(text, new RegExp(`master key ${id}`));
      for (const secret of [wrong, ...present.split('\n')])
        assert.ok(!text.includes(secret), 'the key itself is shown');
    };
    for (const given of [wrong, readFileSync(oldFile, 'utf8').trim()]) {
      await needs(openNode(customs.dir, { ...around, masterKey: given }), master);
      writeFileSync(keyFile, `${given}\n`);
      for (const command of [
        () => openNode(customs.dir, around),
        () => rotate(customs.dir, around),
        () => dropOld(customs.dir, around),
      ])
        await needs(command(), master);
      writeFileSync(keyFile, `${present}\n`);
    }
    // A backup of before the rotation is sealed under the key of then.
    const to = join(dir, 'restored');
    const asked = { from: saved, to, seen: [], without: ['justice'] as const };
    const url = await testDatabaseUrl(t);
    await needs(restore({ ...asked, keyFile }, KEEPER, { databaseUrl: url, now }), oldKey);
    assert.ok(!existsSync(to));
    const node = await restore({ ...asked, keyFile: oldFile }, KEEPER, { databaseUrl: url, now });
    await sendHead(node, SENDER, 'justice');
    await node.close();
  });

  await t.test('with the key in the environment', async () => {
    const [present = ''] = inFile();
    const newest = randomBytes(32).toString('base64');
    rmSync(keyFile);
    const { problems } = await caught(rotate(customs.dir, { ...around, masterKey: present }));
    assert.match(problems[0].next, /Put a new key/);
    const both = { ...around, masterKey: `${newest} ${present}` };
    await rotate(customs.dir, both);
    await works(both);
    await dropOld(customs.dir, both);
    await works({ ...around, masterKey: newest });
    assert.ok(!existsSync(keyFile), 'a key that lives elsewhere is not written down here');
  });
});
