import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { formatVkey, parseVkey } from '../custody/vkey.ts';
import { verifyLog } from '../custody/verify.ts';
import { ProblemError } from '../ground/problem.ts';
import { readExport } from './export.fixture.ts';
import { exportLog } from './export.ts';
import { signerOf, single, testOffice } from './ledger.fixture.ts';

const { verifier } = signerOf('irs');
const kind = (expected: string) => (error: unknown) =>
  error instanceof ProblemError && error.problems[0].kind === expected;

const folder = async (t: TestContext): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'waybill-export-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
};

describe('an export', () => {
  it('is a directory that verifies by the key beside it, and is brought up to date', async (t) => {
    const { ledger, views } = await testOffice(t);
    const dir = await folder(t);
    const to = join(dir, 'log');
    await assert.rejects(exportLog(views, 'irs', to, verifier), kind('proof-refused'));
    for (const [round, size] of [3, 260].entries()) {
      const from = [0, 3][round] ?? 0;
      await Promise.all(
        Array.from({ length: size - from }, (_, n) => ledger.append(single(`case/${from + n}`, 0))),
      );
      await exportLog(views, 'irs', to, verifier);
      const log = parseVkey((await readFile(join(to, 'vkey'), 'utf8')).trim());
      const report = await verifyLog(readExport(to), { log });
      assert.deepEqual([report.findings, report.head.size], [[], size]);
    }
    assert.deepEqual((await readdir(to)).sort(), ['checkpoint', 'tile', 'vkey']);
    assert.deepEqual(await readdir(dir), ['log']);
  });

  it('takes the place of nothing that is not an older export of the same log', async (t) => {
    const { ledger, views } = await testOffice(t);
    await ledger.append(single('a', 0));
    const dir = await folder(t);
    await writeFile(join(dir, 'notes.txt'), 'not a log');
    await assert.rejects(exportLog(views, 'irs', dir, verifier), kind('output-refused'));
    await assert.rejects(exportLog(views, 'irs', join(dir, 'notes.txt'), verifier), kind('output-refused'));
    assert.deepEqual(await readdir(dir), ['notes.txt']);

    const other = join(dir, 'other');
    await mkdir(other);
    await exportLog(views, 'irs', other, verifier);
    await writeFile(join(other, 'vkey'), `${formatVkey(signerOf('customs').verifier)}\n`);
    await assert.rejects(exportLog(views, 'irs', other, verifier), kind('output-refused'));
    assert.deepEqual((await readdir(dir)).sort(), ['notes.txt', 'other']);
  });

  it('does not take the place of one that the log does not go on from: that one is evidence', async (t) => {
    const first = await testOffice(t);
    for (let n = 0; n < 5; n++) await first.ledger.append(single('a', n));
    const to = join(await folder(t), 'log');
    await exportLog(first.views, 'irs', to, verifier);
    const second = await testOffice(t);
    for (let n = 0; n < 4; n++) await second.ledger.append(single('a', n));
    await assert.rejects(exportLog(second.views, 'irs', to, verifier), kind('log-forked'));
    for (let n = 4; n < 9; n++) await second.ledger.append(single('a', n));
    await assert.rejects(exportLog(second.views, 'irs', to, verifier), kind('log-forked'));
    assert.equal((await verifyLog(readExport(to), { log: verifier })).head.size, 5);
  });
});
