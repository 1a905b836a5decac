import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { ProblemError } from '../../src/ground/problem.ts';
import type { Watch } from '../../src/office/watch.ts';
import { type Job, type Owner, type Plan, type Result, openJobs } from '../../src/web/jobs.ts';
import { nothing } from '../../src/web/parts/parts.ts';

const val: Owner = { person: 'val-oakes', title: 'Record Inspector' };
const jordan: Owner = { person: 'jordan-vale', title: 'Auditor' };
const result: Result = { show: () => nothing };
const HOUR = 3_600_000;

/** Long work that goes on until it is told to, or its signal says to stop. */
const held = () => {
  let end: (how: Result | Error) => void = () => undefined;
  let watch: Watch | undefined;
  const plan: Plan = {
    title: 'Count',
    unit: 'stones',
    trail: [],
    work: (given) =>
      new Promise((resolve, reject) => {
        watch = given;
        given.signal.addEventListener('abort', () => reject(new Error('stopped')));
        end = (how) => (how instanceof Error ? reject(how) : resolve(how));
      }),
  };
  return {
    plan,
    end: async (how: Result | Error) => {
      end(how);
      await sleep(0);
    },
    at: (done: number, total: number) => watch?.at(done, total),
    signal: () => watch?.signal,
  };
};

const opened = (clock = { now: 0 }) => openJobs({ now: () => clock.now, log: pino({ level: 'silent' }) });
const mine = (jobs: ReturnType<typeof opened>, { id }: Job, owner = val) => jobs.of(owner, id);

test('long work says how far it is, and gives its result to whoever started it, under the same title', async () => {
  const [jobs, work] = [opened(), held()];
  const job = jobs.begin(val, work.plan);
  work.at(3, 7);
  const now = mine(jobs, job);
  assert.deepEqual([now?.state, now?.done, now?.total], ['running', 3, 7]);
  await work.end(result);
  assert.equal(mine(jobs, job)?.result, result);
  assert.equal(mine(jobs, job, jordan), undefined);
  assert.equal(mine(jobs, job, { ...val, title: 'Auditor' }), undefined);
  assert.deepEqual(
    jobs.all(val).map(({ id }) => id),
    [job.id],
  );
  assert.deepEqual(jobs.all(jordan), []);
});

test('who waits is woken when something changes, and not before', async () => {
  const [jobs, work] = [opened(), held()];
  const job = jobs.begin(val, work.plan);
  let woken = 0;
  const waits = jobs.changed(val, job, 60_000).then(() => woken++);
  await sleep(0);
  assert.equal(woken, 0);
  work.at(1, 2);
  await waits;
  await jobs.changed(val, job, 60_000);
  await work.end(result);
});

test('it is stopped when asked, by whoever started it and nobody else', async () => {
  const [jobs, work] = [opened(), held()];
  const job = jobs.begin(val, work.plan);
  jobs.stop(jordan, job.id);
  assert.equal(mine(jobs, job)?.state, 'running');
  jobs.stop(val, job.id);
  assert.equal(mine(jobs, job)?.state, 'stopped');
  assert.equal(work.signal()?.aborted, true);
  await sleep(0);
  assert.equal(mine(jobs, job)?.state, 'stopped');
});

test('work that does acts is asked to stop, and ends by telling what was done until then', async () => {
  const jobs = opened();
  let end: (how: Result) => void = () => undefined;
  let signal: AbortSignal | undefined;
  const job = jobs.begin(val, {
    ...held().plan,
    acts: true,
    work: (watch) => {
      signal = watch.signal;
      return new Promise((resolve) => (end = resolve));
    },
  });
  jobs.stop(val, job.id);
  assert.equal(signal?.aborted, true);
  assert.equal(mine(jobs, job)?.state, 'running');
  end(result);
  await sleep(0);
  assert.deepEqual([mine(jobs, job)?.state, mine(jobs, job)?.result], ['done', result]);
});

test('a problem is shown as one; anything else says nothing of what went wrong inside', async () => {
  const [jobs, known, unknown] = [opened(), held(), held()];
  const first = jobs.begin(val, known.plan);
  const second = jobs.begin(val, unknown.plan);
  const problem = new ProblemError({ kind: 'log-altered', what: 'It is not whole.', next: 'Keep it.' });
  await known.end(problem);
  await unknown.end(new Error('12-3456789 at /node/secret'));
  assert.equal(mine(jobs, first)?.problem, problem);
  const told = mine(jobs, second)?.problem?.problems[0];
  assert.equal(told?.kind, 'store-down');
  assert.doesNotMatch(JSON.stringify(told), /3456789|secret/);
});

test('two at once for a person, eight for an office; work that does not stop still counts', async () => {
  const jobs = opened();
  const deaf: Plan = { ...held().plan, work: () => new Promise(() => undefined) };
  const job = jobs.begin(val, deaf);
  jobs.begin(val, held().plan);
  const tooMany = (error: unknown) => error instanceof ProblemError && error.problems[0].kind === 'too-often';
  assert.throws(() => jobs.begin({ ...val, title: 'Another' }, held().plan), tooMany);
  jobs.stop(val, job.id);
  assert.throws(() => jobs.begin(val, held().plan), tooMany);
  for (let n = 2; n < 8; n++) jobs.begin({ person: `p${Math.floor(n / 2)}`, title: 'Auditor' }, held().plan);
  assert.throws(() => jobs.begin(jordan, held().plan), tooMany);
  jobs.close();
  await sleep(0);
  jobs.begin(jordan, held().plan);
  jobs.close();
});

test('a result stays for an hour, or until its person leaves', async () => {
  const clock = { now: 0 };
  const [jobs, work, other] = [opened(clock), held(), held()];
  const job = jobs.begin(val, work.plan);
  const theirs = jobs.begin(jordan, other.plan);
  await work.end(result);
  await other.end(result);
  clock.now = HOUR - 1;
  assert.equal(mine(jobs, job)?.state, 'done');
  jobs.leave('jordan-vale');
  assert.equal(mine(jobs, theirs, jordan), undefined);
  clock.now = HOUR;
  assert.equal(mine(jobs, job), undefined);
});

test('leaving and closing stop what is under way, and wake who watches it', async () => {
  for (const end of ['leave', 'close'] as const) {
    const [jobs, work] = [opened(), held()];
    const job = jobs.begin(val, work.plan);
    const waits = jobs.changed(val, job, 60_000);
    jobs[end]('val-oakes');
    await waits;
    assert.equal(work.signal()?.aborted, true);
    assert.equal(mine(jobs, job), undefined);
  }
});

test('of one person the oldest results make room', async () => {
  const jobs = opened();
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) {
    const work = held();
    ids.push(jobs.begin(val, work.plan).id);
    await work.end(result);
  }
  assert.deepEqual(
    jobs.all(val).map(({ id }) => id),
    ids.slice(2).reverse(),
  );
});
