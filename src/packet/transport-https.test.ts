import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { after, beforeEach, describe, it } from 'node:test';
import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import { newCard } from './keys.ts';
import { MAX_PACKET } from './packet-file.ts';
import { newOffice } from './packet.fixture.ts';
import { PacketRefused, sentenceOf } from './refusal.ts';
import { newTlsIdentity } from './tls-identity.ts';
import { deliverPacket } from './transport-https-client.ts';
import { startPacketServer } from './transport-https-server.ts';

const irs = await newOffice('irs');
const customs = await newOffice('customs');
const justice = await newOffice('justice');
const year = 365 * 86_400_000;

let received: { bytes: string; via: Office }[] = [];
let fail: Error | undefined;
const serve = (cards = [customs.card, justice.card], timeoutMs = 5000) =>
  startPacketServer({
    identity: irs.keys.tls,
    cards,
    timeoutMs,
    receive: (bytes, via) => {
      received.push({ bytes: Buffer.from(bytes).toString(), via });
      return fail === undefined ? Promise.resolve() : Promise.reject(fail);
    },
  });
const server = await serve();
const impatient = await serve(undefined, 200);
after(() => Promise.all([server.close(), impatient.close()]));
beforeEach(() => {
  received = [];
  fail = undefined;
});

const card = newCard(irs.keys, server.url);
const packet = Buffer.from('a sealed packet');
const deliver = (identity = customs.keys.tls, to = card) => deliverPacket(packet, to, identity);

const notDelivered = async (delivery: Promise<void>, what: RegExp) => {
  const error: unknown = await delivery.then(
    () => assert.fail('it was delivered'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError, String(error));
  assert.equal(error.problems[0].kind, 'not-delivered');
  assert.match(error.problems[0].what, what);
};

describe('a packet over HTTPS', () => {
  it('is delivered, with the office whose certificate was shown', async () => {
    await deliver();
    await deliver(justice.keys.tls);
    assert.deepEqual(received, [
      { bytes: 'a sealed packet', via: 'customs' },
      { bytes: 'a sealed packet', via: 'justice' },
    ]);
  });

  it('some megabytes arrive whole', async () => {
    const large = Buffer.alloc(5_000_000, 'x');
    await deliverPacket(large, card, customs.keys.tls);
    assert.equal(received[0]?.bytes.length, large.length);
  });

  it('a refusal comes back by name', async () => {
    for (const why of ['altered', 'forked', 'too-large', 'another-sender'] as const) {
      fail = new PacketRefused(why, { what: 'names a taxpayer', where: 'a place' });
      const refusal: unknown = await deliver().catch((error: unknown) => error);
      assert.ok(refusal instanceof PacketRefused);
      assert.equal(refusal.why, why);
      assert.equal(refusal.message, `The receiving office refused it: ${sentenceOf(why).what}`);
    }
  });

  it('any other failure says nothing of itself, and may be tried again', async () => {
    fail = new Error('a secret');
    await notDelivered(deliver(), /status 503\.$/);
    fail = new ProblemError({ kind: 'store-down', what: 'a secret', next: '' });
    await notDelivered(deliver(), /status 503\.$/);
  });

  it('listens on loopback unless told otherwise', () => {
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+\/packets$/);
  });
});

describe('RFC 8446: who is not let in', () => {
  const from = new Date(Date.now() - 2 * year);

  it('a client with the certificate of no office, though it have an office’s name', async () => {
    await notDelivered(
      deliver(await newTlsIdentity('customs.waybill', from, new Date(Date.now() + year))),
      /E/,
    );
    assert.deepEqual(received, []);
  });

  it('an office whose certificate has lapsed', async () => {
    const tls = await newTlsIdentity('customs.waybill', from, new Date(Date.now() - year));
    const late = await serve([{ ...customs.card, tls: tls.cert }]);
    await notDelivered(deliver(tls, newCard(irs.keys, late.url)), /E/);
    await late.close();
    assert.deepEqual(received, []);
  });

  it('a certificate made with an office’s key as if that were an authority', async () => {
    const { generate } = await import('selfsigned');
    const made = await generate([{ name: 'commonName', value: 'justice.waybill' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: customs.keys.tls,
    });
    await notDelivered(deliver({ key: made.private, cert: made.cert }), /E/);
    assert.deepEqual(received, []);
  });

  const port = Number(new URL(server.url).port);
  const outcome = (options: object): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({
        port,
        host: '127.0.0.1',
        ca: [card.tls],
        checkServerIdentity: () => undefined,
        ...options,
      });
      socket.on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
      socket.on('data', (data) => {
        resolve(data.toString());
      });
      socket.on('close', () => {
        resolve('closed');
      });
      socket.on('secureConnect', () => {
        socket.write(
          'POST /packets HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: 1\r\n\r\nx',
        );
      });
    });

  it('a client without a certificate', async () => {
    assert.match(await outcome({}), /CERTIFICATE_REQUIRED|ECONNRESET|EPIPE|closed/);
    assert.deepEqual(received, []);
  });

  it('TLS 1.2', async () => {
    assert.match(
      await outcome({ ...customs.keys.tls, maxVersion: 'TLSv1.2' }),
      /PROTOCOL_VERSION|ECONNRESET/,
    );
    assert.match(await outcome(customs.keys.tls), /^HTTP\/1\.1 202 /);
  });

  it('a server that is not the one on the card gets nothing of the packet', async () => {
    await notDelivered(deliver(customs.keys.tls, { ...card, tls: justice.card.tls }), /SELF_SIGNED|another/);
    assert.deepEqual(received, []);
  });

  it('nobody there, and no address', async () => {
    await notDelivered(
      deliver(customs.keys.tls, { ...card, url: 'https://127.0.0.1:1/packets' }),
      /ECONNREFUSED/,
    );
    await notDelivered(deliver(customs.keys.tls, newCard(irs.keys)), /no address/);
  });
});

describe('RFC 9110 and RFC 9457: what the server answers', () => {
  const ask = async (options: RequestOptions, body?: Buffer, url = server.url) => {
    const sent = request(url, {
      ...customs.keys.tls,
      ca: [card.tls],
      checkServerIdentity: () => undefined,
      agent: false,
      method: 'POST',
      ...options,
      headers: { 'content-type': 'application/jose', ...options.headers },
    });
    // A server that has said no closes before it has heard everything.
    sent.on('error', () => undefined);
    if (body === undefined) sent.flushHeaders();
    else sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return {
      status: response.statusCode,
      type: response.headers['content-type'],
      body: await text(response),
    };
  };

  it('404, 405, 415', async () => {
    const url = (path: string) => new URL(path, server.url).href;
    assert.equal((await ask({}, packet, url('/'))).status, 404);
    assert.equal((await ask({}, packet, url('/packets?x'))).status, 404);
    assert.equal((await ask({ method: 'GET' }, Buffer.alloc(0))).status, 405);
    assert.equal((await ask({ headers: { 'content-type': 'text/plain' } }, packet)).status, 415);
    assert.deepEqual(received, []);
  });

  it('a problem is application/problem+json and tells nothing else', async () => {
    fail = new PacketRefused('title-lapsed', { what: 'names a person' });
    const { status, type, body } = await ask({}, packet);
    assert.equal(status, 422);
    assert.equal(type, 'application/problem+json');
    assert.deepEqual(JSON.parse(body), {
      type: 'tag:waybill.example,2026:packet-refused/title-lapsed',
      title: sentenceOf('title-lapsed').what,
      status: 422,
    });
  });

  it('413 for a body announced too large, before it is sent', async () => {
    const { status, body } = await ask({ headers: { 'content-length': MAX_PACKET + 1 } });
    assert.equal(status, 413);
    assert.match(body, /too-large/);
  });

  it('413 for a body that does not end', async () => {
    const sent = request(server.url, {
      ...customs.keys.tls,
      ca: [card.tls],
      checkServerIdentity: () => undefined,
      agent: false,
      method: 'POST',
      headers: { 'content-type': 'application/jose', 'transfer-encoding': 'chunked' },
    });
    const answer = new Promise<number | string | undefined>((resolve) => {
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
    });
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    let ended = false;
    void answer.then(() => {
      ended = true;
    });
    let given = 0;
    while (!ended && given < 200) {
      given++;
      if (!sent.write(chunk)) await Promise.race([once(sent, 'drain').catch(() => undefined), answer]);
    }
    assert.ok([413, 'EPIPE', 'ECONNRESET'].includes((await answer) ?? ''), String(await answer));
    assert.ok(given < 200);
    assert.deepEqual(received, []);
  });

  it('408 for a body that does not come', async () => {
    const { status } = await ask({ headers: { 'content-length': 100 } }, undefined, impatient.url);
    assert.equal(status, 408);
    assert.deepEqual(received, []);
  });
});
