import type { Catalogue, Within } from './catalogue.ts';
import { formKey, lineMeans } from './form-name.ts';
import type { Item } from './items.ts';
import { inYear } from './shelf.ts';

export interface Matching extends Within {
  /** The most items to give; all where left out. */
  readonly limit?: number | undefined;
}

export interface Matches {
  readonly items: readonly Item[];
  /** How many there are, those over the limit included. */
  readonly total: number;
}

/** What people write before a number, and no item is found by. */
const NOISE = /^(?:form|forms|line|lines|box)$/i;

/** 2 where the words begin with the item's form, and 1 more where a word after it is the item's line. */
const closeness = (words: readonly string[], item: Item): number => {
  const own = formKey(item.form);
  const form = words.findIndex((_, n) => formKey(words.slice(0, n + 1).join(' ')) === own);
  const line = words.some((word, n) => n > form && item.line !== '' && lineMeans(word, item.line));
  return (form < 0 ? 0 : 2) + (line ? 1 : 0);
};

/**
 * Items by form number, line and words, in any mixture: `1125-A 2`, `form 5472 line 14`, `royalt`. Every word must begin
 * some word of the item. First comes the line of the form named, then the form, then the order of `Catalogue.search`.
 * Without words: all items of the form and year.
 */
export const itemsMatching = (
  catalogue: Catalogue,
  asked: string,
  { form, year, limit = Infinity }: Matching = {},
): Matches => {
  const words = asked.split(/[\s,:]+/).filter((word) => word !== '' && !NOISE.test(word));
  const found =
    words.length > 0
      ? catalogue
          .search(words.join(' '), { form, year })
          .map((item) => ({ item, close: closeness(words, item) }))
          .sort((a, b) => b.close - a.close)
          .map(({ item }) => item)
      : form !== undefined
        ? catalogue.lookup(form, undefined, year)
        : catalogue.items().filter(inYear(year));
  return { items: found.slice(0, limit), total: found.length };
};
