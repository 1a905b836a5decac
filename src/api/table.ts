import type { Office } from '../custody/entry.ts';
import { acts } from './acts.ts';
import { actsAfter } from './acts-after.ts';
import type { Operation } from './operation.ts';
import { caseQuestions } from './questions.ts';
import { officeQuestions } from './questions-office.ts';

/** The table of all operations of all offices. Who is not named in a line has no such operation. */
export const operations: readonly Operation[] = [...caseQuestions, ...officeQuestions, ...acts, ...actsAfter];

export const operationsAt = (office: Office): readonly Operation[] =>
  operations.filter(({ offices }) => offices.includes(office));
