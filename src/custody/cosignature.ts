import { verify } from 'node:crypto';
import { signBytes } from './signer.ts';
import type { Signer } from './signer.ts';
import type { VerifierKey } from './vkey.ts';

/**
 * What a witness signs (C2SP tlog-cosignature, Ed25519): that at `time` (POSIX seconds) the checkpoint with this note
 * text was the largest consistent head it had seen of that log.
 */
const message = (text: string, time: bigint): Uint8Array =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/** A `timestamped_signature`: the time as a big-endian uint64, then 64 bytes of Ed25519. */
export const cosign = (text: string, witness: Signer, time: number): Uint8Array => {
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError('a time is in whole POSIX seconds');
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  return Buffer.concat([stamp, signBytes(witness, message(text, BigInt(time)))]);
};

/** The time of a cosignature that holds, in POSIX seconds; `undefined` if it does not hold. */
export const cosignatureTime = (
  text: string,
  witness: VerifierKey,
  signature: Uint8Array,
): number | undefined => {
  if (signature.length !== 8 + 64) return undefined;
  const time = Buffer.from(signature.subarray(0, 8)).readBigUInt64BE();
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return verify(null, message(text, time), witness.keyObject, signature.subarray(8))
    ? Number(time)
    : undefined;
};
