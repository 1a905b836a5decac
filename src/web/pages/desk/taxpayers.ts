import { html } from 'hono/html';
import { ProblemError } from '../../../ground/problem.ts';
import type { RecordRow } from '../../../record/record.ts';
import type { Result } from '../../jobs.ts';
import { actForm, hidden, select } from '../../parts/fields.ts';
import { nothing } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';
import { ownerOf } from '../jobs.ts';

/** A taxpayer as a record shows it, and what names it in this office, which may be a TIN and stays here. */
export interface Taxpayer {
  readonly account: string;
  readonly words: string;
}

/** In the order in which they come. */
export const taxpayersOf = (rows: readonly RecordRow[]): readonly Taxpayer[] => {
  const found = new Map<string, string>();
  for (const row of rows)
    for (const { account, taxpayer, taxpayerName } of row.items)
      if (account !== '' && !found.has(account))
        found.set(account, [taxpayer, taxpayerName].filter((one) => one !== '').join(', '));
  return [...found].map(([account, words]) => ({ account, words }));
};

/** Which taxpayers a result offered: the browser sends a number of the list, and never what names one. */
const offered = new WeakMap<Result, readonly Taxpayer[]>();

/** From a record to all that is recorded of one taxpayer in it. */
export const taxpayerForm = (visit: Visit, result: Result, taxpayers: readonly Taxpayer[]): Html => {
  if (taxpayers.length === 0) return nothing;
  offered.set(result, taxpayers);
  return actForm({
    action: '/desk/record/taxpayer',
    seal: visit.seal,
    button: 'Read all of this taxpayer',
    kind: 'outline',
    body: html`
      ${hidden('act.result', visit.params['job'] ?? '')}
      ${select(
        {
          name: 'act.taxpayer',
          label: 'One taxpayer of these',
          required: true,
          choices: taxpayers.map(({ words }, n) => ({ value: String(n), label: words })),
        },
        visit,
      )}
    `,
  });
};

/** What names the taxpayer that was chosen. Throws a ProblemError where none was, or the result has gone. */
export const chosenTaxpayer = (visit: Visit): string => {
  const { form, jobs } = visit;
  const result = jobs.of(ownerOf(visit), form.get('act.result') ?? '')?.result;
  const found = (result === undefined ? undefined : offered.get(result))?.[Number(form.get('act.taxpayer'))];
  if (found !== undefined && form.get('act.taxpayer') !== undefined) return found.account;
  throw new ProblemError({
    kind: 'usage',
    what: 'No taxpayer was chosen, or the record that offered it is no longer there.',
    next: 'Read the record of the case again, and choose a taxpayer in it.',
  });
};
