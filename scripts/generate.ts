import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { generate } from '../src/rulebook/generate.ts';
import { formatting } from './formatting.ts';

/** Writes what is derived from the rules; a test holds that it is up to date. */
writeFileSync(
  new URL('../src/rulebook/generated.ts', import.meta.url),
  await format(generate(), { ...formatting, parser: 'typescript' }),
);
