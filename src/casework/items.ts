import type { Period } from '../ground/dates.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import type { Item as ListedItem } from '../returns/catalogue/items.ts';
import type { Item } from './schema.ts';

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

/** The catalogue's entries for an item: one, where form and line are particular enough. */
export const listed = (catalogue: Catalogue, item: Item): readonly ListedItem[] => {
  const year = yearOf(item);
  if (item.path !== undefined) {
    const one = catalogue.byPath(item.path, year) ?? catalogue.byPath(item.path);
    return one === undefined ? [] : [one];
  }
  return item.form === undefined || item.line === undefined
    ? []
    : catalogue.lookup(item.form, item.line, year);
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
