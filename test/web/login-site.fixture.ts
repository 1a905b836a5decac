import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { ProblemError } from '../../src/ground/problem.ts';
import { type ProviderLogin, localPath } from '../../src/web/login/login.ts';
import { type Opened, type Sessions, cookieName, cookieOptions } from '../../src/web/sessions.ts';
import { type Served, serveOn } from './provider.fixture.ts';

const place = { office: 'customs', secure: false } as const;
export const cookie = cookieName(place);

/** The smallest site that signs people in: what this test holds of login and sessions together, without an office behind it. */
export const siteWith = (
  login: () => ProviderLogin,
  sessions: Sessions,
  directory: ReadonlySet<string>,
): Hono => {
  const app = new Hono();
  const idOf = (c: Context) => getCookie(c, cookie) ?? '';
  const tell = (c: Context, { id }: Opened) => setCookie(c, cookie, id, cookieOptions(place));
  app.get('/', (c) => {
    const session = sessions.read(idOf(c));
    if (session === undefined) tell(c, sessions.begin());
    return c.text(session?.person ?? 'nobody');
  });
  app.get('/sign-in', async (c) => {
    const { location, pending } = await login().begin(c.req.query('to') ?? '/');
    tell(c, sessions.rotate(idOf(c), { login: pending }) ?? sessions.begin({ login: pending }));
    return c.redirect(location.href);
  });
  app.get('/sign-in/back', async (c) => {
    const pending = sessions.read(idOf(c))?.login;
    const waiting = sessions.rotate(idOf(c), {});
    if (pending === undefined || waiting === undefined) return c.text('no sign-in under way', 403);
    tell(c, waiting);
    const signedIn = await login().finish(new URL(c.req.url), pending);
    if (!directory.has(signedIn.person)) return c.text('not in the directory', 403);
    const opened = sessions.rotate(waiting.id, signedIn);
    if (opened === undefined) return c.text('too late', 403);
    tell(c, opened);
    return c.redirect(localPath(pending.to));
  });
  app.get('/sign-out', (c) => {
    const session = sessions.read(idOf(c));
    sessions.end(idOf(c));
    return c.redirect(session?.endSession?.href ?? '/');
  });
  app.get('*', (c) => c.text(`${c.req.path} for ${sessions.read(idOf(c))?.person ?? 'nobody'}`));
  app.onError((error, c) => {
    if (!(error instanceof ProblemError)) throw error;
    return c.text(error.message, 403);
  });
  return app;
};

export const serveSite = (app: Hono): Promise<Served> => {
  const listener = getRequestListener(app.fetch);
  return serveOn(() => (req, res) => void listener(req, res));
};
