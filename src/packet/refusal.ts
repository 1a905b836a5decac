import { ProblemError } from '../ground/problem.ts';
import type { Problem } from '../ground/problem.ts';

/** What is said of a refused packet, and to whom to turn. Nothing here quotes the packet: a refusal may be written down and sent back. */
const sentences = {
  'not-a-packet': {
    what: 'The file is not a packet.',
    next: 'Ask the office for the file again, as its node wrote it.',
  },
  truncated: {
    what: 'The packet ends too early.',
    next: 'Carry the file again, whole; the packet itself need not be made anew.',
  },
  'too-large': {
    what: 'The packet has more than 64 MB.',
    next: 'Ask the office to divide the case into several requests.',
  },
  alg: {
    what: 'The packet names an algorithm or a header parameter that Waybill does not take.',
    next: 'Ask the office which program made it; Waybill takes ES256, ECDH-ES and A256GCM, and nothing else.',
  },
  'not-for-us': {
    what: 'The packet is for another office, or is sealed to a key that is not the key of this one.',
    next: 'Give it to the office that it is for; if it is for this one, send the sender this office’s present card.',
  },
  altered: {
    what: 'The packet was altered on the way.',
    next: 'Ask for it again, and tell the inspector if it comes altered again.',
  },
  'unknown-office': {
    what: 'The packet is signed by no office whose card is known here.',
    next: 'Get the office’s card from a source other than the packet, and add it.',
  },
  'wrong-office-signature': {
    what: 'The signature of the sending office does not hold.',
    next: 'Do not rely on it; ask the office for the packet again.',
  },
  'wrong-person-signature': {
    what: 'The signature of the person who signs the packet is missing or does not hold.',
    next: 'Ask the office to have the person sign it again, with the person’s own key.',
  },
  'another-sender': {
    what: 'The packet says that it is from another office than the one that signed or delivered it.',
    next: 'Tell both offices; take it only from the office that it is from.',
  },
  'id-reused': {
    what: 'Another packet with this id was received before.',
    next: 'Ask the office to send its packet under an id of its own, and keep both files for the inspector.',
  },
  'title-not-yet': {
    what: 'The title under which the packet is signed was not yet in force.',
    next: 'Ask the office for a packet signed by a person who holds the title.',
  },
  'title-lapsed': {
    what: 'The title under which the packet is signed has lapsed.',
    next: 'Ask the office for a packet signed by the person who holds the title now.',
  },
  'from-the-future': {
    cite: '6103(p)(4)(A)',
    what: 'The packet is dated more than five minutes ahead of this office’s clock.',
    next: 'Compare the clocks of the two offices, then receive it again.',
  },
  'receipt-missing': {
    what: 'The packet does not carry the receipt of the sender’s log.',
    next: 'Ask the office to record it first, and then to send it.',
  },
  'receipt-broken': {
    what: 'The receipt in the packet does not hold under the key of the sender’s log.',
    next: 'Ask the office for the packet again; compare the key on its card with one from another source.',
  },
  'receipt-not-of-this-packet': {
    what: 'The receipt in the packet is that of another packet.',
    next: 'Ask the office for the packet with its own receipt.',
  },
  'cosignature-broken': {
    what: 'The head of this office’s log that the packet brings back is not one that this office signed and the sender cosigned.',
    next: 'Compare the two offices’ cards; then ask for the packet again.',
  },
  'out-of-order': {
    cite: '6103(p)(4)(A)',
    what: 'None of the packet’s proofs starts at the head last seen from that office.',
    next: 'Receive the earlier packets of that office first, then this one again; or ask the office to send it again.',
  },
  'rolled-back': {
    cite: '6103(p)(4)(A)',
    what: 'The sender’s log is shorter than it was.',
    next: 'Ask the office to send the packet again as its log stands now: one that came late is then taken. If it cannot, its log was cut back; keep both signed heads for the inspector.',
  },
  'chain-incomplete': {
    cite: '6103(p)(4)(A)',
    what: 'A hop in the custody chain comes without the receipt that proves it.',
    next: 'Store nothing of it; ask the office for a packet whose chain has the receipt of every hop.',
  },
  'chain-unknown-office': {
    cite: '6103(p)(4)(A)',
    what: 'The custody chain has a receipt of an office whose card is not known here.',
    next: 'Get that office’s card from a source other than the packet, add it, and receive the packet again.',
  },
  'chain-broken': {
    cite: '6103(p)(4)(A)',
    what: 'A receipt in the custody chain does not hold under the key of the office whose log it is from.',
    next: 'Store nothing of it; compare that office’s card with one from another source, and tell both offices.',
  },
  'chain-of-another': {
    cite: '6103(p)(4)(A)',
    what: 'A receipt in the custody chain is that of another packet, case or day.',
    next: 'Store nothing of it; ask the office for the packet with the chain of this case.',
  },
  forked: {
    what: 'The sender’s log does not go on from the head last seen.',
    next: 'Keep both signed heads; take nothing more from that office until its inspector has explained them.',
  },
} as const satisfies Record<string, { cite?: string; what: string; next: string }>;

/** The closed list of why a packet is refused: what is recorded of the attempt, and what the sender is told. */
export type Why = keyof typeof sentences;

export const whys = Object.keys(sentences) as readonly Why[];

export const sentenceOf = (
  why: Why,
): { readonly cite?: string; readonly what: string; readonly next: string } => sentences[why];

/** A refused packet. Its problem is of kind `packet-refused`, or `log-forked` where the sender's log shows two histories. */
export class PacketRefused extends ProblemError {
  readonly why: Why;

  constructor(why: Why, problem: Partial<Problem> = {}) {
    super({ kind: 'packet-refused', ...sentences[why], ...problem });
    this.name = 'PacketRefused';
    this.why = why;
  }
}
