import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  changedItem,
  changedTaxpayer,
  freeId,
  withAudit,
  withItem,
  withTaxpayer,
  withTitles,
  withoutItem,
  withoutTaxpayer,
} from './edit-draft.ts';
import { type OpenDraft, draftSchema } from './request.ts';

const blank = draftSchema.parse({ request: { reference: 'CBP-2026-0001' } });

const whole = draftSchema.parse({
  title: 'Audit of Harbor Lamp Company (fictional)',
  request: { reference: 'CBP-2026-0001', titles: ['Auditor'] },
  audit: { reference: 'TRA-1', kind: 'section 509 audit', stage: 'initiated', subject: 'lamp' },
  taxpayers: [
    { id: 'lamp', name: 'Harbor Lamp Company (fictional)', certified: 'audit initiated' },
    {
      id: 'sister',
      name: 'Lantern Works (fictional)',
      certified: 'relationship',
      relationship: { kind: 'ownership', with: 'lamp', statement: 'One parent.' },
    },
  ],
  items: [
    { id: 'purchases', taxpayer: 'lamp', form: '1125-A', line: '2', copyOf: 'page' },
    { id: 'adjusted', taxpayer: 'sister', form: '1125-A', line: '2', adjusts: 'purchases' },
  ],
});

describe('a step changes its own part of the draft, and the draft stays one that can be saved', () => {
  test('the audit, with an importer that is entered by name', () => {
    const read = draftSchema.parse(
      withAudit(blank, { reference: 'TRA-1' }, 'A title', 'Harbor Lamp (fictional)'),
    );
    assert.deepEqual(read.taxpayers, [{ id: 'taxpayer-1', name: 'Harbor Lamp (fictional)' }]);
    assert.deepEqual(read.audit, { reference: 'TRA-1', subject: 'taxpayer-1', entries: [] });
    assert.equal(read.title, 'A title');
  });

  test('an audit of which nothing is said is not there', () => {
    assert.equal(draftSchema.parse(withAudit(whole, {}, undefined)).audit, undefined);
  });

  test('a title designated twice is designated once', () => {
    assert.deepEqual(draftSchema.parse(withTitles(whole, ['Auditor', 'Auditor'])).request.titles, [
      'Auditor',
    ]);
  });

  test('a field that was emptied is empty, and what the step does not ask for stays', () => {
    const read = draftSchema.parse(changedItem(whole, 'purchases', { form: '1125-A', period: {} }));
    assert.deepEqual(read.items[0], { id: 'purchases', form: '1125-A', copyOf: 'page', purposes: [] });
    assert.deepEqual(read.items[1], whole.items[1]);
    const taxpayer = draftSchema.parse(
      changedTaxpayer(whole, 'sister', { name: 'Lantern Works (fictional)' }),
    );
    assert.deepEqual(taxpayer.taxpayers[1], { id: 'sister', name: 'Lantern Works (fictional)' });
  });

  test('a taxpayer taken out leaves nothing that points to it', () => {
    const read = draftSchema.parse(withoutTaxpayer(whole, 'lamp'));
    assert.equal(read.audit?.subject, undefined);
    assert.equal(read.audit?.reference, 'TRA-1');
    assert.deepEqual(read.taxpayers[0]?.relationship, { kind: 'ownership', statement: 'One parent.' });
    assert.deepEqual(
      read.items.map(({ taxpayer }) => taxpayer),
      [undefined, 'sister'],
    );
  });

  test('an item taken out leaves its adjustment asking what it adjusts', () => {
    const read = draftSchema.parse(withoutItem(whole, 'purchases'));
    assert.deepEqual(
      read.items.map(({ id, adjusts }) => [id, adjusts]),
      [['adjusted', undefined]],
    );
  });

  test('whatever is entered and taken out, in any order, can be saved at every step', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ step: fc.constant('taxpayer'), name: fc.constantFrom('A', 'B', 'C') }),
        fc.record({ step: fc.constant('item'), name: fc.constantFrom('Purchases', 'Sales', 'new', '§§') }),
        fc.record({ step: fc.constant('out'), name: fc.constant('') }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, fc.nat(), (all, seed) => {
        let draft: OpenDraft = blank;
        all.forEach(({ step, name }, n) => {
          const one = draft.taxpayers[(seed + n) % Math.max(1, draft.taxpayers.length)]?.id;
          const id = freeId(
            name,
            draft.items.map((item) => item.id),
          );
          const next =
            step === 'taxpayer'
              ? withTaxpayer(draft, { name })
              : step === 'item'
                ? withItem(draft, id, { form: '1125-A', taxpayer: one })
                : withoutTaxpayer(draft, one ?? '');
          draft = draftSchema.parse(next);
        });
        const ids = draft.items.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(!ids.includes('new'), 'an item is never called like the page that finds one');
      }),
    );
  });
});

test('a taxpayer’s id says nothing of its name', () => {
  const read = draftSchema.parse(withTaxpayer(whole, { name: 'Keel Lighting (fictional)' }));
  assert.equal(read.taxpayers[2]?.id, 'taxpayer-1');
});
