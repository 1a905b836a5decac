import { decodeBundle } from '../../src/custody/bundle.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import { decodeEntry } from '../../src/custody/entry.ts';
import { parseTlogProof } from '../../src/custody/tlog-proof.ts';
import { parseVkey } from '../../src/custody/vkey.ts';
import { canonicalJson } from '../../src/ground/canonical.ts';
import { exchangeStream, exchangeWith } from '../../src/office/exchange.ts';
import type { Node } from '../../src/office/node.ts';
import { logRoutes } from '../../src/office/serve.ts';
import { openPacket } from '../../src/packet/open.ts';
import type { PacketPayload } from '../../src/packet/payload.ts';
import type { StoredEvent } from '../../src/store/types.ts';
import { type ComparedLetter, comparedLetter } from './letter-mask.fixture.ts';
import { reference } from './three.fixture.ts';

/*
 * Everything that Customs receives of an answer, and can see of the IRS. What must differ from one release to the next
 * (ids, signatures, salts, hashes) is replaced by a word; nothing else is left out.
 */

const HASH = /^[A-Za-z0-9+/]{43}=$/gm;
const SIGNED = /^(— \S+ )([A-Za-z0-9+/=]+)$/gm;

/** A signed note: origin, size and who signed stay; root and signature go, their lengths stay. */
export const maskedNote = (note: string): string =>
  note.replace(HASH, '(hash)').replace(SIGNED, (_, who: string, by: string) => `${who}(${by.length})`);

/** An entry as anyone reads it. Its commitments are salted, so that they differ whatever they commit to. */
const clear = (entry: Uint8Array) => {
  const { office, time } = decodeEntry(entry);
  return {
    length: entry.length,
    office,
    time,
    reserved: Buffer.from(entry.subarray(24, 32)).toString('hex'),
  };
};

export const maskedProof = (text: string) => {
  const { extra, index, path, checkpoint } = parseTlogProof(text);
  const { entry, open } = JSON.parse(Buffer.from(extra ?? []).toString('utf8')) as {
    entry: string;
    open: readonly { field: string; salt: string; value: string }[];
  };
  return {
    length: text.length,
    index,
    path: path.length,
    checkpoint: maskedNote(checkpoint),
    entry: clear(Buffer.from(entry, 'base64')),
    open: open.map(({ field, salt, value }) => ({ field, salt: salt.length, value: value.length })),
  };
};

/** The packet: opened with the key of Customs, as its node opens it. */
export const packetSight = async (customs: Node, bytes: Uint8Array) => {
  const [head = '', ...sealed] = Buffer.from(bytes).toString('latin1').split('.');
  const { epk, ...header } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as {
    epk: Record<string, string>;
  };
  const opened = await openPacket(bytes, customs.secrets.keys.sealing);
  const payload = JSON.parse(Buffer.from(opened.jws.payload, 'base64url').toString('utf8')) as PacketPayload;
  const { letter, ...body } = payload.body as { letter: string };
  return {
    letter: comparedLetter(Buffer.from(letter, 'base64')),
    sight: {
      length: bytes.length,
      parts: sealed.map((part) => part.length),
      header: { ...header, epk: Object.keys(epk) },
      payload: canonicalJson({ ...payload, id: '(id)', body: { ...body, letter: '(letter)' } }),
      signatures: opened.jws.signatures.map((one) => ({ ...one, signature: one.signature.length })),
      receipt: maskedProof(opened.receipt ?? ''),
      consistency: opened.consistency.map(({ from, path }) => ({ from, hashes: path.length })),
      // The head of Customs’ own log that the IRS cosigned when it received the request.
      cosigned: opened.cosigned,
    },
  };
};

const served = async (irs: Node, path: string) => {
  const answer = await logRoutes(irs).request(path);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: [...answer.headers], bytes };
};

/** The IRS’s log, fetched as any reader of C2SP tlog-tiles fetches it. */
export const logSight = async (irs: Node) => {
  const checkpoint = (await served(irs, '/log/checkpoint')).bytes.toString('utf8');
  const { size } = openCheckpoint(checkpoint, parseVkey(irs.card.vkey));
  const paths = ['checkpoint', 'vkey', `tile/0/000.p/${size}`, `tile/entries/000.p/${size}`];
  const files = await Promise.all(
    paths.map(async (path) => {
      const { status, headers, bytes } = await served(irs, `/log/${path}`);
      return { path, status, headers, length: bytes.length };
    }),
  );
  const bundle = (await served(irs, `/log/tile/entries/000.p/${size}`)).bytes;
  return {
    checkpoint: maskedNote(checkpoint),
    size,
    files,
    entries: decodeBundle(bundle).entries.map(clear),
  };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** Only from here on is an event of the answer: what was there before has the same ids and digests in every stand. */
const maskedEvent = (event: StoredEvent): unknown => {
  const masked = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(masked);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one)]));
    if (typeof value !== 'string') return value;
    if (UUID.test(value)) return '(id)';
    if (value.startsWith('c2sp.org/tlog-proof@')) return maskedProof(value);
    return DIGEST.test(value) ? '(digest)' : maskedNote(value);
  };
  return masked(event);
};

/** What Customs has in its own record, of the case and of its dealings with the IRS. */
export const recordSight = async (customs: Node) => {
  const streams = [`case/${reference}`, exchangeStream('irs'), 'gate', 'people'];
  return Promise.all(
    streams.map(async (stream) => (await customs.views.stream('customs', stream)).map(maskedEvent)),
  );
};

/** The heads that the two offices have seen of each other’s logs. */
export const headsSight = async (irs: Node, customs: Node) => {
  const held = async (own: Node, other: 'irs' | 'customs') => {
    const { seen, acknowledged, received, sent } = await exchangeWith(own, other);
    return {
      seen: maskedNote(seen ?? ''),
      acknowledged: maskedNote(acknowledged ?? ''),
      received: received.size,
      sent: sent.map(({ seq }) => seq),
    };
  };
  return { customs: await held(customs, 'irs'), irs: await held(irs, 'customs') };
};

export interface Sight {
  readonly letter: ComparedLetter;
  readonly packet: Awaited<ReturnType<typeof packetSight>>['sight'];
  readonly log: Awaited<ReturnType<typeof logSight>>;
  readonly heads: Awaited<ReturnType<typeof headsSight>>;
  readonly record: Awaited<ReturnType<typeof recordSight>>;
}
