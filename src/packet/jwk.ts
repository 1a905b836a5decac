import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';

const isPoint = (key: { kty: 'EC'; crv: 'P-256'; x: string; y: string }): boolean => {
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
};

/** 32 bytes. */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/** A P-256 public key (RFC 7518 section 6.2.1). Strict: a private key pasted by mistake is refused, not passed on. */
export const publicJwk = z
  .strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
  .refine(isPoint, 'not a point of the curve P-256');
export type PublicJwk = z.infer<typeof publicJwk>;

/** A P-256 private key. Secret: its keeper seals it at rest. */
export type PrivateJwk = PublicJwk & { readonly d: string };

export const publicPart = ({ kty, crv, x, y }: PublicJwk): PublicJwk => ({ kty, crv, x, y });

/** The `kid` of a key: its RFC 7638 thumbprint, so that a key cannot be named without being known. */
export const thumbprint = (key: PublicJwk): Promise<string> => calculateJwkThumbprint(publicPart(key));
