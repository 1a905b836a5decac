import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sha256 } from '../ground/digest.ts';
import { lawOf, sentencesOf } from './law.ts';
import { sections } from './rulebook.ts';
import type { SectionId } from './rule.ts';

const every = Object.values(sections).flatMap((section) =>
  section.hops.flatMap((hop) => hop.rules.map((rule) => ({ section, hop, rule }))),
);

test('a rule quotes the law’s exact words, from the paragraph that it cites', () => {
  for (const { section, rule } of every) {
    const law = lawOf(section.id);
    const own = law.paragraphs.filter((one) => one.cite === rule.cite).map((one) => one.text);
    assert.ok(
      [...own, law.title].some((text) => text.includes(rule.law)),
      `${section.id} ${rule.id} quotes words that ${rule.cite} does not have: “${rule.law}”`,
    );
  }
});

test('each sentence of the section has a rule, or says that it is left to judgment', () => {
  const silent: string[] = [];
  for (const section of Object.values(sections)) {
    const words = [...section.hops.flatMap((hop) => hop.rules), ...section.left];
    for (const paragraph of lawOf(section.id).paragraphs) {
      for (const sentence of sentencesOf(paragraph)) {
        const spoken = words.some(
          (one) => one.cite === paragraph.cite && (sentence.includes(one.law) || one.law.includes(sentence)),
        );
        if (!spoken) silent.push(`${section.id} ${paragraph.cite}: ${sentence}`);
      }
    }
  }
  assert.deepEqual(silent, []);
});

test('the sentences are found: fifteen paragraphs of (l)(14)-1, with (b) and (h) in parts', () => {
  const law = lawOf('l-14');
  assert.deepEqual(
    law.paragraphs.map((one) => one.cite),
    [
      '(a)',
      '(a)(1)',
      '(a)(2)',
      '(b)',
      '(b)(1)',
      '(b)(2)',
      '(b)(3)',
      '(b)(4)',
      '(c)',
      '(d)',
      '(e)',
      '(f)',
      '(g)',
      '(h)',
      '(h)(1)',
      '(h)(2)',
      '(h)(3)',
      '(i)',
      '(j)',
    ],
  );
  const count = (cite: string) =>
    law.paragraphs.filter((one) => one.cite === cite).flatMap(sentencesOf).length;
  assert.deepEqual(['(c)', '(f)', '(h)', '(i)', '(j)'].map(count), [4, 2, 3, 2, 2]);
});

test('the text is the one whose digest stands beside it', () => {
  const sums = readFileSync(new URL('../../law/SHA256SUMS', import.meta.url), 'utf8');
  for (const line of sums.trim().split('\n')) {
    const [digest, file] = line.split(/\s+/);
    assert.equal(sha256(readFileSync(new URL(`../../law/${file ?? ''}`, import.meta.url))), digest);
  }
});

test('within a hop each rule has an id of its own, and no hop has more rules than a set of bits holds', () => {
  for (const section of Object.values(sections)) {
    for (const hop of section.hops) {
      assert.equal(new Set(hop.rules.map((rule) => rule.id)).size, hop.rules.length, hop.id);
      assert.ok(hop.rules.length <= 26, hop.id);
    }
  }
});

test('a reading is one sentence of DECISIONS.md’s list, by its number', () => {
  const decisions = readFileSync(new URL('../../DECISIONS.md', import.meta.url), 'utf8');
  for (const { rule } of every) {
    if (rule.reading)
      assert.match(decisions, new RegExp(`\\*\\*${rule.reading[0]}\\*\\*`), `${rule.id} ${rule.reading[0]}`);
  }
});

test('no rule of (l)(14) knows a fact of the neighbours, nor they one of it', () => {
  const prefix: Readonly<Record<SectionId, RegExp>> = {
    'l-14': /^(?!l2[A-Z]|m[A-Z])/,
    'l-2': /^l2[A-Z]/,
    m: /^m[A-Z]/,
  };
  for (const { section, rule } of every) {
    for (const [, fact = ''] of JSON.stringify(rule.when).matchAll(/"fact":"(\w+)"/g)) {
      assert.match(fact, prefix[section.id], `${section.id} ${rule.id}`);
    }
  }
});
