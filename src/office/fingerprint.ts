import { createHash } from 'node:crypto';
import { type OfficeCard, formatCard } from '../packet/card.ts';

/**
 * The digest of a card, to be compared by telephone before it is believed: SHA-256 over its one text, in groups of four hex digits.
 * All of it is compared: who forges a card can make one that agrees in a few digits.
 */
export const fingerprint = (card: OfficeCard): string =>
  createHash('sha256').update(formatCard(card)).digest('hex').match(/.{4}/g)?.join(' ') ?? '';
