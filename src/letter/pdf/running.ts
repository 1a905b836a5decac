import type { LetterContent } from '../block.ts';
import { ink, page, type Sheet } from './sheet.ts';

/** What stands on every page: the label above, the reference and the page number below. */
export const running = (sheet: Sheet, { label, reference, notice }: LetterContent): void => {
  const { count } = sheet.doc.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    sheet.doc.switchToPage(index);
    sheet.artifact('Pagination', () => {
      band(sheet, label);
      foot(sheet, reference, `Page ${index + 1} of ${count}`, notice);
    });
  }
};

const band = (sheet: Sheet, label: LetterContent['label']): void => {
  const [top, height, size] = [36, 19, 8.5];
  sheet.doc.rect(page.left, top, page.right - page.left, height).fill(ink.deep);
  const name = sheet.line(label.name.toUpperCase(), 'sans strong', size);
  const law = sheet.line(label.law, 'sans', size);
  sheet.set(name, page.left + 8, top + 12.6, size, 'white');
  sheet.set(law, page.right - 8 - law.width, top + 12.6, size, 'white');
};

const foot = (sheet: Sheet, reference: string, number: string, notice: string | undefined): void => {
  const [y, size] = [752, 8];
  sheet.doc.lineWidth(0.5).strokeColor(ink.rule).moveTo(page.left, 738).lineTo(page.right, 738).stroke();
  const right = sheet.line(number, 'sans', size);
  sheet.set(right, page.right - right.width, y, size, ink.quiet);
  const room = page.right - page.left - right.width - 16;
  const left = sheet.lines.break(reference, 'sans', size, room)[0];
  if (left !== undefined) sheet.set(left, page.left, y, size, ink.quiet);
  const below =
    notice === undefined ? [] : sheet.lines.break(notice, 'sans strong', size, page.right - page.left);
  if (below[0] !== undefined) sheet.set(below[0], page.left, y + 12, size, ink.quiet);
};
