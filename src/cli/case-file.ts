import { decideCase } from '../casework/decide.ts';
import { unknownItems } from '../casework/items.ts';
import { readCase } from '../casework/read.ts';
import { type Day, readDay } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import type { DecidedCase } from '../office/release/decided.ts';
import { openCatalogue } from '../returns/catalogue/open.ts';
import { readCaseText } from './read-text.ts';

export interface DecidedFile extends DecidedCase {
  /** The day whose law was asked for, if another than that of the decision. */
  readonly asOf: Day | undefined;
}

/** Reads and decides a case file. Throws a ProblemError for whatever is wrong with it. */
export const decideFile = (file: string, asOf?: string): DecidedFile => {
  const day = asOf === undefined ? undefined : readDay(asOf);
  if (asOf !== undefined && day === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'The day after --as-of does not exist.',
      where: '--as-of',
      next: 'Write a date of the calendar as YYYY-MM-DD.',
    });
  const catalogue = openCatalogue();
  const read = readCase(readCaseText(file), file, (one) => unknownItems(one, catalogue));
  return { read, catalogue, decided: decideCase(read, catalogue, day), asOf: day };
};
