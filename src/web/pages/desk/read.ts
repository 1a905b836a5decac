import { dayAt, readDay } from '../../../ground/dates.ts';
import type { Day } from '../../../ground/dates.ts';
import { ProblemError } from '../../../ground/problem.ts';
import type { Need } from '../../../office/door.ts';
import type { RecordDocument } from '../../../record/document.ts';
import { recordPdf } from '../../../record/pdf.ts';
import type { ResultFile } from '../../jobs.ts';
import type { Form } from '../../form.ts';
import type { Page } from '../../route.ts';

/** Who reads the record: whoever inspects it, and those who answer for what leaves the office. It names taxpayers. */
export const readers: Need = ['inspects', 'counsel', 'approves', 'sends'];

export const DESK = 'Inspector’s desk';
export const deskTrail: NonNullable<Page['trail']> = [['/desk', DESK]];

export const wrong = (where: string, what: string, next: string): ProblemError =>
  new ProblemError({ kind: 'usage', what, where, next });

export const dayIn = (form: Form, field: string): Day | undefined => {
  const typed = form.get(`act.${field}`);
  if (typed === undefined) return undefined;
  const day = readDay(typed);
  if (day === undefined)
    throw wrong(
      field,
      'The day does not exist.',
      'Write a date of the calendar as YYYY-MM-DD, such as 2026-03-16.',
    );
  return day;
};

export const numberIn = (
  form: Form,
  field: string,
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  const typed = form.get(`act.${field}`) ?? '';
  const number = /^\d{1,6}$/.test(typed) ? Number(typed) : NaN;
  if (number >= from && number <= to) return number;
  throw wrong(field, 'This is no such number.', `Write a number from ${from} to ${to}.`);
};

/** The document as a tagged PDF, under a name that says nothing of what is in it. */
export const pdfFile = (
  name: string,
  document: RecordDocument,
  at: number,
): Readonly<Record<string, ResultFile>> => ({
  [`${name}.pdf`]: {
    type: 'application/pdf',
    bytes: () => recordPdf(document, { date: dayAt(at) }),
  },
});
