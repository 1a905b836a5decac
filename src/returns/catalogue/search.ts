import type { Item } from './items.ts';

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words one item is found by, those of its caption apart. */
interface Words {
  readonly item: Item;
  readonly caption: readonly string[];
  readonly others: readonly string[];
}

export const wordsOfItem = (item: Item): Words => ({
  item,
  caption: wordsOf(item.caption),
  others: wordsOf(`${item.form} ${item.document} ${item.line} ${item.also} ${item.bearsOn.join(' ')}`),
});

const begins = (words: readonly string[], start: string): boolean =>
  words.some((word) => word.startsWith(start));

/**
 * Items in which every word asked for begins some word of the item. Those with more of the words in their caption come
 * first, then those written by hand, then in the order of the catalogue.
 */
export const findItems = (words: readonly Words[], asked: string): readonly Item[] => {
  const starts = wordsOf(asked);
  if (starts.length === 0) return [];
  return words
    .filter(({ caption, others }) => starts.every((start) => begins(caption, start) || begins(others, start)))
    .map(({ item, caption }) => ({
      item,
      inCaption: starts.filter((start) => begins(caption, start)).length,
    }))
    .sort((a, b) => b.inCaption - a.inCaption || Number(b.item.curated) - Number(a.item.curated))
    .map(({ item }) => item);
};
