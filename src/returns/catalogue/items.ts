import { z } from 'zod';
import { standingOf } from './chapter.ts';
import type { ChapterFinding } from './chapter.ts';
import { chapterCell, chapterOfForm, flagCell, list } from './forms.ts';
import type { FormIndex } from './forms.ts';
import { readTable } from './table.ts';

/** What paragraph (c) lets Customs ask about; `relationship` shows that two taxpayers are related. */
export const bearings = ['value', 'classification', 'rate', 'relationship'] as const;
export type Bearing = (typeof bearings)[number];

/** A particular item: one line of one form, as it stands in the schemas of some years. */
export interface Item {
  /** As people say it, with its schedule: `5472`, `1120 Schedule K`. */
  readonly form: string;
  readonly document: string;
  /** As printed in those years: `23`, `Part III, 8`, `16(d)`. Empty where nobody has recorded it. */
  readonly line: string;
  /** In our words; in a year that was added from a list, the list's words. */
  readonly caption: string;
  /** Document and elements, relative to `ReturnData`. */
  readonly path: string;
  /** Years of the MeF schemas in which line and path are these. */
  readonly years: readonly number[];
  /** `undefined` where the form mixes chapters and nobody has decided this line: never a guess. */
  readonly chapter: ChapterFinding | undefined;
  /** Empty where it bears on none of what paragraph (c) names. */
  readonly bearsOn: readonly Bearing[];
  /** Further words to find it by. */
  readonly also: string;
  /** Whether the path was seen in IRS's own schema material of that year. */
  readonly verified: boolean;
  /** Written by hand for this catalogue, not taken over from a list. */
  readonly curated: boolean;
}

const path = z
  .string()
  .regex(/^(?:IRS\w+(?:\/\w+)*\/@?\w+)?$/, 'write document and elements: IRS5472/RoyaltiesPaidAmt');

const itemRow = z
  .object({
    form: z.string().min(1),
    line_2013: z.string(),
    line_2021: z.string(),
    caption: z.string().min(1),
    bears_on: list(z.enum(bearings)),
    path_2013: path,
    path_2021: z.union([z.literal('='), path]),
    chapters: chapterCell,
    source: z.string(),
    flags: flagCell,
    note: z.string(),
    also: z.string(),
    seen_in: z.enum(['', 'stylesheet', 'nowhere']),
  })
  .refine(({ chapters, source }) => chapters.length === 0 || source !== '', {
    path: ['source'],
    message: 'name the section behind the chapter',
  });
type ItemRow = z.infer<typeof itemRow>;

/** A row that names no chapter has its form's; a form's note is repeated where it warns. */
const chapterIn = (row: ItemRow, forms: FormIndex): ChapterFinding | undefined => {
  const form = forms.named(row.form);
  const ofForm = chapterOfForm(form);
  const flags = [...new Set([...(form?.flags ?? []), ...row.flags])];
  if (row.chapters.length > 0)
    return {
      standing: standingOf(row.chapters),
      chapters: row.chapters,
      source: row.source,
      note: row.note,
      flags,
    };
  if (ofForm === undefined) return undefined;
  const warning = ofForm.standing !== 'in' || ofForm.flags.length > 0 ? ofForm.note : '';
  return { ...ofForm, source: row.source || ofForm.source, note: row.note || warning, flags };
};

const itemsOf = (row: ItemRow, forms: FormIndex): readonly Item[] => {
  const shared = {
    form: row.form,
    caption: row.caption,
    chapter: chapterIn(row, forms),
    bearsOn: row.bears_on,
    also: row.also,
    verified: row.seen_in !== 'nowhere',
    curated: true,
  };
  const at = (years: readonly number[], line: string, itemPath: string): Item[] =>
    itemPath === ''
      ? []
      : [{ ...shared, document: itemPath.replace(/\/.*$/, ''), line, path: itemPath, years }];
  const path2021 = row.path_2021 === '=' ? row.path_2013 : row.path_2021;
  if (row.path_2013 === path2021 && row.line_2013 === row.line_2021)
    return at([2013, 2021], row.line_2013, row.path_2013);
  return [...at([2013], row.line_2013, row.path_2013), ...at([2021], row.line_2021, path2021)];
};

/** The particular items of one hand-written table; one item a row, or two where line or path changed between the years. */
export const readItems = (text: string, name: string, forms: FormIndex): readonly Item[] =>
  readTable(text, name, itemRow).flatMap((row) => itemsOf(row, forms));
