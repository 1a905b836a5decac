import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { sha256Bytes } from './hash.ts';
import { notAKey } from './problems.ts';

/** Signature types of C2SP signed-note: a log signs with the first, a witness with the second (tlog-cosignature). */
export const ED25519 = 0x01;
export const COSIGNATURE_V1 = 0x04;
export type SignatureType = typeof ED25519 | typeof COSIGNATURE_V1;

/** Who may have signed a note: a name, and an Ed25519 key used for one type of signature. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  /** The 32-bit key id, as 8 hex digits. It tells keys apart; it proves nothing. */
  readonly id: string;
  /** The 32 bytes of RFC 8032. */
  readonly publicKey: Uint8Array;
  readonly keyObject: KeyObject;
}

/** Key names are not empty and hold neither Unicode spaces nor a plus sign, nor control characters, as no note does. */
export const isKeyName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && !/[\s\p{White_Space}\p{Cc}+]/u.test(name);

export const verifierKey = (name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey => {
  if (!isKeyName(name)) throw notAKey('The name of a key has a space or a plus sign, or is empty.');
  if (publicKey.length !== 32) throw notAKey('An Ed25519 public key has 32 bytes.');
  const id = Buffer.from(
    sha256Bytes(Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), publicKey])).subarray(0, 4),
  ).toString('hex');
  const keyObject = createPublicKey({
    key: Buffer.from(publicKey),
    format: 'raw-public',
    asymmetricKeyType: 'ed25519',
  });
  return { name, type, id, publicKey, keyObject };
};

/** The text `<name>+<key id>+<base64(type ‖ public key)>` of C2SP signed-note. */
export const formatVkey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(Buffer.concat([Uint8Array.of(type), publicKey]))}`;

/** Reads a verifier key; a ProblemError if it is not one, is of another type, or its id is not that of its name and key. */
export const parseVkey = (text: string): VerifierKey => {
  const [, name, id, base64] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  const material = base64 === undefined ? undefined : fromBase64(base64);
  if (name === undefined || material === undefined) throw notAKey('The text is not a verifier key.');
  const type = material[0];
  if (type !== ED25519 && type !== COSIGNATURE_V1) {
    throw notAKey(
      'The verifier key is of a type that Waybill does not know; it knows Ed25519 and cosignature/v1.',
    );
  }
  const key = verifierKey(name, type, material.subarray(1));
  if (key.id !== id) throw notAKey('The key id in the verifier key is not that of its name and key.');
  return key;
};
