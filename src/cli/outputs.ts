import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../ground/problem.ts';

/** A folder's new files, none of them seen under its own name before all of them are whole. */
export interface Outputs {
  /** Where to write a file while it is not whole. */
  readonly pathOf: (name: string) => string;
  /** Where a file is that was written here and is not published yet. */
  readonly find: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => void;
  /** Gives every file its name. If we crash between two renames, both are whole; a second run writes the rest. */
  readonly publish: () => readonly string[];
  readonly discard: () => void;
}

/** Opens `dir` for new files. Throws a ProblemError `output-refused`. */
export const openOutputs = (dir: string): Outputs => {
  let hidden: string;
  try {
    mkdirSync(dir, { recursive: true });
    hidden = mkdtempSync(join(dir, '.waybill-'));
  } catch {
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The folder for the results cannot be written to.',
      where: dir,
      next: 'Name a folder that you may write to.',
    });
  }
  const names: string[] = [];
  const pathOf = (name: string) => {
    names.push(name);
    return join(hidden, name);
  };
  return {
    pathOf,
    find: (name) => join(hidden, name),
    write: (name, content) => {
      // Return information: for the owner's eyes only.
      writeFileSync(pathOf(name), content, { mode: 0o600 });
    },
    publish: () => {
      for (const name of names) renameSync(join(hidden, name), join(dir, name));
      rmSync(hidden, { recursive: true });
      return names.map((name) => join(dir, name));
    },
    discard: () => {
      rmSync(hidden, { recursive: true, force: true });
    },
  };
};
