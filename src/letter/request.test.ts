import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RequestBody, requestBodySchema } from '../casework/acts/request.ts';
import { openCatalogue } from '../returns/catalogue/open.ts';
import { contentOf, readPdf } from './pdf/read.fixture.ts';
import { certificates, requestLetterPdf } from './request.ts';

const catalogue = openCatalogue();

/** All fictional. */
const body: RequestBody = requestBodySchema.parse({
  waybill: 'request/1',
  title: 'Harbor Lamp',
  fictional: true,
  audit: {
    reference: 'TRA-2026-17',
    kind: 'section 509 audit',
    stage: 'initiated',
    subject: 'harbor-lamp',
    entries: ['ABC-1234567-8'],
  },
  taxpayers: [
    { id: 'harbor-lamp', name: 'Harbor Lamp Inc.', tin: '07-1234567', certified: 'audit initiated' },
    {
      id: 'lantern',
      name: 'Lantern Holdings',
      certified: 'relationship',
      relationship: { kind: 'ownership', with: 'harbor-lamp', statement: 'It owns all of it.' },
    },
  ],
  items: [
    {
      id: 'purchases',
      taxpayer: 'harbor-lamp',
      form: '1125-A',
      line: '2',
      period: { from: '2021-01-01', to: '2021-12-31' },
      purposes: ['correctness of an entry'],
      purpose: 'To compare the purchases with the entries.',
      necessity: 'Nothing else shows all of them.',
      relatesTo: 'declared value',
    },
    {
      id: 'sister',
      taxpayer: 'lantern',
      form: '1125-A',
      line: '8',
      date: '2021-06-30',
      purposes: [],
      purpose: 'Shown by a name that turns: \u202egnp.exe',
    },
  ],
  request: {
    reference: 'CBP-2026-0147',
    form: 'written',
    dated: '2026-03-16',
    signature: {
      name: 'Robin Alder',
      title: 'Commissioner',
      office: 'Customs',
      capacity: 'Commissioner',
    },
    titles: ['Auditor, Regulatory Audit', 'Import Specialist'],
  },
});

const read = async (of: RequestBody) => readPdf(await requestLetterPdf(of, catalogue, { compress: false }));

test('a request says in its letter all that it says, (b)(1) to (b)(4)', async () => {
  const text = contentOf(await read(body)).replace(/\s+/g, ' ');
  for (const words of [
    'CBP-2026-0147',
    'March 16, 2026',
    'TRA-2026-17',
    'ABC-1234567-8',
    'Harbor Lamp Inc.',
    '07-1234567',
    'Lantern Holdings',
    'It owns all of it.',
    'Form 1125-A, line 2',
    'To compare the purchases with the entries.',
    'Nothing else shows all of them.',
    'Import Specialist',
    'Robin Alder',
  ])
    assert.ok(text.replace(/\s/g, '').includes(words.replace(/\s/g, '')), words);
  const dense = text.replace(/\s/g, '');
  assert.ok(dense.includes(certificates['audit initiated'].replace(/\s/g, '')));
  assert.ok(dense.includes(certificates.relationship.replace(/\s/g, '')));
  assert.ok(dense.includes('‹U+202E›'), 'no value can look like another');
});

test('it is accessible, and marked as what it is on every page', async () => {
  const long = { ...body, items: Array.from({ length: 60 }, () => body.items).flat() };
  const { pages, unmarked, raw } = await read(long);
  assert.equal(unmarked, 0);
  assert.match(raw, /\/Lang \(en/);
  assert.ok(pages.length > 2);
  for (const page of pages) {
    const running = page.filter(({ tag }) => tag === 'Artifact').map(({ text }) => text);
    assert.ok(running.join('').includes('FOR OFFICIAL USE'));
    assert.ok(running.join('').includes('Fictional example'));
  }
});

test('equal requests give equal bytes; what lacks a part still has a letter that says so', async () => {
  assert.deepEqual(
    await requestLetterPdf(body, catalogue),
    await requestLetterPdf(structuredClone(body), catalogue),
  );
  const { audit: _audit, ...without } = body;
  const bare: RequestBody = {
    ...without,
    taxpayers: [],
    request: { reference: 'CBP-1', form: 'written', dated: body.request.dated, titles: [] },
  };
  const text = contentOf(await read(bare)).replace(/\s+/g, ' ');
  assert.match(text, /Not stated/);
  assert.match(text, /Not signed/);
});
