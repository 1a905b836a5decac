import { z } from 'zod';
import { day, digest, packetText, text } from '../acts/fields.ts';
import { offices } from '../acts/duties.ts';

/** What whoever holds an item may be asked next: every hop after the first that begins at that office. */
export const hopsOf = {
  Customs: ['use-by-customs', 'customs-to-importer', 'customs-to-justice', 'criminal-use', 'anyone-else'],
  Justice: ['use-by-justice', 'justice-to-importer', 'justice-to-other', 'criminal-use', 'anyone-else'],
} as const;
export type Holder = keyof typeof hopsOf;

const hop = z.enum([...new Set([...hopsOf.Customs, ...hopsOf.Justice])]);

/** The entry of a log that tells of a packet. */
export const entrySchema = z.strictObject({ log: text, seq: z.int().nonnegative() });
export type Entry = z.infer<typeof entrySchema>;

/** What travels with an item, and binds whoever has it. */
export const conditionsSchema = z.strictObject({
  audit: text.describe('The one audit for which it was requested, (j).'),
  purpose: text.describe('The particular purpose, in the request’s words, (b)(4).'),
  cite: text.describe('The paragraph under which it was given.'),
  holder: z.enum(['Customs', 'Justice']).or(text).describe('Who has it now: an office, or a person’s name.'),
  necessity: z.enum(['N1', 'N2']),
  may: z.array(hop).describe('What the holder may be asked; nothing else is permitted to it.'),
  from: z.strictObject({ office: z.enum(offices), packet: digest, entry: entrySchema.optional() }),
});
export type Conditions = z.infer<typeof conditionsSchema>;

const proof = {
  entry: entrySchema.optional().describe('Where its log tells of the packet.'),
  receipt: packetText.optional().describe('The exhibit of that entry.'),
};

/** One step of the custody chain, from the request to whoever has the item last. */
export const linkSchema = z.strictObject({
  kind: z.enum(['request', 'answer', 'referral']),
  from: z.enum(offices),
  to: z.enum(offices),
  on: day,
  packet: digest,
  ...proof,
  received: z.strictObject(proof).optional().describe('The same by the receiver’s log.'),
});
export type Link = z.infer<typeof linkSchema>;
