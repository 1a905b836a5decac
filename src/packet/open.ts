import { compactDecrypt } from 'jose';
import { z } from 'zod';
import { hashFromBase64 } from '../custody/base64.ts';
import { fromBase64url, isBase64url } from './base64url.ts';
import { publicJwk, thumbprint } from './jwk.ts';
import type { PrivateJwk } from './jwk.ts';
import { MAX_PACKET } from './packet-file.ts';
import { PacketRefused } from './refusal.ts';
import { JWE_ALG, JWE_CTY, JWE_ENC } from './seal.ts';
import type { PacketProofs } from './seal.ts';
import type { PacketJws } from './sign.ts';

/** A packet that has been opened but not checked: nothing in it may be believed yet. */
export interface OpenedPacket extends Omit<PacketProofs, 'receipt'> {
  readonly jws: PacketJws;
  readonly receipt?: string;
}

const hash = z.string().transform((text, context) => {
  const read = hashFromBase64(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'not a hash' });
  return z.NEVER;
});

const plaintext = z.strictObject({
  jws: z.strictObject({
    payload: z.string(),
    signatures: z.array(z.strictObject({ protected: z.string(), signature: z.string() })).max(2),
  }),
  receipt: z.string().exactOptional(),
  consistency: z.array(z.strictObject({ from: z.int().min(0), hashes: z.array(hash).max(64) })).max(16),
  cosigned: z.string().exactOptional(),
});

/** Every parameter by name (RFC 7516 section 4.1): no `zip`, no `crit`, no `p2c`, no key or address of the sender's choice. */
const header = z.strictObject({
  alg: z.literal(JWE_ALG),
  enc: z.literal(JWE_ENC),
  kid: z.string(),
  cty: z.literal(JWE_CTY),
  epk: publicJwk,
});

/** The length of a tag of 16 bytes. */
const TAG = 22;

/** The parts of JWE compact serialization (RFC 7516 section 7.1). */
const split = (bytes: Uint8Array): { text: string; parts: readonly string[] } => {
  if (bytes.length > MAX_PACKET) throw new PacketRefused('too-large');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!/^eyJ[A-Za-z0-9_.-]*$/.test(text)) throw new PacketRefused('not-a-packet');
  const parts = text.split('.', 6);
  if (parts.length > 5) throw new PacketRefused('not-a-packet');
  if ((parts[4] ?? '').length < TAG) throw new PacketRefused('truncated');
  if (!parts.every(isBase64url)) throw new PacketRefused('not-a-packet');
  return { text, parts };
};

const parse = (bytes: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new PacketRefused('not-a-packet');
  }
};

const decrypt = async (text: string, key: PrivateJwk): Promise<Uint8Array> => {
  try {
    const options = { keyManagementAlgorithms: [JWE_ALG], contentEncryptionAlgorithms: [JWE_ENC] };
    return (await compactDecrypt(text, { ...key }, options)).plaintext;
  } catch {
    // jose throws alike for a changed header, key, text or tag; they are one thing to the receiver, and tell an adversary nothing.
    throw new PacketRefused('altered');
  }
};

/** Opens a packet's bytes with the office's sealing key. A PacketRefused if they are not a packet sealed to this office. */
export const openPacket = async (bytes: Uint8Array, sealing: PrivateJwk): Promise<OpenedPacket> => {
  const { text, parts } = split(bytes);
  const [protectedHeader = '', encryptedKey] = parts;
  const value = parse(fromBase64url(protectedHeader));
  const read = header.safeParse(value);
  if (!read.success) {
    const isHeader = typeof value === 'object' && value !== null && 'alg' in value;
    throw new PacketRefused(isHeader ? 'alg' : 'not-a-packet');
  }
  // Key agreement gives the key itself: a wrapped one beside it would be signed by nothing.
  if (encryptedKey !== '') throw new PacketRefused('not-a-packet');
  if (read.data.kid !== (await thumbprint(sealing))) throw new PacketRefused('not-for-us');
  const opened = plaintext.safeParse(parse(await decrypt(text, sealing)));
  if (!opened.success) throw new PacketRefused('not-a-packet');
  const { consistency, ...rest } = opened.data;
  return { ...rest, consistency: consistency.map(({ from, hashes }) => ({ from, path: hashes })) };
};
