import { z } from '@hono/zod-openapi';
import { type Way, ways } from '../ground/ways.ts';

/*
 * What the API answers with. Records of this house that grow with it are open objects: a reader takes what it knows, and
 * leaves the rest.
 */

const text = z.string();
const day = text.describe('YYYY-MM-DD, in the office’s calendar.');
const open = z.looseObject({});

export const receiptShape = z
  .strictObject({
    log: text.describe('The log that has the entries.'),
    first: z.int().describe('Number of the first entry.'),
    count: z.int().describe('How many entries.'),
    checkpoint: text.describe('The signed head of the commit that has them (C2SP tlog-checkpoint).'),
    repeated: z
      .boolean()
      .describe('Whether the act had been recorded before: this is the receipt of that time.'),
    warnings: z.array(text).optional(),
    sent: z
      .array(z.strictObject({ to: text, by: z.enum(['https', 'folder']) }))
      .optional()
      .describe('Where the act’s packet has gone.'),
  })
  .openapi('Receipt');

export const receiptsShape = z.strictObject({ receipts: z.array(receiptShape) });

const problem = {
  type: text.describe('A path of this API, where the kind is explained.'),
  detail: text,
  cite: text.optional().describe('The paragraph behind it.'),
  next: text.describe('What to do next.'),
  way: z
    .enum(Object.keys(ways) as Way[])
    .optional()
    .describe(
      `Where that is done: ${Object.entries(ways)
        .map(([way, what]) => `“${way}”, to ${what}`)
        .join('; ')}.`,
    ),
  pointer: text.optional().describe('The field of the body, as a JSON pointer (RFC 6901) after #.'),
  item: text.optional().describe('The item that it is about.'),
};

export const problemShape = z
  .looseObject({
    ...problem,
    title: text,
    status: z.int(),
    errors: z.array(z.looseObject(problem)).optional().describe('All problems, where there are several.'),
    receipt: receiptShape.optional().describe('Of an act that is on record all the same.'),
  })
  .openapi('Problem', { description: 'Problem details, RFC 9457.' });

const by = z.looseObject({ id: text, name: text, title: text });

const next = z.strictObject({ what: text, by: z.union([z.array(text), text]) });

export const caseLineShape = z
  .strictObject({
    reference: text,
    title: text,
    stage: text,
    version: z.int().describe('For If-Match.'),
    turn: z.enum(['yours', 'a colleague’s', 'another office’s', 'nobody’s']).optional(),
    next: next
      .optional()
      .describe('What has to be done next, and by titles with which duty, or which office.'),
  })
  .openapi('CaseLine');

export const casesShape = z.strictObject({
  found: z.int(),
  page: z.int(),
  pages: z.int(),
  cases: z.array(caseLineShape),
});

const outcome = z.strictObject({
  item: text,
  outcome: z.enum(['disclosed', 'returned for cure', 'not disclosed']),
  reasons: z.array(open).optional().describe('Of what was returned for cure.'),
});

export const caseShape = z
  .strictObject({
    reference: text,
    office: z.enum(['irs', 'customs', 'justice']),
    stage: text,
    version: z.int().describe('For If-Match; the ETag says the same.'),
    next: next.optional(),
    request: open.optional().describe('The request, as this office has it.'),
    signed: open.optional(),
    sent: open.optional(),
    received: day.optional(),
    withdrawn: open.optional(),
    approved: z.strictObject({ by, on: day }).optional(),
    answered: z.strictObject({ on: day, letter: z.boolean() }).optional(),
    outcomes: z.array(outcome).optional().describe('What was answered, item by item.'),
    held: z
      .array(open)
      .optional()
      .describe('What this office holds, and what has become of it; never a value.'),
    papers: z.array(open).optional(),
    engaged: z.array(open).optional(),
    recalls: z.array(open).optional(),
    unanswered: z.array(open).optional().describe('Answers to recalls that are still open.'),
    incidents: z.array(open).optional(),
  })
  .openapi('Case');

export const checkShape = z.strictObject({
  blocking: z.int().describe('How many findings stand in the way of the signature.'),
  findings: z.array(
    z.looseObject({ cite: text, what: text, law: text.optional(), cure: text, blocking: z.boolean() }),
  ),
});

export const custodyShape = z.strictObject({
  reference: text,
  events: z.array(
    z.strictObject({
      log: text,
      seq: z.int(),
      at: z.iso.datetime(),
      kind: text,
      cite: text,
      item: text.optional(),
      packet: text.optional(),
      person: text,
      title: text,
    }),
  ),
  hops: z
    .array(
      z.strictObject({
        kind: text,
        from: text,
        to: text,
        on: day,
        packet: text,
        verified: z.boolean(),
        why: text.optional().describe('Why it could not be verified.'),
        by: z.array(text).describe('Whose logs prove it.'),
        cosigned: z.array(text).describe('Who else has signed the heads that it is proven under.'),
      }),
    )
    .describe('The way of the items to this office, verified at this moment.'),
});

const table = z.strictObject({
  caption: text,
  columns: z.array(z.looseObject({ key: text, head: text })),
  rows: z.array(z.looseObject({ id: text, cells: z.array(text) })),
});

export const mapShape = z.strictObject({
  custody: z.strictObject({ svg: text, hops: table, holdings: table }),
  timeline: z.strictObject({ svg: text, table }),
});

export const recordShape = z.looseObject({
  waybill: z.literal('record/1'),
  office: text,
  officeName: text,
  basis: open,
  scope: z.array(text),
  rows: z.array(open),
});

export const ruleShape = z.strictObject({
  section: z.strictObject({ id: text, name: text, gap: text.optional() }),
  cite: text,
  law: z.array(z.strictObject({ cite: text, text })),
  rules: z.array(
    z.strictObject({
      id: text,
      kind: z.enum(['requires', 'bars']),
      law: text,
      reading: z.strictObject({ number: text, sentence: text }).optional(),
      cure: text,
      hops: z.array(text),
      facts: z.array(z.strictObject({ id: text, question: text, by: text })),
    }),
  ),
  left: z.array(z.strictObject({ cite: text, law: text, why: text })),
  scenarios: z.array(z.strictObject({ id: text, title: text })),
});

export const rulesCasesShape = z.strictObject({ cases: z.array(caseLineShape) });

export const itemsShape = z.strictObject({
  total: z.int(),
  items: z.array(
    z.looseObject({ form: text, line: text, caption: text, path: text, years: z.array(z.int()) }),
  ),
});

export const headShape = z.strictObject({
  log: text,
  origin: text,
  size: z.int(),
  root: text.describe('The RFC 6962 root, base64.'),
  checkpoint: text.describe('The signed note, as it is.'),
});

export const peopleShape = z.strictObject({
  people: z.array(
    z.strictObject({
      id: text,
      name: text,
      titles: z.array(
        z.strictObject({
          title: text,
          from: day,
          to: day.optional(),
          inForce: z.boolean(),
          duties: z.array(text),
          capacity: text.optional(),
        }),
      ),
    }),
  ),
});

export const answerShape = z.strictObject({
  receipt: receiptShape,
  done: z.boolean().describe('Whether what was asked for was also done.'),
  answer: z.looseObject({
    verdict: z.enum(['permitted', 'not yet', 'refused']),
    hop: open,
    items: z.array(open),
    attach: z.array(text),
    warnings: z.array(text),
    must: z.array(open),
    door: text.optional(),
  }),
});

export const openedShape = z.strictObject({
  receipt: receiptShape,
  label: text.describe('What stands above every item.'),
  content: z.unknown().describe('What was disclosed of the item.'),
});

export const letterShape = z.strictObject({
  receipt: receiptShape,
  label: text,
  media: z.literal('application/pdf'),
  base64: text,
});
