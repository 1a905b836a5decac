import { randomUUIDv7 } from 'node:crypto';
import type { Actor } from '../casework/acts/people.ts';
import { stamp } from '../casework/acts/events.ts';
import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import type { PublicJwk } from '../packet/jwk.ts';
import type { PacketPayload } from '../packet/payload.ts';
import { type SignedPacket, signPacket } from '../packet/sign.ts';
import type { Json, NewContent, NewEvent, StoredEvent } from '../store/types.ts';
import type { When } from './act.ts';
import { exchangeStream } from './exchange.ts';
import type { Node } from './node.ts';

/** The key that a person signs with, from the directory. */
const keyOf = (people: readonly StoredEvent[], id: string): PublicJwk => {
  for (const { kind, data } of people) {
    const { id: added, key } = (data ?? {}) as { id?: string; key?: PublicJwk };
    if (kind === 'person-added' && added === id && key !== undefined) return key;
  }
  throw new ProblemError({
    kind: 'key-missing',
    what: 'The directory has no signing key of this person.',
    where: id,
    next: 'Enter the person anew, under another id.',
    way: 'add person',
  });
};

/** What a packet is to say; who signs it and when is the act's. */
export interface Letter {
  readonly kind: PacketPayload['kind'];
  readonly to: Office;
  readonly case?: string;
  readonly body: Json;
}

/** Signs a letter with the office's key and the acting person's own. Nothing leaves by this: a packet is dispatched only to a receipt. */
export const sign = async (
  node: Node,
  letter: Letter,
  actor: Actor,
  { at }: When,
): Promise<SignedPacket & { readonly id: string }> => {
  const key = keyOf(await node.views.stream(node.log, 'people'), actor.id);
  const { name, title, capacity, from, to } = actor;
  const id = randomUUIDv7();
  const payload: PacketPayload = {
    waybill: 'packet/1',
    id,
    kind: letter.kind,
    from: node.office,
    to: letter.to,
    ...(letter.case === undefined ? {} : { case: letter.case }),
    at: new Date(at * 1000).toISOString(),
    signer: {
      name,
      title,
      office: node.office,
      ...(capacity === undefined ? {} : { capacity }),
      from,
      ...(to === undefined ? {} : { to }),
      key,
    },
    body: letter.body,
  };
  return { id, ...(await signPacket(payload, node.secrets.keys.signing, await node.keystore.person(key))) };
};

/** Signatures and payload, for the vault: they may hold return information, so they have a data key of their own. */
export const sealedJws = (signed: Pick<SignedPacket, 'jws'>, id: string): NewContent => ({
  id: randomUUIDv7(),
  scope: `packet/${id}`,
  bytes: Buffer.from(JSON.stringify(signed.jws)),
});

/** The event of a packet that leaves; dispatched when its act has a receipt. */
export const packetSent = (
  packet: { readonly id: string; readonly digest: string; readonly content: string },
  letter: Pick<Letter, 'kind' | 'to' | 'case'>,
  actor: Actor,
  when: When,
): NewEvent => ({
  stream: exchangeStream(letter.to),
  kind: 'packet-sent',
  cite: '',
  ...(letter.case === undefined ? {} : { case: letter.case }),
  packet: packet.digest,
  data: { ...stamp(actor, when), id: packet.id, kind: letter.kind, content: packet.content },
});
