import { z } from 'zod';
import { day, id, reference, text, uuid } from '../acts/fields.ts';
import { crossed } from '../read.ts';
import { caseSchema, item, request } from '../schema.ts';
import { caseOf } from '../acts/request.ts';
import { conditionsSchema, linkSchema } from './conditions.ts';

/** Bodies of the packets that travel after the release. */

const noDay = '0001-01-01' as z.infer<typeof day>;

/** Customs → Justice, (g): the items with their conditions, what Justice needs to know of the case, and the chain so far. */
export const referralBodySchema = z
  .strictObject({
    waybill: z.literal('referral/1'),
    reference,
    title: caseSchema.shape.title,
    fictional: caseSchema.shape.fictional,
    request: request.pick({ reference: true, titles: true }),
    audit: caseSchema.shape.audit.unwrap(),
    taxpayers: caseSchema.shape.taxpayers,
    to: z.strictObject({ name: text, title: text.optional() }),
    items: z
      .array(
        z.strictObject({
          id,
          item: item.omit({ record: true }),
          content: z.json(),
          conditions: conditionsSchema.omit({ from: true }),
        }),
      )
      .min(1),
    chain: z.array(linkSchema).min(2),
  })
  .superRefine((body, context) => {
    const read = { ...body, items: body.items.map((one) => one.item) };
    for (const { path, what } of crossed(caseOf(read, { day: noDay })))
      context.addIssue({ code: 'custom', path: [...path], message: what });
  });
export type ReferralBody = z.infer<typeof referralBodySchema>;

/** IRS → Customs, Customs → Justice: these items were disclosed in error. The id stays the same on the way down. */
export const recallBodySchema = z.strictObject({
  waybill: z.literal('recall/1'),
  reference,
  recall: uuid,
  by: z.enum(['IRS', 'Customs', 'Justice']).describe('The office that recalls.'),
  items: z.array(id).min(1),
  reason: text,
  on: day,
});
export type RecallBody = z.infer<typeof recallBodySchema>;

export const answerWays = ['returned', 'made undisclosable', 'never held', 'cannot be got back'] as const;
export type AnswerWay = (typeof answerWays)[number];

const recallAnswer = z.strictObject({
  item: id,
  holder: text.describe('An office, or the name of a person to whom it was disclosed.'),
  how: z.enum(answerWays),
  reason: text.optional(),
  on: day,
});
export type RecallAnswer = z.infer<typeof recallAnswer>;

/** The way back up: what became of each item at each holder. */
export const recallAnswerBodySchema = z.strictObject({
  waybill: z.literal('recall-answer/1'),
  reference,
  recall: uuid,
  answers: z.array(recallAnswer).min(1),
  on: day,
});
export type RecallAnswerBody = z.infer<typeof recallAnswerBodySchema>;
