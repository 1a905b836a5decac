import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { refusedDetails, whyOfDetails } from './problem-details.ts';
import { PacketRefused, sentenceOf, whys } from './refusal.ts';

test('each refusal has a sentence of its own, and what to do next', () => {
  assert.equal(new Set(whys.map((why) => sentenceOf(why).what)).size, whys.length);
  for (const why of whys) {
    const [problem] = new PacketRefused(why).problems;
    assert.match(problem.what, /^[A-Z].*\.$/);
    assert.match(problem.next, /^[A-Z].*\.$/);
  }
});

test('each refusal is tested by name', () => {
  const tests = ['open.test.ts', 'check.test.ts', 'chain.test.ts']
    .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('');
  for (const why of whys) assert.match(tests, new RegExp(`refused\\(\\s*'${why}'`));
});

test('RFC 9457: problem details name the refusal and quote nothing', () => {
  for (const why of whys) {
    const details = refusedDetails(why);
    assert.deepEqual(Object.keys(details), ['type', 'title', 'status']);
    assert.ok(details.status >= 400 && details.status < 500);
    assert.equal(whyOfDetails(JSON.stringify(details)), why);
  }
  for (const other of ['', 'null', '{}', '{"type":"about:blank"}', '{"type":"x/altered"}']) {
    assert.equal(whyOfDetails(other), undefined);
  }
});
