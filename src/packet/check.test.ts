import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FlattenedSign, base64url } from 'jose';
import type { JWSHeaderParameters } from 'jose';
import { signCheckpoint } from '../custody/checkpoint.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { day } from '../ground/dates.ts';
import { checkPacket } from './check.ts';
import type { CheckContext } from './check.ts';
import { cosignHead } from './cosign-head.ts';
import { publicPart, thumbprint } from './jwk.ts';
import type { PrivateJwk } from './jwk.ts';
import { cosignerOf, newPersonKey } from './keys.ts';
import type { OpenedPacket } from './open.ts';
import {
  NOON,
  contextOf,
  headAt,
  iso,
  newOffice,
  packetOf,
  payloadOf,
  receiptOf,
  record,
} from './packet.fixture.ts';
import { PacketRefused, sentenceOf } from './refusal.ts';
import type { Why } from './refusal.ts';

const customs = await newOffice('customs');
const irs = await newOffice('irs');
const justice = await newOffice('justice');
const others = [customs, justice];
record(irs, { kind: 'opened' });

const payload = payloadOf(customs, 'irs');
const packet = await packetOf(customs, payload);
const context = contextOf(irs, others);

const refusal = async (opened: OpenedPacket, more: Partial<CheckContext> = {}): Promise<PacketRefused> => {
  try {
    await checkPacket(opened, { ...context, ...more });
  } catch (error) {
    assert.ok(error instanceof PacketRefused, String(error));
    return error;
  }
  return assert.fail('the packet was taken');
};

const refused = async (why: Why, opened: OpenedPacket, more: Partial<CheckContext> = {}) => {
  const error = await refusal(opened, more);
  assert.equal(error.why, why);
  const [problem] = error.problems;
  const fork = why === 'forked' || why === 'rolled-back';
  assert.equal(problem.kind, fork ? 'log-forked' : 'packet-refused');
  if (!fork) assert.equal(problem.what, sentenceOf(why).what);
  assert.equal(problem.next, sentenceOf(why).next);
};

/** A packet that its sender made so: signed and recorded like any other. */
const made = (change: Parameters<typeof payloadOf>[2], from = customs) =>
  packetOf(from, payloadOf(from, 'irs', change));

const header = async (key: PrivateJwk): Promise<JWSHeaderParameters> => ({
  alg: 'ES256',
  kid: await thumbprint(key),
  typ: 'waybill-packet+jws',
});

/** A signature over any bytes, by someone who need not keep to our rules. */
const signature = async (bytes: Uint8Array, key: PrivateJwk, change: JWSHeaderParameters = {}) => {
  const protectedHeader = { ...(await header(key)), ...change };
  const { protected: text = '', signature: signed } = await new FlattenedSign(bytes)
    .setProtectedHeader(protectedHeader)
    .sign({ ...key }, { crit: { 'urn:x': true } });
  return { protected: text, signature: signed };
};

const bytesOf = ({ jws }: OpenedPacket): Buffer => Buffer.from(jws.payload, 'base64url');

/** The packet with these signatures in place of its own. */
const withSignatures = (...signatures: OpenedPacket['jws']['signatures']): OpenedPacket => ({
  ...packet,
  jws: { payload: packet.jws.payload, signatures },
});
const [byOffice, byPerson] = packet.jws.signatures;
assert.ok(byOffice && byPerson);

describe('a packet that is taken', () => {
  it('gives payload, digest, the sender’s entry and head', async () => {
    const checked = await checkPacket(packet, context);
    assert.deepEqual(checked.payload, payload);
    assert.equal(checked.digest, packet.digest);
    assert.equal(checked.entry, 0);
    assert.equal(checked.senderHead.note, headAt(customs, 1).note);
    assert.equal(checked.advance, true);
    assert.equal(checked.repeated, false);
    assert.equal(checked.cosignedOwnHead, undefined);
  });

  it('brings back a head of ours, though we do not have it: the node decides', async () => {
    const far = await newOffice('irs');
    for (let n = 0; n < 5; n++) record(far, { kind: 'later' });
    const head = { ...headAt(far), origin: irs.keys.origin };
    const note = signCheckpoint(head, irs.logSigner);
    const cosigned = cosignHead({ ...head, note }, cosignerOf(customs.keys), NOON);
    const checked = await checkPacket({ ...packet, cosigned }, context);
    assert.equal(checked.cosignedOwnHead?.size, 5);
    assert.ok(checked.cosignedOwnHead.by.some(({ time }) => time === NOON));
  });
});

describe('RFC 7515 section 5.2 and RFC 8725: signatures', () => {
  it('alg: none, HMAC under the public key, another curve, critical and foreign parameters', async () => {
    const encode = (value: object) => base64url.encode(JSON.stringify(value));
    const own = await header(customs.keys.signing);
    const none = { protected: encode({ ...own, alg: 'none' }), signature: '' };
    await refused('alg', withSignatures(none, byPerson));
    const hs256 = encode({ ...own, alg: 'HS256' });
    const mac = createHmac('sha256', JSON.stringify(customs.card.signing))
      .update(`${hs256}.${packet.jws.payload}`)
      .digest('base64url');
    await refused('alg', withSignatures({ protected: hs256, signature: mac }, byPerson));
    for (const change of [
      { crit: ['urn:x'], 'urn:x': 1 },
      { b64: true, crit: ['b64'] },
      { jwk: customs.card.signing },
      { typ: 'JWT' },
    ]) {
      const forged = await signature(bytesOf(packet), customs.keys.signing, change);
      await refused('alg', withSignatures(forged, byPerson));
      const person = await signature(bytesOf(packet), customs.person, change);
      await refused('alg', withSignatures(byOffice, person));
    }
    await refused('not-a-packet', withSignatures({ ...byOffice, protected: '' }, byPerson));
  });

  it('unknown-office', async () => {
    await refused('unknown-office', packet, { cards: [justice.card] });
    await refused('unknown-office', packet, { cards: [] });
    await refused('unknown-office', withSignatures(byPerson, byOffice));
  });

  it('wrong-office-signature', async () => {
    await refused('wrong-office-signature', withSignatures());
    await refused(
      'wrong-office-signature',
      withSignatures({ ...byOffice, signature: byPerson.signature }, byPerson),
    );
    const { jws } = await made({});
    await refused('wrong-office-signature', { ...packet, jws: { ...packet.jws, payload: jws.payload } });
    const other = await newOffice('customs');
    const kid = await thumbprint(customs.card.signing);
    const forged = await signature(bytesOf(packet), other.keys.signing, { kid });
    await refused('wrong-office-signature', withSignatures(forged, byPerson));
  });

  it('wrong-person-signature', async () => {
    await refused('wrong-person-signature', withSignatures(byOffice));
    await refused('wrong-person-signature', withSignatures(byOffice, byOffice));
    await refused(
      'wrong-person-signature',
      withSignatures(byOffice, { ...byPerson, signature: byOffice.signature }),
    );
    const stranger = newPersonKey();
    await refused(
      'wrong-person-signature',
      withSignatures(byOffice, await signature(bytesOf(packet), stranger)),
    );
    const kid = await thumbprint(customs.person);
    const forged = await signature(bytesOf(packet), stranger, { kid });
    await refused('wrong-person-signature', withSignatures(byOffice, forged));
  });

  it('wrong-person-signature: the office signs in the person’s place', async () => {
    const own = { ...payload, signer: { ...payload.signer, key: publicPart(customs.keys.signing) } };
    const bytes = Buffer.from(canonicalJson(own));
    const twice = [
      await signature(bytes, customs.keys.signing),
      await signature(bytes, customs.keys.signing),
    ];
    const jws = { payload: base64url.encode(bytes), signatures: twice };
    await refused('wrong-person-signature', { ...packet, jws });
  });

  it('not-a-packet: a payload of another shape, signed all the same', async () => {
    const canonical = canonicalJson(payload);
    const { case: _, ...rest } = payload;
    const texts = [
      ` ${canonical}`,
      canonical.replace('{', '{"id":"hidden",'),
      canonicalJson({ ...payload, more: 1 }),
      canonicalJson({ ...payload, waybill: 'packet/2' }),
      canonicalJson({ ...payload, at: '2026-02-30T00:00:00Z' }),
      canonicalJson({ ...rest, body: undefined }),
      `\ufeff${canonical}`,
      `{"body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'null',
      '',
    ];
    for (const text of texts) {
      const bytes = Buffer.from(text);
      const signatures = [await signature(bytes, customs.keys.signing), byPerson];
      await refused('not-a-packet', { ...packet, jws: { payload: base64url.encode(bytes), signatures } });
    }
  });
});

describe('who sends to whom', () => {
  it('another-sender', async () => {
    await refused('another-sender', await made({ from: 'justice' }));
    await refused('another-sender', await made({ signer: { ...payload.signer, office: 'justice' } }));
    await refused('another-sender', packet, { via: 'justice' });
    assert.ok(await checkPacket(packet, { ...context, via: 'customs' }));
  });

  it('not-for-us: sealed anew to another office by its receiver', () =>
    refused('not-for-us', packet, { own: 'justice' }));

  it('id-reused, and repeated', async () => {
    await refused('id-reused', packet, { seen: () => Promise.resolve('0'.repeat(64)) });
    const asked: string[][] = [];
    const again = await checkPacket(packet, {
      ...context,
      seen: (...args) => {
        asked.push(args);
        return Promise.resolve(packet.digest);
      },
    });
    assert.equal(again.repeated, true);
    assert.deepEqual(asked, [['customs', payload.id]]);
  });

  it('a repeated packet is repeated for ever: its title may lapse, its head grow old', async () => {
    const sender = await newOffice('customs');
    const first = await packetOf(sender, payloadOf(sender, 'irs'));
    record(sender, { kind: 'later' });
    const known = headAt(sender);
    const later: CheckContext = {
      ...contextOf(irs, [sender]),
      now: NOON + 10 * 365 * 86_400,
      seen: () => Promise.resolve(first.digest),
      knownHead: () => Promise.resolve(known),
    };
    const { repeated, advance } = await checkPacket(first, later);
    assert.deepEqual({ repeated, advance }, { repeated: true, advance: false });
  });
});

describe('titles and hours', () => {
  const signer = (from: string, to?: string) => {
    const { to: _, ...rest } = payload.signer;
    return { signer: { ...rest, from: day(from), ...(to === undefined ? {} : { to: day(to) }) } };
  };

  it('a title is in force on its first and on its last day, and without end', async () => {
    for (const [from, to] of [['2026-03-02', '2026-03-02'], ['2026-03-02'], ['2020-01-01', '2026-03-02']]) {
      const first = await made(signer(from ?? '', to));
      const { consistency } = first;
      assert.ok(await checkPacket({ ...first, consistency }, context));
    }
  });

  it('title-not-yet', async () => refused('title-not-yet', await made(signer('2026-03-03'))));

  it('title-lapsed: before it was signed', async () =>
    refused('title-lapsed', await made(signer('2026-01-01', '2026-03-01'))));

  it('title-lapsed: signed after the title’s end, and backdated', async () => {
    const backdated = { ...signer('2026-01-01', '2026-03-01'), at: iso(NOON - 2 * 86_400) };
    await refused('title-lapsed', await made(backdated), { now: NOON });
  });

  it('title-lapsed: since it was sent', async () =>
    refused('title-lapsed', await made(signer('2026-01-01', '2026-03-02')), { now: NOON + 86_400 }));

  it('the day is that of Washington: at 23:30 there it is tomorrow in London', async () => {
    const late = NOON + 11.5 * 3600;
    const sent = await made({ ...signer('2026-01-01', '2026-03-02'), at: iso(late) });
    assert.ok(await checkPacket(sent, { ...context, now: late }));
    await refused('title-lapsed', sent, { now: late + 1800 });
  });

  it('from-the-future: five minutes, not more', async () => {
    const sent = await made({ at: iso(NOON + 300) });
    assert.ok(await checkPacket(sent, { ...context, now: NOON }));
    await refused('from-the-future', sent, { now: NOON - 1 });
    await refused('from-the-future', packet, { now: NOON - 301 });
    const recordedLater = await made({ at: iso(NOON - 3600) });
    assert.ok(await checkPacket(recordedLater, { ...context, now: NOON - 300 }));
    await refused('from-the-future', recordedLater, { now: NOON - 301 });
  });
});

describe('C2SP tlog-proof: the receipt', () => {
  it('receipt-missing', async () => {
    const { receipt: _, ...without } = packet;
    await refused('receipt-missing', without);
  });

  it('receipt-broken: not one, another log’s, an entry that is not in the log', async () => {
    await refused('receipt-broken', { ...packet, receipt: '' });
    record(justice, { packet: packet.digest });
    await refused('receipt-broken', { ...packet, receipt: await receiptOf(justice, 0) });
    const lines = packet.receipt.replace('index 0', 'index 1');
    await refused('receipt-broken', { ...packet, receipt: lines });
  });

  it('receipt-not-of-this-packet: opens nothing, or another packet', async () => {
    const silent = await receiptOf(customs, 0, { open: ['kind'] });
    await refused('receipt-not-of-this-packet', { ...packet, receipt: silent });
    const other = await made({});
    await refused('receipt-not-of-this-packet', { ...packet, receipt: other.receipt });
    const posing = { ...customs, keys: { ...customs.keys, office: 'justice' as const } };
    const index = record(posing, { packet: packet.digest });
    await refused('receipt-not-of-this-packet', { ...packet, receipt: await receiptOf(customs, index) });
  });

  it('cosignature-broken: not a note, of another log, by another witness, without a witness', async () => {
    const own = headAt(irs);
    const cosigned = cosignHead(own, cosignerOf(customs.keys), NOON);
    const wrong = [
      '',
      own.note,
      cosigned.replace('\n1\n', '\n2\n'),
      cosignHead(own, cosignerOf(justice.keys), NOON),
      cosignHead(headAt(justice), cosignerOf(customs.keys), NOON),
    ];
    for (const note of wrong) await refused('cosignature-broken', { ...packet, cosigned: note });
  });
});

describe('C2SP tlog-witness: the sender’s head', () => {
  const knowing = (head: ReturnType<typeof headAt>) => ({ knownHead: () => Promise.resolve(head) });

  it('goes on from the head known, which any of the proofs may start from', async () => {
    const sender = await newOffice('customs');
    for (let n = 0; n < 5; n++) record(sender, {});
    const next = await packetOf(sender, payloadOf(sender, 'irs'), [0, 2, 5]);
    for (const size of [2, 5]) {
      const its = { ...contextOf(irs, [sender]), ...knowing(headAt(sender, size)) };
      assert.equal((await checkPacket(next, its)).advance, true);
    }
    await refused('out-of-order', next, { ...contextOf(irs, [sender]), ...knowing(headAt(sender, 3)) });
    await refused('out-of-order', { ...next, consistency: [] }, contextOf(irs, [sender]));
    const its = { ...contextOf(irs, [sender]), seen: () => Promise.resolve(next.digest) };
    const late = await checkPacket(next, { ...its, ...knowing(headAt(sender, 3)) });
    assert.deepEqual([late.repeated, late.advance], [true, false]);
    const anew = await checkPacket(next, { ...its, ...knowing(headAt(sender, 2)) });
    assert.deepEqual([anew.repeated, anew.advance], [true, true]);
    const same = { ...contextOf(irs, [sender]), ...knowing(headAt(sender, 6)) };
    assert.equal((await checkPacket(next, same)).advance, false);
  });

  it('rolled-back: an older head, with both heads in the sentence', async () => {
    const sender = await newOffice('customs');
    const first = await packetOf(sender, payloadOf(sender, 'irs'));
    record(sender, {});
    const its = { ...contextOf(irs, [sender]), ...knowing(headAt(sender)) };
    await refused('rolled-back', first, its);
    assert.match(
      (await refusal(first, its)).problems[0].what,
      /known: size 2, root .{44}\. .* size 1, root .{44}\./,
    );
  });

  it('forked: another history, longer or as long', async () => {
    const sender = await newOffice('customs');
    const known = { ...(await newOffice('customs')), keys: sender.keys, logSigner: sender.logSigner };
    record(known, { kind: 'what was shown before' });
    const next = await packetOf(sender, payloadOf(sender, 'irs'));
    const its = { ...contextOf(irs, [sender]), ...knowing(headAt(known)) };
    await refused('forked', next, its);
    await refused('forked', next, { ...its, seen: () => Promise.resolve(next.digest) });
    const later = await packetOf(sender, payloadOf(sender, 'irs'), [1]);
    await refused('forked', later, its);
    assert.match(
      (await refusal(later, its)).problems[0].what,
      /known: size 1, root .{44}\. .* size 2, root .{44}\./,
    );
  });
});

describe('a packet altered by an office that could seal it anew', () => {
  it('any letter of anything in it', async () => {
    const cosigned = cosignHead(headAt(irs), cosignerOf(customs.keys), NOON);
    const whole: OpenedPacket = { ...packet, cosigned };
    await checkPacket(whole, context);
    const texts: [string, (text: string) => OpenedPacket][] = [
      [packet.jws.payload, (text) => ({ ...whole, jws: { ...packet.jws, payload: text } })],
      ...(['protected', 'signature'] as const).flatMap((part): (typeof texts)[number][] => [
        [
          byOffice[part],
          (text) => ({ ...whole, ...withSignatures({ ...byOffice, [part]: text }, byPerson) }),
        ],
        [
          byPerson[part],
          (text) => ({ ...whole, ...withSignatures(byOffice, { ...byPerson, [part]: text }) }),
        ],
      ]),
      [packet.receipt, (text) => ({ ...whole, receipt: text })],
      [cosigned, (text) => ({ ...whole, cosigned: text })],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        async ([text, put], n, by) => {
          const at = n % text.length;
          const other = String.fromCharCode(text.charCodeAt(at) ^ by);
          await refusal(put(text.slice(0, at) + other + text.slice(at + 1)));
        },
      ),
      { numRuns: 600 },
    );
  });
});
