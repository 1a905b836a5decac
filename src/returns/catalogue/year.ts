import { z } from 'zod';
import { chapterOfForm } from './forms.ts';
import type { FormIndex } from './forms.ts';
import type { Item } from './items.ts';
import { readTable } from './table.ts';

const listedRow = z
  .object({
    schema_year: z.string().regex(/^(?:19|20)\d\d$/, 'write a year of four digits'),
    document: z.string().regex(/^\w+$/, 'write the name of a MeF document: IRS5472'),
    line: z.string(),
    caption: z.string(),
    // Some lists that scripts made hold `//` where a variable was empty; it means one step.
    xpath: z
      .string()
      .transform((text) => text.replaceAll('//', '/'))
      .pipe(
        z.string().regex(/^\w+(?:\/\w+)*\/@?\w+$/, 'write document and elements: IRS5472/RoyaltiesPaidAmt'),
      ),
    kind: z.string(),
  })
  .refine(({ document, xpath }) => xpath.startsWith(`${document}/`), {
    path: ['xpath'],
    message: 'the path does not begin with the document of its line',
  });

/**
 * The items of a whole schema year, from a CSV with the columns `schema_year, document, line, caption, xpath, kind`.
 * What is written by hand wins: `known` answers for a path that the catalogue has in any year, because MeF keeps an
 * element's name for the same datum. Otherwise the chapter is the form's, and unknown where the form mixes chapters.
 */
export const readYear = (
  text: string,
  name: string,
  forms: FormIndex,
  known: (path: string) => Item | undefined,
): readonly Item[] => {
  const listed = new Map<string, Item>();
  for (const row of readTable(text, name, listedRow)) {
    const form = forms.ofDocument(row.document);
    const same = known(row.xpath);
    const key = `${row.schema_year} ${row.xpath}`;
    if (listed.has(key)) continue;
    listed.set(key, {
      form: same?.form ?? form?.form ?? row.document,
      document: row.document,
      line: row.line,
      caption: row.caption,
      path: row.xpath,
      years: [Number(row.schema_year)],
      chapter: same === undefined ? chapterOfForm(form) : same.chapter,
      bearsOn: same?.bearsOn ?? [],
      also: same?.also ?? '',
      verified: true,
      curated: false,
    });
  }
  return [...listed.values()];
};
