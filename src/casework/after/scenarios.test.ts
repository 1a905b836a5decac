import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type Way, ways } from '../../ground/ways.ts';
import { type Stepped, take, takeAll, worldAt } from './world.fixture.ts';

const step = z.looseObject({ by: z.string(), on: z.string() });

const scenario = z.strictObject({
  title: z.string(),
  /** A stage of base.yaml. */
  after: z.string(),
  given: z.array(step).default([]),
  when: step,
  then: z.strictObject({
    /** All events in order: `kind` or `kind item`. */
    events: z.array(z.string()).optional(),
    /** Of a question. */
    verdict: z.enum(['permitted', 'not yet', 'refused']).optional(),
    hop: z.string().optional(),
    /** Ids of the rules and bars in the way, all of them. */
    rules: z.array(z.string()).optional(),
    /** The paragraph recorded with the question. */
    cite: z.string().optional(),
    attach: z.string().optional(),
    warns: z.string().optional(),
    /** Nothing was done, and this is said; or the act was refused outright. */
    problem: z.string().optional(),
    says: z.string().optional(),
    where: z.string().optional(),
    next: z.string().optional(),
    way: z.enum(Object.keys(ways) as Way[]).optional(),
  }),
});
type Scenario = z.infer<typeof scenario>;

const here = fileURLToPath(new URL('scenarios/', import.meta.url));
const files = globSync('*.yaml', { cwd: here })
  .filter((file) => file !== 'base.yaml')
  .sort();
const read = (file: string): readonly Scenario[] =>
  z.array(scenario).parse(parse(readFileSync(`${here}${file}`, 'utf8')));

/** What no message may repeat: the names and numbers of the fictional case. */
const secrets =
  /Quay|Wharf|07-?1234567|Jordan|Vale|Cleo|Park|Theo|Barr|Mira|Lund|Otto|Hale|Hugo|Lind|Ines|Roth|Lars|Wick|1200/;

const attempt = (one: Scenario): Stepped | ProblemError => {
  const world = takeAll(worldAt(one.after), one.given);
  try {
    return take(world, one.when);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
};

const checkProblem = (then: Scenario['then'], problems: readonly Problem[]): void => {
  const found = problems.find(
    ({ kind, what, where }) =>
      kind === then.problem && what.includes(then.says ?? '') && where === (then.where ?? where),
  );
  assert.ok(found, `refused otherwise: ${JSON.stringify(problems)}`);
  assert.ok(found.next.includes(then.next ?? ''), `next: ${found.next}`);
  assert.equal(found.way, then.way ?? found.way);
  for (const { what, next, where = '' } of problems)
    assert.doesNotMatch(`${what} ${next} ${where}`, secrets, 'a message repeats what is in the case');
};

const check = ({ then }: Scenario, came: Stepped | ProblemError): void => {
  if (came instanceof ProblemError) {
    assert.ok(then.problem !== undefined, `refused: ${JSON.stringify(came.problems)}`);
    assert.equal(then.events, undefined, 'thrown at once, so nothing was recorded');
    checkProblem(then, came.problems);
    return;
  }
  const { events, answer, refused, warnings } = came.outcome;
  if (then.problem !== undefined) {
    assert.ok(refused, 'it was done, and should have been refused');
    checkProblem(then, refused.problems);
  } else assert.equal(refused, undefined, JSON.stringify(refused?.problems));
  if (then.events !== undefined)
    assert.deepEqual(
      events.map(({ kind, item }) => [kind, item].filter((one) => one !== undefined).join(' ')),
      then.events,
    );
  const rules = answer?.items.flatMap(({ stops }) => stops.map(({ id }) => id));
  if (then.verdict !== undefined) assert.equal(answer?.verdict, then.verdict, JSON.stringify(rules));
  if (then.hop !== undefined) assert.equal(answer?.hop.id, then.hop);
  if (then.rules !== undefined) assert.deepEqual(rules, then.rules);
  if (then.cite !== undefined) assert.equal(events[0].cite, then.cite);
  const has = (lines: readonly string[], part: string) => lines.some((line) => line.includes(part));
  if (then.attach !== undefined)
    assert.ok(has(answer?.attach ?? [], then.attach), JSON.stringify(answer?.attach));
  if (then.warns !== undefined) assert.ok(has(warnings, then.warns), JSON.stringify(warnings));
};

for (const file of files)
  describe(`after the release, ${file}`, () => {
    for (const one of read(file)) test(one.title, () => check(one, attempt(one)));
  });

test('every scenario has a title of its own', () => {
  const titles = files.flatMap(read).map(({ title }) => title);
  assert.ok(titles.length >= 60, `${titles.length} scenarios`);
  assert.equal(new Set(titles).size, titles.length);
});
