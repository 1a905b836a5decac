import { html } from 'hono/html';
import type { Row } from '../../../casework/acts/board.ts';
import { noForm } from '../../form.ts';
import { actForm, hidden, lines } from '../../parts/fields.ts';
import { cite, nothing } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';
import type { Reviewing } from './read.ts';
import { reviewHref } from './words.ts';

const SCOPE = 'election';

/** Of an item that the IRS has elected not to disclose: the way back. Electing is done on the board, for one or many. */
export const election = (visit: Visit, { reference, board }: Reviewing, row: Row): Html => {
  const entitled = board.next.some(({ act, entitled: may }) => act === 'elect' && may);
  if (!row.elected || !entitled) return nothing;
  const typed =
    visit.form.get('about') === SCOPE
      ? { form: visit.form, problem: visit.problem, scope: SCOPE }
      : { form: noForm, scope: SCOPE };
  return html`<section class="wb-finding" aria-label="Election not to disclose">
    <h3>Election not to disclose ${cite('(a)')}</h3>
    ${actForm({
      action: `${reviewHref(reference, row.item)}/withdraw-election`,
      seal: visit.seal,
      body: html`${hidden('about', SCOPE)}
      ${lines({ name: 'act.reason', label: 'The reason', required: true, rows: 2 }, typed)}`,
      button: 'Withdraw the election',
      kind: 'outline',
    })}
  </section>`;
};
