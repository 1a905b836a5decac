import { GeneralSign } from 'jose';
import { thumbprint } from './jwk.ts';
import type { PrivateJwk } from './jwk.ts';
import { encodePayload, payloadDigest } from './payload.ts';
import type { PacketPayload } from './payload.ts';

/** JWS general JSON serialization (RFC 7515 section 7.2.1): first the office's signature, then the person's. */
export interface PacketJws {
  readonly payload: string;
  readonly signatures: readonly { readonly protected: string; readonly signature: string }[];
}

export interface SignedPacket {
  readonly jws: PacketJws;
  /** SHA-256 of the payload, hex: the value of the log entry's field `packet`. */
  readonly digest: string;
}

/** The media type of a packet's signatures, without `application/` (RFC 7515 section 4.1.9). */
export const JWS_TYP = 'waybill-packet+jws';

/**
 * Signs a packet, before it is recorded: the log commits to the digest, and only the receipt lets the packet leave.
 * A RangeError if the payload is not one, or names another key than the person's.
 */
export const signPacket = async (
  payload: PacketPayload,
  officeKey: PrivateJwk,
  personKey: PrivateJwk,
): Promise<SignedPacket> => {
  const bytes = encodePayload(payload);
  const [office, person, named] = await Promise.all([
    thumbprint(officeKey),
    thumbprint(personKey),
    thumbprint(payload.signer.key),
  ]);
  if (person !== named) throw new RangeError('the payload names another key than the person signs with');
  // The office vouches for the person; nobody vouches for oneself.
  if (person === office) throw new RangeError('the person signs with a key that is not the office’s');
  const signed = await new GeneralSign(bytes)
    .addSignature({ ...officeKey })
    .setProtectedHeader({ alg: 'ES256', kid: office, typ: JWS_TYP })
    .addSignature({ ...personKey })
    .setProtectedHeader({ alg: 'ES256', kid: person, typ: JWS_TYP })
    .sign();
  const signatures = signed.signatures.map(({ protected: header = '', signature }) => ({
    protected: header,
    signature,
  }));
  return { jws: { payload: signed.payload, signatures }, digest: payloadDigest(bytes) };
};
