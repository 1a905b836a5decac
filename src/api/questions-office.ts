import { z } from '@hono/zod-openapi';
import { inForce } from '../casework/acts/people.ts';
import { line } from '../casework/text.ts';
import { day } from '../casework/acts/fields.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { problemKinds } from '../ground/problem.ts';
import { people } from '../office/act.ts';
import { eventsOf, eventsOfTaxpayer } from '../office/events.ts';
import type { Need } from '../office/door.ts';
import type { Node } from '../office/node.ts';
import { recordJson } from '../record/json.ts';
import { type Scope, recordOf } from '../record/record.ts';
import { itemsMatching } from '../returns/catalogue/find.ts';
import { sections } from '../rulebook/rulebook.ts';
import type { SectionId } from '../rulebook/rule.ts';
import { HttpProblem } from './details.ts';
import { casesOnRule, ruleJson } from './law.ts';
import { type Operation, everywhere } from './operation.ts';
import { etag } from './order.ts';
import { actorOf } from './questions.ts';
import { headShape, itemsShape, peopleShape, recordShape, ruleShape, rulesCasesShape } from './shapes.ts';

const shared = { method: 'get', acts: false, offices: everywhere } as const;

/** Who reads the record: whoever inspects it, and those who answer for what leaves the office. It names taxpayers. */
const readers: Need = ['inspects', 'counsel', 'approves', 'sends'];

const span = {
  from: day.optional().describe('The first day, YYYY-MM-DD.'),
  to: day.optional().describe('The last day.'),
};
const scopeSchema = z.strictObject({ case: line.optional().describe('The request’s reference.'), ...span });
const taxpayerSchema = z.strictObject({
  taxpayer: line.describe(
    'The TIN, or the name where the request has none. In the body: an address is kept.',
  ),
  ...span,
});

const peopleJson = async (node: Node) => {
  const { day: today } = node.when();
  return [...(await people(node)).values()].map(({ id, name, titles }) => ({
    id,
    name,
    titles: titles.map((one) => ({ ...one, inForce: inForce(one, today) })),
  }));
};

const headJson = async (node: Node) => {
  const checkpoint = await node.views.head(node.log);
  if (checkpoint === undefined) throw new TypeError('a node has entries from its first hour on');
  const { origin, size, root } = openCheckpoint(checkpoint, node.signer(node.log).verifier);
  return { log: node.log, origin, size, root: Buffer.from(root).toString('base64'), checkpoint };
};

const sectionSchema = z.strictObject({
  section: z.enum(Object.keys(sections) as [SectionId, ...SectionId[]]).default('l-14'),
});

const itemsSchema = z.strictObject({
  q: z.string().max(200).default('').describe('Form, line and words, in any order: 5472 royalt.'),
  form: z.string().max(100).optional(),
  year: z.coerce.number().int().min(1990).max(2100).optional().describe('Of the MeF schema.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const officeQuestions: readonly Operation[] = [
  {
    ...shared,
    id: 'people',
    path: '/people',
    need: 'a title',
    cite: '(b)(4)',
    summary: 'The directory: the people of this office, and the titles that they hold.',
    answer: peopleShape,
    handle: async ({ node }) => ({
      body: { people: await peopleJson(node) },
      headers: { ETag: etag((await node.views.stream(node.log, 'people')).length) },
    }),
  },
  {
    ...shared,
    id: 'record',
    path: '/record',
    need: readers,
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'The record of requests and disclosures, whole, of one case, or of a span of days.',
    query: scopeSchema,
    answer: recordShape,
    handle: async ({ node, query }) => ({
      body: JSON.parse(recordJson(recordOf(node.office, await eventsOf(node), query))) as unknown,
    }),
  },
  {
    ...shared,
    method: 'post',
    id: 'record-of-taxpayer',
    path: '/record/taxpayer',
    need: readers,
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'The record of one taxpayer, made from that taxpayer’s cases alone.',
    body: taxpayerSchema,
    answer: recordShape,
    handle: async ({ node, body }) => {
      const scope: Scope = body;
      const { events } = await eventsOfTaxpayer(node, scope.taxpayer ?? '');
      return { body: JSON.parse(recordJson(recordOf(node.office, events, scope))) as unknown };
    },
  },
  {
    ...shared,
    id: 'rule',
    path: '/rules/{cite}',
    need: 'nothing',
    cite: '(a)',
    summary: 'A paragraph of the law: its words, our reading, the rule, its scenarios.',
    query: sectionSchema,
    answer: ruleShape,
    handle: ({ params, query }) => ({
      body: ruleJson(params['cite'] ?? '', (query as z.infer<typeof sectionSchema>).section),
    }),
  },
  {
    ...shared,
    id: 'rule-cases',
    path: '/rules/{cite}/cases',
    need: 'a title',
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'This office’s cases that turned on a paragraph, as far as the title acted under may be told.',
    answer: rulesCasesShape,
    handle: async (call) => ({
      body: await casesOnRule(call.node, call.params['cite'] ?? '', actorOf(call)),
    }),
  },
  {
    ...shared,
    id: 'items',
    path: '/items',
    need: 'a person',
    cite: '(b)(2)',
    summary: 'The catalogue of particular items, searched by form, line and words.',
    query: itemsSchema,
    answer: itemsShape,
    handle: ({ node, query }) => {
      const { q, ...within } = query as z.infer<typeof itemsSchema>;
      return { body: itemsMatching(node.catalogue, q, within) };
    },
  },
  {
    ...shared,
    id: 'log-head',
    path: '/log/head',
    need: 'a person',
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'The newest signed head of the log that other offices may read.',
    answer: headShape,
    handle: async ({ node }) => ({ body: await headJson(node) }),
  },
  {
    ...shared,
    id: 'problem',
    path: '/problems/{kind}',
    need: 'nothing',
    cite: '',
    summary: 'What a kind of problem is, in a line: the address that `type` of a problem names.',
    handle: ({ params }) => {
      const title = Object.entries(problemKinds).find(([kind]) => kind === params['kind'])?.[1];
      if (title === undefined)
        throw new HttpProblem(404, 'There is no such kind of problem.', 'Take it from `type` of a problem.');
      return { body: `${title}.\n`, media: 'text/plain; charset=utf-8' };
    },
  },
];
