import { onlyFinding } from './chapter.ts';
import type { ChapterFinding } from './chapter.ts';
import { formKey, lineMeans } from './form-name.ts';
import { chapterOfForm } from './forms.ts';
import type { Form } from './forms.ts';
import type { Item } from './items.ts';

/**
 * Paths for the purpose of chapters. Between schema years the IRS has changed the case of an element (`EsPenaltyAmt`,
 * `ESPenaltyAmt`); an exception that a change of case could shed would let a penalty out as chapter 1. An attribute says
 * something of its element and stands where it stands.
 */
const chapterPath = (path: string): string => path.replace(/\/@.*$/, '').toLowerCase();

export const inYear =
  (year: number | undefined) =>
  (item: Item): boolean =>
    year === undefined || item.years.includes(year);

/** The items of one form with its schedules, such as everything of the 1120, to be found by line or by path. */
export interface Shelf {
  readonly items: readonly Item[];
  readonly atLine: (key: string, line: string) => readonly Item[];
  readonly atPath: (path: string, year?: number) => Item | undefined;
  /** The item that decides the chapter of a path, in whatever year it was written down. */
  readonly decides: (path: string) => Item | undefined;
  readonly chapterOfLine: (
    form: Form | undefined,
    key: string,
    line: string,
    year: number | undefined,
  ) => ChapterFinding | undefined;
}

export const shelfOf = (items: readonly Item[]): Shelf => {
  const byKey = Map.groupBy(items, (item) => formKey(item.form));
  const byPath = Map.groupBy(items, (item) => item.path);
  const byChapterPath = Map.groupBy(items, (item) => chapterPath(item.path));

  const atLine = (key: string, line: string) =>
    (byKey.get(key) ?? []).filter((item) => lineMeans(line, item.line));

  return {
    items,
    atLine,
    atPath: (path, year) =>
      byPath
        .get(path)
        ?.filter(inYear(year))
        .toSorted((a, b) => Math.max(...b.years) - Math.max(...a.years))[0],
    decides: (path) => byChapterPath.get(chapterPath(path))?.[0],

    // Line numbers move between years: line 23 of the 1040 is educator expenses in 2013 and other taxes in 2021. In a year
    // that we have, its lines answer, or the form where it does not mix. In no year or another, a line is answered only if
    // every year that we have agrees.
    chapterOfLine: (form, key, line, year) => {
      const ofForm = chapterOfForm(form);
      const years = new Set((byKey.get(key) ?? []).flatMap((item) => item.years));
      const meant = atLine(key, line);
      const inOne = (one: number) => {
        const found = meant.filter(inYear(one)).map(({ chapter }) => chapter);
        return found.length === 0 ? ofForm : onlyFinding(found);
      };
      if (year !== undefined && years.has(year)) return inOne(year);
      if (form?.standing === 'mixed' && year !== undefined) return undefined;
      return years.size === 0 ? ofForm : onlyFinding([...years].map(inOne));
    },
  };
};
