import { CompactEncrypt } from 'jose';
import { toBase64 } from '../custody/base64.ts';
import type { OfficeCard } from './card.ts';
import { thumbprint } from './jwk.ts';
import { MAX_PACKET } from './packet-file.ts';
import { readPayload } from './payload.ts';
import { PacketRefused } from './refusal.ts';
import type { PacketJws } from './sign.ts';

/** RFC 6962 section 2.1.2: that a log goes on from its first `from` entries; 0, with an empty path, from none. */
export interface Proof {
  readonly from: number;
  readonly path: readonly Uint8Array[];
}

/** What a packet carries beside its signed payload. */
export interface PacketProofs {
  /** An exhibit (`formatExhibit`) of the sender's entry that opens the field `packet`. */
  readonly receipt: string;
  /** That the receipt's head goes on from each head that the receiver may have seen last: packets can be lost. At most 16. */
  readonly consistency: readonly Proof[];
  /** The receiver's head last seen by the sender, with the sender's cosignature (`cosignHead`). */
  readonly cosigned?: string;
}

/** RFC 7516: one recipient, key agreement without a wrapped key, so that there is one way to write a packet. */
export const JWE_ALG = 'ECDH-ES';
export const JWE_ENC = 'A256GCM';
/** The media type of the plaintext, without `application/`. */
export const JWE_CTY = 'waybill-packet+json';

const CONTENT_STEP = 4096;
/** Nine consistency proofs of the longest log that there can be have 24 kB, receipt and cosignature another 5. */
const PROOFS_ROOM = 32_768;
const up = (bytes: number, step: number): number => Math.ceil(bytes / step) * step;

/**
 * The JSON of a packet with spaces after it, which JSON allows. The adversary sees the length of every packet: the
 * proofs, which are longer in a longer log and more after a loss, always take the same room, and the content's length is
 * known to 4 kB only.
 */
const padded = (jws: PacketJws, rest: object): Buffer => {
  const content = `{"jws":${JSON.stringify(jws)},`;
  const proofs = JSON.stringify(rest).slice(1);
  const length = up(Buffer.byteLength(content), CONTENT_STEP) + up(Buffer.byteLength(proofs), PROOFS_ROOM);
  const plaintext = Buffer.alloc(length, ' ');
  plaintext.write(content + proofs);
  return plaintext;
};

/**
 * Seals a signed packet to the office that it is for: JWE compact serialization, the whole file `<id>.waybill`.
 * A RangeError if the card is that of another office; a PacketRefused `too-large` if no office would take it.
 */
export const sealPacket = async (
  packet: PacketProofs & { readonly jws: PacketJws },
  receiver: OfficeCard,
): Promise<Uint8Array> => {
  const { jws, receipt, consistency, cosigned } = packet;
  // Sealed to the wrong office, return information would be disclosed to it.
  if (readPayload(jws.payload).payload.to !== receiver.office) {
    throw new RangeError('a packet is sealed to the office that it is for');
  }
  const plaintext = padded(jws, {
    receipt,
    consistency: consistency.map(({ from, path }) => ({ from, hashes: path.map(toBase64) })),
    ...(cosigned === undefined ? {} : { cosigned }),
  });
  const kid = await thumbprint(receiver.sealing);
  const text = await new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: JWE_ALG, enc: JWE_ENC, kid, cty: JWE_CTY })
    .encrypt({ ...receiver.sealing });
  if (text.length > MAX_PACKET) throw new PacketRefused('too-large');
  return Buffer.from(text, 'latin1');
};
