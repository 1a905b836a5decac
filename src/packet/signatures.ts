import { flattenedVerify } from 'jose';
import { z } from 'zod';
import type { OfficeCard } from './card.ts';
import { fromBase64url, isBase64url } from './base64url.ts';
import { thumbprint } from './jwk.ts';
import type { PublicJwk } from './jwk.ts';
import { readPayload } from './payload.ts';
import type { PacketPayload } from './payload.ts';
import { PacketRefused } from './refusal.ts';
import type { Why } from './refusal.ts';
import { JWS_TYP } from './sign.ts';
import type { PacketJws } from './sign.ts';

/**
 * Every parameter by name (RFC 7515 section 4.1): no `none`, no HMAC under a public key, no `crit`, no `b64`, and no `jwk`,
 * `jku` or `x5c`, with which a packet would bring its own key.
 */
const header = z.strictObject({ alg: z.literal('ES256'), kid: z.string(), typ: z.literal(JWS_TYP) });

type Signature = PacketJws['signatures'][number];

const kidOf = (signature: Signature): string => {
  let value: unknown;
  try {
    value = JSON.parse(fromBase64url(signature.protected)?.toString('utf8') ?? '');
  } catch {
    throw new PacketRefused('not-a-packet');
  }
  const read = header.safeParse(value);
  if (!read.success) throw new PacketRefused('alg');
  return read.data.kid;
};

const verify = async (payload: string, signature: Signature, key: PublicJwk, why: Why): Promise<void> => {
  try {
    if (!isBase64url(signature.signature)) throw new RangeError('a second text for one signature');
    await flattenedVerify({ payload, ...signature }, { ...key }, { algorithms: ['ES256'] });
  } catch {
    throw new PacketRefused(why);
  }
};

/**
 * Verifies both signatures of a packet (RFC 7515 section 5.2; both, where the RFC leaves it open), then reads what they
 * sign. What no known office has signed is not even parsed.
 */
export const verifySignatures = async (
  jws: PacketJws,
  cards: readonly OfficeCard[],
): Promise<{ card: OfficeCard; payload: PacketPayload; digest: string }> => {
  const [byOffice, byPerson] = jws.signatures;
  if (byOffice === undefined) throw new PacketRefused('wrong-office-signature');
  const kid = kidOf(byOffice);
  const kids = await Promise.all(cards.map(({ signing }) => thumbprint(signing)));
  const card = cards[kids.indexOf(kid)];
  if (card === undefined) throw new PacketRefused('unknown-office');
  await verify(jws.payload, byOffice, card.signing, 'wrong-office-signature');

  const read = readPayload(jws.payload);
  const { from, signer } = read.payload;
  if (from !== card.office || signer.office !== card.office) throw new PacketRefused('another-sender');

  if (byPerson === undefined) throw new PacketRefused('wrong-person-signature');
  const personKid = kidOf(byPerson);
  // An office that signs in the person's place has not shown that the person signed.
  if (personKid === kid || personKid !== (await thumbprint(signer.key))) {
    throw new PacketRefused('wrong-person-signature');
  }
  await verify(jws.payload, byPerson, signer.key, 'wrong-person-signature');
  return { card, ...read };
};
