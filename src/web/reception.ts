import type { Context } from 'hono';
import { type Problem, type ProblemKind, ProblemError } from '../ground/problem.ts';
import type { Node } from '../office/node.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { layout } from './layout.ts';
import { type Limits, openLimits } from './limits.ts';
import { type Metrics, openMetrics } from './ops.ts';
import { problems } from './parts/parts.ts';
import type { Answer, Page, Visit } from './route.ts';
import type { Settings } from './settings.ts';
import type { Env } from './site.ts';
import { type Sitting, type Sittings, openSittings } from './sittings.ts';
import { nothingSent, visitAt } from './visit.ts';

export type Request = Context<Env>;

/** What the site keeps while it runs. */
export interface Reception {
  readonly node: Node;
  readonly settings: Settings;
  readonly sittings: Sittings;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly jobs: Jobs;
}

export const openReception = (node: Node, settings: Settings): Reception => {
  const sittings = openSittings(node, settings);
  return {
    node,
    settings,
    sittings,
    limits: openLimits(),
    metrics: openMetrics(node, sittings.size),
    jobs: openJobs(settings),
  };
};

const statusOf: Readonly<Partial<Record<ProblemKind, NonNullable<Page['status']>>>> = {
  'not-signed-in': 401,
  'not-entitled': 403,
  'too-often': 429,
  'not-in-order': 409,
  'moved-on': 409,
  'act-repeated': 409,
  'cite-unknown': 404,
  'case-unknown': 404,
  'item-unknown': 404,
  shredded: 409,
  'store-down': 503,
  'login-unfit': 503,
};

export const isPage = (answer: Answer): answer is Page => 'main' in answer;

/** Sends what a handler answered. Pages are kept by nobody: a browser that goes back after the sign-out shows nothing. */
export const send = async (
  { node, settings, sittings }: Reception,
  c: Request,
  sitting: Sitting,
  visit: Visit,
  answer: Answer,
): Promise<Response> => {
  sittings.settle(c, sitting);
  c.header('Cache-Control', 'no-store');
  if (answer instanceof Response)
    return new Response(answer.body, { status: answer.status, headers: merged(c, answer) });
  if (!isPage(answer)) {
    if (answer.say !== undefined) sittings.say(sitting, answer.say);
    return c.redirect(answer.to, 303);
  }
  const document = layout(answer, {
    office: node.office,
    path: visit.path,
    person: visit.person,
    actor: visit.actor,
    said: sittings.said(sitting),
    demo: settings.login.kind === 'demo',
    seal: visit.seal,
  });
  return c.html(await document, answer.status ?? 200);
};

const merged = (c: Request, { headers }: Response): Headers => {
  const all = new Headers(c.res.headers);
  headers.forEach((value, name) => all.set(name, value));
  all.set('Cache-Control', 'no-store');
  return all;
};

/** A problem that has no form to come back to. */
export const problemPage = (error: ProblemError, visit: Visit): Page => ({
  title: 'This was not done',
  status: statusOf[error.problems[0].kind] ?? 422,
  main: problems(error, visit),
});

const words: Readonly<Record<404 | 413 | 500, Problem>> = {
  404: {
    kind: 'usage',
    what: 'There is no such page at this office.',
    next: 'Go to the inbox, and on from there.',
  },
  413: {
    kind: 'usage',
    what: 'What was sent is too large.',
    next: 'Shorten the text, and send it again.',
  },
  500: {
    kind: 'store-down',
    what: 'Something went wrong here, and it is written down for this office’s operator.',
    next: 'Open the page again: what was recorded is recorded, and the same form does nothing twice.',
  },
};

export const errorAnswer = async (
  reception: Reception,
  c: Request,
  status: 404 | 413 | 500,
): Promise<Response> => {
  const sitting = reception.sittings.of(c);
  const visit = await visitAt(reception, c, sitting, nothingSent).catch(() => undefined);
  const problem = new ProblemError(words[status]);
  if (visit === undefined) return c.text(`${problem.problems[0].what}\n`, status);
  const title = status === 404 ? 'No such page' : 'This was not done';
  return send(reception, c, sitting, visit, { title, status, main: problems(problem, visit) });
};

export const notFound = (reception: Reception, c: Request): Promise<Response> =>
  errorAnswer(reception, c, 404);
