import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../ground/problem.ts';
import { formatCard, readCard } from './card.ts';
import { newCard } from './keys.ts';
import { newOffice } from './packet.fixture.ts';

const irs = await newOffice('irs');
const justice = await newOffice('justice');
const card = newCard(irs.keys, 'https://127.0.0.1:7443/packets');

const whereOf = (text: string): string | undefined => {
  try {
    readCard(text);
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problems[0].kind, 'not-a-card');
    return error.problems[0].where ?? '';
  }
  return undefined;
};

describe('office.json', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readCard(formatCard(card)), card);
    assert.deepEqual(readCard(formatCard(irs.card)), irs.card);
  });

  it('holds nothing secret', () => {
    const { log, cosigner, signing, sealing, tls } = irs.keys;
    const text = formatCard(card);
    for (const secret of [log, cosigner, signing.d, sealing.d, tls.key]) assert.ok(!text.includes(secret));
    assert.ok(!text.includes('PRIVATE'));
  });

  it('the keys are values: they survive JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(irs.keys)), irs.keys);
  });

  it('is refused with the field that is wrong', () => {
    const wrong: [string, Record<string, unknown>][] = [
      ['waybill', { waybill: 'office/2' }],
      ['office', { office: 'labor' }],
      ['vkey', { vkey: card.cosigner }],
      ['vkey', { vkey: card.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+') }],
      ['', { vkey: justice.card.vkey }],
      ['cosigner', { cosigner: card.vkey }],
      ['signing', { signing: irs.keys.signing }],
      ['signing', { signing: { ...card.signing, x: card.sealing.x } }],
      ['signing.crv', { signing: { ...card.signing, crv: 'P-384' } }],
      ['', { signing: card.sealing }],
      ['tls', { tls: 'no certificate' }],
      ['url', { url: 'http://127.0.0.1' }],
      ['', { extra: 1 }],
    ];
    for (const [where, change] of wrong) assert.equal(whereOf(JSON.stringify({ ...card, ...change })), where);
    for (const text of ['', 'null', '[]', '{}', '{']) assert.notEqual(whereOf(text), undefined);
    fc.assert(fc.property(fc.json(), (text) => whereOf(text) !== undefined));
  });
});
