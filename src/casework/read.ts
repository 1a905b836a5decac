import { LineCounter, type Document, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Problem, ProblemError } from '../ground/problem.ts';
import type { Way } from '../ground/ways.ts';
import { type Case, type Finding, caseSchema } from './schema.ts';

type Path = readonly PropertyKey[];

/** A fault of one field: where it stands in the case, and what to write instead. */
export interface Fault {
  readonly path: Path;
  readonly what: string;
  /** What to do next, where it is not to look at the template. */
  readonly next?: string;
  readonly way?: Way;
}

/** The deepest node on the way to a path that the file really has: a missing field is reported where it belongs. */
const lineOf = (document: Document, lines: LineCounter, path: Path): number => {
  let at = 0;
  for (let n = 0; n <= path.length; n++) {
    const node = document.getIn(path.slice(0, n), true);
    if (isNode(node) && node.range) at = node.range[0];
  }
  return lines.linePos(at).line;
};

/** `items[0].period.from` */
export const field = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);

/** Messages that say what to write; the schema's own where they do already. They never quote what was written. */
export const message = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `a case has no field “${issue.keys.join('”, “')}” here: take it out`;
  if (issue.code === 'invalid_value') return `write one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `write ${kinds[issue.expected] ?? `a ${issue.expected}`} here`;
  if (issue.code === 'too_small') return 'this may not be empty';
  if (issue.code === 'invalid_union') return 'write true or false, or for a treaty: none, part or whole';
  return issue.message;
};

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a group of fields',
  string: 'a text (in quotes, if it looks like a number)',
  boolean: 'true or false',
};

/** References and repetitions: what a schema cannot see. */
export const crossed = (read: Case): Fault[] => {
  const faults: Fault[] = [];
  const unique = (list: string, keys: readonly (string | undefined)[], what: string) =>
    keys.forEach((key, n) => {
      if (key !== undefined && keys.indexOf(key) < n) faults.push({ path: [list, n], what });
    });
  const taxpayers = new Set(read.taxpayers.map((one) => one.id));
  const items = new Set(read.items.map((one) => one.id));
  const records = new Set(read.records.map((one) => one.id));
  const refer = (path: Path, id: string | undefined, known: ReadonlySet<string>, kind: string) => {
    if (id !== undefined && !known.has(id))
      faults.push({ path, what: `no ${kind} of this case has this id: correct it, or add the ${kind}` });
  };
  const questions = new Set([
    ...items,
    ...read.proposals.map((one) => one.id),
    ...read.neighbours.map((one) => one.id),
  ]);

  unique(
    'taxpayers',
    read.taxpayers.map((one) => one.id),
    'two taxpayers have this id: give each its own',
  );
  unique(
    'taxpayers',
    read.taxpayers.map((one) => one.tin?.replaceAll('-', '')),
    'two taxpayers have one TIN: one of them is wrong, or they are one taxpayer',
  );
  unique(
    'items',
    read.items.map((one) => one.id),
    'two items have this id: give each its own',
  );
  unique('items', read.items.map(sameItem), 'this item stands in the request twice: take one out');
  unique(
    'records',
    read.records.map((one) => one.id),
    'two records have this id: give each its own',
  );
  unique(
    'proposals',
    read.proposals.map((one) => one.id),
    'two proposals have this id: give each its own',
  );

  refer(['audit', 'subject'], read.audit?.subject, taxpayers, 'taxpayer');
  read.taxpayers.forEach((one, n) =>
    refer(['taxpayers', n, 'relationship', 'with'], one.relationship?.with, taxpayers, 'taxpayer'),
  );
  read.records.forEach((one, n) => refer(['records', n, 'taxpayer'], one.taxpayer, taxpayers, 'taxpayer'));
  read.items.forEach((one, n) => {
    refer(['items', n, 'taxpayer'], one.taxpayer, taxpayers, 'taxpayer');
    refer(['items', n, 'record'], one.record, records, 'record');
    refer(['items', n, 'adjusts'], one.adjusts, items, 'item');
    if (one.period !== undefined && one.date !== undefined)
      faults.push({ path: ['items', n, 'date'], what: 'the item has a period and a date: keep one of them' });
  });
  read.findings.forEach((one, n) => {
    if (read.findings.slice(0, n).some((other) => contradict(one, other)))
      faults.push({
        path: ['findings', n],
        what: 'another finding answers the same question on the same subject otherwise: keep the one in force',
      });
    one.of?.forEach((id, at) => refer(['findings', n, 'of', at], id, questions, 'item or proposal'));
    if ((one.finds === 'treaty') === (typeof one.answer === 'boolean'))
      faults.push({
        path: ['findings', n, 'answer'],
        what: 'write none, part or whole for a treaty, and yes or no for any other finding (YAML: true or false)',
      });
  });
  read.items.forEach((one, n) => {
    if (one.adjusts === one.id)
      faults.push({
        path: ['items', n, 'adjusts'],
        what: 'an item cannot adjust itself: name the item adjusted',
      });
  });
  read.proposals.forEach((one, n) => {
    refer(['proposals', n, 'to', 'importer'], one.to?.importer, taxpayers, 'taxpayer');
    if (one.act === 'disclose' && one.to === undefined)
      faults.push({ path: ['proposals', n], what: 'a disclosure needs a recipient: add to' });
    if (one.act === 'look or use' && one.to !== undefined)
      faults.push({
        path: ['proposals', n, 'to'],
        what: 'a look or use has no recipient: write act: disclose, or take it out',
      });
  });
  read.releases.forEach((one, n) =>
    one.items.forEach((id, at) => refer(['releases', n, 'items', at], id, items, 'item')),
  );
  read.proposals.forEach((one, n) =>
    one.items.forEach((id, at) => refer(['proposals', n, 'items', at], id, items, 'item')),
  );
  return faults;
};

/**
 * Were the later of two findings to win, losing a “no” would bring an older “yes” back to life. So only one answer to a
 * question stands in a case; without it, the question is open.
 */
const contradict = (one: Finding, other: Finding): boolean =>
  one.finds === other.finds &&
  (one.of === undefined || other.of === undefined || one.of.some((id) => other.of?.includes(id))) &&
  (one.answer !== other.answer || one.stripped !== other.stripped);

/** An item that does not yet say of whom, what and when is not the same as another that does not: it may become any. */
const sameItem = (item: Case['items'][number]): string | undefined =>
  item.taxpayer === undefined ||
  (item.form ?? item.path) === undefined ||
  (item.period ?? item.date) === undefined
    ? undefined
    : JSON.stringify([item.taxpayer, item.form, item.line, item.path, item.period, item.date, item.adjusts]);

const LOOK = 'Correct the field; the template shows each one with a comment.';

/**
 * Reads a case. Throws a ProblemError with every problem found: `not-yaml`, or `not-a-case` with the file’s line, the
 * field, and what to write instead. `check` finds further faults that the case alone does not show. An alias bomb is refused: a case needs no aliases.
 */
export const readCase = (
  yaml: string,
  file: string,
  check: (read: Case) => readonly Fault[] = () => [],
): Case => {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, version: '1.2', uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new ProblemError({
      kind: 'not-yaml',
      what: `The file is not YAML (${broken.code.toLowerCase().replaceAll('_', ' ')}).`,
      where: `${file}:${broken.linePos?.[0].line ?? 1}`,
      next: 'Correct the line; the template is a file to start from.',
      way: 'new case',
    });
  if (!isMap(document.contents))
    throw new ProblemError({
      kind: 'not-a-case',
      what: `The file holds ${isSeq(document.contents) ? 'a list' : isScalar(document.contents) ? 'a single value' : 'nothing'}, not a case.`,
      where: `${file}:1`,
      next: 'Start from the template.',
      way: 'new case',
    });
  const problem = ({ path, what, next = LOOK, way = 'new case' }: Fault): Problem => ({
    kind: 'not-a-case',
    what: `${field(path) === '' ? 'The case' : field(path)}: ${what}.`,
    where: `${file}:${lineOf(document, lines, path)}`,
    next,
    way,
  });
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new ProblemError({
      kind: 'not-a-case',
      what: 'The file uses YAML aliases, which can grow without end.',
      where: `${file}:1`,
      next: 'Write each value out where it stands.',
    });
  }
  const parsed = caseSchema.safeParse(plain);
  const problems = parsed.success
    ? [...crossed(parsed.data), ...check(parsed.data)].map(problem)
    : parsed.error.issues.map((issue) => problem({ path: issue.path, what: message(issue) }));
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ProblemError(first, ...rest);
  return parsed.success ? parsed.data : caseSchema.parse(plain);
};
