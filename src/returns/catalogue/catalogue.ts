import type { ChapterFinding } from './chapter.ts';
import { formKey, parentKey } from './form-name.ts';
import { chapterOfForm, findingOf } from './forms.ts';
import type { Form, FormIndex } from './forms.ts';
import type { Item } from './items.ts';
import { findItems, wordsOfItem } from './search.ts';
import { inYear, shelfOf } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { readYear } from './year.ts';

/** Where a chapter is asked for: a path in a return, or a form with or without a line of it. */
export type Place =
  | { readonly path: string }
  | { readonly form: string; readonly line?: string | undefined; readonly year?: number | undefined };

export interface Within {
  readonly form?: string | undefined;
  readonly year?: number | undefined;
}

export interface Catalogue {
  readonly forms: readonly Form[];
  /** Every item; asking for all of them reads all tables. */
  readonly items: () => readonly Item[];
  /** A form by any spelling: `Form 5472`, `IRS5472`, `1120 Sch M-3`. */
  readonly form: (name: string) => Form | undefined;
  /** Items of a form, of one line of it, in one schema year. A form without its schedule and no line means all of it. */
  readonly lookup: (form: string, line?: string, year?: number) => readonly Item[];
  /** The item at a path; without a year, of the latest year that has it. */
  readonly byPath: (path: string, year?: number) => Item | undefined;
  /** `undefined`: not known. A form asked for without a line answers for itself, `mixed` included. */
  readonly chapterOf: (place: Place) => ChapterFinding | undefined;
  /** Every word must begin a word of the item: `royalt` finds royalties. */
  readonly search: (words: string, within?: Within) => readonly Item[];
  /** The same catalogue and a whole schema year; throws a ProblemError `not-an-item-list`. */
  readonly addYear: (csvText: string, name: string) => Catalogue;
}

/** Gives the items of a form with all its schedules, by the form's key; empty for one it does not have. */
export type Shelves = (parent: string) => readonly Item[];

/** `Schedule K, line 3` of Form 1120 is line 3 of `1120 Schedule K`. */
const scheduleFirst = (form: string, line: string): readonly [string, string] => {
  const inLine = /^\s*((?:sch(?:edule|\.)?|section)\s*[\w-]+)[\s,:]+(.+)$/i.exec(line);
  return inLine === null ? [form, line] : [`${form} ${inLine[1]}`, inLine[2] ?? ''];
};

/** A catalogue over shelves that are read when they are first asked for; `parents` names them all, in order. */
export const catalogueOf = (index: FormIndex, parents: readonly string[], shelves: Shelves): Catalogue => {
  const read = new Map<string, Shelf>();
  const shelf = (parent: string): Shelf => {
    const there = read.get(parent) ?? shelfOf(shelves(parent));
    read.set(parent, there);
    return there;
  };
  const all = () => parents.flatMap((parent) => shelf(parent).items);
  let words: ReturnType<typeof wordsOfItem>[] | undefined;

  const documentOf = (path: string) => path.replace(/\/.*$/, '');
  const shelfOfPath = (path: string) => {
    const document = documentOf(path);
    return shelf(parentKey(formKey(index.ofDocument(document)?.form ?? document)));
  };
  const isOf = (key: string) => (item: Item) => {
    const own = formKey(item.form);
    return own === key || parentKey(own) === key;
  };

  return {
    forms: index.forms,
    items: all,
    form: (name) => index.named(name),
    lookup: (form, line, year) => {
      const [whole, rest] = line === undefined ? [form] : scheduleFirst(form, line);
      const key = formKey(whole);
      const { items, atLine } = shelf(parentKey(key));
      return (rest === undefined ? items.filter(isOf(key)) : atLine(key, rest)).filter(inYear(year));
    },
    byPath: (path, year) => shelfOfPath(path).atPath(path, year),
    chapterOf: (place) => {
      if ('path' in place) {
        const decides = shelfOfPath(place.path).decides(place.path);
        return decides === undefined
          ? chapterOfForm(index.ofDocument(documentOf(place.path)))
          : decides.chapter;
      }
      if (place.line === undefined) return findingOf(index.named(place.form));
      const [whole, line] = scheduleFirst(place.form, place.line);
      const key = formKey(whole);
      return shelf(parentKey(key)).chapterOfLine(index.named(whole), key, line, place.year);
    },
    search: (asked, { form, year } = {}) => {
      words ??= all().map(wordsOfItem);
      const ofForm = form === undefined ? () => true : isOf(formKey(form));
      return findItems(words, asked).filter((item) => ofForm(item) && inYear(year)(item));
    },
    addYear: (csvText, name) => {
      const listed = readYear(csvText, name, index, (path) => shelfOfPath(path).decides(path));
      const unwritten = listed.filter(
        ({ path, years: [year] }) => shelfOfPath(path).atPath(path, year) === undefined,
      );
      const added = Map.groupBy(unwritten, (item) => parentKey(formKey(item.form)));
      return catalogueOf(index, [...new Set([...parents, ...added.keys()])], (parent) => [
        ...shelf(parent).items,
        ...(added.get(parent) ?? []),
      ]);
    },
  };
};
