import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../ground/problem.ts';
import { open, seal, SEAL_OVERHEAD } from './seal.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const bytes = fc.uint8Array({ maxLength: 300 });

const refused = (error: unknown) => error instanceof ProblemError && error.problems[0].kind === 'key-missing';

test('what is sealed opens with the same key and as the same thing', () => {
  fc.assert(
    fc.property(key, bytes, bytes, (k, aad, plain) => {
      const sealed = seal(k, aad, plain);
      assert.equal(sealed.length, plain.length + SEAL_OVERHEAD);
      assert.deepEqual(open(k, aad, sealed), Buffer.from(plain));
    }),
  );
});

test('it is AES-256-GCM, nonce first and tag last', () => {
  const k = Buffer.alloc(32, 7);
  const sealed = seal(k, Buffer.from('what it is'), Buffer.from('fictional'));
  const decipher = createDecipheriv('aes-256-gcm', k, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from('what it is')).setAuthTag(sealed.subarray(-16));
  assert.equal(
    decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8'),
    'fictional',
  );
});

test('with one bit changed anywhere, or cut, it does not open', () => {
  fc.assert(
    fc.property(key, bytes, bytes, fc.nat(), (k, aad, plain, where) => {
      const sealed = seal(k, aad, plain);
      const flip = (of: Uint8Array): Uint8Array =>
        of.map((byte, i) => (i === (where >> 3) % of.length ? byte ^ (1 << (where & 7)) : byte));
      assert.throws(() => open(k, aad, flip(sealed)), refused);
      assert.throws(() => open(flip(k), aad, sealed), refused);
      assert.throws(() => open(k, aad.length > 0 ? flip(aad) : Uint8Array.of(0), sealed), refused);
      assert.throws(() => open(k, aad, sealed.subarray(0, where % sealed.length)), refused);
    }),
  );
});

test('no nonce comes twice', () => {
  const k = Buffer.alloc(32, 1);
  const nonces = Array.from({ length: 5000 }, () => seal(k, k, k).toString('hex', 0, 12));
  assert.equal(new Set(nonces).size, nonces.length);
});
