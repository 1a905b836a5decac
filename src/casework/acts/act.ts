import { z } from 'zod';
import { readDay } from '../../ground/dates.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { field, message } from '../read.ts';
import { findingNames, record } from '../schema.ts';
import { answerBodySchema } from './answer.ts';
import { duties, offices } from './duties.ts';
import { draftSchema, requestBodySchema, withdrawalBodySchema } from './request.ts';

/** Every act that anyone may ask for at a door, and what it must say. Who acts, and when, stands outside of it. */

const text = z.string().trim().min(1);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'write an id of small letters, digits and hyphens, such as jordan-vale');
const day = z.string().transform((written, context) => {
  const read = readDay(written);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'write a date of the calendar as YYYY-MM-DD' });
  return z.NEVER;
});
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'write a SHA-256 as 64 hex digits');
const uuid = z.uuid('write a UUID');
const items = z.array(id).min(1);
const reason = text.describe('Why, in the words of the person who acts.');
const reference = text.describe('The request’s reference, which names the case in every office.');

const act = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ act: z.literal(name), ...shape });
const caseAct = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ act: z.literal(name), case: reference, ...shape });

const title = {
  title: text,
  from: day,
  duties: z.array(z.enum(duties)).default([]),
  capacity: z.enum(['Commissioner', 'acting Commissioner']).optional(),
};

const peopleActs = [
  act('open directory', { id, name: text, office: z.enum(offices), title: text, from: day }),
  act('add person', { id, name: text }),
  act('give title', {
    person: id,
    ...title,
    to: day.optional().describe('The last day on which it is held.'),
  }),
  act('end title', {
    person: id,
    title: text,
    from: day.optional().describe('The first day on which it is no longer held; today where left out.'),
  }),
] as const;

const packet = { packet: digest, jws: text };

const use = {
  because: text.describe('How the use is necessary, (f).'),
  for: z.strictObject({
    audit: text,
    matter: z.enum(['the audit', 'administrative recovery']).default('the audit'),
  }),
};

const customsActs = [
  caseAct('draft', { document: draftSchema }),
  caseAct('sign', {}),
  caseAct('send', packet),
  caseAct('withdraw', { reason, packet: digest.optional(), jws: text.optional() }),
  caseAct('receive answer', {
    packet: digest,
    jws: text.optional(),
    head: text.optional().describe('The IRS’s log head that came with the packet.'),
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

const schema = z.discriminatedUnion('act', [...peopleActs, ...customsActs, ...irsActs]);

export type PeopleAct = z.infer<(typeof peopleActs)[number]>;
export type CustomsAct = z.infer<(typeof customsActs)[number]>;
export type IrsAct = z.infer<(typeof irsActs)[number]>;
export type Act = PeopleAct | CustomsAct | IrsAct;
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

/** Reads an act. Throws a ProblemError `usage` for every field that is wrong, with what to write; quotes nothing. */
export const readAct = (input: unknown): Act => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...rest] = parsed.error.issues.map((issue): Problem => {
    const where = field(issue.path);
    return {
      kind: 'usage',
      what: `${where === '' ? 'The act' : where}: ${words(issue)}.`,
      ...(where === '' ? {} : { where }),
      next: 'Correct the field and give the act again; nothing was recorded.',
    };
  });
  if (first === undefined) throw parsed.error;
  throw new ProblemError(first, ...rest);
};
