import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { readCase } from '../src/casework/read.ts';
import { ProblemError } from '../src/ground/problem.ts';

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const example = textOf('examples/harbor-lamp/case.yaml');
const request = textOf('scenarios/base/request.yaml');

const problemsOf = (yaml: string): readonly { what: string; where?: string; next: string }[] => {
  try {
    readCase(yaml, 'my-case.yaml');
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problems;
  }
  return [];
};

describe('a case whose parts do not fit is refused by line, field and what to write', () => {
  const faults: readonly [name: string, yaml: string, where: RegExp, what: RegExp][] = [
    [
      'an item that adjusts itself',
      request.replace('    record: lamp-return', '    adjusts: purchases\n    record: lamp-return'),
      /:\d+$/,
      /an item cannot adjust itself/,
    ],
    [
      'a disclosure to nobody',
      example.replace('    act: look or use', '    act: disclose'),
      /:\d+$/,
      /a disclosure needs a recipient/,
    ],
    [
      'a look with a recipient',
      example.replace('    act: disclose', '    act: look or use'),
      /:\d+$/,
      /a look or use has no recipient/,
    ],
  ];
  for (const [name, yaml, where, what] of faults)
    test(name, () => {
      const problems = problemsOf(yaml);
      assert.ok(
        problems.some((one) => what.test(one.what) && where.test(one.where ?? '')),
        JSON.stringify(problems),
      );
      for (const one of problems) assert.ok(one.next.length > 10);
    });
});

test('a case survives being written and read again', () => {
  assert.deepEqual(readCase(stringify(parse(example)), 'x'), readCase(example, 'x'));
});
