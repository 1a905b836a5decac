import { z } from 'zod';
import type { Day } from '../../ground/dates.ts';
import { crossed } from '../read.ts';
import { type Case, caseSchema, item, request } from '../schema.ts';

/** What both the draft and the letter say: the case file without anything that only the IRS has. */
const common = {
  title: caseSchema.shape.title,
  fictional: caseSchema.shape.fictional,
  audit: caseSchema.shape.audit,
  taxpayers: caseSchema.shape.taxpayers,
  items: z.array(item.omit({ record: true })).default([]),
};

/** References and repetitions, by the same rules as in a case file. */
const consistent = (read: Parameters<typeof caseOf>[0], context: z.core.$RefinementCtx): void => {
  for (const { path, what } of crossed(caseOf(read, { day: NO_DAY })))
    context.addIssue({ code: 'custom', path: [...path], message: what });
};

/** A draft may lack whatever a check will then ask for; what it has must be well formed. */
export const draftSchema = z
  .strictObject({ ...common, request: request.pick({ reference: true, titles: true }) })
  .superRefine(consistent);
export type Draft = z.infer<typeof draftSchema>;

/** The request as it travels. It may come from a system other than ours, so it may be unsigned or incomplete. */
export const requestBodySchema = z
  .strictObject({
    waybill: z.literal('request/1'),
    ...common,
    request: request.omit({ received: true }),
    items: z.array(item.omit({ record: true })).min(1),
  })
  .superRefine(consistent);
export type RequestBody = z.infer<typeof requestBodySchema>;

export const withdrawalBodySchema = z.strictObject({
  waybill: z.literal('withdrawal/1'),
  reference: request.shape.reference,
  reason: z.string().trim().min(1),
  on: request.shape.dated,
});
export type WithdrawalBody = z.infer<typeof withdrawalBodySchema>;

export type Signature = NonNullable<RequestBody['request']['signature']>;

export const bodyOf = (draft: Draft, signed: { dated: Day; signature: Signature }): RequestBody => ({
  waybill: 'request/1',
  ...draft,
  request: {
    reference: draft.request.reference,
    form: 'written',
    dated: signed.dated,
    signature: signed.signature,
    titles: draft.request.titles,
  },
});

const NO_DAY = '0001-01-01' as Day;

/** The case that a draft or a letter opens; what only an office knows is added by the office that knows it. */
export const caseOf = (
  read: Pick<Draft, 'title' | 'fictional' | 'audit' | 'taxpayers' | 'items'> & {
    readonly request: Draft['request'] & Partial<RequestBody['request']>;
  },
  { day, received }: { readonly day: Day; readonly received?: Day },
): Case => ({
  waybill: 'case/1',
  title: read.title,
  fictional: read.fictional,
  decideOn: day,
  request: {
    ...read.request,
    form: read.request.form ?? 'written',
    dated: read.request.dated ?? day,
    ...(received === undefined ? {} : { received }),
  },
  ...(read.audit === undefined ? {} : { audit: read.audit }),
  taxpayers: read.taxpayers,
  records: [],
  items: read.items,
  // (b)(4) designates titles, not people: whoever holds the first of them may receive.
  ...(read.request.titles[0] === undefined
    ? {}
    : {
        recipient: {
          name: 'whoever holds the title',
          title: read.request.titles[0],
          office: 'Customs',
          contractor: false,
        },
      }),
  findings: [],
  releases: [],
  proposals: [],
  neighbours: [],
});
