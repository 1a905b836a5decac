import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { newPersonKey } from './keys.ts';
import { newOffice, payloadOf } from './packet.fixture.ts';
import { readPayload } from './payload.ts';
import { signPacket } from './sign.ts';

const customs = await newOffice('customs');
const payload = payloadOf(customs, 'irs');
const signed = await signPacket(payload, customs.keys.signing, customs.person);

const headerOf = (n: number): unknown =>
  JSON.parse(Buffer.from(signed.jws.signatures[n]?.protected ?? '', 'base64url').toString());

/** RFC 7638 section 3, written out. */
const thumbprintByHand = ({ crv, kty, x, y }: { crv: string; kty: string; x: string; y: string }): string =>
  createHash('sha256').update(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`).digest('base64url');

describe('RFC 7515 section 7.2.1, general JWS JSON serialization', () => {
  it('both signatures hold for plain node:crypto (RFC 7518 section 3.4)', () => {
    for (const [n, key] of [customs.keys.signing, customs.person].entries()) {
      const signature = signed.jws.signatures[n];
      assert.ok(signature);
      const input = Buffer.from(`${signature.protected}.${signed.jws.payload}`);
      const publicKey = createPublicKey({ key, format: 'jwk' });
      const bytes = Buffer.from(signature.signature, 'base64url');
      const ieee = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
      assert.ok(verify('sha256', input, ieee, bytes));
      assert.ok(!verify('sha256', Buffer.concat([input, Buffer.from('x')]), ieee, bytes));
    }
  });

  it('the headers name algorithm, key and type, and nothing else (section 4.1)', () => {
    const typ = 'waybill-packet+jws';
    assert.deepEqual(headerOf(0), { alg: 'ES256', kid: thumbprintByHand(customs.card.signing), typ });
    assert.deepEqual(headerOf(1), { alg: 'ES256', kid: thumbprintByHand(payload.signer.key), typ });
  });

  it('the digest is the SHA-256 of the payload’s bytes', () => {
    const bytes = Buffer.from(signed.jws.payload, 'base64url');
    assert.equal(signed.digest, createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual(readPayload(signed.jws.payload), { payload, digest: signed.digest });
  });
});

describe('what an office does not sign', () => {
  const refusedAs = (message: RegExp, ...args: Parameters<typeof signPacket>) =>
    assert.rejects(signPacket(...args), { name: 'RangeError', message });

  it('a payload that names the key of another person', () =>
    refusedAs(/names another key/, payload, customs.keys.signing, newPersonKey()));

  it('a person who signs with the office’s key', () => {
    const { signing } = customs.keys;
    const { kty, crv, x, y } = signing;
    const own = { ...payload, signer: { ...payload.signer, key: { kty, crv, x, y } } };
    return refusedAs(/not the office/, own, signing, signing);
  });

  it('a payload that is not one', async () => {
    for (const wrong of [
      { id: 'x' },
      { at: '2026-03-02' },
      { at: '2026-03-02T12:00:00+05:00' },
      { case: '' },
    ]) {
      await refusedAs(/not the payload/, { ...payload, ...wrong }, customs.keys.signing, customs.person);
    }
    const torn = { ...payload, body: { x: '\ud800' } };
    await assert.rejects(signPacket(torn, customs.keys.signing, customs.person), /surrogate/);
  });
});
