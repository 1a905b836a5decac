import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ProblemError } from '../../ground/problem.ts';
import type { Problem } from '../../ground/problem.ts';

/** More problems than a person reads at once help nobody. */
const mostProblems = 20;

const tableProblem = (where: string, what: string): Problem => ({
  kind: 'not-an-item-list',
  what,
  where,
  next: 'Correct that line; the first line of the file names the columns.',
});

const recordsOf = (text: string, name: string): readonly unknown[] => {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    const line = (error as { readonly lines?: number }).lines ?? 1;
    throw new ProblemError(
      tableProblem(`${name}:${line}`, 'This line is not CSV with the columns of line 1.'),
    );
  }
};

/** Line of each record; read a second time, because only a file with a fault needs it and it costs a third more. */
const lineNumbers = (text: string): readonly number[] =>
  (
    parse(text, { columns: true, bom: true, skip_empty_lines: true, info: true }) as unknown as readonly {
      readonly info: { readonly lines: number };
    }[]
  ).map(({ info }) => info.lines);

/**
 * Reads a CSV (RFC 4180) whose first line names the columns, and checks each line by a schema. `name` is the file's name
 * for messages. Throws a ProblemError `not-an-item-list` that names file, line and column of up to 20 faults; the text of
 * a cell is not repeated.
 */
export const readTable = <Row>(text: string, name: string, row: z.ZodType<Row>): readonly Row[] => {
  const records = recordsOf(text, name);
  if (records.length === 0) throw new ProblemError(tableProblem(name, 'The list has no lines.'));
  const read = z.array(row).safeParse(records);
  if (read.success) return read.data;
  const lines = lineNumbers(text);
  const problems = read.error.issues.slice(0, mostProblems).map(({ path: [record, ...column], message }) => {
    const where = `${name}:${lines[Number(record)] ?? 1}`;
    return tableProblem(where, `Column ${column.join('.') || '(line)'}: ${message}.`);
  });
  const [first, ...rest] = problems;
  throw new ProblemError(first ?? tableProblem(name, 'The list cannot be read.'), ...rest);
};
