import { z } from 'zod';
import {
  act,
  caseAct,
  day,
  digest,
  id,
  items,
  packetText,
  reason,
  reference,
  text,
  uuid,
} from '../acts/fields.ts';
import { particulars } from './incident-fields.ts';
import { answerWays, recallAnswerBodySchema, recallBodySchema, referralBodySchema } from './letters.ts';
import { entrySchema } from './conditions.ts';
import { paperShape, wholePaper } from './papers.ts';
import { questionShape } from './question.ts';

/** Every act after the release, for both holders; `recall` and `receive recall answer` also for the IRS. */

const inPacket = { packet: digest, jws: packetText };
const maybeInPacket = { packet: digest.optional(), jws: packetText.optional() };
const fromPacket = {
  packet: digest,
  jws: packetText.optional(),
  entry: entrySchema.optional().describe('Where the sender’s log tells of it.'),
};

export const endWays = ['returned', 'made undisclosable', 'safeguards continue'] as const;
export type EndWay = (typeof endWays)[number];

export const afterActs = [
  caseAct('may i', questionShape),
  caseAct('file paper', paperShape).superRefine(wholePaper),
  caseAct('withdraw paper', { paper: id, reason }),
  caseAct('engage', {
    person: text.describe('The id in the directory, or the name.'),
    from: day,
    to: day.optional(),
    document: text.describe('The paper that puts the person on the list, (g).'),
  }),
  caseAct('disengage', {
    person: text,
    from: day
      .optional()
      .describe('The first day on which the person is no longer engaged; today if left out.'),
    reason,
  }),
  caseAct('audit changed', {
    stage: z.enum(['initiated', 'dropped']).optional(),
    determined: day.optional().describe('The day on which the amounts were determined to be due and owing.'),
    reason: reason.optional(),
  }),
  caseAct('unlock', {
    items,
    paper: id.describe('Counsel’s opinion that there is no criminal use.'),
    reason,
  }),
  caseAct('receive referral', {
    ...fromPacket,
    body: referralBodySchema,
    contents: z.record(id, uuid).describe('Where the vault puts each item: item → UUID.'),
  }),
  caseAct('recall', { recall: uuid, items, reason, ...maybeInPacket }),
  caseAct('receive recall', { ...fromPacket, body: recallBodySchema }),
  caseAct('forward recall', { recall: uuid, ...inPacket }),
  caseAct('answer recall', {
    recall: uuid,
    item: id,
    holder: text.describe('This office, or one to whom it disclosed the item.'),
    how: z.enum(answerWays),
    reason: reason.optional(),
    ...maybeInPacket,
  }),
  caseAct('receive recall answer', { ...fromPacket, body: recallAnswerBodySchema }),
  caseAct('end use', { items, way: z.enum(endWays), reason }),
  act('report incident', {
    incident: id,
    case: reference.optional(),
    items: items.optional(),
    ...particulars,
  }),
  caseAct('correct', {
    seq: z.int().nonnegative().describe('The number of the entry that it restates.'),
    says: z
      .record(text, text)
      .refine((says) => Object.keys(says).length > 0, 'say at least one field, and what it should say'),
    reason,
  }),
] as const;
