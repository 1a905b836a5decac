import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../ground/canonical.ts';
import { ProblemError } from '../ground/problem.ts';
import { COSIGNATURE_V1, ED25519, isKeyName, parseVkey } from '../custody/vkey.ts';
import type { SignatureType, VerifierKey } from '../custody/vkey.ts';
import { publicJwk } from './jwk.ts';
import { office } from './payload.ts';

const readVkey = (text: string): VerifierKey | undefined => {
  try {
    return parseVkey(text);
  } catch {
    return undefined;
  }
};

const vkey = (type: SignatureType) => z.string().refine((text) => readVkey(text)?.type === type);

const certificate = z.string().refine((pem) => {
  try {
    return new X509Certificate(pem).toString() !== '';
  } catch {
    return false;
  }
});

const card = z
  .strictObject({
    waybill: z.literal('office/1'),
    office,
    origin: z.string().refine(isKeyName).describe('Of the log that other offices may read.'),
    vkey: vkey(ED25519).describe('Verifies the heads of that log.'),
    cosigner: vkey(COSIGNATURE_V1).describe(
      'Verifies the cosignatures that the office gives to others’ heads.',
    ),
    signing: publicJwk.describe('Verifies the office’s signature on packets.'),
    sealing: publicJwk.describe('Seals packets to the office.'),
    tls: certificate.describe(
      'PEM, the one certificate the office’s node shows, as a server and as a client.',
    ),
    url: z
      .url({ protocol: /^https$/ })
      .exactOptional()
      .describe('Where the node takes packets, if it does.'),
  })
  .refine((read) => readVkey(read.vkey)?.name === read.origin, 'the key is that of another log')
  // An ECDH key that also signs could be made to sign what it should open.
  .refine((read) => read.signing.x !== read.sealing.x, 'signing and sealing take two keys');

/** `office.json`: everything public that another office needs of this one. Get it from a source that can be trusted, once. */
export type OfficeCard = z.infer<typeof card>;

const notACard = (where: string): ProblemError =>
  new ProblemError({
    kind: 'not-a-card',
    what: 'The file is not the card of an office, or a part of it is wrong.',
    ...(where === '' ? {} : { where }),
    next: 'Ask the office for its file office.json again, as its node wrote it.',
  });

/** Reads `office.json`. A ProblemError `not-a-card`, with the field that is wrong. */
export const readCard = (text: string): OfficeCard => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notACard('');
  }
  const read = card.safeParse(value);
  if (!read.success) throw notACard(read.error.issues[0]?.path.join('.') ?? '');
  return read.data;
};

/** The text of `office.json`: one card has one text, so that two people can compare its digest by telephone. */
export const formatCard = (value: OfficeCard): string => `${canonicalJson(value)}\n`;
