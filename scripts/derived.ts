import { format } from 'prettier';
import { caseJsonSchema } from '../src/casework/case-schema.ts';
import { readScenarios } from '../src/office/scenarios.ts';
import { document } from '../src/rulebook/document.ts';
import { generate } from '../src/rulebook/generate.ts';
import { formatting } from './formatting.ts';

const formatted = (text: string, parser: string) => format(text, { ...formatting, parser });

/** Every file that is written by a program and checked in, with what it should hold now. */
export const derived = async (): Promise<readonly { readonly path: string; readonly text: string }[]> => [
  { path: 'src/rulebook/generated.ts', text: await formatted(generate(), 'typescript') },
  { path: 'docs/RULEBOOK.md', text: await formatted(document(readScenarios()), 'markdown') },
  { path: 'docs/case.schema.json', text: await formatted(JSON.stringify(caseJsonSchema()), 'json') },
];
