import { readFileSync } from 'node:fs';
import type { Options } from 'prettier';

/** The repository's own formatting rules, for files that scripts write. */
export const formatting = JSON.parse(
  readFileSync(new URL('../.prettierrc.json', import.meta.url), 'utf8'),
) as Options;
