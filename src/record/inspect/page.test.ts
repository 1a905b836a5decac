import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { EMPTY_ROOT } from '../../custody/hash.ts';
import { logSigner, witnessSigner } from '../../custody/log.fixture.ts';
import { wholeCase } from '../record.fixture.ts';
import { recordDocument } from '../record-document.ts';
import { recordOf } from '../record.ts';
import type { RecordedEvent } from '../event.ts';
import { anomalies } from './anomalies.ts';
import { anomaliesDocument, sampleDocument } from './documents.ts';
import { type PageInput, inspectionPage } from './page.ts';
import { sample } from './sample.ts';

const PLANTED = '</td><script>alert(1)</script><img src="x" onerror=\'alert(2)\'>&amp;';

/** Every text of every event with markup in it. */
const poisoned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      typeof one === 'string' && ['because', 'necessity', 'purpose', 'name', 'reason'].includes(key)
        ? `${one} ${PLANTED}`
        : poisoned(one),
    ]),
  );
};

const pageOf = (events: readonly RecordedEvent[], more: Partial<PageInput> = {}): string => {
  const at = 1_800_000_000;
  return inspectionPage({
    manifest: { at, offices: ['customs'], scope: { taxpayer: false }, version: '0' },
    report: {
      offices: [
        {
          office: 'customs',
          keys: { log: logSigner.verifier, cosigner: witnessSigner.verifier },
          head: { origin: logSigner.verifier.name, size: 0, root: EMPTY_ROOT, note: '', by: [] },
          events: events.length,
          undisclosable: [],
          withheld: 0,
          heads: 0,
        },
      ],
      packets: { matched: 0, underWay: 0 },
      events,
      findings: [],
    },
    records: [recordDocument(recordOf('customs', events))],
    sample: sampleDocument(sample(events, { n: 5, seed: PLANTED })),
    anomalies: anomaliesDocument(anomalies(events, { at })),
    cases: [
      {
        reference: PLANTED,
        pictures: [
          {
            name: PLANTED,
            svg: '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>',
            twins: [{ caption: PLANTED, columns: [{ head: PLANTED }], rows: [{ cells: [PLANTED] }] }],
          },
        ],
      },
    ],
    moreCases: 1,
    ...more,
  });
};

interface Read {
  readonly tags: readonly SaxesTagPlain[];
  readonly text: string;
}

/** The page is HTML that is XML too, so that a strict parser reads the same as a browser. */
const read = (page: string): Read => {
  const parser = new SaxesParser();
  const tags: SaxesTagPlain[] = [];
  let text = '';
  parser.on('opentag', (tag) => tags.push(tag));
  parser.on('text', (part) => (text += part));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(page.replace(/^<!doctype html>/, '')).close();
  return { tags, text };
};

const { events } = wholeCase();
const hostile = events.map((event) => ({
  ...event,
  data: poisoned(event.data),
  person: `${event.person}${PLANTED}`,
}));

test('markup that somebody wrote into an event is text, and nothing else', () => {
  const plain = read(pageOf(events));
  const { tags, text } = read(pageOf(hostile));
  assert.ok(text.includes('<script>alert(1)</script>'), 'it is shown as it was written');
  const count = (all: Read['tags'], name: string) => all.filter((tag) => tag.name === name).length;
  for (const name of ['script', 'img', 'iframe', 'link', 'form', 'object', 'base'])
    assert.equal(count(tags, name), 0, name);
  assert.equal(count(tags, 'style'), 1);
  assert.deepEqual(new Set(tags.map(({ name }) => name)), new Set(plain.tags.map(({ name }) => name)));
  for (const { name, attributes } of tags)
    for (const [attribute, value] of Object.entries(attributes)) {
      assert.doesNotMatch(attribute, /^on|^src$|^style$/, `${name} ${attribute}`);
      if (attribute === 'href') assert.match(value, /^#c\d+$/);
    }
});

test('nothing is loaded: the policy lets in the one style by its digest, and no address', () => {
  const page = pageOf(hostile);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  assert.match(policy, /^default-src (?:'|&#39;)none(?:'|&#39;); style-src (?:'|&#39;)sha256-/);
  assert.doesNotMatch(page.replaceAll('http://www.w3.org/2000/svg', ''), /https?:|url\(|@import/);
});

test('headings go down one by one, tables have captions, and their heads a scope', () => {
  const { tags } = read(pageOf(events));
  const levels = tags.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
  assert.equal(levels[0], 1);
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1));
  const of = (name: string) => tags.filter((tag) => tag.name === name);
  assert.equal(of('caption').length, of('table').length);
  assert.ok(of('table').length > 5);
  for (const { attributes } of of('th')) assert.match(attributes['scope'] ?? '', /^(?:col|row)$/);
  assert.equal(of('html')[0]?.attributes['lang'], 'en');
  const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
  assert.equal(new Set(ids).size, ids.length);
});

test('it says of itself that it proves nothing, and whether a sample was drawn', () => {
  const { text } = read(pageOf(events, { sample: undefined }));
  assert.match(text, /This page proves nothing\. Only \.\/waybill verify/);
  assert.match(text, /no seed was given/);
  assert.match(read(pageOf(events)).text, /Drawn: 5 of/);
});
