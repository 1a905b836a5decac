import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWK, exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** A server on a free port of loopback. */
export interface Served {
  readonly url: URL;
  readonly close: () => Promise<void>;
}

export const serveOn = async (
  listener: (url: URL) => RequestListener | Promise<RequestListener>,
): Promise<Served> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.on('request', await listener(url));
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const keyPair = async (
  alg: string,
  kid: string,
): Promise<{ readonly own: JWK; readonly open: JWK }> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const named = { alg, kid, use: 'sig' };
  return {
    own: { ...(await exportJWK(privateKey)), ...named },
    open: { ...(await exportJWK(publicKey)), ...named },
  };
};

/** A fictional person at the provider. */
export interface Account {
  readonly sub: string;
  readonly acr?: string;
  /** POSIX seconds of when they proved who they are. */
  readonly provedAt?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Who answers the provider's questions in place of a person in a browser; undefined: nobody goes through with it. */
export interface AtTheProvider {
  account: Account | undefined;
}

const interact =
  (provider: Provider, at: AtTheProvider) => async (req: IncomingMessage, res: ServerResponse) => {
    const { params, grantId } = await provider.interactionDetails(req, res);
    const { account } = at;
    if (account === undefined)
      return provider.interactionFinished(
        req,
        res,
        { error: 'access_denied' },
        { mergeWithLastSubmission: false },
      );
    const grant =
      (grantId === undefined ? undefined : await provider.Grant.find(grantId)) ??
      new provider.Grant({ accountId: account.sub, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    return provider.interactionFinished(req, res, {
      login: {
        accountId: account.sub,
        remember: false,
        ...(account.acr === undefined ? {} : { acr: account.acr }),
        ...(account.provedAt === undefined ? {} : { ts: account.provedAt }),
      },
      consent: { grantId: await grant.save() },
    });
  };

export const clientSecret = 'a shared secret of 43 characters, for a test';

/** The real oidc-provider, with two clients of one site: by a shared secret, and by a key of its own. */
export const openProvider = async (
  redirectUri: URL,
  clientKey: JWK,
  settings: Configuration = {},
): Promise<Served & { readonly at: AtTheProvider }> => {
  const at: AtTheProvider = { account: undefined };
  const { own } = await keyPair('ES256', 'provider');
  const client = {
    redirect_uris: [redirectUri.href],
    post_logout_redirect_uris: [new URL('/', redirectUri).href],
    id_token_signed_response_alg: 'ES256',
  } as const;
  const served = await serveOn((url) => {
    const provider = new Provider(url.origin, {
      clients: [
        { ...client, client_id: 'by-secret', client_secret: clientSecret },
        {
          ...client,
          client_id: 'by-key',
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          jwks: { keys: [clientKey] },
        },
      ],
      jwks: { keys: [own] },
      cookies: { keys: ['a cookie key for a test'] },
      acrValues: ['piv'],
      claims: { openid: ['sub'], profile: ['employee'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...at.account?.claims, sub: id }) }),
      ...settings,
    });
    const answer = provider.callback();
    const ask = interact(provider, at);
    return (req, res) =>
      void (req.url?.startsWith('/interaction/') === true ? ask(req, res) : answer(req, res));
  });
  return { ...served, at };
};

/** A provider that says whatever it is told to: metadata, keys, and the answer to a code. */
export interface Forger extends Served {
  metadata: Record<string, unknown>;
  keys: readonly JWK[];
  token: () => { readonly status: number; readonly body: unknown };
}

export const openForger = async (): Promise<Forger> => {
  const said: Pick<Forger, 'metadata' | 'keys' | 'token'> = {
    metadata: {},
    keys: [],
    token: () => ({ status: 500, body: {} }),
  };
  const served = await serveOn(({ origin }) => {
    said.metadata = {
      issuer: origin,
      authorization_endpoint: `${origin}/auth`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
    };
    return (req, res) => {
      const answers: Readonly<Record<string, () => { readonly status: number; readonly body: unknown }>> = {
        '/.well-known/openid-configuration': () => ({ status: 200, body: said.metadata }),
        '/jwks': () => ({ status: 200, body: { keys: said.keys } }),
        '/token': () => said.token(),
      };
      const { status, body } = answers[req.url ?? '']?.() ?? { status: 404, body: {} };
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  });
  return Object.assign(said, served);
};

/** A browser: follows redirects, and keeps cookies by host and port (real ones keep them by host alone, which is no stricter). */
export class Browser {
  readonly jar = new Map<string, Map<string, string>>();

  cookies(url: URL): Map<string, string> {
    const kept = this.jar.get(url.origin) ?? new Map<string, string>();
    this.jar.set(url.origin, kept);
    return kept;
  }

  async get(url: URL): Promise<Response> {
    const cookies = this.cookies(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  /** Follows redirects until one leads to an address that is asked for, which it does not open; or to the last page. */
  async follow(
    url: URL,
    until?: (url: URL) => boolean,
  ): Promise<{ readonly url: URL; readonly answer: Response | undefined }> {
    if (until?.(url) === true) return { url, answer: undefined };
    const answer = await this.get(url);
    const location = answer.headers.get('location');
    if (location === null) return { url, answer };
    await answer.body?.cancel();
    return this.follow(new URL(location, url), until);
  }
}
