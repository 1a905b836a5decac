import { z } from 'zod';
import { readDay } from '../ground/dates.ts';
import { facts as law } from '../rulebook/l-14/facts.ts';
import { line, text } from './text.ts';

/** The case in document terms: what the letters, lists and signed findings say. It names no fact of the
 * rulebook; only where the law's own list of answers is what a paper says, the list is the same one. */

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'write an id of small letters, digits and hyphens, such as purchases-2021');

const day = z.string().transform((written, context) => {
  const read = readDay(written);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'write a date of the calendar as YYYY-MM-DD' });
  return z.NEVER;
});

const period = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, 'the period ends before it begins: exchange from and to');

const person = z
  .strictObject({ name: line, title: line, office: z.enum(['IRS', 'Customs', 'Justice', 'Labor', 'PBGC']) })
  .describe('An officer or employee, by name, title and office.');

export const request = z
  .strictObject({
    reference: line,
    form: z.enum(['written', 'oral']),
    dated: day,
    received: day.optional().describe('The day the IRS received it.'),
    signature: z
      .strictObject({
        ...person.shape,
        capacity: z.enum(['Commissioner', 'acting Commissioner', 'delegate']),
      })
      .optional(),
    titles: z.array(text).default([]).describe('The Customs titles designated, (b)(4).'),
  })
  .describe('The request, as the letter from Customs has it.');

const audit = z.strictObject({
  reference: text,
  kind: z.enum([
    'section 509 audit',
    'risk analysis and survey',
    'inquiry',
    'zone or warehouse quantity check',
  ]),
  stage: z.enum(['initiated', 'intended', 'dropped']),
  subject: id.describe('The taxpayer who is, or will be, audited: the importer.'),
  entries: z.array(text).default([]),
  determined: day.optional().describe('The day on which the amounts were determined to be due and owing.'),
});

const taxpayer = z.strictObject({
  id,
  name: text,
  tin: z
    .string()
    .regex(/^(\d{2}-\d{7}|\d{3}-\d{2}-\d{4}|\d{9})$/, 'write an EIN as 12-3456789 or an SSN as 123-45-6789')
    .optional(),
  certified: z
    .enum(['audit initiated', 'audit intended', 'relationship'])
    .optional()
    .describe('What the request certifies of this taxpayer, (b)(4).'),
  relationship: z
    .strictObject({ kind: z.enum(['transactional', 'ownership']), with: id, statement: text.optional() })
    .optional(),
});

export const record = z
  .strictObject({
    id,
    taxpayer: id.optional(),
    source: z.enum(['return', 'examination', 'APA', 'competent authority']),
    period,
    file: text.optional().describe('Name of the return’s file in the folder given with --returns.'),
  })
  .describe('A record that the IRS holds.');

export const item = z.strictObject({
  id,
  taxpayer: id.optional(),
  form: text.optional(),
  line: text.optional(),
  path: z
    .string()
    .regex(/^\w+(\/\w+)*\/@?\w+$/, 'write document and elements, such as IRS5472/StockPurchasesTradeAmt')
    .optional(),
  copyOf: z
    .enum(['page', 'return'])
    .optional()
    .describe('Set where the request asks for a copy, not for an item.'),
  matter: z.enum(['Advance Pricing Agreement']).optional(),
  adjusts: id.optional().describe('For an adjustment by the IRS: the item adjusted.'),
  period: period.optional(),
  date: day.optional(),
  purposes: z.array(z.enum(['correctness of an entry', 'recovery of what is due', 'other'])).default([]),
  purpose: text.optional().describe('The particular purpose, in the request’s words, (b)(4).'),
  necessity: text.optional().describe('How the item is necessary to that purpose, (b)(4).'),
  relatesTo: z.enum(['declared value', 'classification', 'rate of duty', 'something else']).optional(),
  record: id.optional().describe('The record that it would be taken from.'),
});

export const findingNames = [
  'no more than necessary',
  'necessary to determination',
  'relates to merchandise',
  'relationship holds',
  'identifies informant',
  'seriously impairs',
  'treaty',
  'use is necessary',
  'cannot otherwise be accomplished',
  'legal representative',
  'refund suit within (g)',
  '6103(i) requirements met',
  '6103(i)(6)',
  'other provision applies',
  'ERISA consultation',
  'rest of (l)(2)-3 met',
  '6103(m) safeguards',
  'rest of (m)-1 met',
] as const;
export type FindingName = (typeof findingNames)[number];

const finding = z
  .strictObject({
    finds: z.enum(findingNames),
    of: z.array(id).min(1).optional().describe('Items or proposals; all where left out.'),
    answer: z
      .union([z.boolean(), z.enum(['none', 'part', 'whole'])])
      .describe('true or false; for a treaty: none, part or whole.'),
    stripped: z.boolean().optional().describe('For a treaty, part: whether that part has been taken out.'),
    by: person,
    counsel: z.boolean().default(false).describe('Whether the person found it as counsel.'),
    on: day,
    reason: text,
  })
  .describe('A judgment that the law gives to a person: made, signed and dated by one, with the reason.');

const span = z.strictObject({ document: text, from: day, to: day.optional() });

const proposal = z
  .strictObject({
    id,
    act: z.enum(['look or use', 'disclose']),
    holder: z.enum(['Customs', 'Justice']),
    items: z.array(id).min(1),
    on: day.describe('The day of the act.'),
    by: person,
    engagement: span.optional().describe('For a Justice officer: the entry in the list of those engaged.'),
    to: z
      .strictObject({
        is: z.enum(law.recipient.values).exclude(['nobody else']),
        name: text.optional(),
        title: text.optional().describe('For a Customs officer: the title held.'),
        importer: id
          .optional()
          .describe('For an importer or its representative: which taxpayer is that importer.'),
        authority: span
          .optional()
          .describe('The paper that shows the capacity: appearance, power, engagement, subpoena.'),
        attorney: z.boolean().optional(),
        personally: z.boolean().optional(),
        directly: z.boolean().optional(),
        safeguards: day.optional().describe('The day on which the safeguards of 6103(p)(9) were certified.'),
      })
      .optional(),
    for: z.strictObject({
      matter: z.enum(law.matter.values),
      audit: text.optional().describe('The reference of the audit that it is for, or results from.'),
      aim: z.array(z.enum(['correctness', 'recovery', 'penalty only', 'advocacy', 'other'])).default([]),
      stage: z.enum(['proceeding', 'preparation', 'investigation', 'administrative']).optional(),
      refundSuit: z.boolean().default(false),
    }),
    criminal: z
      .strictObject({
        toComply: z
          .boolean()
          .describe('Whether the use is only to make the application or request under 6103(i).'),
        door: z.enum(law.criminalDoor.values).optional(),
        agencies: z
          .array(text)
          .default([])
          .describe('The agencies that the order names, or the one whose head asked.'),
        userAgency: text.optional(),
        filedByTaxpayer: z.boolean().optional(),
        identityOnly: z.boolean().optional(),
      })
      .optional(),
    otherProvision: z
      .string()
      .regex(/^6103\([a-q]\)/, 'write it as 6103(c) or 6103(i)(8)')
      .optional()
      .describe('Another provision of section 6103 that the proposal rests on.'),
  })
  .describe('A look, a use or a disclosure after the release.');

const neighbour = z
  .strictObject({
    id,
    under: z.enum(['(l)(2) consultation', '(l)(2) public', '(m)']),
    to: z.strictObject({
      is: z.enum(['officer or employee', 'agent', 'contractor', 'someone else']),
      office: text,
    }),
    publicUnder6104: z.boolean().optional(),
    identityOnly: z.boolean().optional(),
    paragraph: z
      .string()
      .regex(/^\(m\)\([1-7]\)$/, 'write it as (m)(2)')
      .optional(),
  })
  .describe('A question under one of the neighbouring sections, (l)(2)-3 and (m)-1.');

export const caseSchema = z.strictObject({
  waybill: z.literal('case/1'),
  title: text,
  fictional: z.boolean().default(false),
  decideOn: day.describe('The day of the decision.'),
  request: request.optional(),
  audit: audit.optional(),
  taxpayers: z.array(taxpayer).default([]),
  records: z.array(record).default([]),
  items: z.array(item).default([]),
  sender: person.optional().describe('The IRS officer who would disclose.'),
  recipient: z
    .strictObject({ ...person.shape, contractor: z.boolean().default(false) })
    .optional()
    .describe('The Customs officer who would receive.'),
  findings: z.array(finding).default([]),
  releases: z
    .array(
      z.strictObject({
        items: z.array(id).min(1),
        to: z.enum(['Customs', 'Justice']),
        on: day,
        receipt: text,
      }),
    )
    .default([])
    .describe('What has been disclosed under this section, with its receipt.'),
  proposals: z.array(proposal).default([]),
  neighbours: z.array(neighbour).default([]),
});

export type Case = z.infer<typeof caseSchema>;
export type Item = Case['items'][number];
export type Finding = Case['findings'][number];
export type Proposal = Case['proposals'][number];
export type Neighbour = Case['neighbours'][number];
export type Taxpayer = Case['taxpayers'][number];
