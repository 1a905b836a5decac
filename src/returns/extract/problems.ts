import { ProblemError } from '../../ground/problem.ts';
import type { Problem, ProblemKind } from '../../ground/problem.ts';

/** Where a reader stands: line from 1, column from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A problem at a place in a file. `what` and `next` never hold anything read from the return. */
export const problemAt = (
  file: string,
  place: Place | undefined,
  kind: ProblemKind,
  what: string,
  next: string,
): ProblemError => {
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const problem: Problem = { kind, what, where, next };
  return new ProblemError(problem);
};
