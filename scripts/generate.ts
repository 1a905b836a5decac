import { writeFileSync } from 'node:fs';
import { derived } from './derived.ts';

/** Writes what is derived from the rules, the scenarios and the case schema; a test holds that it is up to date. */
for (const { path, text } of await derived()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
