import { readFileSync } from 'node:fs';
import { ProblemError } from '../../ground/problem.ts';
import { catalogueOf } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { formKey, parentKey } from './form-name.ts';
import { indexForms, readForms } from './forms.ts';
import type { Item } from './items.ts';
import { readItems } from './items.ts';

const beside = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

const open = (): Catalogue => {
  const index = indexForms(readForms(beside('forms.csv'), 'forms.csv'));
  const tables = new Map<string, ReadonlyMap<string, readonly Item[]>>();

  const readByParent = (table: string) => {
    const name = `items/${table}.csv`;
    const items = readItems(beside(name), name, index);
    return Map.groupBy(items, (item) => parentKey(formKey(item.form)));
  };
  // A decision touches a form or two: only their tables are read, so that the command line answers at once.
  const itemsOf = (parent: string, table: string): readonly Item[] => {
    const byParent = tables.get(table) ?? readByParent(table);
    tables.set(table, byParent);
    return byParent.get(parent) ?? [];
  };

  const tablesOf = Map.groupBy(index.forms, ({ form }) => parentKey(formKey(form)));
  return catalogueOf(index, [...tablesOf.keys()], (parent) => {
    const names = new Set(
      (tablesOf.get(parent) ?? []).map(({ table }) => table).filter((name) => name !== ''),
    );
    return [...names].flatMap((name) => itemsOf(parent, name));
  });
};

let opened: Catalogue | undefined;

/** The catalogue written by hand, of schema years 2013 and 2021; its tables lie beside this file. */
export const openCatalogue = (): Catalogue => (opened ??= open());

/**
 * A catalogue and the schema year of a CSV file. Throws a ProblemError: `file-unreadable`, or `not-an-item-list` with file
 * and line.
 */
export const loadYear = (catalogue: Catalogue, file: string): Catalogue => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProblemError({
      kind: 'file-unreadable',
      what: 'The list of items cannot be read.',
      where: file,
      next: 'Give a CSV file with the columns schema_year, document, line, caption, xpath, kind.',
    });
  }
  return catalogue.addYear(text, file);
};
