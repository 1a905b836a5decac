import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { derived } from '../scripts/derived.ts';

test('what is generated and checked in is what the rules, scenarios and schema say (npm run generate)', async () => {
  for (const { path, text } of await derived())
    assert.ok(
      readFileSync(new URL(`../${path}`, import.meta.url), 'utf8') === text,
      `${path} is out of date: npm run generate`,
    );
});
