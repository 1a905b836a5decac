import { styleText } from 'node:util';

/** Columns to write in: the terminal's own, between 60 and 100; 80 where there is none. */
export const width = (): number => Math.min(100, Math.max(60, process.stdout.columns ?? 80));

/** Words on lines no longer than the terminal, each with `indent`; a word longer than a line stands alone. */
export const wrap = (text: string, indent = '', first = indent): string[] => {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (!empty && line.length + 1 + word.length > width()) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
};

type Style = Parameters<typeof styleText>[0];

/** Colour where the stream shows it (NO_COLOR and pipes are heeded); the words alone always say the same. */
export const styled = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout });

export const say = (lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
};

/** To standard error, wrapped. */
export const complain = (lines: readonly string[]): void => {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
};

export const heading = (text: string): string => styled('bold', text);
