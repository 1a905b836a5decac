import { html } from 'hono/html';
import { type RecordDocument, type Section, headingOf } from '../../../record/document.ts';
import { lined } from '../../parts/lined.ts';
import { nothing, table } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';

export const ROWS = 50;

const sectionTable = ({ columns, heading }: Section, rows: readonly (readonly string[])[]): Html => {
  const [first, ...rest] = columns.map(({ title, numbers }, n) => ({
    head: title,
    cell: (row: readonly string[]) => lined((row[n] ?? '').split('\n')),
    numeric: numbers === true,
  }));
  return first === undefined ? nothing : table({ caption: heading, columns: [first, ...rest], rows });
};

/** The sections with the rows that stand on one page. A section without rows stands where they would. */
const sectionsAt = (
  { sections }: RecordDocument,
  page: number,
): readonly (readonly [Section, readonly (readonly string[])[]])[] => {
  const [from, to] = [(page - 1) * ROWS, page * ROWS];
  let at = 0;
  return sections.flatMap((section) => {
    const start = at;
    at += section.rows.length;
    const rows = section.rows.slice(Math.max(0, from - start), Math.max(0, to - start));
    const here = section.rows.length === 0 ? start >= from && start < to : rows.length > 0;
    return here ? [[section, rows] as const] : [];
  });
};

const pager = (page: number, pages: number, address: string): Html =>
  pages === 1
    ? nothing
    : html`<nav class="wb-pager" aria-label="Pages of the result">
        ${page > 1 ? html`<a class="usa-link" rel="prev" href="${address}?page=${page - 1}">Previous page</a>` : nothing}
        <span>Page ${page} of ${pages}</span>
        ${page < pages ? html`<a class="usa-link" rel="next" href="${address}?page=${page + 1}">Next page</a>` : nothing}
      </nav>`;

/** A record to be read, a page of it. `above` stands between its words and its tables. */
export const documentPage = (
  document: RecordDocument,
  { query }: Visit,
  address: string,
  above: Html = nothing,
): Html => {
  const all = document.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const pages = Math.max(1, Math.ceil(all / ROWS));
  const asked = Number(/^\d{1,6}$/.exec(query.get('page') ?? '')?.[0] ?? '1');
  const page = Math.min(Math.max(1, asked), pages);
  return html`
    <p><strong>${document.office}.</strong> ${document.law}.</p>
    ${document.words.map((words) => html`<p>${words}</p>`)}
    <p>${document.notice}</p>
    ${above}
    ${sectionsAt(document, page).map(
      ([section, rows]) => html`
        <h2>${headingOf(section)}</h2>
        ${rows.length === 0 ? html`<p class="wb-none">None.</p>` : html`<div class="wb-document">${sectionTable(section, rows)}</div>`}
      `,
    )}
    ${pager(page, pages, address)}
  `;
};
