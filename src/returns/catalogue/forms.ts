import { z } from 'zod';
import { flags as flagNames, standingOf, standings } from './chapter.ts';
import type { ChapterFinding } from './chapter.ts';
import { formKey } from './form-name.ts';
import { readTable } from './table.ts';

/** A form of the IRS, or a file that is none (`APA file`), and the Code chapters whose tax it concerns. */
export interface Form extends ChapterFinding {
  /** As people say it: `5472`, `1120 Schedule M-3`. */
  readonly form: string;
  readonly title: string;
  /** Name of the table that holds its items; empty where it has none. */
  readonly table: string;
  /** Names of its MeF documents: `IRS5472`. Empty where it is not filed as XML. */
  readonly documents: readonly string[];
  /** Schedules and sections that are printed inside this form and filed in its document. */
  readonly inside: readonly string[];
  readonly aliases: readonly string[];
}

/** A cell that holds a list: parts divided by `;`. */
export const list = <Part extends z.ZodType<unknown, string>>(part: Part) =>
  z
    .string()
    .transform((text) => (text === '' ? [] : text.split(';')))
    .pipe(z.array(part));

export const chapterCell = list(z.string().regex(/^\d{1,2}A?$/, 'write a chapter of the Code: 1, 2A, 24'));
export const flagCell = list(z.enum(flagNames));

const formRow = z
  .object({
    form: z.string().min(1),
    title: z.string().min(1),
    table: z.string().regex(/^[\w-]*$/),
    documents: list(z.string().regex(/^IRS\w+$/)),
    inside: list(z.string()),
    chapters: chapterCell,
    standing: z.enum(standings),
    source: z.string().min(1, 'name the section behind the chapter'),
    flags: flagCell,
    aliases: list(z.string()),
    note: z.string(),
  })
  .refine(
    ({ standing, chapters }) =>
      standing === 'public' || standing === 'excluded' || standing === standingOf(chapters),
    { path: ['standing'], message: 'the chapters say otherwise' },
  );

export const readForms = (text: string, name: string): readonly Form[] => readTable(text, name, formRow);

/** What the table says of a form as a whole, `mixed` included. */
export const findingOf = (form: Form | undefined): ChapterFinding | undefined => {
  if (form === undefined) return undefined;
  const { standing, chapters, source, note, flags } = form;
  return { standing, chapters, source, note, flags };
};

/** The chapter that every line of a form has; `undefined` where it mixes chapters, because then only its lines have one. */
export const chapterOfForm = (form: Form | undefined): ChapterFinding | undefined =>
  form?.standing === 'mixed' ? undefined : findingOf(form);

/** Finds a form by any of its spellings, or by the name of a MeF document. */
export interface FormIndex {
  readonly forms: readonly Form[];
  readonly named: (name: string) => Form | undefined;
  readonly ofDocument: (document: string) => Form | undefined;
}

export const indexForms = (forms: readonly Form[]): FormIndex => {
  const byKey = new Map<string, Form>();
  const byDocument = new Map<string, Form>();
  for (const form of forms) {
    const printedInside = form.inside.map((part) => `${form.form} ${part}`);
    for (const name of [form.form, ...form.aliases, ...printedInside]) byKey.set(formKey(name), form);
    for (const document of form.documents) byDocument.set(document, form);
  }
  return {
    forms,
    named: (name) => byKey.get(formKey(name)),
    ofDocument: (document) => byDocument.get(document),
  };
};
