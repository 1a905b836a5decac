import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ProblemError } from '../ground/problem.ts';
import { addKey, dropOldKeys, makeKeyFile, readKeys } from './key-file.ts';
import { masterKeys } from './keys.ts';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');
const dataKey = Buffer.alloc(32, 9);
const context = { log: 3, scope: Buffer.from('scope') };

const refused = (what: RegExp) => (error: unknown) => {
  if (!(error instanceof ProblemError)) return false;
  const [{ kind, what: found, next }] = error.problems;
  assert.equal(kind, 'key-missing');
  assert.match(found, what);
  assert.ok(!`${found}${next}`.includes(OLD) && !`${found}${next}`.includes(NEW), 'the problem quotes a key');
  return true;
};

const keyFile = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-key-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'master.key');
};

test('a data key unwraps for the log and scope it was wrapped for, and no other', () => {
  const keys = masterKeys(OLD);
  const wrapped = keys.wrap(dataKey, context);
  assert.equal(wrapped.master, keys.current);
  assert.deepEqual(keys.unwrap(wrapped, context), dataKey);
  assert.throws(() => keys.unwrap(wrapped, { ...context, log: 4 }), refused(/does not open/));
  assert.throws(
    () => keys.unwrap(wrapped, { ...context, scope: Buffer.from('other') }),
    refused(/does not open/),
  );
});

test('no two contexts are one: neither digits nor line ends move between log and scope', () => {
  const keys = masterKeys(OLD);
  const wrapped = keys.wrap(dataKey, { log: 1, scope: Buffer.from('2\nx') });
  assert.throws(() => keys.unwrap(wrapped, { log: 12, scope: Buffer.from('\nx') }), refused(/does not open/));
});

test('a missing master key is named by its id', () => {
  const wrapped = masterKeys(OLD).wrap(dataKey, context);
  assert.throws(
    () => masterKeys(NEW).unwrap(wrapped, context),
    refused(new RegExp(`master key ${wrapped.master}`)),
  );
});

test('during a rotation the first key wraps and each unwraps', () => {
  const both = masterKeys(`${NEW}\n${OLD}\n`);
  assert.equal(both.wrap(dataKey, context).master, masterKeys(NEW).current);
  assert.deepEqual(both.unwrap(masterKeys(OLD).wrap(dataKey, context), context), dataKey);
});

test('what is no key is refused without being quoted', () => {
  for (const text of ['', 'secret', OLD.slice(1), `${OLD} secret`, Buffer.alloc(31, 1).toString('base64')])
    assert.throws(() => masterKeys(text), refused(/no master key/));
});

test('the key file is made once, for its owner alone', async (t) => {
  const file = await keyFile(t);
  const made = await makeKeyFile(file);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  await assert.rejects(makeKeyFile(file), refused(/cannot be made/));
  assert.deepEqual((await readKeys({ file })).ids, made.ids);
  assert.deepEqual(await readdir(join(file, '..')), ['master.key']);
});

test('a lost key file and one that others can read are refused', async (t) => {
  const file = await keyFile(t);
  await assert.rejects(readKeys({ file }), refused(/not here/));
  await writeFile(file, OLD);
  await chmod(file, 0o640);
  await assert.rejects(readKeys({ file }), refused(/Others can read/));
});

test('the environment goes before the file', async (t) => {
  const file = await keyFile(t);
  await makeKeyFile(file);
  assert.deepEqual((await readKeys({ text: OLD, file })).ids, masterKeys(OLD).ids);
});

test('a rotation adds a key in front and drops the old ones at its end', async (t) => {
  const file = await keyFile(t);
  const made = await makeKeyFile(file);
  const both = await addKey(file);
  assert.deepEqual(both.ids, [both.current, made.current]);
  assert.notEqual(both.current, made.current);
  const after = await dropOldKeys(file);
  assert.deepEqual(after.ids, [both.current]);
  assert.equal((await readFile(file, 'utf8')).length, 45);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});
