import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type Way, ways } from '../../ground/ways.ts';
import { type Stepped, take, takeAll, worldAt } from './world.fixture.ts';

const step = z.looseObject({ by: z.string(), on: z.string(), act: z.string() });

const scenario = z.strictObject({
  title: z.string(),
  /** A stage of base.yaml. */
  after: z.string(),
  /** Days of base.yaml that are others here. */
  days: z.record(z.string(), z.string()).optional(),
  given: z.array(step).default([]),
  when: step,
  then: z.union([
    z.strictObject({
      /** `stream kind` or `stream kind item`: all of them, in order. */
      events: z.array(z.string()),
      /** Item → outcome, of the answer. */
      outcomes: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({
      problem: z.string(),
      cite: z.string().optional(),
      where: z.string().optional(),
      says: z.string(),
      next: z.string().optional(),
      way: z.enum(Object.keys(ways) as Way[]).optional(),
    }),
    z.strictObject({ findings: z.array(z.string()) }),
  ]),
});
type Scenario = z.infer<typeof scenario>;

const here = fileURLToPath(new URL('scenarios/', import.meta.url));
const files = globSync('*.yaml', { cwd: here })
  .filter((file) => file !== 'base.yaml')
  .sort();
const read = (file: string): readonly Scenario[] =>
  z.array(scenario).parse(parse(readFileSync(`${here}${file}`, 'utf8')));

/** What no message may repeat: the names and numbers of the fictional case. */
const secrets = /Quay|Wharf|07-?1234567|Robin|Alder|Jordan|Vale|Casey|Moor|Quinn|Alex|Firth|Lee|Carr|1200/;

const attempt = (one: Scenario): Stepped | readonly Problem[] => {
  const world = takeAll(worldAt(one.after, one.days), one.given, one.days);
  try {
    return take(world, one.when, one.days);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
};

const isProblems = (came: Stepped | readonly Problem[]): came is readonly Problem[] => Array.isArray(came);

const tell = (problems: readonly Problem[]) =>
  problems.map(({ kind, what }) => `${kind}: ${what}`).join('; ');

const check = ({ then }: Scenario, came: Stepped | readonly Problem[]): void => {
  if ('problem' in then) {
    assert.ok(isProblems(came), 'it was done, and should have been refused');
    const found = came.find(
      ({ kind, what, where, cite }) =>
        kind === then.problem &&
        what.includes(then.says) &&
        cite === (then.cite ?? cite) &&
        where === (then.where ?? where),
    );
    assert.ok(found, `refused otherwise: ${JSON.stringify(came)}`);
    assert.ok(found.next.includes(then.next ?? ''), `next: ${found.next}`);
    assert.equal(found.way, then.way ?? found.way);
    for (const { what, next, where = '' } of came) {
      assert.doesNotMatch(`${what} ${next} ${where}`, secrets, 'a message repeats what is in the case');
      assert.match(next, /[.:]/);
    }
    return;
  }
  assert.ok(!isProblems(came), isProblems(came) ? `refused: ${tell(came)}` : '');
  if ('findings' in then) {
    const told = came.findings.map(({ item, cite, blocking }) =>
      [blocking ? 'blocking' : 'warning', cite, item].filter((one) => one !== undefined).join(' '),
    );
    assert.deepEqual(told, then.findings);
    return;
  }
  const told = came.events.map(({ stream, event }) =>
    [stream, event.kind, event.item].filter((one) => one !== undefined).join(' '),
  );
  assert.deepEqual(told, then.events);
  if (then.outcomes !== undefined)
    assert.deepEqual(
      Object.fromEntries((came.world.answer?.items ?? []).map(({ id, outcome }) => [id, outcome])),
      then.outcomes,
    );
};

for (const file of files)
  describe(`acts, ${file}`, () => {
    for (const one of read(file)) test(one.title, () => check(one, attempt(one)));
  });

test('every scenario has a title of its own', () => {
  const titles = files.flatMap(read).map(({ title }) => title);
  assert.ok(titles.length >= 60, `${titles.length} scenarios`);
  assert.equal(new Set(titles).size, titles.length);
});
