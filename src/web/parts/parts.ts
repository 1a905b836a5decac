import { html, raw } from 'hono/html';
import type { Problem, ProblemError } from '../../ground/problem.ts';
import type { Html, Visit } from '../route.ts';

/** Whoever visits, as far as the ways from here are theirs. */
export type Ways = Pick<Visit, 'wayTo'>;

export const nothing: Html = html``;

/** Where a paragraph of the section stands on this site: `(b)(3)` is at `/rule/b/3`. */
export const ruleHref = (cite: string): string | undefined => {
  const parts = [...cite.matchAll(/\(([a-z0-9]{1,4})\)/gi)].map(([, part]) => part ?? '');
  return parts.length === 0 || !cite.startsWith('(') ? undefined : `/rule/${parts.join('/')}`;
};

/** A citation, as a link to the law’s own words. */
export const cite = (of: string | undefined): Html => {
  if (of === undefined || of === '') return nothing;
  const href = ruleHref(of);
  return href === undefined
    ? html`<span class="wb-cite" data-cite="${of}">${of}</span>`
    : html`<a class="usa-link wb-cite" data-cite="${of}" href="${href}">${of}</a>`;
};

export type Tone = 'info' | 'success' | 'warning' | 'error';

export const alert = (tone: Tone, heading: string, body: Html): Html => html`
  <div class="usa-alert usa-alert--${tone}">
    <div class="usa-alert__body">
      <h2 class="usa-alert__heading">${heading}</h2>
      <div class="usa-alert__text">${body}</div>
    </div>
  </div>
`;

/** A short notice without a heading of its own. */
export const notice = (tone: Tone, body: Html): Html => html`
  <div
    class="usa-alert usa-alert--${tone} usa-alert--slim"
    ${tone === 'success' ? raw(' role="status"') : ''}
  >
    <div class="usa-alert__body"><p class="usa-alert__text">${body}</p></div>
  </div>
`;

/** What to do next, and the way there where a page of this office leads there. */
export const nextStep = ({ next, way }: Pick<Problem, 'next' | 'way'>, { wayTo }: Ways): Html => {
  const link = way === undefined ? undefined : wayTo(way);
  return html`${next}
  ${link === undefined ? nothing : html`<a class="usa-link" href="${link.to}">${link.words}</a>`}`;
};

const problemItem = (problem: Problem, fields: boolean | string, ways: Ways): Html => {
  const { what, where, cite: of } = problem;
  return html`
    <li>
      ${
        fields && where !== undefined && /^[\w.-]+$/.test(where)
          ? html`<a class="usa-link" href="#f-${typeof fields === 'string' ? `${fields}-` : ''}${where}"
              >${what}</a
            >`
          : what
      }
      ${cite(of)}<br />
      <strong>Next:</strong> ${nextStep(problem, ways)}
    </li>
  `;
};

/** What was wrong, each with its paragraph and what to do next. `fields`: the form is on the same page, under this scope if one is named. */
export const problems = (
  { problems: all }: ProblemError,
  ways: Ways,
  fields: boolean | string = false,
): Html => html`
  <div class="usa-alert usa-alert--error" role="alert" tabindex="-1" id="problems" data-focus>
    <div class="usa-alert__body">
      <h2 class="usa-alert__heading">
        ${all.length === 1 ? 'This was not done' : `This was not done: ${all.length} things to mend`}
      </h2>
      <ul class="usa-alert__text usa-list">
        ${all.map((one) => problemItem(one, fields, ways))}
      </ul>
      <p class="usa-alert__text">Nothing was changed.</p>
    </div>
  </div>
`;

export type State = 'met' | 'not met' | 'not determined' | 'not shown';

const glyphs: Readonly<Record<State, string>> = {
  met: '✓',
  'not met': '✗',
  'not determined': '?',
  'not shown': '–',
};

/** A state, by glyph and word: never by colour alone. */
export const state = (of: State, word: string = of): Html =>
  html`<span class="wb-state wb-state--${of.replaceAll(' ', '-')}"
    ><span aria-hidden="true">${glyphs[of]}</span> ${word}</span
  >`;

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Html | string;
  readonly numeric?: boolean;
}

export interface TableOf<Row> {
  readonly caption: string;
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  /** What stands there where there are no rows. */
  readonly none?: string | Html;
}

/** A table, whose first cell heads its row. On a narrow screen its rows stand as blocks. */
export const table = <Row>({ caption, columns, rows, none }: TableOf<Row>): Html => {
  if (rows.length === 0) return html`<p class="wb-none">${none ?? `${caption}: none.`}</p>`;
  const [first, ...rest] = columns;
  return html`
    <div class="wb-scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="usa-table usa-table--borderless usa-table--stacked wb-table">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row" data-label="${first.head}">${first.cell(row)}</th>
                ${rest.map(
                  ({ head, cell, numeric }) =>
                    html`<td data-label="${head}" ${numeric === true ? raw(' class="wb-numeric"') : ''}>
                      ${cell(row)}
                    </td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
};

/** Terms and what they are. */
export const terms = (pairs: readonly (readonly [string, Html | string])[]): Html => html`
  <dl class="wb-terms">
    ${pairs.map(
      ([term, what]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${what}</dd>
        </div>`,
    )}
  </dl>
`;

/** The law’s exact words. */
export const law = (words: string, of?: string): Html =>
  html`<blockquote class="wb-law">
    <p>“${words}”</p>
    ${of === undefined ? nothing : html`<footer>${cite(of)}</footer>`}
  </blockquote>`;

/** What is opened when wanted; works without script. */
export const more = (summary: string, body: Html): Html =>
  html`<details class="wb-more">
    <summary>${summary}</summary>
    ${body}
  </details>`;
