import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case } from '../../casework/schema.ts';
import { ProblemError } from '../../ground/problem.ts';
import { readReturnHeader } from '../../returns/extract/header.ts';
import type { ReturnHeader } from '../../returns/extract/row.ts';

/** A record whose filer is no taxpayer of the case: an id that no taxpayer can have. */
const SOMEONE_ELSE = '(someone else)';

/** What of a case says whose records they are. */
type Filed = Pick<Case, 'taxpayers' | 'records'>;

const digits = (tin: string | undefined) => tin?.replaceAll('-', '');

/** Whose return it is: found by TIN; where the case gives no TIN to compare, as the case says. */
const filerOf = (read: Filed, claimed: string | undefined, header: ReturnHeader): string | undefined => {
  const tins = [header.filer.tin, header.spouseTin];
  const found = read.taxpayers.find((one) => one.tin !== undefined && tins.includes(digits(one.tin) ?? null));
  if (found !== undefined) return found.id;
  const without = read.taxpayers.find((one) => one.id === claimed && one.tin === undefined);
  return without === undefined ? SOMEONE_ELSE : claimed;
};

/**
 * The case with its records as the returns themselves show them: filer and period come from the return’s header, not from
 * what the case says of it. Throws a ProblemError for a return that is missing or cannot be read.
 */
export const withReturns = async <Read extends Filed>(read: Read, dir: string): Promise<Read> => {
  const records = await Promise.all(
    read.records.map(async (record) => {
      if (record.file === undefined) return record;
      if (/[/\\\0]|^\.\.?$/.test(record.file) || dir.includes('\0'))
        throw new ProblemError({
          kind: 'file-unreadable',
          what: `Record ${record.id}: the return’s file is named with a folder.`,
          where: 'records',
          next: 'Write the file’s own name; its folder is given once, for all of them.',
        });
      const header = await readReturnHeader(join(dir, record.file));
      return { ...record, taxpayer: filerOf(read, record.taxpayer, header), period: header.period };
    }),
  );
  return { ...read, records };
};

/** Names of the returns’ files in the folder, for whoever says which one a record is. Problem `file-unreadable`. */
export const returnFiles = async (dir: string): Promise<readonly string[]> => {
  try {
    return (await readdir(dir)).filter((name) => /\.xml$/i.test(name)).sort();
  } catch {
    throw new ProblemError({
      kind: 'file-unreadable',
      what: 'The folder of the returns cannot be read.',
      where: '--returns',
      next: 'Have this office’s operator see to it: the site’s settings name the folder.',
    });
  }
};
