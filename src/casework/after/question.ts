import { z } from 'zod';
import { facts as law } from '../../rulebook/l-14/facts.ts';
import { id, items, reason, text } from '../acts/fields.ts';
import { entryFault } from './entry-number.ts';

/** Findings that may come with a question: whoever asks makes them, signs with their name, and gives the reason. */
export const askedFindings = [
  'use is necessary',
  'cannot otherwise be accomplished',
  'legal representative',
  'refund suit within (g)',
  '6103(i) requirements met',
  'other provision applies',
] as const;

const finding = z.strictObject({
  finds: z.enum(askedFindings),
  answer: z.boolean(),
  counsel: z.boolean().default(false).describe('Whether it is found as counsel.'),
  reason,
});

/** The case file’s proposal, without what the office knows: who asks, on which day, and what the papers say. */
const proposal = z
  .strictObject({
    act: z.enum(['look or use', 'disclose']),
    items,
    to: z
      .strictObject({
        is: z.enum(law.recipient.values).exclude(['nobody else']),
        name: text.optional(),
        title: text.optional().describe('For a Customs officer: the title held.'),
        importer: id.optional().describe('For an importer or its representative: which taxpayer that is.'),
        personally: z.boolean().optional(),
        directly: z.boolean().optional(),
      })
      .optional(),
    for: z.strictObject({
      matter: z.enum(law.matter.values),
      audit: text.optional(),
      aim: z.array(z.enum(['correctness', 'recovery', 'penalty only', 'advocacy', 'other'])).default([]),
      stage: z.enum(['proceeding', 'preparation', 'investigation', 'administrative']).optional(),
      refundSuit: z.boolean().default(false),
    }),
    papers: z.array(id).default([]).describe('Papers on file that it rests on.'),
    criminal: z
      .strictObject({
        toComply: z.boolean().describe('Whether it is only to make the application under 6103(i).'),
        userAgency: text.optional(),
        filedByTaxpayer: z.boolean().optional(),
        identityOnly: z.boolean().optional(),
      })
      .optional(),
    otherProvision: z
      .string()
      .regex(/^6103\([a-q]\)/, 'write it as 6103(c) or 6103(i)(8)')
      .optional(),
  })
  .superRefine((one, context) => {
    if ((one.act === 'disclose') !== (one.to !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message:
          one.to === undefined
            ? 'a disclosure needs a recipient: add to'
            : 'a look or use has no recipient: write act: disclose, or take it out',
      });
    if (one.items.some((item, n) => one.items.indexOf(item) < n))
      context.addIssue({ code: 'custom', path: ['items'], message: 'an item stands here twice: keep one' });
  });

const entry = text.superRefine((written, context) => {
  const fault = entryFault(written);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, params: { cite: '(f)' } });
});

const deed = z
  .strictObject({
    workpaper: text.optional().describe('The workpaper or filing that documents the use.'),
    entries: z.array(entry).default([]).describe('The entries that it is about.'),
    shown: text.optional().describe('What is shown, in words: never the value itself.'),
    packet: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'write a SHA-256 as 64 hex digits')
      .optional(),
    jws: text.optional().describe('Where the vault keeps the signed packet of a referral.'),
  })
  .describe('What to do where it is permitted. Left out, the question is only answered, and recorded.');

export const questionShape = {
  proposal,
  findings: z
    .array(finding)
    .default([])
    .refine(
      (all) => new Set(all.map(({ finds }) => finds)).size === all.length,
      'one question is answered twice: keep one answer',
    ),
  do: deed.optional(),
  again: z.boolean().default(false).describe('To disclose once more what the recipient was shown before.'),
  reason: reason.optional().describe('Why again.'),
} as const;

const question = z.strictObject(questionShape);

export type Question = z.infer<typeof question>;
export type Deed = NonNullable<Question['do']>;
export type AskedProposal = Question['proposal'];
export type Recipient = NonNullable<AskedProposal['to']>;

/** Reads a question by itself, for a door that asks without recording. Throws a ZodError. */
export const readQuestion = (input: unknown): Question => question.parse(input);
