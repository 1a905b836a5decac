import type { Link } from '../casework/after/conditions.ts';
import { foldHolding } from '../casework/after/evolve.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { parseVkey } from '../custody/vkey.ts';
import type { OfficeCard } from '../packet/card.ts';
import { type ProvenLink, verifyLink } from '../packet/chain.ts';
import { PacketRefused, type Why } from '../packet/refusal.ts';
import type { StoredEvent } from '../store/types.ts';
import { exchangeStream, exchangeWith, foldExchange } from './exchange.ts';
import { offices } from './gate.ts';
import type { Node } from './node.ts';

const officeOf: Readonly<Record<Link['from'], Office>> = {
  IRS: 'irs',
  Customs: 'customs',
  Justice: 'justice',
};

/** The exhibit of an entry of this office’s own log: under the head that the other office has cosigned, where it is in that one. */
const ownReceipt = async (node: Node, seq: number, acknowledged: string | undefined): Promise<string> => {
  const witnessed =
    acknowledged !== undefined && seq < openCheckpoint(acknowledged, parseVkey(node.card.vkey)).size;
  return node.views.exhibit(node.log, seq, ['packet', 'case'], witnessed ? acknowledged : undefined);
};

const toldIn = (events: readonly StoredEvent[], kind: string, packet: string): StoredEvent | undefined =>
  events.find((one) => one.kind === kind && one.packet === packet);

/** A hop that this office has sent or received, with its receipts: its own log’s, and the one that came with the packet. */
const provenHere = async (node: Node, link: Link): Promise<Link> => {
  const sends = officeOf[link.from] === node.office;
  const events = await node.views.stream(node.log, exchangeStream(officeOf[sends ? link.to : link.from]));
  const own = toldIn(events, sends ? 'packet-sent' : 'packet-received', link.packet);
  if (own === undefined) return link;
  const entry = { log: node.log, seq: own.seq };
  const receipt = await ownReceipt(node, own.seq, foldExchange(events).acknowledged);
  if (sends) return { ...link, entry, receipt };
  const came = own.data as { readonly entry?: number; readonly receipt?: string } | null;
  return {
    ...link,
    ...(came?.entry === undefined ? {} : { entry: { log: officeOf[link.from], seq: came.entry } }),
    ...(came?.receipt === undefined ? {} : { receipt: came.receipt }),
    received: { entry, receipt },
  };
};

/** The chain with all receipts that this office has: what came proven stays as it came. */
export const withReceipts = async (node: Node, chain: readonly Link[]): Promise<readonly Link[]> => {
  const whole: Link[] = [];
  for (const link of chain) {
    const mine = officeOf[link.from] === node.office || officeOf[link.to] === node.office;
    whole.push(mine ? await provenHere(node, link) : link);
  }
  return whole;
};

/** The cards by which this node verifies: its own, and those that it has taken in. */
export const knownCards = async (node: Node): Promise<readonly OfficeCard[]> => {
  const cards: OfficeCard[] = [node.card];
  for (const other of offices) {
    if (other === node.office) continue;
    const { card } = await exchangeWith(node, other);
    if (card !== undefined) cards.push(card);
  }
  return cards;
};

/** One hop of a case as this office can show it to be: verified anew each time, from the receipts and the cards. */
export interface Hop {
  readonly link: Link;
  /** Undefined where it is verified. */
  readonly why?: Why;
  /** Whose logs prove it. */
  readonly by: readonly Office[];
  /** Who else has signed the heads that it is proven under. */
  readonly cosigned: readonly Office[];
}

const cosigners = ({ sent, received }: ProvenLink, cards: readonly OfficeCard[]): Office[] => {
  const signed = [sent, received].flatMap((one) => one?.head.by ?? []).map(({ key }) => key.name);
  return cards
    .filter(({ cosigner }) => signed.includes(parseVkey(cosigner).name))
    .map(({ office }) => office);
};

const hopOf = (link: Link, reference: string, cards: readonly OfficeCard[]): Hop => {
  try {
    const proven = verifyLink(link, reference, cards);
    const by = [proven.sent, proven.received].flatMap((one) => one?.entry.office ?? []);
    return { link, by, cosigned: cosigners(proven, cards) };
  } catch (error) {
    if (error instanceof PacketRefused) return { link, why: error.why, by: [], cosigned: [] };
    throw error;
  }
};

/** The way that the items of a case have come to this office, each hop verified. Empty at the IRS, from which they come. */
export const hopsOfCase = async (node: Node, reference: string): Promise<readonly Hop[]> => {
  if (node.office === 'irs') return [];
  const events = await node.views.stream(node.log, `case/${reference}`);
  const { chain } = foldHolding(node.office === 'customs' ? 'Customs' : 'Justice', events);
  const cards = await knownCards(node);
  return (await withReceipts(node, chain)).map((link) => hopOf(link, reference, cards));
};
