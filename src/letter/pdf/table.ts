import type { Row, TableBlock } from '../block.ts';
import type { Line } from './lines.ts';
import { ink, measureWidth, page, type Element, type Sheet } from './sheet.ts';

const size = 9;
const leading = 11.5;
const side = 5;
/** Above and below the lines of a row; a row of values under its item is set closer. */
const airOf = ({ of }: Row): number => (of === undefined ? 4 : 1.75);
const headSize = 8.5;
const headLeading = 11;

interface Box {
  readonly x: number;
  readonly width: number;
  readonly numbers: boolean;
}

/** A table over as many pages as it takes: its head repeats (as an artifact), a row stays whole where a page can hold it. */
export const table = (sheet: Sheet, block: TableBlock): void => {
  const boxes = boxesOf(block);
  const element = sheet.element(sheet.root, 'Table');
  head(sheet, block, boxes, sheet.element(sheet.element(element, 'THead'), 'TR'));
  const body = sheet.element(element, 'TBody');
  for (const row of block.rows) drawRow(sheet, block, boxes, row, sheet.element(body, 'TR'));
  element.end();
  sheet.y += 12;
};

/** The head and the first row, or as much of it as a page would ever be asked for. */
export const leastOfTable = (sheet: Sheet, block: TableBlock): number => {
  const boxes = boxesOf(block);
  const [first] = block.rows;
  const row = first === undefined ? 0 : heightOf(cellLines(sheet, boxes, first), airOf(first));
  return headHeight(sheet, block, boxes) + Math.min(row, 160);
};

const boxesOf = ({ columns }: TableBlock): Box[] => {
  let x: number = page.left;
  return columns.map(({ share, numbers }) => {
    const box = { x, width: share * measureWidth, numbers: numbers === true };
    x += box.width;
    return box;
  });
};

const headLines = (sheet: Sheet, block: TableBlock, boxes: readonly Box[]): Line[][] =>
  block.columns.map(({ title }, at) =>
    sheet.lines.break(title, 'sans strong', headSize, (boxes[at]?.width ?? 0) - 2 * side),
  );

const headHeight = (sheet: Sheet, block: TableBlock, boxes: readonly Box[]): number =>
  Math.max(...headLines(sheet, block, boxes).map((lines) => lines.length)) * headLeading + 9;

/** Drawn into the structure tree once, and as an artifact on each page after that. */
const head = (sheet: Sheet, block: TableBlock, boxes: readonly Box[], row?: Element): void => {
  const height = headHeight(sheet, block, boxes);
  sheet.artifact('Layout', () => {
    sheet.doc.rect(page.left, sheet.y, measureWidth, height).fill('#e9edf3');
  });
  headLines(sheet, block, boxes).forEach((lines, at) => {
    const paint = () => {
      putLines(sheet, lines, boxes[at], sheet.y + 4, headSize, headLeading, boxes[at]?.numbers === true);
    };
    if (row === undefined) sheet.artifact('Pagination', paint);
    else sheet.mark(sheet.element(row, 'TH', { scope: 'Column' }), 'TH', paint);
  });
  sheet.y += height;
  sheet.rule(sheet.y, page.left, page.right, 0.8, ink.deep);
};

/** A cell may use the room of the empty ones to its right. */
const roomOf = (boxes: readonly Box[], row: Row, at: number): number => {
  let room = boxes[at]?.width ?? 0;
  for (let next = at + 1; row.cells[next] === ''; next++) room += boxes[next]?.width ?? 0;
  return room - 2 * side;
};

const cellLines = (sheet: Sheet, boxes: readonly Box[], row: Row): Line[][] =>
  boxes.map((_, at) =>
    sheet.lines.break(row.cells[at] ?? '', at === 0 ? 'sans strong' : 'sans', size, roomOf(boxes, row, at)),
  );

const heightOf = (cells: readonly (readonly Line[])[], air: number): number =>
  Math.max(...cells.map((lines) => lines.length)) * leading + 2 * air;

const drawRow = (sheet: Sheet, block: TableBlock, boxes: readonly Box[], row: Row, tr: Element): void => {
  const cells = cellLines(sheet, boxes, row);
  const air = airOf(row);
  const elements = boxes.map((_, at) =>
    at === 0 ? sheet.element(tr, 'TH', { scope: 'Row' }) : sheet.element(tr, 'TD'),
  );
  const tallest = page.bottom - page.top - headHeight(sheet, block, boxes) - 2 * leading;
  let done = 0;
  const most = Math.max(...cells.map((lines) => lines.length));
  while (done < most) {
    const rest = (most - done) * leading + 2 * air;
    // A row that a page can hold is not torn; one that no page holds starts where it stands, if a few lines fit.
    const wanted = rest <= tallest ? rest : 4 * leading + 2 * air;
    if (wanted > sheet.room) {
      sheet.turn();
      head(sheet, block, boxes);
      if (row.of !== undefined) continued(sheet, row.of);
    }
    const take = Math.min(most - done, Math.floor((sheet.room - 2 * air) / leading));
    cells.forEach((lines, at) => {
      const some = lines.slice(done, done + take).filter((line) => line.runs.length > 0);
      const element = elements[at];
      if (some.length === 0 || element === undefined) return;
      // Words that take more than two lines read better from the left.
      const right = boxes[at]?.numbers === true && lines.length <= 2;
      sheet.mark(element, at === 0 ? 'TH' : 'TD', () => {
        putLines(sheet, some, boxes[at], sheet.y + air, size, leading, right);
      });
    });
    done += take;
    sheet.y += take * leading + 2 * air;
  }
  tr.end();
  sheet.rule(sheet.y, page.left, page.right, 0.4, ink.rule);
};

/** Says at the head of a page which item the rows below belong to. */
const continued = (sheet: Sheet, text: string): void => {
  const room = measureWidth - 2 * side;
  const [line, more] = sheet.lines.break(text, 'sans', size, room - 12);
  if (line === undefined) return;
  sheet.artifact('Pagination', () => {
    sheet.set(line, page.left + side, sheet.y + 3 + size, size, ink.quiet);
    if (more !== undefined)
      sheet.set(
        sheet.line('…', 'sans', size),
        page.left + side + line.width + 2,
        sheet.y + 3 + size,
        size,
        ink.quiet,
      );
  });
  sheet.y += leading + 6;
  sheet.rule(sheet.y, page.left, page.right, 0.4, ink.rule);
};

const putLines = (
  sheet: Sheet,
  lines: readonly Line[],
  box: Box | undefined,
  top: number,
  size: number,
  leading: number,
  right: boolean,
): void => {
  if (box === undefined) return;
  lines.forEach((line, at) => {
    const x = right ? box.x + box.width - side - line.width : box.x + side;
    sheet.set(line, x, top + size + at * leading, size);
  });
};
