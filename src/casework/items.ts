import type { Period } from '../ground/dates.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import type { Item as ListedItem } from '../returns/catalogue/items.ts';
import type { Fault } from './read.ts';
import type { Case, Item } from './schema.ts';

/** The item's period; a date is a period of one day, (b)(3). */
export const periodOf = (item: Item): Period | undefined =>
  item.period ?? (item.date === undefined ? undefined : { from: item.date, to: item.date });

/**
 * The schema year to read an item in: that of the period's start (a return of a year beginning in 2021 is filed on 2021
 * schemas), or the nearest that the catalogue has. The newest where the item states no period.
 */
export const yearOf = (item: Item, years: readonly number[] = [2013, 2021]): number => {
  const wanted = Number(periodOf(item)?.from.slice(0, 4) ?? Math.max(...years));
  return [...years].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted;
};

const lookUpOf = (catalogue: Catalogue, item: Item): readonly ListedItem[] => {
  const year = yearOf(item);
  if (item.path !== undefined) {
    const one = catalogue.byPath(item.path, year) ?? catalogue.byPath(item.path);
    return one === undefined ? [] : [one];
  }
  return item.form === undefined || item.line === undefined
    ? []
    : catalogue.lookup(item.form, item.line, year);
};

const known = new WeakMap<Catalogue, WeakMap<Item, readonly ListedItem[]>>();

/** The catalogue's entries for an item: one, where form and line are particular enough. Looked up once for each item of a request. */
export const listed = (catalogue: Catalogue, item: Item): readonly ListedItem[] => {
  const before = known.get(catalogue) ?? new WeakMap<Item, readonly ListedItem[]>();
  known.set(catalogue, before);
  const found = before.get(item) ?? lookUpOf(catalogue, item);
  before.set(item, found);
  return found;
};

/** Paths in a return that the item stands for. */
export const pathsOf = (catalogue: Catalogue, item: Item): readonly string[] =>
  item.path === undefined ? listed(catalogue, item).map((one) => one.path) : [item.path];

/** The item for a person: “Form 1125-A, line 2 (Purchases)”. */
export const nameOf = (catalogue: Catalogue, item: Item): { form: string; line: string; caption: string } => {
  const [first] = listed(catalogue, item);
  return {
    form: item.form ?? first?.form ?? item.path?.split('/')[0] ?? 'not named',
    line: item.line ?? first?.line ?? '',
    caption:
      first?.caption ??
      (item.path === undefined ? 'not in the catalogue' : item.path.split('/').slice(1).join('/')),
  };
};

const lookUp = {
  next: 'Name the item by its path, or look up its form and line.',
  way: 'items',
} as const;

/**
 * Forms and lines that the catalogue does not know: a slip of the pen, most likely, and nothing could be taken out for
 * them. A form whose lines nobody has listed passes with any line; an item named by its path always does.
 */
export const unknownItems = (read: Case, catalogue: Catalogue): readonly Fault[] =>
  read.items.flatMap((item, n): Fault[] => {
    if (item.form === undefined || item.path !== undefined) return [];
    if (catalogue.form(item.form) === undefined)
      return [
        {
          path: ['items', n, 'form'],
          what: 'the catalogue has no such form',
          ...lookUp,
        },
      ];
    const unknown = item.line !== undefined && listed(catalogue, item).length === 0;
    return unknown && catalogue.lookup(item.form, undefined, yearOf(item)).length > 0
      ? [
          {
            path: ['items', n, 'line'],
            what: 'the form has no such line in the catalogue',
            ...lookUp,
          },
        ]
      : [];
  });
