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

const taxpayer = common.taxpayers.unwrap().element;
const span = item.shape.period.unwrap().shape;

/** A group of fields that may be saved before all of them are known. */
const openItem = item.omit({ record: true }).extend({
  period: z
    .strictObject(span)
    .partial()
    .refine(
      ({ from, to }) => from === undefined || to === undefined || from <= to,
      'the period ends before it begins: exchange from and to',
    )
    .optional(),
});

const openTaxpayer = taxpayer.extend({
  name: taxpayer.shape.name.optional(),
  relationship: taxpayer.shape.relationship.unwrap().partial().optional(),
});

/**
 * A draft as it is saved at any step: whatever is not known yet may be missing, down to half of a period. What it has
 * must be well formed. Nothing that is missing is taken for a yes: `checkRequest` names it, and it cannot be signed.
 */
export const draftSchema = z
  .strictObject({
    ...common,
    title: common.title.optional(),
    audit: common.audit.unwrap().partial().optional(),
    taxpayers: z.array(openTaxpayer).default([]),
    items: z.array(openItem).default([]),
    request: request.pick({ reference: true, titles: true }),
  })
  .superRefine((read, context) => {
    consistent(asFarAsSaid(read), context);
  });
export type OpenDraft = z.infer<typeof draftSchema>;

/**
 * What is whole in a draft; a group of which a part is missing is left out, as though nothing had been said. A taxpayer
 * without a name keeps its place, so that its certificate is not missed as well; with an empty name nothing is signed, and
 * no office receives it.
 */
export const wholeOf = (open: OpenDraft): Draft => {
  const { title, audit, taxpayers, items, ...rest } = open;
  const { reference, kind, stage, subject, entries = [] } = audit ?? {};
  const whole = reference !== undefined && kind !== undefined && stage !== undefined && subject !== undefined;
  return {
    ...rest,
    title: title ?? open.request.reference,
    ...(whole ? { audit: { ...audit, reference, kind, stage, subject, entries } } : {}),
    taxpayers: taxpayers.map(({ name, relationship, ...one }) => ({
      ...one,
      name: name ?? '',
      ...(relationship?.kind === undefined || relationship.with === undefined
        ? {}
        : { relationship: { ...relationship, kind: relationship.kind, with: relationship.with } }),
    })),
    items: items.map(({ period: { from, to } = {}, ...one }) => ({
      ...one,
      ...(from === undefined || to === undefined ? {} : { period: { from, to } }),
    })),
  };
};

/**
 * The same for references and repetitions: those that stand in an unfinished group too are looked at, and two items are
 * the same only once both say of which period.
 */
const asFarAsSaid = (open: OpenDraft): Draft => {
  const whole = wholeOf(open);
  const { subject } = open.audit ?? {};
  return {
    ...whole,
    ...(subject === undefined
      ? {}
      : { audit: { reference: '', kind: 'inquiry', stage: 'intended', entries: [], subject } }),
    taxpayers: whole.taxpayers.map((one, n) => {
      const related = open.taxpayers[n]?.relationship?.with;
      return related === undefined ? one : { ...one, relationship: { kind: 'ownership', with: related } };
    }),
    items: whole.items.map(({ form, path, ...one }) =>
      one.period === undefined && one.date === undefined ? one : { ...one, form, path },
    ),
  };
};

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

/** A draft in which every group of fields is whole; it may still lack what the rules of (b) ask for. */
export type Draft = Omit<RequestBody, 'waybill' | 'request'> & Pick<OpenDraft, 'request'>;

export const withdrawalBodySchema = z.strictObject({
  waybill: z.literal('withdrawal/1'),
  reference: request.shape.reference,
  reason: z.string().trim().min(1),
  on: request.shape.dated,
});
export type WithdrawalBody = z.infer<typeof withdrawalBodySchema>;

export type Signature = NonNullable<RequestBody['request']['signature']>;

/** The letter: of a draft, what is whole in it. */
export const bodyOf = (draft: OpenDraft, signed: { dated: Day; signature: Signature }): RequestBody => ({
  waybill: 'request/1',
  ...wholeOf(draft),
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
