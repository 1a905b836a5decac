import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import { testDatabase } from './database.fixture.ts';
import {
  asProblem,
  isConnectionLost,
  isRetryable,
  isUniqueViolation,
  sqlstate,
  withProblems,
} from './sqlstate.ts';

const failure = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing failed');
};

const kindOf = (error: unknown): string => {
  const problem = asProblem(error);
  assert.ok(problem instanceof ProblemError);
  return problem.problems[0].kind;
};

const withState = (code: string): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError('PLANTED', 7, 'error'), { code, detail: 'Key (name)=(PLANTED)' });

test('errors of the server are told by their SQLSTATE and come out without their texts', async (t) => {
  const { owner } = await testDatabase(t);
  const insert = `insert into waybill.log values (1, 'PLANTED', ''), (1, 'PLANTED', '')`;
  const unique = await failure(() => owner.query(insert));
  assert.equal(sqlstate(unique), '23505');
  assert.ok(isUniqueViolation(unique) && !isRetryable(unique));
  const problem = await failure(() => withProblems(() => owner.query(insert)));
  assert.ok(problem instanceof ProblemError);
  assert.doesNotMatch(`${problem.stack}${JSON.stringify(problem.problems)}`, /PLANTED/);
  assert.equal(problem.problems[0].kind, 'store-unfit');
});

test('a session that the server ended is a lost connection', async (t) => {
  const { owner } = await testDatabase(t);
  const ended = await failure(() => owner.query('select pg_terminate_backend(pg_backend_pid())'));
  assert.ok(isConnectionLost(ended));
  assert.equal(kindOf(ended), 'store-down');
});

test('so is a server that is not there, by socket or by port', async () => {
  for (const host of ['/no/such/folder', '127.0.0.1', 'localhost']) {
    const refused = await failure(() => new pg.Client({ host, port: 1, user: 'x', password: '' }).connect());
    assert.ok(isConnectionLost(refused), host);
  }
});

test('a full disk, a file that is not there and a mistake of ours are not', async () => {
  assert.ok(!isConnectionLost(await failure(() => writeFile('/dev/full', 'x'))));
  assert.ok(!isConnectionLost(await failure(() => writeFile('/no/such/folder/file', 'x'))));
  const mistake = new TypeError('a mistake');
  assert.equal(asProblem(mistake), mistake);
  assert.ok(!isConnectionLost(mistake));
});

test('what may succeed when it is given again is store-down, everything else says what to do', () => {
  for (const code of ['08006', '57P01', '57P03', '40001', '40P01', '25006', '53300'])
    assert.equal(kindOf(withState(code)), 'store-down', code);
  for (const code of ['53100', '42501', '28P01', '3D000', '42P01', 'XX001'])
    assert.equal(kindOf(withState(code)), 'store-unfit', code);
});
