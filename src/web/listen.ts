import { type HttpBindings, serve } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '../ground/problem.ts';

/** What answers a request: a Hono app’s `fetch`, or several behind one. */
export type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>;

export interface Listening {
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  readonly close: () => Promise<void>;
}

/** How long what is under way may take after the site was told to stop. */
const GRACE_MS = 10_000;

const taken = (port: number): ProblemError =>
  new ProblemError({
    kind: 'usage',
    what: `The port ${port} of this machine is taken.`,
    where: `127.0.0.1:${port}`,
    next: 'Stop what listens there, or name another port.',
  });

/** Serves a site on loopback. A proxy of the agency’s brings TLS and the world to it; nothing else reaches it. */
export const listen = async (fetch: Fetch, port: number): Promise<Listening> => {
  const { server, address } = await new Promise<{ server: Server; address: AddressInfo }>(
    (resolve, reject) => {
      const server = serve(
        {
          fetch: (request, env) => fetch(request, env as HttpBindings),
          hostname: '127.0.0.1',
          port,
          // Longer than a proxy before the site keeps a connection: else it sends on one that is just being closed.
          // Who sends a header or a body byte by byte holds a connection no longer than this.
          serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 },
        },
        (address) => resolve({ server, address }),
      ) as Server;
      server.on('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? taken(port) : error),
      );
    },
  );
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(late);
    },
  };
};
