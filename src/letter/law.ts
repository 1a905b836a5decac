import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../law/l-14-1.txt', import.meta.url), 'utf8');

/** The paragraphs of the section as they stand in `law/`, by letter: `paragraph('h')` gives (h) and its numbered parts. */
export const paragraph = (letter: string): string[] => {
  const lines = text.split('\n').filter((line) => line !== '');
  const first = lines.findIndex((line) => line.startsWith(`(${letter}) `));
  if (first === -1) throw new RangeError(`the section has no paragraph (${letter})`);
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => !/^\(\d\) /.test(line));
  return [lines[first] ?? '', ...rest.slice(0, end)];
};
