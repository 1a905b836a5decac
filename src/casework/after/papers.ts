import { z } from 'zod';
import { day, id, items, text } from '../acts/fields.ts';

/** Papers that show a capacity, a duty taken on, or what another person has found and signed. */
export const paperKinds = [
  'authority',
  'appearance',
  'engagement letter',
  'subpoena',
  'undertaking',
  'protective order',
  'last-resort memorandum',
  'safeguards certification',
  '6103(i) order',
  '6103(i) request',
  '6103(i)(6) determination',
  'counsel opinion',
] as const;
export type PaperKind = (typeof paperKinds)[number];

/** What counsel's opinion may find. There is no opinion that says no: without one that says yes, nothing is permitted. */
export const opinions = [
  'legal representative',
  'refund suit within (g)',
  'other provision applies',
  'no criminal use',
] as const;

const signed = z
  .strictObject({ name: text, title: text, office: z.enum(['IRS', 'Customs', 'Justice']) })
  .describe('Who signed it.');

const fields = z.strictObject({
  paper: id,
  kind: z.enum(paperKinds),
  of: text.describe('Whom it is about, by name: the representative, expert, witness, or agency.'),
  document: text.describe('The paper, as one finds it in the file.'),
  from: day.describe('The first day on which it is in force: the day of a signature.'),
  to: day.optional().describe('The last one.'),
  importer: id.optional().describe('Of a representative’s authority: which taxpayer it acts for.'),
  attorney: z.boolean().default(false).describe('Whether the representative, or who signed, is an attorney.'),
  signed: signed.optional(),
  items: items.optional().describe('The items it covers; all where left out.'),
  agencies: z.array(text).default([]).describe('Agencies that an order names, or the one whose head asked.'),
  finds: z.enum(opinions).optional().describe('What counsel finds.'),
  provision: z
    .string()
    .regex(/^6103\([a-q]\)/, 'write it as 6103(c) or 6103(i)(8)')
    .optional()
    .describe('The other provision that counsel finds to apply.'),
});

type Paper_ = z.infer<typeof fields>;

const needs = (paper: Paper_): readonly (readonly [keyof Paper_, string])[] => [
  ...(paper.to !== undefined && paper.to < paper.from
    ? ([['to', 'the paper ends before it begins: exchange from and to']] as const)
    : []),
  ...(paper.kind === 'last-resort memorandum' && (paper.signed?.office !== 'Justice' || !paper.attorney)
    ? ([
        [
          'signed',
          'an attorney of Justice signs the memorandum: say who signed it, of Justice, and that it is an attorney',
        ],
      ] as const)
    : []),
  ...(paper.kind === 'counsel opinion' && (paper.signed === undefined || paper.finds === undefined)
    ? ([['finds', 'say what counsel finds, and who signed it']] as const)
    : []),
  ...(paper.finds === 'other provision applies' && paper.provision === undefined
    ? ([['provision', 'name the provision that counsel finds to apply']] as const)
    : []),
  ...(paper.kind === '6103(i)(6) determination' && paper.signed?.office !== 'IRS'
    ? ([['signed', 'the Secretary’s delegate signs it: say who signed it, of the IRS']] as const)
    : []),
  ...((paper.kind === '6103(i) order' || paper.kind === '6103(i) request') && paper.agencies.length === 0
    ? ([['agencies', 'name the agencies of the order, or the one whose head asked']] as const)
    : []),
];

/** A paper that lacks what it is for would be found wanting on the day it is needed: it is refused when it is filed. */
export const wholePaper = (paper: Paper_, context: z.core.$RefinementCtx): void => {
  for (const [field, message] of needs(paper)) context.addIssue({ code: 'custom', path: [field], message });
};

export const paperShape = fields.shape;
export type PaperOnFile = Omit<Paper_, 'paper'>;
