import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';
import { notAKey } from './problems.ts';
import { ED25519, isKeyName, verifierKey } from './vkey.ts';
import type { SignatureType, VerifierKey } from './vkey.ts';

export interface Signer {
  readonly verifier: VerifierKey;
  readonly privateKey: KeyObject;
}

/**
 * A signer from 32 secret random bytes. The spec asks for one key for each type of signature: an office that signs its
 * log and witnesses the others' takes two seeds.
 */
export const signerFromSeed = (name: string, type: SignatureType, seed: Uint8Array): Signer => {
  if (seed.length !== 32) throw notAKey('An Ed25519 seed has 32 bytes.');
  const privateKey = createPrivateKey({
    key: Buffer.from(seed),
    format: 'raw-private',
    asymmetricKeyType: 'ed25519',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'raw-public' });
  return { verifier: verifierKey(name, type, publicKey), privateKey };
};

/** The signature of RFC 8032 over the bytes. */
export const signBytes = ({ privateKey }: Signer, message: Uint8Array): Uint8Array =>
  sign(null, message, privateKey);

const PREFIX = 'PRIVATE+KEY+';

/** The text in which golang.org/x/mod/sumdb/note keeps a private key: `PRIVATE+KEY+<name>+<key id>+<base64(type ‖ seed)>`. */
export const formatSkey = (name: string, type: SignatureType, seed: Uint8Array): string =>
  `${PREFIX}${name}+${signerFromSeed(name, type, seed).verifier.id}+${toBase64(Buffer.concat([Uint8Array.of(type), seed]))}`;

/**
 * Reads a private key as `formatSkey` and golang's `note.GenerateKey` write it. `type` is the one it is used for, and
 * must be the one it is kept for. The problem never quotes the text.
 */
export const parseSkey = (text: string, type: SignatureType = ED25519): Signer => {
  const [, name = '', id, base64 = ''] =
    /^PRIVATE\+KEY\+([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text.trim()) ?? [];
  const material = fromBase64(base64);
  if (!isKeyName(name) || material?.length !== 33 || material[0] !== type) {
    throw notAKey('The text is not a private key of the type that is needed.');
  }
  const signer = signerFromSeed(name, type, material.subarray(1));
  if (signer.verifier.id !== id)
    throw notAKey('The key id in the private key is not that of its name and key.');
  return signer;
};
