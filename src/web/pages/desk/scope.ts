import { html } from 'hono/html';
import type { Scope } from '../../../record/record.ts';
import type { Form } from '../../form.ts';
import { line } from '../../parts/fields.ts';
import type { Html, Visit } from '../../route.ts';
import { dayIn, wrong } from './read.ts';

type Limits = Pick<Scope, 'case' | 'from' | 'to'>;

/** First and last day, both included. */
export const daysIn = (form: Form): Omit<Limits, 'case'> => {
  const [from, to] = [dayIn(form, 'from'), dayIn(form, 'to')];
  if (from !== undefined && to !== undefined && to < from)
    throw wrong('to', 'The last day is before the first.', 'Write the earlier day first.');
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
};

/** A case, a span of days, or both; where nothing was typed, the whole record. */
export const scopeIn = (form: Form): Limits => {
  const reference = form.get('act.case');
  return { ...(reference === undefined ? {} : { case: reference }), ...daysIn(form) };
};

export const dayFields = (visit: Visit): Html => html`
  ${line({ name: 'act.from', label: 'First day', type: 'date', hint: 'Such as 2026-03-16.' }, visit)}
  ${line({ name: 'act.to', label: 'Last day', type: 'date', hint: 'Such as 2026-03-31.' }, visit)}
`;

export const scopeFields = (visit: Visit): Html => html`
  ${line({ name: 'act.case', label: 'Case', hint: 'The request’s reference; without it, all cases.' }, visit)}
  ${dayFields(visit)}
`;
