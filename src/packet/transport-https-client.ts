import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { ProblemError } from '../ground/problem.ts';
import type { OfficeCard } from './card.ts';
import { whyOfDetails } from './problem-details.ts';
import { PacketRefused, sentenceOf } from './refusal.ts';
import type { TlsIdentity } from './tls-identity.ts';
import { PACKET_TYPE } from './transport-https-server.ts';

const notDelivered = (what: string, next: string): ProblemError =>
  new ProblemError({ kind: 'not-delivered', what, next });

const AGAIN = 'Nothing is lost: send it again later, or carry its file by another way.';

/** RFC 9457 details of ours have some 200 bytes; a longer answer is not read. */
const MAX_ANSWER = 4096;

const readAnswer = async (response: IncomingMessage): Promise<string> => {
  let answer = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    answer += chunk;
    if (answer.length > MAX_ANSWER) break;
  }
  return answer;
};

/** Sends the bytes and gives the answer. Only a server that shows the very certificate of the card is spoken to. */
const post = (
  bytes: Uint8Array,
  url: string,
  tls: string,
  identity: TlsIdentity,
  timeoutMs: number,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const pinned = new X509Certificate(tls).fingerprint512;
    const sent = request(
      url,
      {
        ...identity,
        method: 'POST',
        headers: { 'content-type': PACKET_TYPE, 'content-length': bytes.length },
        ca: [tls],
        minVersion: 'TLSv1.3',
        // The name in the address proves nothing here, and the certificate everything.
        checkServerIdentity: (_host, shown) =>
          shown.fingerprint512 === pinned ? undefined : new Error('another certificate'),
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end(bytes);
  });

/**
 * Delivers a packet to the node of another office. Resolves when that office has recorded it; repeating it is harmless. A
 * PacketRefused with the receiver's `why` if it refused it; a ProblemError `not-delivered` if it is not known to have it.
 */
export const deliverPacket = async (
  bytes: Uint8Array,
  receiver: OfficeCard,
  identity: TlsIdentity,
  timeoutMs = 120_000,
): Promise<void> => {
  if (receiver.url === undefined) {
    throw notDelivered(
      'The card of the receiving office has no address.',
      'Carry the packet’s file there, or get a card with an address.',
    );
  }
  let status: number | undefined;
  let why;
  try {
    const response = await post(bytes, receiver.url, receiver.tls, identity, timeoutMs);
    status = response.statusCode;
    why = whyOfDetails(await readAnswer(response));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    throw notDelivered(
      `The node of the receiving office did not take the connection to its end (${code}).`,
      AGAIN,
    );
  }
  if (status === 202) return;
  if (why !== undefined) {
    throw new PacketRefused(why, { what: `The receiving office refused it: ${sentenceOf(why).what}` });
  }
  throw notDelivered(
    `The node of the receiving office answered with HTTP status ${status ?? 'none'}.`,
    AGAIN,
  );
};
