import { X509Certificate } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Office } from '../custody/entry.ts';
import type { OfficeCard } from './card.ts';
import { MAX_PACKET, readCapped } from './packet-file.ts';
import { PROBLEM_TYPE, refusedDetails } from './problem-details.ts';
import type { ProblemDetails } from './problem-details.ts';
import { PacketRefused } from './refusal.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** Of JOSE in compact serialization (RFC 7515 section 9.2.1, RFC 7516 section 7.1). */
export const PACKET_TYPE = 'application/jose';
export const PACKET_PATH = '/packets';

export interface PacketServerOptions {
  readonly identity: TlsIdentity;
  /** Of the other offices: only the certificates on them are let in. */
  readonly cards: readonly OfficeCard[];
  /**
   * Receives a packet that this office's node delivered. Resolves when it is durably recorded, now or before (202). A
   * PacketRefused is told to the sender by its `why` (4xx); anything else means that the sender may try again (503).
   */
  readonly receive: (bytes: Uint8Array, via: Office) => Promise<void>;
  /** Loopback unless said otherwise: a node is not shown to a network by oversight. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** For a whole request, so that a slow body does not hold a connection for ever. Two minutes by default. */
  readonly timeoutMs?: number;
}

export interface PacketServer {
  /** Where packets are sent to, as on the office's card. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const plain = (status: number): ProblemDetails => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? '',
  status,
});

/** The office whose card has the very certificate that the client showed. */
const officeOf = (request: IncomingMessage, cards: readonly OfficeCard[]): Office | undefined => {
  if (!(request.socket instanceof TLSSocket) || !request.socket.authorized) return undefined;
  const shown = request.socket.getPeerX509Certificate()?.fingerprint512;
  return cards.find(({ tls }) => new X509Certificate(tls).fingerprint512 === shown)?.office;
};

/** Why the request is refused by its first lines alone, before a byte of its body is read. */
const refusedUnread = ({ url, method, headers }: IncomingMessage): ProblemDetails | undefined => {
  if (url !== PACKET_PATH) return plain(404);
  if (method !== 'POST') return plain(405);
  if (headers['content-type'] !== PACKET_TYPE) return plain(415);
  return Number(headers['content-length'] ?? 0) > MAX_PACKET ? refusedDetails('too-large') : undefined;
};

const answer = (response: ServerResponse, details?: ProblemDetails): void => {
  // One packet a connection: what may still come of a refused body is not waited for.
  response.setHeader('connection', 'close');
  if (details === undefined) {
    response.writeHead(202).end();
  } else {
    response.writeHead(details.status, { 'content-type': PROBLEM_TYPE }).end(JSON.stringify(details));
  }
};

const handle = async (
  request: IncomingMessage,
  { cards, receive }: PacketServerOptions,
): Promise<ProblemDetails | undefined> => {
  const via = officeOf(request, cards);
  if (via === undefined) return plain(403);
  const unread = refusedUnread(request);
  if (unread !== undefined) return unread;
  try {
    await receive(await readCapped(request), via);
    return undefined;
  } catch (error) {
    return error instanceof PacketRefused ? refusedDetails(error.why) : plain(503);
  }
};

/**
 * Takes packets over HTTPS with client certificates: TLS 1.3, and no one but the offices whose cards are known gets as far
 * as a request. The certificate says who delivers; `checkPacket` is given it as `via` and compares it with who signed.
 */
export const startPacketServer = async (options: PacketServerOptions): Promise<PacketServer> => {
  const { identity, cards, host = '127.0.0.1', port = 0, timeoutMs = 120_000 } = options;
  const server = createServer(
    {
      ...identity,
      ca: cards.map(({ tls }) => tls),
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: Math.min(timeoutMs, 10_000),
      headersTimeout: Math.min(timeoutMs, 10_000),
      requestTimeout: timeoutMs,
      connectionsCheckingInterval: Math.min(timeoutMs / 4, 10_000),
    },
    (request, response) => {
      void handle(request, options).then((details) => {
        answer(response, details);
      });
    },
  );
  // Each may bring 64 MB into memory.
  server.maxConnections = 8;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `https://${name}:${(server.address() as AddressInfo).port}${PACKET_PATH}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};
