import { type RecordDocument, type Section, headingOf } from './document.ts';

const WIDTH = 80;

/** Words on lines of at most 80 columns; a word longer than a line is cut, so that no line is longer. */
const wrapped = (text: string, indent: string, first = indent): string[] => {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const room = WIDTH - indent.length;
  const words = text.split(' ').flatMap((word) => {
    const letters = [...word];
    return Array.from({ length: Math.max(1, Math.ceil(letters.length / room)) }, (_, at) =>
      letters.slice(at * room, (at + 1) * room).join(''),
    );
  });
  for (const word of words) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
};

const LABEL = 6;

/** A row stands as its first cell, and below it the others, each after its column’s name. */
const rowLines = ({ columns }: Section, cells: readonly string[]): string[] => {
  const [name = '', number = ''] = cells;
  if (columns.length === 2 && columns[1]?.numbers === true)
    return wrapped(name, '    ', `${number.padStart(8)}  `);
  return cells.flatMap((text, at) => {
    const words = text.replaceAll('\n', ' · ');
    if (at === 0) return ['', ...wrapped(words, '    ', '  ')];
    if (words === '') return [];
    const label = `${columns[at]?.title ?? ''}:`.padEnd(LABEL);
    return wrapped(words, ' '.repeat(6 + LABEL), `    ${label} `);
  });
};

const sectionLines = (section: Section): string[] => [
  '',
  headingOf(section).toUpperCase(),
  ...(section.rows.length === 0 ? ['  none'] : section.rows.flatMap((cells) => rowLines(section, cells))),
];

/** The document as lines for a terminal, none longer than 80 columns. */
export const documentLines = ({ title, office, law, words, sections }: RecordDocument): string[] => [
  ...wrapped(`${title}, ${office}`, ''),
  ...wrapped(law, ''),
  ...words.flatMap((paragraph) => ['', ...wrapped(paragraph, '')]),
  ...sections.flatMap(sectionLines),
];
