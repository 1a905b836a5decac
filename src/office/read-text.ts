import { readFileSync } from 'node:fs';
import { ProblemError } from '../ground/problem.ts';

/** The text of a file that a person named. Problems: `file-unreadable`, with what it was to be and what to give; `encoding-wrong`. */
export const readText = (file: string, what: string, next: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new ProblemError({
      kind: 'file-unreadable',
      what: `${what} cannot be read.`,
      where: file.replaceAll('\0', '␀'),
      next,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError({
      kind: 'encoding-wrong',
      what: `${what} is not UTF-8.`,
      where: file,
      next: 'Save it as UTF-8.',
    });
  }
};
