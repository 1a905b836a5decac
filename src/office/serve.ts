import { serve as listen } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '../ground/problem.ts';
import { putPacket } from '../packet/transport-folder.ts';
import { startPacketServer } from '../packet/transport-https-server.ts';
import type { Office } from '../custody/entry.ts';
import type { Order } from './act.ts';
import { exchangeWith } from './exchange.ts';
import { folderOf } from './folder.ts';
import { checkAtGate, offices, recordRefusal } from './gate.ts';
import type { Node } from './node.ts';
import { isRefusal } from './receive.ts';

/** A full tile never changes; everything else grows. */
const FULL = /^tile\/.*(?<!\.p\/\d+)$/;

/**
 * The node's log, as C2SP tlog-tiles serves one: `/log/checkpoint`, `/log/tile/…`, and the key at `/log/vkey`. Only the log
 * that other offices may read: the IRS's review log is served to nobody.
 */
export const logRoutes = (node: Pick<Node, 'log' | 'views' | 'card'>): Hono => {
  const app = new Hono();
  app.get('/log/vkey', (c) => c.text(`${node.card.vkey}\n`));
  app.get('/log/*', async (c) => {
    const path = c.req.path.slice('/log/'.length);
    const bytes = await node.views.file(node.log, path);
    if (bytes === undefined) return c.text('The log has no such file.\n', 404);
    c.header(
      'Content-Type',
      path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    );
    c.header('Cache-Control', FULL.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    return c.body(Uint8Array.from(bytes));
  });
  app.onError((error, c) =>
    // What went wrong inside is for this office's people, not for whoever asks.
    c.text(
      error instanceof ProblemError ? 'The log cannot be read at the moment.\n' : 'Not available.\n',
      503,
    ),
  );
  return app;
};

/**
 * Takes a packet that came over HTTPS into the inbox. It is checked whole before it is let in; what is refused is recorded as a
 * refused attempt by the officer on duty. A person receives it: nobody's name stands in the record for a machine's act.
 */
const letIn = async (node: Node, onDuty: Order, bytes: Uint8Array, via: Office): Promise<void> => {
  try {
    const { checked } = await checkAtGate(node, bytes, via);
    if (!checked.repeated) await putPacket(folderOf(node.dir).inbox, checked.payload.id, bytes);
  } catch (error) {
    if (isRefusal(error)) await recordRefusal(node, onDuty, error, bytes);
    throw error;
  }
};

export interface Served {
  /** Where other nodes bring packets, over mutual TLS. */
  readonly packets: string;
  /** Where anyone may read the log. */
  readonly log: string;
  readonly close: () => Promise<void>;
}

/** Serves the node on loopback: its log over HTTP, and packets from the offices whose cards it knows over mutual TLS. */
export const serveNode = async (
  node: Node,
  onDuty: Order,
  ports: { readonly packets?: number; readonly log?: number } = {},
): Promise<Served> => {
  const cards = [];
  for (const other of offices) {
    const { card } = await exchangeWith(node, other);
    if (card !== undefined) cards.push(card);
  }
  const packets = await startPacketServer({
    identity: node.secrets.keys.tls,
    cards,
    receive: (bytes, via) => letIn(node, onDuty, bytes, via),
    port: ports.packets ?? 0,
  });
  const { server, address } = await new Promise<{ server: ReturnType<typeof listen>; address: AddressInfo }>(
    (resolve, reject) => {
      const server = listen(
        { fetch: logRoutes(node).fetch, hostname: '127.0.0.1', port: ports.log ?? 0 },
        (address) => resolve({ server, address }),
      );
      server.on('error', reject);
    },
  );
  return {
    packets: packets.url,
    log: `http://127.0.0.1:${address.port}/log/`,
    close: async () => {
      await packets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
