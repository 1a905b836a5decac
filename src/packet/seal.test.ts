import assert from 'node:assert/strict';
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compactDecrypt } from 'jose';
import { cosignHead } from './cosign-head.ts';
import type { PublicJwk } from './jwk.ts';
import { cosignerOf } from './keys.ts';
import { openPacket } from './open.ts';
import {
  NOON,
  headAt,
  newOffice,
  packetOf,
  payloadOf,
  proofFrom,
  receiptOf,
  record,
} from './packet.fixture.ts';
import { sealPacket } from './seal.ts';
import { signPacket } from './sign.ts';

const customs = await newOffice('customs');
const irs = await newOffice('irs');
record(irs, { kind: 'opened' });
const cosigned = cosignHead(headAt(irs), cosignerOf(customs.keys), NOON);
const packet = { ...(await packetOf(customs, payloadOf(customs, 'irs'))), cosigned };
const { jws, receipt, consistency } = packet;
const sealed = Buffer.from(await sealPacket(packet, irs.card)).toString();

describe('RFC 7516, JWE', () => {
  it('opens with jose’s plain function, to the JSON that went in and spaces', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, { ...irs.keys.sealing });
    assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'cty', 'enc', 'epk', 'kid']);
    assert.equal(protectedHeader.cty, 'waybill-packet+json');
    const text = Buffer.from(plaintext).toString();
    assert.match(text, /\} +$/);
    assert.deepEqual(JSON.parse(text), {
      jws,
      receipt,
      consistency: consistency.map(({ from, path }) => ({
        from,
        hashes: path.map((hash) => Buffer.from(hash).toString('base64')),
      })),
      cosigned,
    });
  });

  it('opens with plain node:crypto (RFC 7518 sections 4.6 and 5.3)', async () => {
    const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.');
    const { epk } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { epk: PublicJwk };
    const shared = diffieHellman({
      privateKey: createPrivateKey({ key: irs.keys.sealing, format: 'jwk' }),
      publicKey: createPublicKey({ key: epk, format: 'jwk' }),
    });
    const word = (n: number) => Buffer.from([0, 0, n >> 8, n & 255]);
    // Concat KDF: round, secret, algorithm with its length, no party information, bits of the key.
    const info = [word(7), Buffer.from('A256GCM'), word(0), word(0), word(256)];
    const key = createHash('sha256')
      .update(Buffer.concat([word(1), shared, ...info]))
      .digest();
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
    decipher.setAAD(Buffer.from(header)).setAuthTag(Buffer.from(tag, 'base64url'));
    const opened = Buffer.concat([decipher.update(text, 'base64url'), decipher.final()]).toString();
    assert.deepEqual((JSON.parse(opened) as { jws: unknown }).jws, jws);
    assert.deepEqual(await openPacket(Buffer.from(sealed), irs.keys.sealing), {
      jws,
      receipt,
      consistency,
      cosigned,
    });
  });

  it('is not sealed to an office that it is not for', async () => {
    const justice = await newOffice('justice');
    await assert.rejects(sealPacket(packet, justice.card), { name: 'RangeError' });
  });
});

describe('the length of a packet depends on the length of its content alone', () => {
  const length = async (body: string, more: object = {}) => {
    const signed = await signPacket(
      payloadOf(customs, 'irs', { body }),
      customs.keys.signing,
      customs.person,
    );
    return (await sealPacket({ ...packet, jws: signed.jws, ...more }, irs.card)).length;
  };

  it('two contents of one length', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(9000), fc.constantFrom('a', 'Z'), async (n, letter) => {
        assert.equal(await length(letter.repeat(n)), await length('0'.repeat(n)));
      }),
      { numRuns: 25 },
    ));

  it('a log of three entries and one of a thousand, with and without cosignature and lost packets', async () => {
    const { cosigned: _, ...without } = packet;
    const short = (await sealPacket(without, irs.card)).length;
    const long = await newOffice('customs');
    for (let n = 0; n < 1000; n++) record(long, { kind: 'sent' });
    const proofs = await Promise.all([0, 3, 77, 300, 511, 513, 700, 800, 999].map((n) => proofFrom(long, n)));
    const more = { receipt: await receiptOf(long, 999), consistency: proofs };
    assert.equal((await sealPacket({ ...packet, ...more }, irs.card)).length, short);
  });

  it('even the longest log that there can be', async () => {
    const longest = { from: Number.MAX_SAFE_INTEGER, path: Array<Uint8Array>(54).fill(new Uint8Array(32)) };
    const room = { receipt: 'r'.repeat(5000), consistency: Array<typeof longest>(9).fill(longest) };
    assert.equal(await length('0', room), await length('0'));
  });

  it('a content that is some letters longer has the same length too', async () => {
    assert.equal(await length('barred'), await length('no record'));
  });
});
