import { z } from 'zod';
import { canonicalJson } from '../ground/canonical.ts';
import { readDay } from '../ground/dates.ts';
import type { Day } from '../ground/dates.ts';
import { sha256 } from '../ground/digest.ts';
import type { Office } from '../custody/entry.ts';
import { fromBase64url } from './base64url.ts';
import { publicJwk } from './jwk.ts';
import { PacketRefused } from './refusal.ts';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export const office = z.enum(['irs', 'customs', 'justice'] satisfies Office[]);

const day = z.custom<Day>((value) => typeof value === 'string' && readDay(value) !== undefined);
const words = z.string().min(1).max(500);

/** Who signs, under which title, and with which key. The office attests all of it with its own signature. */
const signer = z.strictObject({
  name: words,
  title: words,
  office,
  capacity: words.exactOptional(),
  from: day.describe('First day of the title.'),
  to: day.exactOptional().describe('Last day of the title; without it, the title has no end yet.'),
  key: publicJwk,
});

const payload = z.strictObject({
  waybill: z.literal('packet/1'),
  id: z.uuidv7(),
  kind: z.enum(['request', 'answer', 'head', 'withdrawal', 'referral', 'recall', 'recall answer']),
  from: office,
  to: office,
  case: words.exactOptional(),
  at: z.iso.datetime().describe('When it was signed: UTC, ending in Z.'),
  signer,
  // Whatever JSON.parse gives is JSON; what the kinds of packets carry is read further up the house.
  body: z.custom<Json>((value) => value !== undefined),
});

/** What both signatures of a packet are over, as canonical JSON. */
export type PacketPayload = z.infer<typeof payload>;

/** The bytes that are signed. A RangeError if the payload, which is this office's own, is not one; an Error if it is not JSON. */
export const encodePayload = (value: PacketPayload): Buffer => {
  const text = canonicalJson(value);
  if (!payload.safeParse(value).success) throw new RangeError('not the payload of a packet');
  return Buffer.from(text);
};

/** What the sender's log commits to in its field `packet`: the SHA-256 of the payload's bytes, in hex. */
export const payloadDigest = (bytes: Uint8Array): string => sha256(bytes);

/** Reads the payload of a JWS. A PacketRefused `not-a-packet` if it is not one, or another spelling of one. */
export const readPayload = (encoded: string): { payload: PacketPayload; digest: string } => {
  const bytes = fromBase64url(encoded);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const read = payload.safeParse(value);
    // One text for one payload: a key given twice could say one thing to us and another to the next reader.
    if (bytes !== undefined && read.success && canonicalJson(value) === text) {
      return { payload: read.data, digest: payloadDigest(bytes) };
    }
  } catch {
    // Not UTF-8, not JSON, or nested so deeply that no one can read it: refused below like any other wrong shape.
  }
  throw new PacketRefused('not-a-packet');
};
