import { z } from '@hono/zod-openapi';
import { boardOf } from '../casework/acts/board.ts';
import { blocking, checkRequest } from '../casework/acts/check.ts';
import type { Duty } from '../casework/acts/duties.ts';
import type { Actor } from '../casework/acts/people.ts';
import { type CaseFile, caseFile } from '../office/case-file.ts';
import { lineOf } from '../office/line.ts';
import { caseLines } from '../office/lines.ts';
import { queueFor } from '../office/queue.ts';
import { caseJson, lineJson } from './case.ts';
import { custodyJson, mapJson } from './custody.ts';
import { type Call, type Operation, BASE, everywhere } from './operation.ts';
import { etag } from './order.ts';
import { caseShape, casesShape, checkShape, custodyShape, mapShape } from './shapes.ts';

/** Who works on cases; whoever only keeps the directory does not. */
const casework: readonly [Duty, ...Duty[]] = [
  'drafts requests',
  'signs as Commissioner',
  'sends',
  'receives',
  'receives requests',
  'reviews',
  'finds (d)',
  'finds (e)',
  'approves',
  'counsel',
];

export const actorOf = ({ actor }: Call): Actor => {
  if (actor === undefined) throw new TypeError('an operation of a title has one');
  return actor;
};

const fileOf = ({ node, params }: Call): Promise<CaseFile> => caseFile(node, params['case'] ?? '');

const versioned = (file: CaseFile) => ({ ETag: etag(lineOf(file).steps) });

const pageSchema = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('The page, from 1 on.'),
});

const linkTo = (page: number, pages: number): Record<string, string> => {
  const links = [
    ...(page > 1 ? [`<${BASE}/cases?page=${page - 1}>; rel="prev"`] : []),
    ...(page < pages ? [`<${BASE}/cases?page=${page + 1}>; rel="next"`] : []),
  ];
  return links.length === 0 ? {} : { Link: links.join(', ') };
};

const redactedSchema = z.strictObject({
  redacted: z.enum(['true', 'false']).default('false').describe('Without the names of people and companies.'),
});

const shared = { method: 'get', acts: false } as const;

/** At the IRS the picture shows what was answered, which tells of (d) and (e) whoever knows the rest. */
const mapping = (line: Pick<Operation, 'offices' | 'need'>): Operation => ({
  ...shared,
  id: 'map',
  path: '/cases/{case}/map',
  ...line,
  cite: '26 USC 6103(p)(4)(A)',
  summary: 'The custody map and the timeline, each as SVG and as a table.',
  query: redactedSchema,
  answer: mapShape,
  handle: async (call) => {
    const { redacted } = call.query as z.infer<typeof redactedSchema>;
    return { body: await mapJson(call.node, call.params['case'] ?? '', redacted === 'true') };
  },
});

export const caseQuestions: readonly Operation[] = [
  {
    ...shared,
    id: 'cases',
    path: '/cases',
    offices: everywhere,
    need: 'a title',
    cite: '(b)(4)',
    summary: 'The cases of this office, fifty on a page: what the title acted under can do next comes first.',
    query: pageSchema,
    answer: casesShape,
    handle: async (call) => {
      const { page } = call.query as z.infer<typeof pageSchema>;
      const queue = queueFor(await caseLines(call.node), actorOf(call), { page });
      const { found, pages, rows } = queue;
      return {
        body: {
          found,
          page: queue.page,
          pages,
          cases: rows.map(({ line, turn }) => ({ ...lineJson(line), turn })),
        },
        headers: linkTo(queue.page, pages),
      };
    },
  },
  {
    ...shared,
    id: 'case',
    path: '/cases/{case}',
    offices: everywhere,
    need: casework,
    cite: '26 USC 6103(p)(4)(C)',
    summary: 'A case as this office has it. The ETag is the version for If-Match.',
    answer: caseShape,
    handle: async (call) => {
      const file = await fileOf(call);
      return { body: caseJson(file, actorOf(call)), headers: versioned(file) };
    },
  },
  {
    ...shared,
    id: 'check',
    path: '/cases/{case}/check',
    offices: ['customs'],
    need: ['drafts requests', 'signs as Commissioner', 'sends'],
    cite: '(b)',
    summary: 'What the IRS would send the drafted request back for, and how it is cured.',
    answer: checkShape,
    handle: async (call) => {
      const file = await fileOf(call);
      const draft = file.office === 'customs' ? file.state.draft : undefined;
      const { catalogue, when } = call.node;
      const findings = draft === undefined ? [] : checkRequest(draft, catalogue, when().day);
      return { body: { blocking: blocking(findings).length, findings }, headers: versioned(file) };
    },
  },
  {
    ...shared,
    id: 'board',
    path: '/cases/{case}/board',
    offices: ['irs'],
    need: ['reviews', 'finds (d)', 'finds (e)', 'approves', 'sends', 'counsel'],
    cite: '(a)',
    summary: 'The item review board: nine gates an item, as the title acted under may see them.',
    answer: z.looseObject({ reference: z.string(), version: z.int(), rows: z.array(z.looseObject({})) }),
    handle: async (call) => {
      const file = await fileOf(call);
      if (file.office !== 'irs') throw new TypeError('only the IRS has a board');
      const now = { ...call.node.when(), catalogue: call.node.catalogue };
      return {
        body: boardOf(file.state, actorOf(call), now, lineOf(file).steps),
        headers: versioned(file),
      };
    },
  },
  {
    ...shared,
    id: 'custody',
    path: '/cases/{case}/custody',
    offices: everywhere,
    need: 'a title',
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'The custody chain: every act on the case, and each hop of its items, verified anew.',
    answer: custodyShape,
    handle: async (call) => ({
      body: await custodyJson(call.node, call.params['case'] ?? '', actorOf(call)),
    }),
  },
  mapping({ offices: ['irs'], need: ['approves', 'sends', 'inspects'] }),
  mapping({ offices: ['customs', 'justice'], need: 'a title' }),
];
