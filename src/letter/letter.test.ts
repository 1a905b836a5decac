import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { costOfGoods, longSample, sample, withheld } from './letter.fixture.ts';
import { letter, letterText, type LetterInput, type LetterItem } from './letter.ts';
import { compose } from './compose.ts';
import { paragraph } from './law.ts';
import { draw } from './pdf/draw.ts';
import { contentOf, readPdf } from './pdf/read.fixture.ts';

const read = async (input: LetterInput) => readPdf(await draw(compose(input), { compress: false }));
const textOf = (input: LetterInput) => letterText(input).join('\n');
const lettersOnly = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

test('equal input gives equal bytes, whatever the clock says', async (t) => {
  const first = await letter(sample);
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(1999, 0, 1) });
  assert.deepEqual(await letter(structuredClone(sample)), first);
  assert.notDeepEqual(await letter({ ...sample, reference: 'IRS-GLDS-2026-0414' }), first);
});

test('every page carries the label, our reference, its number and the notice', async () => {
  const { pages } = await read(longSample(120));
  assert.ok(pages.length > 5);
  pages.forEach((page, index) => {
    const running = page.filter(({ tag }) => tag === 'Artifact').map(({ text }) => text);
    for (const words of [
      'FEDERAL TAX INFORMATION',
      'Inspection and disclosure restricted by law: 26 USC 6103, 7213, 7213A, 7431',
      sample.reference,
      `Page ${index + 1} of ${pages.length}`,
      sample.notice ?? '',
    ])
      assert.ok(running.join('').includes(words), `page ${index + 1} lacks “${words}”`);
  });
});

test('the PDF and the plain text say the same, word for word and in the same order', async () => {
  for (const input of [sample, longSample(90), { ...sample, disclosed: [], notDisclosed: [] }]) {
    const pdf = lettersOnly(contentOf(await read(input)));
    const [, , ...lines] = letterText(input);
    assert.equal(pdf, lettersOnly(lines.join('')));
  }
});

test('repeated documents come as numbered rows, each with its value, under a head that repeats', async () => {
  const input = longSample(100);
  const pdf = await read(input);
  const content = contentOf(pdf);
  for (const [at, name] of [
    [1, '3.1'],
    [57, '3.57'],
    [100, '3.100'],
  ] as const)
    assert.ok(content.includes(`${name}Form 5472, document ${at}`), name);
  assert.equal(content.split('Value as filed').length - 1, 1);
  const continuing = pdf.pages.filter((page) =>
    page.some(({ tag, text }) => tag === 'Artifact' && text.startsWith('Item 3, continued: Form 5472')),
  );
  assert.ok(continuing.length >= 2);
  for (const page of continuing)
    assert.ok(page.some(({ tag, text }) => tag === 'Artifact' && text === 'Value as filed'));
});

test('values too many for a letter are counted, and left to the extract', () => {
  const input = { ...sample, disclosed: [{ ...costOfGoods, values: { inExtract: 400_000 } }] };
  assert.match(textOf(input), /400,000 values, in the extract/);
  const { extract: _, ...without } = input;
  assert.throws(() => letterText(without), RangeError);
});

const anyItem: fc.Arbitrary<LetterItem> = fc.record({
  number: fc.integer({ min: 100, max: 9999 }),
  taxpayer: fc.constant({ name: 'Fictional Lamps LLC', tin: '970001234' }),
  form: fc.constantFrom('1120', '5472', '8975'),
  line: fc.constantFrom('', '2', 'Part IV, line 9'),
  caption: fc.constantFrom('Purchases', 'Royalties paid'),
  period: fc.constant(withheld.period),
});

test('whatever is known of an item that is not disclosed, the letter is the same letter', () => {
  const known = fc.record({
    values: fc.array(fc.record({ value: fc.string() })),
    cite: fc.constantFrom('(c)', '(d)', '(e)'),
    reason: fc.string(),
    reasons: fc.array(fc.record({ cite: fc.string(), reason: fc.string() })),
    source: fc.constantFrom('apa', 'examination'),
  });
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: (one) => one.number }), known, (items, secret) => {
      const plain = { ...sample, notDisclosed: items };
      const knowing = { ...sample, notDisclosed: items.map((one) => ({ ...one, ...secret })) };
      assert.deepEqual(letterText(knowing), letterText(plain));
      const rows = letterText(plain).filter((line) => /^\d{3,4} \| /.test(line));
      assert.equal(rows.length, items.length);
      for (const row of rows) assert.ok(row.endsWith(' | not disclosed'), row);
    }),
    { numRuns: 60 },
  );
});

test('no value of an item that is not released is in the letter', async () => {
  const secret = { values: [{ value: '7310055501' }], value: '7310055501', unit: 'usd' };
  const input = {
    ...sample,
    returned: sample.returned.map((one) => ({ ...one, ...secret })),
    notDisclosed: sample.notDisclosed.map((one) => ({ ...one, ...secret })),
  };
  const { raw } = await read(input);
  const content = contentOf(await read(input));
  for (const told of [content, raw, textOf(input)]) assert.doesNotMatch(told, /7310055501|7,310,055,501/);
  // It would be seen if it were there.
  assert.match(content, /48,210,977/);
});

test('an item that is not disclosed has neither paragraph nor reason; one returned for cure has both', () => {
  const lines = letterText(sample);
  const withheldRow = lines.find((line) => line.startsWith('5 | '));
  assert.equal(
    withheldRow,
    '5 | Lampworks Ostrava s.r.o. (US branch), TIN ending 0242 | Form 5472, Part IV, line 13 | Commissions received from the related party | Jan 1 to Dec 31, 2021 | not disclosed',
  );
  const returnedRow = lines.find((line) => line.startsWith('6 | ')) ?? '';
  assert.match(returnedRow, /\(b\)\(4\) \| The request does not say how/);
});

test('of a TIN only the last four digits are shown', async () => {
  const input = { ...sample, disclosed: [costOfGoods] };
  const { raw } = await read(input);
  for (const told of [textOf(input), contentOf(await read(input)), raw]) {
    assert.doesNotMatch(told, /89-?0000117/);
    assert.doesNotMatch(told, /96-?0000242/);
  }
  assert.match(textOf(input), /TIN ending 0117/);
});

test('the conditions quote the law to the letter, and name the duties and penalties', () => {
  const told = textOf(sample);
  for (const cite of ['f', 'g', 'h', 'i', 'j'])
    for (const words of paragraph(cite)) assert.ok(told.includes(words), `(${cite})`);
  assert.deepEqual(
    paragraph('h').map((line) => line.slice(0, 3)),
    ['(h)', '(1)', '(2)', '(3)'],
  );
  assert.throws(() => paragraph('z'), RangeError);
  for (const cite of [
    '6103(p)(4)(A)',
    '6103(p)(4)(F)(ii)',
    'Section 7213:',
    'Section 7213A:',
    'Section 7431:',
  ])
    assert.ok(told.includes(cite), cite);
});

test('a letter that discloses nothing says so, keeps its lists and drops the conditions', () => {
  const told = letterText({ ...sample, disclosed: [], returned: [] });
  assert.ok(told.some((line) => line.startsWith('No item is disclosed with this letter.')));
  assert.deepEqual(
    told.filter((line) => line.startsWith('Enclosure ')),
    [
      'Enclosure 1: Items disclosed',
      'Enclosure 2: Items returned for cure',
      'Enclosure 3: Items not disclosed',
      'Enclosure 4: Basis of this letter',
    ],
  );
  assert.equal(told.filter((line) => line === 'None.').length, 2);
});

test('an item that stands in two lists is refused: it would be both told and withheld', () => {
  assert.throws(() => letterText({ ...sample, notDisclosed: [{ ...withheld, number: 1 }] }), RangeError);
});

test('text outside of the fonts is shown as code points, and read as itself', async () => {
  const input = { ...sample, audit: { ...sample.audit, importer: 'Žofie Écluse 東 & Co' } };
  const { raw } = await read(input);
  const content = contentOf(readPdf(await draw(compose(input), { compress: false })));
  assert.match(content, /Žofie Écluse ‹U\+6771› & Co/);
  assert.match(raw, /\/ActualText/);
  assert.match(textOf(input), /Žofie Écluse 東 & Co/);
});
