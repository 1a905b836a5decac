import type { Block, Pair } from '../block.ts';
import type { Line } from './lines.ts';
import { ink, measureWidth, page, type Sheet } from './sheet.ts';
import { leastOfTable, table } from './table.ts';
import type { Style } from './typefaces.ts';

interface Type {
  readonly style: Style;
  readonly size: number;
  readonly leading: number;
  readonly color?: string;
}

const body: Type = { style: 'serif', size: 10.5, leading: 14.5 };
const quoted: Type = { style: 'serif', size: 9.25, leading: 12.75, color: ink.quiet };
const headings: Record<1 | 2 | 3, Type & { readonly above: number; readonly below: number }> = {
  1: { style: 'serif strong', size: 15, leading: 19, above: 10, below: 8, color: ink.deep },
  2: { style: 'serif strong', size: 13, leading: 17, above: 20, below: 6, color: ink.deep },
  3: { style: 'sans strong', size: 10, leading: 13, above: 11, below: 4 },
};

/** Draws the blocks one after another; each block's last line leaves the gap below it. */
export const flow = (sheet: Sheet, blocks: readonly Block[]): void => {
  blocks.forEach((block, index) => {
    drawBlock(sheet, block, blocks.slice(index + 1, index + 3));
  });
};

const drawBlock = (sheet: Sheet, block: Block, next: readonly Block[]): void => {
  switch (block.kind) {
    case 'letterhead':
      return letterhead(sheet, block.lines);
    case 'address':
      return address(sheet, block.lines, block.pairs);
    case 'heading':
      return heading(sheet, block, next);
    case 'paragraph':
      return paragraph(sheet, block.text, body, {
        gap: 9,
        ...(block.lead === undefined ? {} : { lead: block.lead }),
        ...(next[0] !== undefined && announced.has(next[0].kind) ? { keep: least(sheet, next[0]) } : {}),
      });
    case 'list':
      return list(sheet, block.items);
    case 'quote':
      return quote(sheet, block.paragraphs);
    case 'pairs':
      return pairs(sheet, block.pairs);
    case 'table':
      return table(sheet, block);
    case 'signature':
      return signature(sheet, block.closing, block.lines);
  }
};

/** What a paragraph before it announces. */
const announced: ReadonlySet<Block['kind']> = new Set(['list', 'pairs', 'table', 'signature']);

/** The least room that the beginning of a block needs, so that what announces it does not stand alone at a page's foot. */
const least = (sheet: Sheet, block: Block | undefined): number => {
  if (block === undefined) return 0;
  if (block.kind === 'table') return leastOfTable(sheet, block);
  if (block.kind === 'pairs') return heightOfPairs(sheet, block.pairs, measureWidth);
  if (block.kind === 'signature') return heightOfSignature(block.lines);
  return 2 * body.leading;
};

const letterhead = (sheet: Sheet, [department = '', service = '', office = '']: readonly string[]): void => {
  const p = sheet.element(sheet.root, 'P');
  sheet.mark(p, 'P', () => {
    sheet.set(sheet.line(`${department} `, 'sans', 9.5), page.left, sheet.y + 8, 9.5, ink.quiet);
    sheet.set(sheet.line(`${service} `, 'serif strong', 19), page.left, sheet.y + 28, 19, ink.deep);
    const lines = sheet.lines.break(office, 'sans', 9, measureWidth);
    lines.forEach((line, at) => {
      sheet.set(line, page.left, sheet.y + 43 + at * 12, 9, ink.quiet);
    });
    sheet.y += 43 + lines.length * 12;
  });
  sheet.rule(sheet.y - 3, page.left, page.right, 1, ink.deep);
  sheet.y += 14;
};

const heading = (sheet: Sheet, block: Block & { kind: 'heading' }, next: readonly Block[]): void => {
  const type = headings[block.level];
  const lines = sheet.lines.break(block.text, type.style, type.size, measureWidth);
  // A paragraph stays with what it announces, and the heading with both.
  const [first, second] = next;
  const ahead =
    first?.kind === 'paragraph' && second !== undefined && announced.has(second.kind)
      ? sheet.lines.break(first.text, body.style, body.size, measureWidth).length * body.leading +
        9 +
        least(sheet, second)
      : least(sheet, first);
  if (block.newPage === true && sheet.y > page.top) sheet.turn();
  else sheet.need(type.above + lines.length * type.leading + type.below + ahead);
  if (sheet.y > page.top) sheet.y += type.above;
  const tag = `H${block.level}`;
  const element = sheet.element(sheet.root, tag);
  sheet.mark(element, tag, () => {
    setLines(sheet, lines, type, page.left);
  });
  if (block.level < 3) sheet.doc.outline.addItem(block.text);
  sheet.y += type.below;
};

interface ParagraphOptions {
  readonly gap: number;
  readonly lead?: string;
  readonly together?: boolean;
  /** Room to leave below it for what it announces. */
  readonly keep?: number;
}

const paragraph = (sheet: Sheet, text: string, type: Type, options: ParagraphOptions): void => {
  const element = sheet.element(sheet.root, 'P');
  const lead =
    options.lead === undefined ? undefined : sheet.line(`${options.lead} `, 'serif strong', type.size);
  const indent = lead === undefined ? 0 : lead.width + 3;
  const lines = sheet.lines.break(text, type.style, type.size, measureWidth - indent);
  const height = lines.length * type.leading;
  if (options.together === true || (options.keep !== undefined && height < 6 * type.leading))
    sheet.need(height + (options.keep ?? 0));
  spread(sheet, lines, type.leading, (some, first) => {
    sheet.mark(element, 'P', () => {
      if (first && lead !== undefined)
        sheet.set(lead, page.left, sheet.y + type.size, type.size, type.color ?? ink.text);
      setLines(sheet, some, type, page.left + indent);
    });
  });
  sheet.y += options.gap;
};

/** Gives the lines out page by page, never one alone at the foot or at the head of a page. */
const spread = (
  sheet: Sheet,
  lines: readonly Line[],
  leading: number,
  put: (some: readonly Line[], first: boolean) => void,
): void => {
  let rest = lines;
  while (rest.length > 0) {
    const fit = Math.floor(sheet.room / leading);
    let take = fit >= rest.length ? rest.length : Math.min(fit, rest.length - 2);
    if (take < Math.min(2, rest.length)) {
      if (sheet.y > page.top) {
        sheet.turn();
        continue;
      }
      take = Math.max(1, Math.min(fit, rest.length));
    }
    put(rest.slice(0, take), rest === lines);
    rest = rest.slice(take);
  }
};

/** Sets lines from the current place down, and moves it. */
const setLines = (sheet: Sheet, lines: readonly Line[], type: Type, x: number): void => {
  for (const line of lines) {
    sheet.set(line, x, sheet.y + type.size, type.size, type.color ?? ink.text);
    sheet.y += type.leading;
  }
};

const list = (sheet: Sheet, items: readonly string[]): void => {
  const element = sheet.element(sheet.root, 'L');
  for (const text of items) {
    const item = sheet.element(element, 'LI');
    const label = sheet.element(item, 'Lbl');
    const words = sheet.element(item, 'LBody');
    const lines = sheet.lines.break(text, body.style, body.size, measureWidth - 26);
    spread(sheet, lines, body.leading, (some, first) => {
      if (first)
        sheet.mark(label, 'Lbl', () => {
          sheet.set(sheet.line('• ', 'serif', body.size), page.left + 12, sheet.y + body.size, body.size);
        });
      sheet.mark(words, 'LBody', () => {
        setLines(sheet, some, body, page.left + 26);
      });
    });
    sheet.y += 2;
  }
  sheet.y += 7;
};

const quote = (sheet: Sheet, paragraphs: readonly string[]): void => {
  const element = sheet.element(sheet.root, 'BlockQuote');
  paragraphs.forEach((text, at) => {
    const p = sheet.element(element, 'P');
    const below = at < paragraphs.length - 1 ? 3 : 1;
    const lines = sheet.lines.break(text, quoted.style, quoted.size, measureWidth - 16);
    spread(sheet, lines, quoted.leading, (some) => {
      const top = sheet.y;
      sheet.mark(p, 'P', () => {
        setLines(sheet, some, quoted, page.left + 16);
      });
      sheet.artifact('Layout', () => {
        sheet.doc.rect(page.left + 3, top + 1, 2, sheet.y - top + below - 1).fill(ink.rule);
      });
    });
    sheet.y += 2;
  });
  sheet.y += 6;
};

const pairSize = 10;
const pairLeading = 14;

const labelsWidth = (sheet: Sheet, all: readonly Pair[]): number =>
  14 + Math.max(...all.map(([name]) => sheet.line(name, 'sans strong', pairSize).width));

const heightOfPairs = (sheet: Sheet, all: readonly Pair[], width: number): number => {
  const room = width - labelsWidth(sheet, all);
  return all.reduce(
    (sum, [, text]) => sum + sheet.lines.break(text, 'sans', pairSize, room).length * pairLeading,
    0,
  );
};

const pairs = (sheet: Sheet, all: readonly Pair[], x: number = page.left): void => {
  const indent = labelsWidth(sheet, all);
  const body = sheet.element(sheet.element(sheet.root, 'Table'), 'TBody');
  sheet.need(heightOfPairs(sheet, all, page.right - x));
  for (const [name, text] of all) {
    const row = sheet.element(body, 'TR');
    const lines = sheet.lines.break(text, 'sans', pairSize, page.right - x - indent);
    sheet.need(lines.length * pairLeading);
    const y = sheet.y + pairSize;
    sheet.mark(sheet.element(row, 'TH', { scope: 'Row' }), 'TH', () => {
      sheet.set(sheet.line(name, 'sans strong', pairSize), x, y, pairSize, ink.quiet);
    });
    sheet.mark(sheet.element(row, 'TD'), 'TD', () => {
      lines.forEach((line, at) => {
        sheet.set(line, x + indent, y + at * pairLeading, pairSize);
      });
    });
    sheet.y += lines.length * pairLeading;
  }
  sheet.y += 12;
};

/** The references stand to the right of the addressee, and are read before it. */
const address = (sheet: Sheet, lines: readonly string[], all: readonly Pair[]): void => {
  const top = sheet.y;
  pairs(sheet, all, page.left + 264);
  const below = sheet.y;
  sheet.y = top;
  const p = sheet.element(sheet.root, 'P');
  sheet.mark(p, 'P', () => {
    setLines(sheet, sheet.lines.break(lines.join('\n'), body.style, body.size, 248), body, page.left);
  });
  sheet.y = Math.max(sheet.y, below) + 8;
};

const roomToSign = 38;

const heightOfSignature = (lines: readonly string[]): number =>
  (1 + lines.length) * body.leading + roomToSign;

const signature = (sheet: Sheet, closing: string, lines: readonly string[]): void => {
  sheet.need(heightOfSignature(lines));
  paragraph(sheet, closing, body, { gap: roomToSign });
  paragraph(sheet, lines.join('\n'), body, { gap: 12, together: true });
};
