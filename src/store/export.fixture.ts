import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '../custody/walk.ts';

/** The files of an exported log, for `verifyLog`. */
export const readExport =
  (dir: string): ReadFile =>
  (path) =>
    readFile(join(dir, path)).catch(() => undefined);
