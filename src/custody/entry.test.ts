import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ENTRY_SIZE, FIELDS, SALTS_SIZE, decodeEntry, encodeEntry, opens, saltOf } from './entry.ts';
import type { Field } from './entry.ts';
import { flip, saltsOf } from './log.fixture.ts';

const salts = saltsOf(1);
const act = {
  office: 'irs',
  time: 1_767_225_600,
  fields: {
    kind: 'release',
    cite: '(c)',
    person: 'p-7',
    title: 'Disclosure Officer',
    case: 'HL-1',
    item: '1120/11',
  },
} as const;
const entry = encodeEntry(act, salts);

const fieldValues = fc.record(
  Object.fromEntries(FIELDS.map((field) => [field, fc.string({ unit: 'grapheme' })])) as Record<
    Field,
    fc.Arbitrary<string>
  >,
  { requiredKeys: [] },
);
const saltBytes = fc.uint8Array({ minLength: SALTS_SIZE, maxLength: SALTS_SIZE });

describe('entry format v1', () => {
  it('has the header that the format says, and nothing else that can be read', () => {
    const bytes = Buffer.from(entry);
    assert.equal(bytes.length, 320);
    assert.equal(bytes.toString('latin1', 0, 24), 'waybill\x01irs\0\0\0\0\0\0\0\0\0\x69\x55\xb9\x00');
    assert.deepEqual(bytes.subarray(24, 32), Buffer.alloc(8));
    for (const value of Object.values(act.fields)) assert.equal(bytes.includes(value), false);
  });

  it('commits to each field with SHA-256 of “salt:field:value”, as sha256sum says too', (t) => {
    const text = `${Buffer.from(saltOf(salts, 'kind')).toString('hex')}:kind:release`;
    let said: string;
    try {
      said = execFileSync('sha256sum', { input: text, encoding: 'utf8' }).slice(0, 64);
    } catch {
      return t.skip('there is no sha256sum here');
    }
    assert.equal(Buffer.from(entry.subarray(32, 64)).toString('hex'), said);
  });

  it('is the same bytes for the same act and salts, and every byte of it counts', () => {
    assert.deepEqual(encodeEntry(act, salts), entry);
    // Frozen: a change of these bytes is a new version of the format.
    assert.equal(
      Buffer.from(entry.subarray(0, 64)).toString('hex'),
      '77617962696c6c016972730000000000000000006955b9000000000000000000a758a388681bac862ef1e93c0fd7ce0bf1c94fa073ba6287d263f9a826c71e6f',
    );
  });

  it('has the same size and the same fields whatever the act, empty ones too', () => {
    fc.assert(
      fc.property(fieldValues, saltBytes, (fields, salts) => {
        const bytes = encodeEntry({ office: 'customs', time: 1, fields }, salts);
        assert.equal(bytes.length, ENTRY_SIZE);
        const read = decodeEntry(bytes);
        assert.deepEqual([read.office, read.time], ['customs', 1]);
        for (const field of FIELDS) assert.ok(opens(bytes, field, saltOf(salts, field), fields[field] ?? ''));
      }),
    );
  });

  it('does not tell a bar by its bytes: with other salts nothing but the header is alike', () => {
    const barred = encodeEntry({ ...act, fields: { ...act.fields, kind: 'bar', cite: '(e)' } }, saltsOf(2));
    const again = encodeEntry(act, saltsOf(3));
    for (const other of [barred, again]) {
      assert.deepEqual(other.subarray(0, 32), entry.subarray(0, 32));
      for (let at = 32; at < ENTRY_SIZE; at += 32) {
        assert.notDeepEqual(other.subarray(at, at + 32), entry.subarray(at, at + 32));
      }
    }
  });

  it('opens with the right salt, field and value only', () => {
    const salt = saltOf(salts, 'cite');
    assert.ok(opens(entry, 'cite', salt, '(c)'));
    assert.equal(opens(entry, 'cite', salt, '(e)'), false);
    assert.equal(opens(entry, 'kind', salt, '(c)'), false);
    assert.equal(opens(entry, 'cite', saltOf(salts, 'kind'), '(c)'), false);
    assert.equal(opens(entry, 'cite', salt.subarray(1), '(c)'), false);
    for (let bit = 0; bit < 256; bit++) {
      assert.equal(opens(entry, 'cite', flip(salt, bit), '(c)'), false);
      assert.equal(opens(flip(entry, (64 + 0) * 8 + bit), 'cite', salt, '(c)'), false);
    }
  });

  it('one value cannot be passed off as another field’s by a colon in it', () => {
    const shifted = encodeEntry({ ...act, fields: { kind: 'kind:x' } }, salts);
    assert.equal(opens(shifted, 'kind', saltOf(salts, 'kind'), 'x'), false);
    assert.ok(opens(shifted, 'kind', saltOf(salts, 'kind'), 'kind:x'));
  });

  for (const [why, bytes] of [
    ['too short', entry.subarray(1)],
    ['too long', Buffer.concat([entry, Buffer.alloc(1)])],
    ['nothing', new Uint8Array()],
    ['another version', flip(entry, 7 * 8)],
    ['another magic', flip(entry, 0)],
    ['another office', flip(entry, 8 * 8)],
    ['office padded with something else', flip(entry, 15 * 8)],
    ['a time of 2^56', flip(entry, 16 * 8)],
    ['a time of 2^53', flip(entry, 17 * 8 + 5)],
    ['reserved bytes set', flip(entry, 31 * 8)],
  ] as const) {
    it(`refuses: ${why}`, () => {
      assert.throws(() => decodeEntry(bytes), { name: 'ProblemError' });
    });
  }

  it('is not made of what has no single form', () => {
    assert.throws(() => encodeEntry(act, salts.subarray(1)), RangeError);
    assert.throws(() => encodeEntry({ ...act, time: 1.5 }, salts), RangeError);
    assert.throws(() => encodeEntry({ ...act, time: -1 }, salts), RangeError);
    assert.throws(() => encodeEntry({ ...act, fields: { kind: '\ud800' } }, salts), RangeError);
  });
});
