import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import { type OfficeCard, readCard } from '../packet/card.ts';
import type { StoredEvent } from '../store/types.ts';
import type { Node } from './node.ts';

/** A packet that this office has sent, and where its entry is. */
export interface Sent {
  readonly id: string;
  readonly digest: string;
  /** Where its signatures and payload lie in the vault. */
  readonly content: string;
  readonly act: string;
  readonly seq: number;
}

/** All that this office and another have had with each other: a fold over the stream `exchange/<office>`. */
export interface Exchange {
  /** Events so far. */
  readonly version: number;
  readonly card: OfficeCard | undefined;
  /** The newest head of the other's log that it has shown, as a note that this office has cosigned. */
  readonly seen: string | undefined;
  readonly sent: readonly Sent[];
  /** By packet id: the digest of its payload, and the act that received it. */
  readonly received: ReadonlyMap<string, { readonly digest: string; readonly act: string }>;
  /** The newest head of our log that the other has cosigned. */
  readonly acknowledged: string | undefined;
}

export const exchangeStream = (other: Office): string => `exchange/${other}`;

interface Data {
  readonly card?: unknown;
  readonly id?: string;
  readonly content?: string;
  readonly seen?: string;
  readonly acknowledged?: string;
}

export const foldExchange = (events: readonly StoredEvent[]): Exchange => {
  let card: OfficeCard | undefined;
  let seen: string | undefined;
  let acknowledged: string | undefined;
  const sent: Sent[] = [];
  const received = new Map<string, { digest: string; act: string }>();
  for (const event of events) {
    const data = (event.data ?? {}) as Data;
    if (event.kind === 'office-added') card = readCard(JSON.stringify(data.card));
    if (event.kind === 'packet-sent')
      sent.push({
        id: data.id ?? '',
        digest: event.packet ?? '',
        content: data.content ?? '',
        act: event.act,
        seq: event.seq,
      });
    if (event.kind === 'packet-received') {
      received.set(data.id ?? '', { digest: event.packet ?? '', act: event.act });
      seen = data.seen ?? seen;
      acknowledged = data.acknowledged ?? acknowledged;
    }
  }
  return { version: events.length, card, seen, sent, received, acknowledged };
};

export const exchangeWith = async (node: Node, other: Office): Promise<Exchange> =>
  foldExchange(await node.views.stream(node.log, exchangeStream(other)));

/** The other office's card. Throws a ProblemError where it has not been taken in yet. */
export const cardFor = (exchange: Exchange, other: Office): OfficeCard => {
  if (exchange.card !== undefined) return exchange.card;
  throw new ProblemError({
    kind: 'not-in-order',
    what: `This node does not know the office ${other} yet.`,
    next: 'Get its card, the file office.json, by a way you trust, and take it in.',
    way: 'add office',
  });
};
