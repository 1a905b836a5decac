import { html } from 'hono/html';
import type { Board, BoardFinding, Gate, Row } from '../../../casework/acts/board.ts';
import { cite, law, nothing, problems, state, terms } from '../../parts/parts.ts';
import type { Handler, Html } from '../../route.ts';
import { election } from './election.ts';
import { findings, sentScope } from './findings.ts';
import { locating } from './locating.ts';
import { reviewing, rowAt } from './read.ts';
import { answerWords, outcomeWords, reviewHref, verdictState } from './words.ts';

const foundBy = ({ by, on, reason }: BoardFinding): Html =>
  html`${by.name}, ${by.title}, on ${on}: ${reason}`;

const factsOf = ({ facts }: Gate): Html => html`
  <dl class="wb-terms">
    ${facts.map(
      ({ question, answer, because, found }) =>
        html`<div>
          <dt>${question}</dt>
          <dd>
            ${answer}${found === undefined ? (because === '' ? nothing : html`<br />${because}`) : html`<br />${foundBy(found)}`}
          </dd>
        </div>`,
    )}
  </dl>
`;

/** The rule’s words beside the facts that meet it or do not. */
const gateOf = (gate: Gate): Html => html`
  <section class="wb-gate">
    <h3>${gate.title} ${cite(gate.cite)}</h3>
    <p>${state(gate.state)}</p>
    <div class="wb-gate__sides">
      <div>
        ${gate.rules.map(
          ({ law: words, cite: of, state: met, reading, cure }) => html`
            ${law(words, of)} ${gate.rules.length === 1 ? nothing : html`<p>${state(met)}</p>`}
            ${reading === undefined ? nothing : html`<p><strong>Our reading:</strong> ${reading}</p>`}
            ${met === 'not met' ? html`<p><strong>Next:</strong> ${cure}</p>` : nothing}
          `,
        )}
      </div>
      <div>
        ${gate.state === 'not shown' ? html`<p>The facts of this paragraph are not shown under your title.</p>` : factsOf(gate)}
        ${gate.ask.map(({ question, ask }) => html`<p><strong>To be asked:</strong> ${question} Ask ${ask}.</p>`)}
      </div>
    </div>
  </section>
`;

const about = (row: Row): Html =>
  terms([
    ['Item', `Form ${row.form}${row.line === '' ? '' : `, line ${row.line}`}: ${row.caption}`],
    ['Taxpayer', row.taxpayer?.name ?? 'none named'],
    ['Period', row.period === undefined ? 'none named' : `${row.period.from} to ${row.period.to}`],
    [
      'Purpose',
      html`${row.asked.purposes.join('; ')}${row.asked.purpose === undefined ? nothing : html`<br />“${row.asked.purpose}”`}`,
    ],
    ['How it is necessary', row.asked.necessity === undefined ? 'not said' : `“${row.asked.necessity}”`],
    ['Record', row.record],
    [
      'As things stand',
      html`${state(verdictState[row.verdict], row.verdict)}, ${outcomeWords[row.outcome] ?? row.outcome}`,
    ],
  ]);

const standing = ({ findings: all }: Row): Html =>
  all.length === 0
    ? html`<p class="wb-none">No finding stands that your title is shown.</p>`
    : html`<ul class="usa-list">
        ${all.map((one) => html`<li><strong>${one.finds}: ${answerWords(one.answer)}.</strong> ${foundBy(one)}</li>`)}
      </ul>`;

const neighbours = ({ rows }: Board, reference: string, item: string): Html => {
  const at = rows.findIndex((row) => row.item === item);
  const link = (row: Row | undefined, words: string) =>
    row === undefined
      ? nothing
      : html`<a class="usa-link" href="${reviewHref(reference, row.item)}">${words}: ${row.item}</a>`;
  return html`<nav class="wb-neighbours" aria-label="Items">
    ${link(rows[at - 1], 'Item before')} ${link(rows[at + 1], 'Next item')}
  </nav>`;
};

/** One item of a request: what was asked, what has been found, the nine gates, and the findings that are the visitor’s to sign. */
export const itemPage: Handler = async (visit) => {
  const seen = await reviewing(visit);
  const { reference, board, open } = seen;
  const row = rowAt(seen, visit.params['item']);
  return {
    title: `${row.item} in ${reference}`,
    trail: [
      ['/', 'Inbox'],
      [`/cases/${encodeURIComponent(reference)}`, reference],
      [reviewHref(reference), 'Review'],
    ],
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, sentScope(visit))}
      ${neighbours(board, reference, row.item)} ${about(row)}
      <h2>Findings</h2>
      ${standing(row)}
      ${open ? html`${await locating(visit, seen, row)} ${findings(visit, seen, row)} ${election(visit, seen, row)}` : nothing}
      <p>
        <a class="usa-link" href="/cases/${encodeURIComponent(reference)}/questions"
          >Questions that are yours to answer</a
        >
      </p>
      <h2>The nine gates</h2>
      ${row.gates.map(gateOf)}
    `,
  };
};
