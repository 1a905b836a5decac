import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { ProblemError } from '../ground/problem.ts';

/** AES-256-GCM (NIST SP 800-38D) as it lies in the database: nonce (12 bytes), ciphertext, tag (16 bytes). */
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
export const SEAL_OVERHEAD = NONCE + TAG;

// One call of the random generator for many nonces; a single one costs as much as sealing does.
const nonces = Buffer.alloc(NONCE * 512);
let used = nonces.length;
const nonce = (): Buffer => {
  if (used === nonces.length) {
    randomFillSync(nonces);
    used = 0;
  }
  return nonces.subarray(used, (used += NONCE));
};

/**
 * Seals bytes under a key of 32 bytes. `aad` says what they are and is not stored: they open only as the same thing, so
 * that whoever owns the database cannot put one sealed value in another's place. At most 2^32 for each key.
 */
export const seal = (key: Uint8Array, aad: Uint8Array, bytes: Uint8Array): Buffer => {
  const iv = nonce();
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(aad);
  const sealed = Buffer.allocUnsafe(bytes.length + SEAL_OVERHEAD);
  sealed.set(iv, 0);
  sealed.set(cipher.update(bytes), NONCE);
  cipher.final();
  sealed.set(cipher.getAuthTag(), NONCE + bytes.length);
  return sealed;
};

/** Opens what `seal` made. Problem `key-missing` where the key is not the one, or the sealed bytes were changed or moved. */
export const open = (key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer => {
  try {
    const end = sealed.length - TAG;
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(aad)
      .setAuthTag(sealed.subarray(end));
    const bytes = decipher.update(sealed.subarray(NONCE, end));
    decipher.final();
    return bytes;
  } catch {
    throw new ProblemError({
      kind: 'key-missing',
      what: 'What is sealed does not open: it was changed, or sealed under another key.',
      next: 'Restore the database from a backup, or verify the log to see what was changed.',
    });
  }
};
