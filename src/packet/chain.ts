import type { OpenedCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { type VerifiedExhibit, verifyExhibit } from '../custody/exhibit.ts';
import { parseNote } from '../custody/note.ts';
import { parseVkey } from '../custody/vkey.ts';
import { dayAt } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import type { OfficeCard } from './card.ts';
import { PacketRefused } from './refusal.ts';

/** The entry of a log that tells of a packet, with its exhibit, which opens `packet` and `case`. */
export interface Proven {
  readonly entry?: { readonly log: string; readonly seq: number } | undefined;
  /** `formatExhibit`; its head with the cosignatures that are known. */
  readonly receipt?: string | undefined;
}

/** One hop of a custody chain, as a packet carries it: what its sender’s log says of it, and what its receiver’s. */
export interface ChainLink extends Proven {
  readonly from: string;
  readonly to: string;
  /** The day, by the log of the office that tells of the hop: the receiver’s where it has an entry, else the sender’s. */
  readonly on: string;
  /** SHA-256 of the payload, hex. */
  readonly packet: string;
  readonly received?: Proven | undefined;
}

/** What a hop’s receipts prove. */
export interface ProvenLink {
  readonly sent: VerifiedExhibit;
  readonly received?: VerifiedExhibit;
}

/** Offices by the name that a case has for them. */
const officeOf = (name: string): Office | undefined =>
  new Map<string, Office>([
    ['IRS', 'irs'],
    ['Customs', 'customs'],
    ['Justice', 'justice'],
  ]).get(name);

/** Clocks of two offices may be that far apart, as in a packet’s own date. */
const SKEW_SECONDS = 5 * 60;

/**
 * Every signature of a head has to hold, not only that of its log: one that nobody known has made says nothing to us, and
 * might to the next reader.
 */
const requireAll = ({ note, by }: OpenedCheckpoint): void => {
  if (parseNote(note).signatures.length !== by.length) throw new PacketRefused('chain-broken');
};

const opened = (
  { entry, receipt }: Proven,
  name: string,
  { packet }: ChainLink,
  reference: string,
  cards: readonly OfficeCard[],
): VerifiedExhibit => {
  if (entry === undefined || receipt === undefined) throw new PacketRefused('chain-incomplete');
  const office = officeOf(name);
  const card = cards.find((one) => one.office === office);
  if (card === undefined) throw new PacketRefused('chain-unknown-office');
  const witnesses = cards.filter((one) => one !== card).map(({ cosigner }) => parseVkey(cosigner));
  let exhibit: VerifiedExhibit;
  try {
    exhibit = verifyExhibit(receipt, parseVkey(card.vkey), witnesses);
  } catch (error) {
    throw error instanceof ProblemError ? new PacketRefused('chain-broken') : error;
  }
  requireAll(exhibit.head);
  const isThis =
    exhibit.entry.office === office &&
    entry.log === office &&
    entry.seq === exhibit.index &&
    exhibit.opened.packet === packet &&
    exhibit.opened.case === reference;
  if (!isThis) throw new PacketRefused('chain-of-another');
  return exhibit;
};

/**
 * Verifies one hop with nothing but the offices’ cards: the sender’s log has the packet, and so has the receiver’s where the
 * hop brings its entry; both entries are of this case, and the day is the one that they tell. A PacketRefused
 * `chain-incomplete`, `chain-unknown-office`, `chain-broken` or `chain-of-another`.
 */
export const verifyLink = (link: ChainLink, reference: string, cards: readonly OfficeCard[]): ProvenLink => {
  const to = officeOf(link.to);
  if (to === undefined || link.to === link.from) throw new PacketRefused('chain-of-another');
  const sent = opened(link, link.from, link, reference, cards);
  if (link.received === undefined) {
    if (dayAt(sent.entry.time) !== link.on) throw new PacketRefused('chain-of-another');
    return { sent };
  }
  const received = opened(link.received, link.to, link, reference, cards);
  const inOrder = sent.entry.time <= received.entry.time + SKEW_SECONDS;
  if (dayAt(received.entry.time) !== link.on || !inOrder) throw new PacketRefused('chain-of-another');
  return { sent, received };
};

/**
 * Verifies the chain that a referral brings, from the request to the sender. Of each packet that the sender was sent it has to
 * bring its own entry too: without it nothing ties what another office’s log tells to the one that now passes it on.
 */
export const verifyChain = (
  chain: readonly ChainLink[],
  reference: string,
  sender: Office,
  cards: readonly OfficeCard[],
): readonly ProvenLink[] =>
  chain.map((link) => {
    if (officeOf(link.to) === sender && link.received === undefined)
      throw new PacketRefused('chain-incomplete');
    return verifyLink(link, reference, cards);
  });
