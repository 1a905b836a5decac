import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from '../ground/problem.ts';
import type { Node } from '../office/node.ts';
import { readFields, readJson } from './body.ts';
import { HttpProblem, PROBLEM_TYPE, type Refused, TooOften, detailsOf, plainDetails } from './details.ts';
import { type Caller, callerOf, letIn, putOnRecord } from './guard.ts';
import { describeApi } from './openapi.ts';
import { type Around, BASE, type Call, type Operation, type Reply, routePath } from './operation.ts';
import { actId, expected } from './order.ts';
import { referencePage } from './reference.ts';
import { operationsAt } from './table.ts';

/** The largest body: no act that a person writes is near this. */
const LARGEST = 512 * 1024;

/** Answers are of one moment and one person: nobody keeps them, and nobody takes them for a page. */
const everyAnswer = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

const send = ({ body, status = 200, media, headers = {} }: Reply): Response =>
  new Response(media === undefined ? JSON.stringify(body) : String(body), {
    status,
    headers: {
      ...everyAnswer,
      'Content-Type': media ?? (status < 400 ? 'application/json' : PROBLEM_TYPE),
      ...headers,
    },
  });

const refuse = ({ status, body }: Refused, headers: Readonly<Record<string, string>> = {}): Response =>
  send({ status, body, headers });

/** RFC 6750 section 3: of a request without a token nothing is said about one. */
const challenge = (c: Context): Record<string, string> => ({
  'WWW-Authenticate': `Bearer realm="waybill"${c.req.header('authorization') === undefined ? '' : ', error="invalid_token"'}`,
});

/** Throws where the one who asks has to wait. */
const inTurn = async ({ wait }: Around, person: string | undefined, c: Context): Promise<void> => {
  const seconds = await wait(person, c);
  if (seconds !== undefined) throw new TooOften(seconds);
};

/** Who asks, in turn: who guesses tokens is held up by where the guesses come from, whoever has one by the person it is of. */
const callerInTurn = async (node: Node, around: Around, c: Context): Promise<Caller> => {
  const caller = await callerOf(node, around, c.req.raw).catch(async (error: unknown) => {
    await inTurn(around, undefined, c);
    throw error;
  });
  await inTurn(around, caller.order.person, c);
  return caller;
};

/** What a refusal says beside its details. */
const headersFor = (error: ProblemError, { status }: Refused, c: Context): Record<string, string> => {
  if (error instanceof TooOften) return { 'Retry-After': String(error.seconds) };
  return status === 401 ? challenge(c) : {};
};

const isPublic = ({ need }: Operation): boolean => need === 'nothing';

/** What an operation is asked: read only once it is clear that whoever asks may. */
const callOf = async (
  node: Node,
  around: Around,
  operation: Operation,
  caller: Caller | undefined,
  c: Context,
): Promise<Call> => {
  const { person = '', title } = caller?.order ?? {};
  const id = operation.acts ? actId(c.req.header('idempotency-key'), person) : undefined;
  const expect = operation.acts ? expected(c.req.header('if-match')) : undefined;
  const json = operation.body === undefined ? undefined : await readJson(c.req.raw);
  return {
    node,
    around,
    params: c.req.param(),
    query: operation.query === undefined ? {} : readFields(operation.query, c.req.query()),
    body: operation.body === undefined ? {} : readFields(operation.body, json),
    order: {
      person,
      ...(title === undefined ? {} : { title }),
      ...(id === undefined ? {} : { id }),
      ...(expect === undefined ? {} : { expect }),
    },
    ...(caller?.visitor.actor === undefined ? {} : { actor: caller.visitor.actor }),
  };
};

/** What anyone may read, in turn. */
const openToAll =
  (around: Around, answer: () => Response | Promise<Response>) =>
  async (c: Context): Promise<Response> => {
    try {
      await inTurn(around, undefined, c);
      return await answer();
    } catch (error) {
      if (!(error instanceof TooOften)) throw error;
      const refused = detailsOf(error);
      return refuse(refused, headersFor(error, refused, c));
    }
  };

/** A request to an operation of the table: who it is, whether it may be, and only then what it says. */
const answering =
  (node: Node, around: Around, operation: Operation) =>
  async (c: Context): Promise<Response> => {
    let caller: Caller | undefined;
    try {
      if (isPublic(operation)) await inTurn(around, undefined, c);
      else {
        caller = await callerInTurn(node, around, c);
        letIn(operation, caller, c.req.raw);
      }
      return send(await operation.handle(await callOf(node, around, operation, caller, c)));
    } catch (error) {
      if (error instanceof HttpProblem) return refuse(error.refused);
      if (!(error instanceof ProblemError)) throw error;
      await putOnRecord(node, around, operation, caller, c.req.param(), error);
      const { body } = operation;
      const refused = detailsOf(error, {
        ...(body === undefined ? {} : { body }),
        conditional: operation.acts && c.req.header('if-match') !== undefined,
      });
      return refuse(refused, headersFor(error, refused, c));
    }
  };

const wrongMethod = (allowed: string) => (): Response =>
  refuse(plainDetails(405, 'This is not done here.', `Send ${allowed}.`), { Allow: allowed });

const noSuchOperation = (): Response =>
  refuse(plainDetails(404, 'This office has no such operation.', `Look at ${BASE}/openapi.json.`));

/**
 * The API of one office, and of no other: the operations of the table that name this office, each behind its guard. Bearer
 * tokens only: no cookie is read, so that no other site’s page can act for who has one open. Mounted at `/api`.
 */
export const apiOf = (node: Node, around: Around): OpenAPIHono => {
  const app = new OpenAPIHono();
  const operations = operationsAt(node.office);
  const description = describeApi(app, node.office, operations);
  const tooLarge = plainDetails(413, 'What was sent is too large.', 'Shorten it, and send it again.');
  app.use(bodyLimit({ maxSize: LARGEST, onError: () => refuse(tooLarge) }));
  app.get(
    '/openapi.json',
    openToAll(around, () => send({ body: description })),
  );
  const page = openToAll(around, async () =>
    send({ body: await referencePage(description, around.styles ?? []), media: 'text/html; charset=utf-8' }),
  );
  app.get('/', page);
  for (const operation of operations)
    app.on(operation.method.toUpperCase(), routePath(operation.path), answering(node, around, operation));
  for (const { method, path } of operations) app.all(routePath(path), wrongMethod(method.toUpperCase()));
  // The router takes `/api` for the root, and not `/api/`.
  app.all('*', (c) => (c.req.method === 'GET' && c.req.path === `${BASE}/` ? page(c) : noSuchOperation()));
  app.onError((error, c) => {
    // What went wrong inside is for this office's operator. Whoever asked is told that it did, and nothing of what.
    around.log.error({ kind: error.name, path: c.req.routePath }, 'an operation failed');
    return refuse(
      plainDetails(
        500,
        'Something went wrong here, and it is written down for this office’s operator.',
        'Send it again with the same Idempotency-Key: what was recorded is recorded, and nothing is done twice.',
      ),
    );
  });
  return app;
};
