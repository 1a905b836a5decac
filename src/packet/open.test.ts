import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { CompactEncrypt } from 'jose';
import type { CompactJWEHeaderParameters } from 'jose';
import { thumbprint } from './jwk.ts';
import { MAX_PACKET } from './packet-file.ts';
import { openPacket } from './open.ts';
import { newOffice, packetOf, payloadOf } from './packet.fixture.ts';
import { PacketRefused } from './refusal.ts';
import type { Why } from './refusal.ts';
import { sealPacket } from './seal.ts';

const customs = await newOffice('customs');
const irs = await newOffice('irs');
const packet = await packetOf(customs, payloadOf(customs, 'irs'));
const { jws, receipt } = packet;
const sealed = Buffer.from(await sealPacket(packet, irs.card));
const text = sealed.toString();
const kid = await thumbprint(irs.card.sealing);

const open = (bytes: Uint8Array | string) => openPacket(Buffer.from(bytes), irs.keys.sealing);

const whyOf = async (bytes: Uint8Array | string): Promise<Why | undefined> => {
  try {
    await open(bytes);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof PacketRefused, String(error));
    assert.equal(error.problems[0].kind, 'packet-refused');
    return error.why;
  }
};

const refused = async (why: Why, bytes: Uint8Array | string) => assert.equal(await whyOf(bytes), why);

/** A JWE by someone who has the card, and need not keep to our rules. */
const jwe = (
  header: Partial<CompactJWEHeaderParameters>,
  content: unknown = {},
  key: object = irs.card.sealing,
) =>
  new CompactEncrypt(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, cty: 'waybill-packet+json', ...header })
    .encrypt(key);

describe('RFC 7516 section 5.2, what is not even opened', () => {
  it('garbage of any kind', async () => {
    await refused('not-a-packet', '');
    await refused('not-a-packet', 'eyJ not base64url');
    await refused('not-a-packet', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    await refused('not-a-packet', `${text}.`);
    await refused('not-a-packet', `${text}\n`);
    await refused('not-a-packet', text.replace('..', '.AAAA.'));
    await refused('not-a-packet', `eyJ${'.'.repeat(1_000_000)}`);
    await refused(
      'not-a-packet',
      `${Buffer.from(`{"a":${'['.repeat(200_000)}`).toString('base64url')}....${'A'.repeat(22)}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        assert.notEqual(await whyOf(bytes), undefined);
      }),
    );
  });

  it('a packet cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: text.length - 1 }), (end) =>
        refused('truncated', text.slice(0, end)),
      ),
    );
    for (let end = text.length - 30; end < text.length; end++) await refused('truncated', text.slice(0, end));
  });

  it('more than 64 MB', () => refused('too-large', Buffer.alloc(MAX_PACKET + 1, 'A')));

  it('a packet to another office, or to a key that this one had', async () => {
    const justice = await newOffice('justice');
    const toJustice = await packetOf(customs, payloadOf(customs, 'justice'));
    await refused('not-for-us', await sealPacket(toJustice, justice.card));
    await refused('not-for-us', await jwe({ kid: await thumbprint(justice.card.sealing) }));
  });
});

describe('RFC 7518 section 4.1 and RFC 8725, algorithms and headers that are not taken', () => {
  const symmetric = Buffer.alloc(32, 7);
  const rsa = crypto.subtle.generateKey(
    { name: 'RSA-OAEP', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-1' },
    true,
    ['encrypt', 'decrypt'],
  );

  it('another key agreement, RSA, a shared key, a password', async () => {
    await refused('alg', await jwe({ alg: 'ECDH-ES+A256KW' }));
    await refused('alg', await jwe({ alg: 'dir' }, {}, symmetric));
    await refused('alg', await jwe({ alg: 'A256KW' }, {}, symmetric));
    await refused('alg', await jwe({ alg: 'PBES2-HS256+A128KW' }, {}, symmetric));
    await refused('alg', await jwe({ alg: 'RSA-OAEP' }, {}, (await rsa).publicKey));
    for (const alg of ['none', 'RSA1_5', '', 'ecdh-es']) await refused('alg', forged({ alg }));
  });

  it('another content encryption', async () => {
    await refused('alg', await jwe({ enc: 'A128GCM' }));
    await refused('alg', await jwe({ enc: 'A256CBC-HS512' }));
  });

  it('compression, critical extensions, party information, another content', async () => {
    await refused('alg', await jwe({ zip: 'DEF' }));
    await refused('alg', forged({ crit: ['exp'], exp: 1 }));
    await refused('alg', forged({ apu: 'QQ' }));
    await refused('alg', forged({ jku: 'https://adversary.example' }));
    await refused('alg', await jwe({ cty: 'JWT' }));
  });

  it('an ephemeral key that is not a point of the curve', async () => {
    const { x, y } = irs.card.sealing;
    await refused('alg', forged({ epk: { kty: 'EC', crv: 'P-256', x: y, y: x } }));
  });

  const forged = (header: object): string => {
    const [first = '', ...rest] = text.split('.');
    const own = JSON.parse(Buffer.from(first, 'base64url').toString()) as object;
    return [Buffer.from(JSON.stringify({ ...own, ...header })).toString('base64url'), ...rest].join('.');
  };
});

describe('what is inside', () => {
  const consistency = [{ from: 0, hashes: [] }];

  it('opens a whole packet, though its receipt be missing', async () => {
    assert.equal((await open(sealed)).receipt, receipt);
    assert.equal((await open(await jwe({}, { jws, consistency }))).receipt, undefined);
  });

  it('refuses anything else', async () => {
    const wrong: unknown[] = [
      'not JSON',
      '\u0000',
      null,
      [],
      {},
      { jws, receipt },
      { jws, receipt, consistency, more: 1 },
      { jws, receipt, consistency: { from: 0, hashes: [] } },
      { jws, receipt, consistency: [{ from: -1, hashes: [] }] },
      { jws, receipt, consistency: [{ from: 0, hashes: ['AAAA'] }] },
      { jws, receipt, consistency: Array(17).fill(consistency[0]) },
      { jws: { ...jws, header: {} }, receipt, consistency },
      { jws: { ...jws, signatures: [...jws.signatures, ...jws.signatures] }, receipt, consistency },
      {
        jws: { payload: jws.payload, signatures: [{ ...jws.signatures[0], header: { alg: 'none' } }] },
        receipt,
        consistency,
      },
    ];
    for (const content of wrong) await refused('not-a-packet', await jwe({}, content));
    await refused('not-a-packet', await jwe({}, '['.repeat(200_000)));
  });
});

describe('a packet altered at any byte', () => {
  let marks: number[] = [];
  before(() => {
    marks = [...text.matchAll(/\./g)].map(({ index }) => index);
  });

  const flipped = (at: number, by: number): Buffer => {
    const copy = Buffer.from(sealed);
    copy[at] = (copy[at] ?? 0) ^ by;
    return copy;
  };

  it('every bit of the header, the parts’ marks, the nonce and the tag', async () => {
    const [header = 0, , iv = 0, ciphertext = 0] = marks;
    const seen = new Set<Why | undefined>();
    for (let at = 0; at < sealed.length; at++) {
      if (at > iv && at < ciphertext) continue;
      // The header is the longest of these: two bits of each of its bytes.
      const bits = at < header ? [at % 8, (at + 3) % 8] : [0, 1, 2, 3, 4, 5, 6, 7];
      for (const bit of bits) seen.add(await whyOf(flipped(at, 1 << bit)));
    }
    assert.ok(!seen.has(undefined));
    assert.ok(seen.has('altered'));
  });

  it('any byte in any way', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        assert.notEqual(await whyOf(flipped(at, by)), undefined);
      }),
      { numRuns: 300 },
    ));

  it('letters of the content are “altered”', async () => {
    const [, , iv = 0] = marks;
    await refused(
      'altered',
      flipped(iv + 100, text[iv + 100] === 'A' ? 3 : 'A'.charCodeAt(0) ^ (sealed[iv + 100] ?? 0)),
    );
  });
});
