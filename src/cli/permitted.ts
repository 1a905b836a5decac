import { basename, dirname } from 'node:path';
import { decideCase } from '../casework/decide.ts';
import { pathsOf } from '../casework/items.ts';
import { isTakeable } from '../casework/takeable.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import { decideFile } from './case-file.ts';
import { withReturns } from '../office/release/returns.ts';

/**
 * Throws a ProblemError that names every path this case does not permit from this return. What the case never asked for
 * is refused like what it may not have; why stands in `waybill decide`, not here.
 */
export const requirePermitted = async (
  caseFile: string,
  returnFile: string,
  paths: readonly string[],
): Promise<void> => {
  const { read, catalogue } = decideFile(caseFile);
  const file = basename(returnFile);
  const records = read.records.filter((record) => record.file === file);
  const own = await withReturns({ ...read, records }, dirname(returnFile));
  const decided = decideCase(own, catalogue);
  const permitted = new Set(
    own.items.filter((item) => isTakeable(own, decided, item)).flatMap((item) => pathsOf(catalogue, item)),
  );
  const [first, ...rest] = paths
    .filter((path) => !permitted.has(path))
    .map((path): Problem => ({
      kind: 'item-refused',
      what: 'The case does not permit this item from this return.',
      where: path,
      cite: '(a)',
      next: `See why, in the office that decides: ./waybill decide ${caseFile}`,
    }));
  if (first !== undefined) throw new ProblemError(first, ...rest);
};
