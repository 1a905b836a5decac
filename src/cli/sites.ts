import { Hono } from 'hono';
import type { Logger } from 'pino';
import { apiOf } from '../api/api.ts';
import { caseLines } from '../office/lines.ts';
import type { Node } from '../office/node.ts';
import { logRoutes } from '../office/serve.ts';
import { href } from '../web/assets.ts';
import { onlyOurHost, securityHeaders } from '../web/headers.ts';
import { listen, type Fetch } from '../web/listen.ts';
import { addressAt } from '../web/guard.ts';
import { type Limits, openLimits } from '../web/limits.ts';
import type { Request } from '../web/reception.ts';
import { healthRoutes, metricsRoutes } from '../web/ops.ts';
import type { Settings } from '../web/settings.ts';
import { siteOf } from '../web/site.ts';

/** What a site needs, but its own address: that is known once it listens. */
export interface SiteOptions {
  /** Where browsers find it, where a proxy stands before it. */
  readonly origin?: string;
  readonly port: number;
  readonly operatorPort: number;
  readonly login: (origin: string) => Promise<Settings['login']>;
  readonly channels: Settings['channels'];
  readonly proxies?: readonly string[];
  readonly returns?: string;
  /** Who brings an access token, to the JSON API; without it, the API lets in nobody. */
  readonly bearer?: (authorization: string | undefined) => Promise<{ readonly person: string }>;
  /** How often the API may be asked; as usual where left out. */
  readonly limits?: Pick<Limits, 'ask' | 'strange'>;
  readonly log: Logger;
  readonly now: () => number;
}

export interface ServedSite {
  readonly url: string;
  readonly operator: string;
  readonly close: () => Promise<void>;
}

/** The doors of one listener, each with the addresses that are its; whatever else comes is the site’s. */
const doorsOf =
  (
    doors: readonly (readonly [RegExp, { readonly fetch: Fetch }])[],
    site: { readonly fetch: Fetch },
  ): Fetch =>
  (request, env) => {
    const { pathname } = new URL(request.url);
    const [, door] = doors.find(([of]) => of.test(pathname)) ?? [];
    return (door ?? site).fetch(request, env);
  };

const apiRoutes = (
  node: Node,
  settings: Settings,
  { bearer, limits = openLimits() }: Pick<SiteOptions, 'bearer' | 'limits'>,
) => {
  const { channels, returns, log } = settings;
  const guarded = new Hono().use(securityHeaders(settings), onlyOurHost(settings));
  return guarded.route(
    '/api',
    apiOf(node, {
      who: async ({ headers }) => {
        const title = headers.get('waybill-title');
        const { person } = (await bearer?.(headers.get('authorization') ?? undefined)) ?? {};
        return person === undefined ? undefined : { person, ...(title === null ? {} : { title }) };
      },
      wait: (person, c) =>
        person === undefined ? limits.strange(addressAt(settings, c as Request)) : limits.ask(person),
      channels,
      log,
      ...(returns === undefined ? {} : { returns }),
      styles: [href('uswds.min.css'), href('waybill.css')],
    }),
  );
};

/** Serves one office’s site, its log and its API to people, and to its operator what shows how it is. Stops in that order. */
export const serveSite = async (node: Node, options: SiteOptions): Promise<ServedSite> => {
  const { port, operatorPort, login, origin, returns, channels, proxies, log, now } = options;
  let open = false;
  let fetch: Fetch = () => new Response('starting\n', { status: 503 });
  const listening = await listen((request, env) => fetch(request, env), port);
  const at = origin ?? listening.url;
  const settings: Settings = {
    origin: at,
    login: await login(at),
    channels,
    now,
    log,
    ...(returns === undefined ? {} : { returns }),
    ...(proxies === undefined ? {} : { proxies }),
  };
  const { app, metrics, stop } = siteOf(node, settings);
  const health = healthRoutes(node, () => open);
  fetch = doorsOf(
    [
      [/^\/(healthz|readyz)$/, health],
      [/^\/log\//, logRoutes(node)],
      [/^\/api(\/|$)/, apiRoutes(node, settings, options)],
    ],
    app,
  );
  // The first look at all cases takes seconds where there are thousands: nobody is sent here before it is over.
  const warm = caseLines(node).then(() => void (open = true));
  const operator = await listen(
    doorsOf([[/^\/(healthz|readyz)$/, health]], metricsRoutes(metrics)),
    operatorPort,
  );
  await warm;
  return {
    url: at,
    operator: operator.url,
    close: async () => {
      // Whoever balances load sees it first, and sends nobody any more.
      open = false;
      stop();
      await listening.close();
      await operator.close();
    },
  };
};
