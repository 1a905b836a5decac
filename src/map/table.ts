/** A table as a door can show it: cells are plain text, to be escaped by whoever makes HTML of them. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly key: string;
  readonly head: string;
  /** In the first line of a row on a terminal, without its head. */
  readonly leads?: boolean;
}

export interface TableRow {
  readonly id: string;
  /** One for each column; `''` where there is nothing to say. */
  readonly cells: readonly string[];
  /** How the row is to stand out; its cells say it in words too. */
  readonly mark?: 'struck' | 'locked' | 'warning';
}

const wrapped = (text: string, width: number, indent: string): readonly string[] => {
  const lines: string[] = [];
  let now = '';
  const room = Math.max(8, width - indent.length);
  for (const word of text.split(' ').flatMap((one) => pieces(one, room))) {
    if (now !== '' && now.length + 1 + word.length > room) {
      lines.push(now);
      now = word;
    } else now = now === '' ? word : `${now} ${word}`;
  }
  return [...lines, now].map((line, at) => (at === 0 ? line : `${indent}${line}`));
};

const pieces = (word: string, room: number): readonly string[] => {
  const signs = [...word];
  const parts: string[] = [];
  while (signs.length > 0) parts.push(signs.splice(0, room).join(''));
  return parts;
};

/** The table as lines of at most `width` signs: a row is one line, and under it, set in, what has a head. */
export const tableLines = ({ caption, columns, rows }: Table, width = 80): readonly string[] => [
  ...wrapped(caption, width, ''),
  ...rows.flatMap(({ cells }) => {
    const lead = columns.flatMap(({ leads }, at) =>
      leads === true && cells[at] !== '' ? (cells[at] ?? '') : [],
    );
    const rest = columns.flatMap(({ head, leads }, at) =>
      leads === true || (cells[at] ?? '') === '' ? [] : `${head} ${cells[at] ?? ''}`,
    );
    return [
      ...wrapped(lead.join(' · '), width, '    '),
      ...(rest.length === 0
        ? []
        : wrapped(`    ${rest.join(' · ')}`.trimStart(), width - 4, '').map((one) => `    ${one}`)),
    ];
  }),
];
