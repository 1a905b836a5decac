import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import type { ItemLabel } from '../../returns/extract/record.ts';
import type { Row } from '../../returns/extract/row.ts';

/** Form and line as the catalogue knows them, for the schema year of the return. */
export const labels = (catalogue: Catalogue): ((row: Row) => ItemLabel) => {
  const known = new Map<string, ItemLabel>();
  return (row) => {
    const year = Number((row.header.schemaVersion ?? '').slice(0, 4));
    const key = `${row.path} ${year}`;
    const label = known.get(key);
    if (label !== undefined) return label;
    const item = catalogue.byPath(row.path, year) ?? catalogue.byPath(row.path);
    const made: ItemLabel =
      item === undefined ? {} : { form: item.form, line: item.line === '' ? null : item.line };
    known.set(key, made);
    return made;
  };
};
