import { z } from 'zod';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { afterActs } from '../after/acts.ts';
import { entrySchema } from '../after/conditions.ts';
import { field, message } from '../read.ts';
import { findingNames, record } from '../schema.ts';
import { answerBodySchema } from './answer.ts';
import { duties, offices } from './duties.ts';
import { act, caseAct, day, digest, id, items, line, packetText, reason, text, uuid } from './fields.ts';
import { draftSchema, requestBodySchema, withdrawalBodySchema } from './request.ts';

/** Every act that anyone may ask for at a door, and what it must say. Who acts, and when, stands outside of it. */

const title = {
  title: line,
  from: day,
  duties: z.array(z.enum(duties)).default([]),
  capacity: z.enum(['Commissioner', 'acting Commissioner']).optional(),
};

const peopleActs = [
  act('open directory', { id, name: line, office: z.enum(offices), title: line, from: day }),
  act('add person', { id, name: line }),
  act('give title', {
    person: id,
    ...title,
    to: day.optional().describe('The last day on which it is held.'),
  }),
  act('end title', {
    person: id,
    title: line,
    from: day.optional().describe('The first day on which it is no longer held; today where left out.'),
  }),
] as const;

const packet = { packet: digest, jws: packetText };

const use = {
  because: text.describe('How the use is necessary, (f).'),
  for: z.strictObject({
    audit: line,
    matter: z.enum(['the audit', 'administrative recovery', 'civil judicial']).default('the audit'),
    stage: z
      .enum(['proceeding', 'preparation', 'investigation'])
      .optional()
      .describe('Of a civil judicial matter, (g).'),
    refundSuit: z.boolean().default(false),
    papers: z.array(id).default([]).describe('Papers on file that the look rests on.'),
  }),
};

const customsActs = [
  caseAct('draft', { document: draftSchema }),
  caseAct('sign', {}),
  caseAct('send', packet),
  caseAct('withdraw', { reason, packet: digest.optional(), jws: packetText.optional() }),
  caseAct('receive answer', {
    packet: digest,
    jws: packetText.optional(),
    head: packetText.optional().describe('The IRS’s log head that came with the packet.'),
    entry: entrySchema.optional().describe('Where the IRS’s log tells of the packet.'),
    body: answerBodySchema,
    contents: z.record(id, uuid).default({}).describe('Where the vault puts what is disclosed: item → UUID.'),
    letter: uuid.optional().describe('Where the vault puts the letter.'),
  }),
  caseAct('open', { item: id, ...use }),
  caseAct('open letter', use),
] as const;

const irsActs = [
  caseAct('receive request', { ...packet, body: requestBodySchema }),
  caseAct('receive withdrawal', { ...packet, body: withdrawalBodySchema }),
  caseAct('locate', { item: id, record: z.union([record.omit({ id: true }), z.literal('none')]) }),
  caseAct('finding', {
    finds: z.enum(findingNames),
    of: items.optional().describe('Items; all of the request where left out.'),
    answer: z.union([z.boolean(), z.enum(['none', 'part', 'whole'])]),
    stripped: z.boolean().optional(),
    counsel: z.boolean().default(false),
    reason,
  }),
  caseAct('withdraw finding', { finds: z.enum(findingNames), of: items.optional(), reason }),
  caseAct('elect', { items, reason }),
  caseAct('withdraw election', { items, reason }),
  caseAct('decline', { reason }),
  caseAct('return for cure', {}),
  caseAct('approve', {}),
  caseAct('withdraw approval', { reason }),
  caseAct('release', {}),
] as const;

const schema = z.discriminatedUnion('act', [...peopleActs, ...customsActs, ...irsActs, ...afterActs]);

/** The schema of each act, for a door that says what it takes. */
export const actSchemas = schema.options;

export type PeopleAct = z.infer<(typeof peopleActs)[number]>;
export type CustomsAct = z.infer<(typeof customsActs)[number]>;
export type IrsAct = z.infer<(typeof irsActs)[number]>;
/** What comes after the release: of both holders, and the recall by the IRS. */
export type AfterAct = z.infer<(typeof afterActs)[number]>;
export type Act = PeopleAct | CustomsAct | IrsAct | AfterAct;
export type ActName = Act['act'];
/** One of them by its name. */
export type ActOf<Name extends ActName> = Extract<Act, { act: Name }>;

const words = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `this act takes no “${issue.keys.join('”, “')}” here: take it out`;
  if (issue.code === 'invalid_union' && issue.path[0] === 'act')
    return `write one of: ${schema.options.map((option) => option.shape.act.value).join(', ')}`;
  if (issue.code === 'invalid_union' && issue.path[0] === 'record')
    return 'write the record located, or none';
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'outcome')
    return 'write disclosed, returned for cure or not disclosed';
  if (issue.code === 'invalid_type' && issue.input === undefined) return `missing: ${message(issue)}`;
  return message(issue);
};

/** What is wrong with a field of an act, and what to write; quotes nothing. */
export const fieldProblem = (issue: z.core.$ZodIssue): Problem => {
  const where = field(issue.path);
  const cite: unknown = issue.code === 'custom' ? issue.params?.['cite'] : undefined;
  return {
    kind: 'usage',
    what: `${where === '' ? 'The act' : where}: ${words(issue)}.`,
    ...(where === '' ? {} : { where }),
    ...(typeof cite === 'string' ? { cite } : {}),
    next: 'Correct the field and give the act again; nothing was recorded.',
  };
};

/** Reads an act. Throws a ProblemError `usage` for every field that is wrong, with what to write; quotes nothing. */
export const readAct = (input: unknown): Act => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...rest] = parsed.error.issues.map(fieldProblem);
  if (first === undefined) throw parsed.error;
  throw new ProblemError(first, ...rest);
};
