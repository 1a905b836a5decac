import type { Block, LetterContent, Pair, TableBlock } from './block.ts';

/** The letter as lines of plain text: one a paragraph, a pair or a row of a table (its cells between ` | `). */
export const textOf = ({ label, notice, blocks }: LetterContent): string[] =>
  [
    `${label.name.toUpperCase()}. ${label.law}.`,
    ...(notice === undefined ? [] : [notice]),
    ...blocks.flatMap((block) => ['', ...lines(block)]),
  ].map((line) => line.replaceAll('\u00a0', ' '));

const lines = (block: Block): string[] => {
  switch (block.kind) {
    case 'letterhead':
      return [...block.lines];
    case 'address':
      return [...pairs(block.pairs), '', ...block.lines];
    case 'heading':
      return [block.text];
    case 'paragraph':
      return [block.lead === undefined ? block.text : `${block.lead} ${block.text}`];
    case 'list':
      return block.items.map((item) => `• ${item}`);
    case 'quote':
      return block.paragraphs.map((paragraph) => `    ${paragraph}`);
    case 'pairs':
      return pairs(block.pairs);
    case 'table':
      return rows(block);
    case 'signature':
      return [block.closing, '', ...block.lines];
  }
};

const pairs = (all: readonly Pair[]): string[] => all.map(([name, text]) => `${name}: ${text}`);

const rows = ({ columns, rows }: TableBlock): string[] =>
  [columns.map((column) => column.title), ...rows.map((row) => row.cells)].map((cells) =>
    cells.map((cell) => cell.replaceAll('\n', ', ')).join(' | '),
  );
