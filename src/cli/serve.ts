import { once } from 'node:events';
import { ProblemError } from '../ground/problem.ts';
import type { Node } from '../office/node.ts';
import { serveNode } from '../office/serve.ts';
import { operatorLog } from '../web/log.ts';
import { bearerOf } from '../web/login/bearer.ts';
import { oidcLogin } from '../web/login/oidc.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, withNode } from './node.ts';
import { type SiteFile, credentialOf, readSiteFile } from './site-file.ts';
import { type ServedSite, serveSite } from './sites.ts';
import { say } from './terminal.ts';

const portOf = (given: string | undefined, where: string): number => {
  if (given === undefined) return 0;
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port < 65536) return port;
  throw new ProblemError({
    kind: 'usage',
    what: 'This is no port.',
    where,
    next: 'Give a number up to 65535; leave it out, and a free one is taken.',
  });
};

/** The agency’s provider, as the site’s file names it. A site without one would let in whoever comes. */
const loginOf =
  ({ login }: SiteFile, note: (code: string) => void) =>
  (origin: string) => {
    if (login === undefined)
      throw new ProblemError({
        kind: 'login-unfit',
        what: 'The site’s file names no OpenID provider.',
        where: 'login',
        next: 'Name the agency’s provider in it. Only npm start, with its fictional people, goes without.',
      });
    const { issuer, clientId, claim, scope, acr, maxAge } = login;
    return oidcLogin({
      issuer: new URL(issuer),
      clientId,
      credential: credentialOf(login),
      redirectUri: new URL('/sign-in/back', origin),
      note,
      ...(claim === undefined ? {} : { claim }),
      ...(scope === undefined ? {} : { scope }),
      ...(acr === undefined ? {} : { acr }),
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  };

const siteFrom = (node: Node, file: string): Promise<ServedSite> => {
  const site = readSiteFile(file);
  const log = operatorLog();
  return serveSite(node, {
    port: site.port,
    operatorPort: site.operatorPort,
    login: loginOf(site, (code) => log.warn({ code }, 'a sign-in was refused')),
    channels: site.channels,
    proxies: site.proxies,
    log,
    now: Date.now,
    ...(site.api === undefined || site.login === undefined
      ? {}
      : {
          bearer: bearerOf({
            issuer: site.login.issuer,
            audience: site.api.audience,
            jwks: new URL(site.api.jwks),
            ...(site.api.claim === undefined ? {} : { claim: site.api.claim }),
          }),
        }),
    ...(site.origin === undefined ? {} : { origin: site.origin }),
    ...(site.returns === undefined ? {} : { returns: site.returns }),
  });
};

export interface ServeOptions extends NodeOptions {
  readonly port?: string;
  readonly logPort?: string;
  readonly site?: string;
}

/** `waybill serve`: until it is told to stop (SIGINT, SIGTERM); what is under way is finished first. */
export const serve = (options: ServeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const served = await serveNode(node, orderOf(options), {
      packets: portOf(options.port, '--port'),
      log: portOf(options.logPort, '--log-port'),
    });
    try {
      const site = options.site === undefined ? undefined : await siteFrom(node, options.site);
      say([
        `Packets for the office ${node.office}: ${served.packets} (mutual TLS)`,
        `Its log: ${served.log}checkpoint`,
        ...(site === undefined
          ? []
          : [`Its site: ${site.url}`, `For its operator: ${site.operator}/metrics, /healthz, /readyz`]),
        'Stop with Ctrl-C.',
      ]);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await site?.close();
    } finally {
      await served.close();
    }
    return 0;
  });
