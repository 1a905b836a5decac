import { html } from 'hono/html';
import type { NextAct, Row } from '../../../casework/acts/board.ts';
import { actForm, choose, lines } from '../../parts/fields.ts';
import { cite, law, nextStep, nothing, notice } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';
import type { Reviewing } from './read.ts';
import { reviewHref } from './words.ts';

type Find = (act: NextAct['act']) => NextAct | undefined;

const reason = (visit: Visit, hint: string): Html =>
  lines({ name: 'act.reason', label: 'The reason', hint, required: true, rows: 2 }, visit);

const inTheWay = ({ inTheWay: all }: NextAct, visit: Visit): Html =>
  notice(
    'info',
    html`Not yet:
    ${all.slice(0, 3).map((one) => html`${one.what} ${cite(one.cite)} ${nextStep(one, visit)} `)}${all.length > 3 ? `And ${all.length - 3} more, listed above.` : ''}`,
  );

/** More boxes than these nobody looks through: then it is for all, or from an item's own page. */
const MOST_CHOICES = 50;

const whichItems = (visit: Visit, rows: readonly Row[]): Html =>
  rows.length > MOST_CHOICES
    ? html`<p>This is for all ${rows.length} items. For one of them, open it on the board.</p>`
    : choose(
        {
          name: 'act.items[]',
          label: 'Which items',
          hint: 'None chosen is all of them.',
          choices: rows.map(({ item, form, line }) => ({
            value: item,
            label: item,
            hint: `Form ${form}${line === '' ? '' : `, line ${line}`}`,
          })),
        },
        visit,
      );

interface Offered {
  readonly heading: string;
  readonly words: Html;
  readonly form: Html;
}

const offer = (visit: Visit, next: NextAct | undefined, { heading, words, form }: Offered): Html =>
  next === undefined
    ? nothing
    : html`<section>
        <h3>${heading}</h3>
        ${words} ${next.ready ? form : inTheWay(next, visit)}
      </section>`;

/** What is done with all of the request, under this title: each with what stands in its way. */
export const acts = (visit: Visit, { reference, board }: Reviewing, find: Find): Html => {
  const { seal } = visit;
  const base = reviewHref(reference);
  const expect = board.version;
  return html`
    <h2>With all of the request</h2>
    ${offer(visit, find('return for cure'), {
      heading: 'Return what is incomplete',
      words: html`<p>
        What fails on the request’s own words goes back with its reason, so that Customs can cure it.
      </p>`,
      form: actForm({
        action: `${base}/return`,
        seal,
        expect,
        body: nothing,
        button: 'Set aside what is incomplete',
        kind: 'outline',
      }),
    })}
    ${offer(visit, find('elect'), {
      heading: 'Elect not to disclose',
      words: html`${law('may be disclosed', '(a)')}
        <p>The law says “may”. An election is answered as every other item that is not disclosed.</p>`,
      form: actForm({
        action: `${base}/elect`,
        seal,
        body: html`${whichItems(visit, board.rows)}
        ${reason(visit, 'For the IRS’s own record. It does not leave.')}`,
        button: 'Elect not to disclose',
        kind: 'outline',
      }),
    })}
    ${offer(visit, board.approved === undefined ? find('approve') : undefined, {
      heading: 'Approve',
      words: html`<p>The determinations as they stand on this page. Another person releases.</p>`,
      form: actForm({
        action: `${base}/approve`,
        seal,
        expect,
        body: nothing,
        button: 'Approve the determinations',
      }),
    })}
    ${offer(visit, board.approved === undefined ? undefined : find('withdraw approval'), {
      heading: 'Withdraw the approval',
      words:
        board.approved === undefined
          ? nothing
          : html`<p>
              Approved by ${board.approved.by.name}, ${board.approved.by.title}, on ${board.approved.on}.
            </p>`,
      form: actForm({
        action: `${base}/withdraw-approval`,
        seal,
        expect,
        body: reason(visit, 'Why it does not stand.'),
        button: 'Withdraw the approval',
        kind: 'danger',
      }),
    })}
    ${offer(visit, find('release'), {
      heading: 'Release',
      words: html`<p>
        Everything is decided anew, under the law in force today. Exactly the items permitted are taken out of
        the returns and sent to Customs, with the letter. It cannot be taken back, only recalled.
      </p>`,
      form: actForm({
        action: `${base}/release`,
        seal,
        expect,
        body: nothing,
        button: 'Release the answer to Customs',
      }),
    })}
  `;
};
