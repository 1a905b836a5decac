import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type pg from 'pg';
import { signCheckpoint } from '../custody/checkpoint.ts';
import { encodeBundle } from '../custody/bundle.ts';
import { encodeEntry } from '../custody/entry.ts';
import { leafHash } from '../custody/hash.ts';
import { verifyLog } from '../custody/verify.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from '../custody/tree.ts';
import { ProblemError } from '../ground/problem.ts';
import { recordBatch } from './batch.ts';
import { exportLog } from './export.ts';
import { readExport } from './export.fixture.ts';
import { optionsOf, signerOf, single, testOffice } from './ledger.fixture.ts';
import type { TestOffice } from './ledger.fixture.ts';
import { openLedger } from './ledger.ts';

const SIZE = 700; // two full bundles and 188 entries; pieces of single acts at the end

/** A log of `SIZE` entries, the last ones by single acts, and every head that was handed out. */
const whole = async (t: TestContext): Promise<TestOffice & { heads: string[]; owner: pg.Pool }> => {
  const office = await testOffice(t);
  const heads: string[] = [];
  const acts = Array.from({ length: SIZE - 3 }, (_, n) => single(`case/${n % 50}`, Math.floor(n / 50)));
  for await (const { checkpoint } of recordBatch({ ...optionsOf(office.db), events: 300 }, acts))
    heads.push(checkpoint);
  for (let n = 0; n < 3; n++) heads.push((await office.ledger.append(single('last', n))).checkpoint);
  return { ...office, heads, owner: office.db.owner };
};

/** What `verify` finds in an export of the log, by someone who holds the heads that were handed out. */
const findings = async (
  t: TestContext,
  { views, heads }: TestOffice & { heads: string[] },
): Promise<string[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'waybill-tamper-'));
  t.after(() => rm(dir, { recursive: true }));
  const log = signerOf('irs').verifier;
  await exportLog(views, 'irs', join(dir, 'log'), log);
  const report = await verifyLog(readExport(join(dir, 'log')), { log, known: heads });
  return report.findings.map(({ kind, where = '', what }) => `${kind} ${where}: ${what}`);
};

const FRAME = 322;
/** SQL that puts bytes into the entries of the piece that begins with number `first`, at an entry within it. */
const overwrite = (owner: pg.Pool, first: number, at: number, bytes: Uint8Array) =>
  owner.query('UPDATE waybill.bundle SET entries = overlay(entries PLACING $1 FROM $2) WHERE first = $3', [
    Buffer.from(bytes),
    at * FRAME + 1,
    first,
  ]);
const framed = async (owner: pg.Pool, first: number, at: number): Promise<Buffer> => {
  const { rows } = await owner.query<{ entry: Buffer }>(
    'SELECT substring(entries FROM $1 FOR $2) AS entry FROM waybill.bundle WHERE first = $3',
    [at * FRAME + 1, FRAME, first],
  );
  return rows[0]?.entry ?? Buffer.alloc(0);
};

const refusesToWrite = async ({ db, ledger }: TestOffice): Promise<void> => {
  const altered = (error: unknown) =>
    error instanceof ProblemError && error.problems[0].kind === 'log-altered';
  await assert.rejects(openLedger(optionsOf(db)), altered);
  await assert.rejects(ledger.append(single('after', 0)), altered);
};

describe('the owner of the database, without the key of the log', () => {
  it('is not suspected where he did nothing', async (t) => {
    assert.deepEqual(await findings(t, await whole(t)), []);
  });

  it('edits an entry', async (t) => {
    const log = await whole(t);
    const entry = await framed(log.owner, 0, 9);
    entry[200] = (entry[200] ?? 0) ^ 1;
    await overwrite(log.owner, 0, 9, entry);
    assert.deepEqual(await findings(t, log), [
      'log-altered entry 9: The entry was altered: it does not have the leaf hash that was signed.',
    ]);
    await assert.rejects(log.views.event('irs', 9), /not what the entry commits to/);
  });

  it('edits an entry at the right edge', async (t) => {
    const log = await whole(t);
    const entry = await framed(log.owner, SIZE - 1, 0);
    entry[200] = (entry[200] ?? 0) ^ 1;
    await overwrite(log.owner, SIZE - 1, 0, entry);
    assert.match((await findings(t, log)).join('\n'), /do not lead to the root in its signed head/);
    await assert.rejects(openLedger(optionsOf(log.db)), /not those of its signed head/);
  });

  it('puts an entry of his own in the place of another, with all that opens it', async (t) => {
    const log = await whole(t);
    const forged = encodeEntry(
      { office: 'irs', time: 1_700_000_000, fields: { kind: 'forged' } },
      Buffer.alloc(288),
    );
    await overwrite(log.owner, 256, 4, encodeBundle([forged]));
    assert.match((await findings(t, log)).join('\n'), /entry 260: The entry was altered/);
  });

  it('deletes entries', async (t) => {
    const log = await whole(t);
    await log.owner.query('DELETE FROM waybill.bundle WHERE first = 256');
    await log.owner.query('DELETE FROM waybill.event WHERE seq >= 256 AND seq < 300');
    const found = (await findings(t, log)).join('\n');
    assert.match(found, /missing|renumbered/);
    await log.owner.query('DELETE FROM waybill.bundle WHERE first >= 256 AND first < 512');
    assert.match((await findings(t, log)).join('\n'), /Entries 256 to 511 are missing/);
  });

  it('deletes the last entries and leaves the head', async (t) => {
    const log = await whole(t);
    await log.owner.query('DELETE FROM waybill.bundle WHERE first = $1', [SIZE - 1]);
    assert.notDeepEqual(await findings(t, log), []);
    await assert.rejects(openLedger(optionsOf(log.db)), ProblemError);
  });

  it('swaps two entries', async (t) => {
    const log = await whole(t);
    const [one, two] = [await framed(log.owner, 0, 3), await framed(log.owner, 0, 200)];
    await overwrite(log.owner, 0, 3, two);
    await overwrite(log.owner, 0, 200, one);
    assert.deepEqual(await findings(t, log), [
      'log-altered entry 3: The entry is the one that was signed as number 200: entries were swapped or renumbered.',
      'log-altered entry 200: The entry is the one that was signed as number 3: entries were swapped or renumbered.',
    ]);
  });

  it('takes an entry out and renumbers those that come after', async (t) => {
    const log = await whole(t);
    await log.owner.query(
      'UPDATE waybill.bundle SET entries = substring(entries FROM 1 FOR 3220) || substring(entries FROM 3543), count = 255 WHERE first = 0',
    );
    const found = await findings(t, log);
    assert.match(found.join('\n'), /entry 10: The entry is missing: it was taken out/);
    assert.match(
      found.join('\n'),
      /Entries 10 to 254 are those that were signed as 11 to 255: they were renumbered/,
    );
  });

  it('exchanges what opens two entries', async (t) => {
    const log = await whole(t);
    await log.owner.query(
      `UPDATE waybill.event SET body = CASE seq WHEN ${SIZE - 1} THEN ${SIZE - 2} ELSE ${SIZE - 1} END
        WHERE seq IN (${SIZE - 1}, ${SIZE - 2})`,
    );
    assert.deepEqual(await findings(t, log), []);
    await assert.rejects(log.views.event('irs', SIZE - 1), /not what the entry commits to/);
  });

  it('puts an older head in the place of the newest', async (t) => {
    const log = await whole(t);
    await log.owner.query('DELETE FROM waybill.head WHERE size = $1', [SIZE]);
    assert.match(
      (await findings(t, log)).join('\n'),
      /log-forked .*A head of 700 entries is known, but this one has 699/,
    );
    // A writer that was there sees it too; one that starts now needs the heads that other offices hold.
    await assert.rejects(log.ledger.append(single('after', 0)), /cut back or rewritten/);
  });

  it('signs the head with a key of his own', async (t) => {
    const log = await whole(t);
    await log.owner.query(
      'UPDATE waybill.head SET checkpoint = replace(checkpoint, $1, $2) WHERE size = $3',
      ['— irs', '— srs', SIZE],
    );
    await assert.rejects(findings(t, log), /not signed/);
    await refusesToWrite(log);
  });
});

describe('the owner of the database who also has the key of the log', () => {
  it('cuts it back and signs an older head again', async (t) => {
    const log = await whole(t);
    const { rows } = await log.owner.query<{ entries: Buffer }>(
      'SELECT entries FROM waybill.bundle ORDER BY first LIMIT 2',
    );
    const kept = rows.flatMap(({ entries }) =>
      Array.from({ length: entries.length / FRAME }, (_, at) =>
        entries.subarray(at * FRAME + 2, (at + 1) * FRAME),
      ),
    );
    const root = rootOf(appendLeaves(EMPTY_TREE, Buffer.concat(kept.map(leafHash))).tree);
    const { verifier } = signerOf('irs');
    const head = signCheckpoint({ origin: verifier.name, size: kept.length, root }, signerOf('irs'));
    for (const [table, column] of [
      ['bundle', 'first'],
      ['event', 'seq'],
      ['body', 'first'],
      ['head', 'prev'],
    ] as const)
      await log.owner.query(`DELETE FROM waybill.${table} WHERE ${column} >= $1`, [kept.length]);
    await log.owner.query('DELETE FROM waybill.head');
    await log.owner.query('INSERT INTO waybill.head VALUES (1, $1, 0, $2)', [kept.length, head]);
    const found = await findings(t, log);
    assert.ok(found.length > 0 && found.every((line) => line.startsWith('log-forked')));
    await assert.rejects(log.ledger.append(single('after', 0)), /cut back or rewritten/);
  });

  it('rewrites an entry and signs everything again', async (t) => {
    const log = await whole(t);
    const { rows } = await log.owner.query<{ first: string; entries: Buffer }>(
      'SELECT first, entries FROM waybill.bundle ORDER BY first',
    );
    const entries = rows.flatMap(({ entries: piece }) =>
      Array.from({ length: piece.length / FRAME }, (_, at) =>
        Buffer.from(piece.subarray(at * FRAME + 2, (at + 1) * FRAME)),
      ),
    );
    const forged = entries[9] ?? Buffer.alloc(0);
    forged[100] = (forged[100] ?? 0) ^ 1;
    await overwrite(log.owner, 0, 9, encodeBundle([forged]));
    const { tree, tiles } = appendLeaves(EMPTY_TREE, Buffer.concat(entries.map(leafHash)));
    for (const { level, index, width, bytes } of tiles)
      if (width === 256)
        await log.owner.query('UPDATE waybill.tile SET hashes = $1 WHERE level = $2 AND index = $3', [
          bytes,
          level,
          index,
        ]);
    const { verifier } = signerOf('irs');
    const head = signCheckpoint({ origin: verifier.name, size: SIZE, root: rootOf(tree) }, signerOf('irs'));
    await log.owner.query('UPDATE waybill.head SET checkpoint = $1 WHERE size = $2', [head, SIZE]);
    const found = await findings(t, log);
    assert.ok(found.length > 0 && found.every((line) => /log-forked/.test(line)));
    await assert.rejects(log.ledger.append(single('after', 0)), /cut back or rewritten/);
  });
});
