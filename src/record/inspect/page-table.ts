import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

/** A browser and a reader have their limits; the commands show all. */
const MOST_ROWS = 1000;

/** A date is not broken at its hyphens. */
const dated = (line: string): readonly Html[] =>
  line
    .split(/(\d{4}-\d{2}-\d{2})/)
    .map((part, at) => (at % 2 === 1 ? html`<span class="day">${part}</span>` : html`${part}`));

const lined = (text: string): readonly Html[] =>
  text.split('\n').map((line, at) => (at === 0 ? html`${dated(line)}` : html`<br />${dated(line)}`));

/** More columns than a page is wide are moved sideways, by the keyboard too. */
const WIDE = 8;

const tableOf = (caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html` <table role="table">
      <caption>
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.slice(0, MOST_ROWS).map(
          ([first = '', ...cells]) =>
            html`<tr role="row">
              <th role="rowheader" scope="row">${lined(first)}</th>
              ${cells.map((one, at) => html`<td role="cell" data-head="${heads[at + 1] ?? ''}">${lined(one)}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
    ${rows.length > MOST_ROWS ? html`<p>${rows.length - MOST_ROWS} more rows are in the folder; the commands of the first chapter show them.</p>` : ''}`;

/** A table with its caption, the heads of its columns, and the first cell of a row as the row’s head. */
export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): Html =>
  heads.length > WIDE
    ? html`<div class="wide" role="region" tabindex="0" aria-label="${caption}">
        ${tableOf(caption, heads, rows)}
      </div>`
    : tableOf(caption, heads, rows);
