import * as client from 'openid-client';
import { type Pending, type ProviderLogin, type SignedIn, localPath } from './login.ts';
import { brokenOff, codeOf, refusedAnswer, silentProvider, weakSignIn } from './problems.ts';
import { type OidcSettings, discover } from './provider.ts';

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

const LONGEST_ID = 200;

/** A provider that is down is not one that refuses: who signs in is told to wait, not that something is wrong with them. */
const isSilence = (error: unknown): boolean =>
  (error instanceof client.ClientError &&
    (error.code === 'OAUTH_TIMEOUT' || (error.cause instanceof Response && error.cause.status >= 500))) ||
  (error instanceof client.ResponseBodyError && error.status >= 500) ||
  (error instanceof TypeError && error.message === 'fetch failed');

const judge =
  ({ note }: OidcSettings) =>
  (error: unknown): never => {
    note?.(codeOf(error));
    if (isSilence(error)) throw silentProvider();
    throw error instanceof client.AuthorizationResponseError ? brokenOff() : refusedAnswer();
  };

/** The claims in which the person's id stands: those of the ID token, or else the UserInfo of the same subject. */
const claimsWith = async (
  name: string,
  config: client.Configuration,
  tokens: Tokens,
): Promise<Readonly<Record<string, unknown>>> => {
  const claims = tokens.claims();
  if (claims === undefined) return {};
  if (name in claims || config.serverMetadata().userinfo_endpoint === undefined) return claims;
  return client.fetchUserInfo(config, tokens.access_token, claims.sub);
};

/** An address of mail that nobody verified is whatever its owner typed (OpenID Connect Core section 5.7). */
const personIn = (claims: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const id = claims[name];
  if (name === 'email' && claims['email_verified'] !== true) return undefined;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? id : undefined;
};

const endSessionAt = (
  config: client.Configuration,
  { signedOutUri, redirectUri }: OidcSettings,
  idToken: string | undefined,
): URL | undefined =>
  config.serverMetadata().end_session_endpoint === undefined
    ? undefined
    : client.buildEndSessionUrl(config, {
        post_logout_redirect_uri: (signedOutUri ?? new URL('/', redirectUri)).href,
        ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      });

const begin = async (config: client.Configuration, settings: OidcSettings, to: string) => {
  const pending: Pending = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    to: localPath(to),
  };
  const location = client.buildAuthorizationUrl(config, {
    redirect_uri: settings.redirectUri.href,
    scope: settings.scope ?? 'openid',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ...(settings.acr === undefined ? {} : { acr_values: settings.acr }),
    ...(settings.maxAge === undefined ? {} : { max_age: String(settings.maxAge) }),
  });
  return { location, pending };
};

const finish = async (
  config: client.Configuration,
  settings: OidcSettings,
  callback: URL,
  pending: Pending,
): Promise<SignedIn> => {
  const { redirectUri, acr, maxAge, claim = 'sub', note } = settings;
  // The host of a request is what its sender wrote; of the callback, only the query is taken.
  const answer = new URL(redirectUri);
  answer.search = callback.search;
  const tokens = await client
    .authorizationCodeGrant(config, answer, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
      ...(maxAge === undefined ? {} : { maxAge }),
    })
    .catch(judge(settings));
  // `acr_values` only asks: a provider may sign in by less, and then says so (OpenID Connect Core section 3.1.2.1).
  if (acr !== undefined && tokens.claims()?.acr !== acr) {
    note?.('acr');
    throw weakSignIn();
  }
  const person = personIn(await claimsWith(claim, config, tokens).catch(judge(settings)), claim);
  if (person === undefined) {
    note?.('claim');
    throw refusedAnswer();
  }
  const endSession = endSessionAt(config, settings, tokens.id_token);
  return { person, ...(endSession === undefined ? {} : { endSession }) };
};

/**
 * Sign-in by the code flow of OpenID Connect Core 1.0 section 3.1, with PKCE (RFC 7636), state, nonce and, where the provider
 * sends it, `iss` (RFC 9207). Asks the provider for its metadata first, and throws a ProblemError `login-unfit` where it does
 * not do.
 */
export const oidcLogin = async (settings: OidcSettings): Promise<ProviderLogin> => {
  const config = await discover(settings);
  const signInPage = new URL(config.serverMetadata().authorization_endpoint ?? settings.issuer);
  return {
    kind: 'oidc',
    provider: signInPage.origin,
    begin: (to) => begin(config, settings, to),
    finish: (callback, pending) => finish(config, settings, callback, pending),
  };
};
