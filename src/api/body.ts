import { z } from 'zod';
import { type ActName, actSchemas, fieldProblem } from '../casework/acts/act.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import { HttpProblem, pointedAt } from './details.ts';

/** What the path says, and what the office itself makes: no body has them. */
const notGiven = ['act', 'case', 'packet', 'jws'];

/** What a request says of an act: the act's own fields, by the same schemas. */
export const bodyOf = (name: ActName, without: readonly string[] = []): z.ZodObject => {
  const { shape } = actSchemas.find((one) => one.shape.act.value === name) ?? {};
  if (shape === undefined) throw new TypeError(`no act “${name}”`);
  const left = new Set([...notGiven, ...without]);
  const fields = Object.entries<z.ZodType>(shape).filter(([field]) => !left.has(field));
  return z.strictObject(Object.fromEntries(fields));
};

/** A field's name may be anything that was sent: it is told only where it is a name. */
const NAME = /^[\w-]{1,64}$/;

const unknownFields = (path: readonly PropertyKey[], keys: readonly string[]): Problem[] =>
  keys.map((key) =>
    pointedAt(
      {
        kind: 'usage',
        what: 'This operation takes no such field.',
        next: 'Take it out and send the request again; nothing was recorded.',
      },
      NAME.test(key) ? [...path, key] : path,
    ),
  );

const problemsOf = (issue: z.core.$ZodIssue): Problem[] =>
  issue.code === 'unrecognized_keys'
    ? unknownFields(issue.path, issue.keys)
    : [pointedAt(fieldProblem(issue), issue.path)];

/** Reads fields by a schema. Throws a ProblemError `usage` for every one that is wrong. */
export const readFields = (schema: z.ZodObject, input: unknown): Readonly<Record<string, unknown>> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...rest] = parsed.error.issues.flatMap(problemsOf);
  if (first === undefined) throw parsed.error;
  throw new ProblemError(first, ...rest);
};

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '');

/** The JSON of a request; an empty object where it has no body. */
export const readJson = async (request: Request): Promise<unknown> => {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) return {};
  if (!isJson(request.headers.get('content-type') ?? undefined))
    throw new HttpProblem(415, 'The body is not application/json.', 'Send JSON, and say so in Content-Type.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new HttpProblem(400, 'The body is no JSON.', 'Send one JSON object, in UTF-8.');
  }
};
