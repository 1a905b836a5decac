import { type JWK, importJWK } from 'jose';
import * as client from 'openid-client';
import { requirePrivacy } from './loopback.ts';
import { codeOf, unfitProvider } from './problems.ts';

/** What this office and its provider have agreed on. */
export interface OidcSettings {
  /** The issuer as its metadata names it. `http:` only on loopback. */
  readonly issuer: URL;
  readonly clientId: string;
  /** How the site proves itself to the provider: a shared secret, or a private JWK with its `alg` (private_key_jwt). */
  readonly credential: { readonly secret: string } | { readonly key: JWK };
  /** This site's own address for the answer, registered at the provider. */
  readonly redirectUri: URL;
  /** Where the provider sends the browser after a sign-out, registered there; `/` of this site where none is named. */
  readonly signedOutUri?: URL;
  /** Which claim is a person's id in this office's directory: `sub` where none is named. */
  readonly claim?: string;
  /** `openid` where none is named; a claim may need another beside it. */
  readonly scope?: string;
  /** The authentication context that every sign-in has to have, such as the agency's name for PIV. */
  readonly acr?: string;
  /** Seconds since the person last proved to the provider who they are. */
  readonly maxAge?: number;
  /** Told why an answer was refused, as an error code without any content of it: for the operator's log. */
  readonly note?: (code: string) => void;
}

const TIMEOUT = 10;
const TOLERANCE = 10;

const authentication = async (credential: OidcSettings['credential']): Promise<client.ClientAuth> => {
  if ('secret' in credential) return client.ClientSecretBasic(credential.secret);
  const { key: jwk } = credential;
  const key = await importJWK(jwk).catch(() => undefined);
  if (!(key instanceof CryptoKey) || key.type !== 'private')
    throw unfitProvider(
      'The key for the sign-in provider is not a private JWK with its algorithm.',
      'credential',
      'Give the private key as a JWK with alg, such as ES256.',
    );
  return client.PrivateKeyJwt(jwk.kid === undefined ? key : { key, kid: jwk.kid });
};

const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

/** Asks the provider what it is (OpenID Connect Discovery 1.0), once, when the site starts. Throws `login-unfit`. */
export const discover = async (settings: OidcSettings): Promise<client.Configuration> => {
  const { issuer, clientId, redirectUri } = settings;
  requirePrivacy(issuer, 'issuer');
  requirePrivacy(redirectUri, 'redirectUri');
  const auth = await authentication(settings.credential);
  const config = await client
    .discovery(issuer, clientId, { [client.clockTolerance]: TOLERANCE }, auth, {
      timeout: TIMEOUT,
      execute: [
        // Without it openid-client trusts TLS for the ID token, which is the provider's alone only if nobody stands between.
        client.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    })
    .catch((error: unknown) => {
      settings.note?.(codeOf(error));
      throw unfitProvider(
        'The sign-in provider did not say what it is.',
        issuer.href,
        'Check the address of the issuer: its /.well-known/openid-configuration has to answer, and name the same issuer.',
      );
    });
  for (const name of endpoints) {
    const url = URL.parse(config.serverMetadata()[name] ?? '');
    if (url === null)
      throw unfitProvider(
        `The sign-in provider names no ${name}.`,
        issuer.href,
        'Name a provider of OpenID Connect with the code flow.',
      );
    requirePrivacy(url, name);
  }
  return config;
};
