import {
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
} from 'jose';
import { ProblemError } from '../../ground/problem.ts';
import { requirePrivacy } from './loopback.ts';
import { silentProvider } from './problems.ts';

export interface BearerSettings {
  readonly issuer: string;
  /** This office's API, as its tokens name it. */
  readonly audience: string;
  /** Which claim is a person's id in this office's directory: `sub` where none is named. */
  readonly claim?: string;
  /** The issuer's public keys, or where they are. */
  readonly jwks: URL | JSONWebKeySet;
}

/** Signatures alone: with a shared-secret algorithm in the list, the issuer's public key would do as the secret. */
const algorithms = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA', 'Ed25519'];
/** RFC 9068 section 2.2. */
const requiredClaims = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'];
const LONGEST = 8192;
const LONGEST_ID = 200;

/** The `WWW-Authenticate` of a 401 (RFC 6750 section 3): without a token nothing is said about it. */
export const challenge = (authorization: string | undefined): string =>
  authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';

const missing = (): ProblemError =>
  new ProblemError({
    kind: 'not-signed-in',
    what: 'The request carries no access token.',
    where: 'Authorization',
    next: 'Send Authorization: Bearer, with an access token of this office’s provider for this API.',
  });

/** One text whatever is wrong with it: who tries tokens does not learn how near they came. */
const invalid = (): ProblemError =>
  new ProblemError({
    kind: 'not-signed-in',
    what: 'The access token is not accepted (invalid_token).',
    where: 'Authorization',
    next: 'Get a new access token of this office’s provider for this API.',
  });

/** The token asks for a key that the issuer does not have; anything else that goes wrong with keys is the issuer's fault. */
const asksWrongly = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

const keysOf = (jwks: URL | JSONWebKeySet): JWTVerifyGetKey => {
  if (jwks instanceof URL) requirePrivacy(jwks, 'jwks');
  const find = jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
  return (header, token) =>
    find(header, token).catch((error: unknown) => {
      throw asksWrongly(error) ? error : silentProvider();
    });
};

/**
 * Judges the `Authorization` header of a request: an access token as of RFC 9068, carried as of RFC 6750. The function throws a
 * ProblemError `not-signed-in`, or `login-unfit` where the issuer's keys cannot be had.
 */
export const bearerOf = ({
  issuer,
  audience,
  claim = 'sub',
  jwks,
}: BearerSettings): ((authorization: string | undefined) => Promise<{ readonly person: string }>) => {
  const keys = keysOf(jwks);
  return async (authorization) => {
    if (authorization === undefined) throw missing();
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > LONGEST) throw invalid();
    const { payload } = await jwtVerify(token, keys, {
      typ: 'at+jwt',
      issuer,
      audience,
      algorithms,
      requiredClaims,
    }).catch((error: unknown) => {
      throw error instanceof ProblemError ? error : invalid();
    });
    const person = payload[claim];
    if (typeof person !== 'string' || person === '' || person.length > LONGEST_ID) throw invalid();
    return { person };
  };
};
