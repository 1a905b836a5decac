import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { reference } from '../casework/acts/fields.ts';
import { officeNames } from '../office/init.ts';
import type { Office } from '../custody/entry.ts';
import { PROBLEM_TYPE } from './details.ts';
import { TITLE } from './guard.ts';
import { BASE, type Operation } from './operation.ts';
import { problemShape } from './shapes.ts';

const JSON_TYPE = 'application/json';

/** A paragraph as it is cited from outside of its section. */
export const wholeCite = (cite: string): string =>
  cite.startsWith('(') ? `26 CFR 301.6103(l)(14)-1${cite}` : cite;

const chosen = {
  [TITLE]: z.string().optional().openapi({
    description: 'The title acted under, where several are held; percent-encoded where it is not ASCII.',
  }),
};

const ofActs = {
  'Idempotency-Key': z.string().optional().openapi({
    description:
      'Names the act (draft-ietf-httpapi-idempotency-key-header): sent again, it gives the first receipt and does nothing twice; with another body it is refused with 422. A UUIDv7 is the act’s own id.',
  }),
  'If-Match': z.string().optional().openapi({
    description:
      'The ETag of the case, or of the directory, that the person had before them: refused with 412 where it has moved on.',
  }),
};

const partDescriptions: Readonly<Record<string, string>> = {
  case: 'The request’s reference, which names the case in every office.',
  cite: 'A paragraph of the section: b4, or (b)(4).',
  kind: 'A kind of problem.',
};

const paramsOf = (path: string): z.ZodObject =>
  z.object(
    Object.fromEntries(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
        name,
        (name === 'case' ? reference : z.string()).describe(partDescriptions[name] ?? name),
      ]),
    ),
  );

const needWords = ({ need }: Operation): string =>
  typeof need === 'string'
    ? {
        nothing: 'anyone',
        'a person': 'any person of this office',
        'a title': 'anyone who holds a title today',
      }[need]
    : `a title that ${need.join(', or ')}`;

const describe = (operation: Operation): string =>
  [
    operation.summary,
    ...(operation.cite === '' ? [] : [`Rests on ${wholeCite(operation.cite)}.`]),
    `For ${needWords(operation)}.`,
  ].join('\n\n');

const problems = (operation: Operation): readonly (readonly [number, string])[] => [
  [400, 'The request is no request: broken JSON, or a header that cannot be read.'],
  ...(operation.need === 'nothing'
    ? []
    : ([
        [401, 'No access token that holds.'],
        [403, 'Not for this person or title. The attempt is recorded.'],
      ] as const)),
  [404, 'There is no such thing here.'],
  ...(operation.acts
    ? ([
        [409, 'The case is not at that step.'],
        [412, 'The case has moved on from the version in If-Match.'],
        [502, 'The act is on record, its packet not delivered; the same request delivers it.'],
      ] as const)
    : []),
  ...(operation.body === undefined
    ? []
    : ([
        [413, 'The body is too large.'],
        [415, 'The body is not JSON.'],
      ] as const)),
  [422, 'A field is wrong; or the key came before, with another body.'],
  [429, 'This was asked too often in a short time. Nothing was done.'],
  [503, 'The office cannot answer now.'],
];

const retryAfter = z.object({
  'Retry-After': z.int().min(1).openapi({
    description: 'How many seconds to wait (RFC 9110 section 10.2.3).',
  }),
});

const problemContent = { [PROBLEM_TYPE]: { schema: problemShape } };

const tagOf = ({ acts, path }: Operation): string =>
  acts ? 'Acts' : path.startsWith('/cases') ? 'Cases' : 'This office, and the law';

/** Documents an operation from the schemas that it is read by. */
const register = (app: OpenAPIHono, operation: Operation): void => {
  const { id, method, path, need, cite, summary, query, body, answer, acts } = operation;
  app.openAPIRegistry.registerPath({
    method,
    path,
    operationId: id,
    summary,
    description: describe(operation),
    tags: [tagOf(operation)],
    security: need === 'nothing' ? [] : [{ bearer: [] }],
    ...(cite === '' ? {} : { 'x-cite': cite }),
    request: {
      params: paramsOf(path),
      headers: z.object({ ...(need === 'nothing' ? {} : chosen), ...(acts ? ofActs : {}) }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { required: true, content: { [JSON_TYPE]: { schema: body } } } }),
    },
    responses: {
      200: {
        description: acts ? 'It is on record.' : summary,
        content:
          answer === undefined
            ? { 'text/plain': { schema: z.string() } }
            : { [JSON_TYPE]: { schema: answer } },
      },
      ...Object.fromEntries(
        problems(operation).map(([status, description]) => [
          status,
          { description, content: problemContent, ...(status === 429 ? { headers: retryAfter } : {}) },
        ]),
      ),
    },
  });
};

const about = (office: Office) => ({
  openapi: '3.1.0',
  info: {
    title: `Waybill: the API of ${officeNames[office]}`,
    version: '1',
    description:
      'The acts and questions of one office under 26 CFR 301.6103(l)(14)-1, on the same road as its pages. Every act answers with the receipt of its entries in the log; every refusal names its paragraph, and what to do next.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: BASE }],
});

export type Description = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI 3.1 document of an office, from the schemas of its operations. */
export const describeApi = (
  app: OpenAPIHono,
  office: Office,
  operations: readonly Operation[],
): Description => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of this office’s provider for this API (RFC 6750, RFC 9068).',
  });
  for (const operation of operations) register(app, operation);
  return app.getOpenAPI31Document(about(office));
};
