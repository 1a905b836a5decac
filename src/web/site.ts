import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import type { Node } from '../office/node.ts';
import { MAX_PACKET } from '../packet/packet-file.ts';
import { assetRoutes } from './assets.ts';
import { onlyOurHost, securityHeaders } from './headers.ts';
import type { Metrics } from './ops.ts';
import { answerTo } from './guard.ts';
import { type Request, errorAnswer, notFound, openReception } from './reception.ts';
import { routes } from './routes.ts';
import type { Settings } from './settings.ts';
import { signInRoutes } from './sign-in.ts';

/** The largest form: a field of a reason takes some kilobytes, and nothing that pages send is near this. */
const LARGEST = 512 * 1024;
/** The largest with files: one packet as large as packets may be, or many small ones. */
const LARGEST_FILES = MAX_PACKET + LARGEST;

export type Env = { Bindings: HttpBindings };

export interface Site {
  readonly app: Hono<Env>;
  readonly metrics: Metrics;
  /** Stops long work, and with it the streams of those who watch it. */
  readonly stop: () => void;
}

/**
 * The site of one office, and of no other: its routes are those of the table that name this office, each behind its guard. All
 * that it writes goes the one road of `office/act`.
 */
export const siteOf = (node: Node, settings: Settings): Site => {
  const app = new Hono<Env>();
  const reception = openReception(node, settings);
  app.use(reception.metrics.measured);
  app.use(securityHeaders(settings));
  app.use(onlyOurHost(settings));
  app.route('/', assetRoutes());
  app.use(compress());
  const onError = (c: Context<Env>) => errorAnswer(reception, c as Request, 413);
  const [usual, withFiles] = [LARGEST, LARGEST_FILES].map((maxSize) => bodyLimit({ maxSize, onError }));
  const takeFiles = new Set(routes.filter(({ files }) => files === true).map(({ path }) => path));
  app.use((c, next) => (takeFiles.has(c.req.path) ? withFiles : usual)?.(c, next) ?? next());
  signInRoutes(app, reception);
  for (const route of routes)
    if (route.offices.includes(node.office))
      app.on(route.method, route.path, (c) => answerTo(reception, route, c));
  app.notFound((c) => notFound(reception, c as Request));
  app.onError((error, c) => {
    // What went wrong inside is for this office's operator. Whoever asked is told that it did, and nothing of what.
    settings.log.error({ kind: error.name, path: c.req.routePath }, 'a page failed');
    return errorAnswer(reception, c as Request, 500);
  });
  return { app, metrics: reception.metrics, stop: reception.jobs.close };
};
