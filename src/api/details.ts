import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { type Problem, ProblemError, type ProblemKind, problemKinds } from '../ground/problem.ts';
import { BASE } from './operation.ts';

/** Problem details, RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

export interface Refused {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const statusOf: Readonly<Partial<Record<ProblemKind, number>>> = {
  'not-signed-in': 401,
  'not-entitled': 403,
  'case-unknown': 404,
  'cite-unknown': 404,
  'not-in-order': 409,
  'moved-on': 409,
  shredded: 409,
  // As the draft of the Idempotency-Key header has it: the key came before, with another payload.
  'act-repeated': 422,
  'too-often': 429,
  'not-delivered': 502,
  'output-refused': 502,
  'store-down': 503,
  'store-unfit': 503,
  'key-missing': 503,
  'login-unfit': 503,
  'log-forked': 503,
  'log-altered': 503,
};

/** The most that are told at once: a list of half a megabyte may be wrong in every place. */
const MOST = 50;

const pointers = new WeakMap<Problem, string>();

const escaped = (key: PropertyKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** A JSON pointer (RFC 6901) in its form for a URI, as the example of RFC 9457 has it. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeURIComponent(escaped(key))}`).join('')}`;

/** Says where in the body a problem is. */
export const pointedAt = (problem: Problem, path: readonly PropertyKey[]): Problem => {
  pointers.set(problem, pointerOf(path));
  return problem;
};

/** `items[0].period.from`, as what reads an act names a field. */
const pathOf = (where: string): readonly string[] => where.split(/[.[\]]+/).filter((key) => key !== '');

/**
 * Where a problem is, as far as it may be told: a field of this body, or an item by its id. What else stands in `where`, such
 * as a path of this machine, is not for whoever asks.
 */
const placeOf = (problem: Problem, body: z.ZodObject | undefined): Readonly<Record<string, string>> => {
  const known = pointers.get(problem);
  if (known !== undefined) return { pointer: known };
  const { where = '' } = problem;
  const item = /^items\/([a-z0-9][a-z0-9-]{0,99})$/.exec(where)?.[1];
  if (item !== undefined) return { item };
  const path = pathOf(where);
  return path[0] !== undefined && body !== undefined && path[0] in body.shape
    ? { pointer: pointerOf(path) }
    : {};
};

const typeOf = (kind: ProblemKind): string => `${BASE}/problems/${kind}`;

const one = (problem: Problem, body: z.ZodObject | undefined) => ({
  detail: problem.what,
  ...(problem.cite === undefined ? {} : { cite: problem.cite }),
  next: problem.next,
  ...(problem.way === undefined ? {} : { way: problem.way }),
  ...placeOf(problem, body),
});

/** What whoever asked is told of a problem. `conditional`: the request named the version that it expects. */
export const detailsOf = (
  { problems }: ProblemError,
  { body, conditional = false }: { readonly body?: z.ZodObject; readonly conditional?: boolean } = {},
): Refused => {
  const [first] = problems;
  const status = first.kind === 'moved-on' && conditional ? 412 : (statusOf[first.kind] ?? 422);
  return {
    status,
    body: {
      type: typeOf(first.kind),
      title: problemKinds[first.kind],
      status,
      ...one(first, body),
      ...(problems.length === 1
        ? {}
        : {
            errors: problems.slice(0, MOST).map((each) => ({ type: typeOf(each.kind), ...one(each, body) })),
          }),
    },
  };
};

/** A problem of HTTP itself, which no kind of ours says more of than the status does: RFC 9457 section 4.2.1. */
export const plainDetails = (status: number, detail: string, next: string): Refused => ({
  status,
  body: { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail, next },
});

/** One request too many: `Retry-After` (RFC 9110 section 10.2.3) says when the next one is answered. */
export class TooOften extends ProblemError {
  readonly seconds: number;

  constructor(seconds: number) {
    super({
      kind: 'too-often',
      what: 'This was asked too often in a short time.',
      next: `Wait ${seconds} seconds, and send it again: nothing was done.`,
    });
    this.seconds = seconds;
  }
}

/** Thrown where a request is wrong before it says anything. */
export class HttpProblem extends Error {
  readonly refused: Refused;

  constructor(status: number, detail: string, next: string) {
    super(detail);
    this.name = 'HttpProblem';
    this.refused = plainDetails(status, detail, next);
  }
}
