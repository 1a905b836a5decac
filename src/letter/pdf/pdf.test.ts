import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { compose } from '../compose.ts';
import { longSample, sample } from '../letter.fixture.ts';
import { draw } from './draw.ts';
import { Lines } from './lines.ts';
import { readPdf } from './read.fixture.ts';
import { runsOf } from './typefaces.ts';

const pdf = (input = sample) => draw(compose(input), { compress: false });

test('the file is a tagged PDF 1.7 that says it is PDF/UA-1, in English, and shows its title', async () => {
  const { raw } = readPdf(await pdf());
  assert.ok(raw.startsWith('%PDF-1.7\n'));
  for (const entry of [
    /\/MarkInfo \d+ 0 R/,
    /\/Marked true/,
    /\/Lang \(en-US\)/,
    /\/DisplayDocTitle true/,
    /<pdfuaid:part>1<\/pdfuaid:part>/,
    /<rdf:li xml:lang="x-default">Letter of transmittal IRS-GLDS-2026-0413/,
    /\/Type \/StructTreeRoot/,
    /\(D:20261124120000Z\)/,
  ])
    assert.match(raw, entry);
});

test('its properties cannot break its XML', async () => {
  const { raw } = readPdf(await pdf({ ...sample, reference: 'A&B <x>' }));
  assert.doesNotMatch(/<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(raw)?.[0] ?? '&', /&|<x>/);
});

test('every font is embedded, with a way back to characters', async () => {
  const { raw } = readPdf(await pdf());
  const fonts = raw.match(/\/Subtype \/Type0/g) ?? [];
  assert.ok(fonts.length >= 4);
  assert.equal(raw.match(/\/FontFile2 \d+ 0 R/g)?.length, fonts.length);
  assert.equal(raw.match(/\/ToUnicode \d+ 0 R/g)?.length, fonts.length);
  assert.doesNotMatch(raw, /\/Subtype \/Type1\b/);
});

test('all that is drawn is tagged or an artifact', async () => {
  const { unmarked, pages } = readPdf(await pdf(longSample(80)));
  assert.equal(unmarked, 0);
  assert.ok(pages.flat().every(({ tag }) => tag !== ''));
});

test('headings, lists and tables are in the structure; every header cell says what it heads', async () => {
  const { raw } = readPdf(await pdf());
  const tags = (tag: string) => raw.match(new RegExp(`/S /${tag}\\n`, 'g'))?.length ?? 0;
  assert.equal(tags('Document'), 1);
  assert.equal(tags('H1'), 1);
  assert.equal(tags('H2'), 5);
  for (const tag of [
    'H3',
    'P',
    'L',
    'LI',
    'Lbl',
    'LBody',
    'Table',
    'THead',
    'TBody',
    'TR',
    'TD',
    'BlockQuote',
  ])
    assert.ok(tags(tag) > 0, tag);
  assert.equal(raw.match(/\/Scope \/(Row|Column)/g)?.length, tags('TH'));
});

test('poppler finds the same structure', async (t) => {
  if (spawnSync('pdfinfo', ['-v']).error) return t.skip('pdfinfo (poppler-utils) is not installed');
  const found = spawnSync('pdfinfo', ['-struct-text', '-'], {
    input: await draw(compose(sample)),
    encoding: 'utf8',
  });
  assert.match(found.stdout, /^Document\n {2}P/);
  assert.match(
    found.stdout,
    /H1 \(block\)\n\s+"Return information for the audit of Harbor Lamp Imports, Inc."/,
  );
  assert.match(found.stdout, /TH:\s+\/Scope \/Row\s+"3\.2"/);
  assert.match(found.stdout, /"not disclosed"/);
  assert.equal(found.stderr, '');
});

test('a line is never wider than its room, and no letter is lost in breaking', () => {
  const lines = new Lines((run) => run.text.length * 0.5);
  const text = fc
    .array(fc.string({ maxLength: 30 }), { maxLength: 20 })
    .map((words) => words.join(' ').trim());
  fc.assert(
    fc.property(text, fc.integer({ min: 12, max: 200 }), (text, width) => {
      const broken = lines.break(text, 'sans', 10, width);
      // A code point that stands for one character cannot be broken, and may be all of a line.
      for (const line of broken) assert.ok(line.width <= width || line.runs.some((run) => run.actual));
      const back = broken.flatMap((line) => line.runs.map((run) => run.actual ?? run.text)).join('');
      assert.equal(back.replaceAll(' ', ''), text.replaceAll(/[ \n]/g, ''));
    }),
  );
});

test('words of one paragraph stay apart across lines', () => {
  const lines = new Lines((run) => run.text.length * 0.5);
  const text = (line: { runs: readonly { text: string }[] }) => line.runs.map((run) => run.text).join('');
  assert.deepEqual(lines.break('one two\nthree', 'sans', 10, 30).map(text), ['one ', 'two ', 'three']);
});

test('a character is set in a font that has it, or as its code point', () => {
  assert.deepEqual(
    runsOf('serif', 'aé—žЯ東').map(({ face, text, actual }) => [face.name, text, actual]),
    [
      ['serif latin', 'aé—', undefined],
      ['serif latin-ext', 'ž', undefined],
      ['serif cyrillic', 'Я', undefined],
      ['serif latin', '‹U+6771›', '東'],
    ],
  );
});

test('a cell taller than a page goes on over the next ones, and nothing of it is lost', async () => {
  const [first, ...rest] = sample.disclosed;
  assert.ok(first !== undefined);
  const caption = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ');
  const { pages } = readPdf(await pdf({ ...sample, disclosed: [{ ...first, caption }, ...rest] }));
  const drawn = pages
    .flat()
    .map(({ text }) => text)
    .join(' ');
  for (const at of [0, 450, 899]) assert.match(drawn, new RegExp(`word${at}\\b`));
});
