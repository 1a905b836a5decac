import { html, raw } from 'hono/html';
import { caseLines } from '../../office/lines.ts';
import { type Queue, queueFor } from '../../office/queue.ts';
import { caseTable, countsLine } from '../parts/cases.ts';
import { nothing } from '../parts/parts.ts';
import { type Handler, type Html, type Route, everywhere } from '../route.ts';
import { lettersLink } from './letters.ts';

const address = (search: string, page: number): string => {
  const query = new URLSearchParams({ ...(search === '' ? {} : { q: search }), page: String(page) });
  return `/cases?${query.toString()}`;
};

const pager = ({ page, pages }: Queue, search: string): Html =>
  pages === 1
    ? nothing
    : html`<nav class="wb-pager" aria-label="Pages of the list">
        ${page > 1 ? html`<a class="usa-link" rel="prev" href="${address(search, page - 1)}">Previous page</a>` : nothing}
        <span>Page ${page} of ${pages}</span>
        ${page < pages ? html`<a class="usa-link" rel="next" href="${address(search, page + 1)}">Next page</a>` : nothing}
      </nav>`;

const searchForm = (search: string): Html => html`
  <form class="wb-search" method="get" action="/cases" role="search">
    <label class="usa-label" for="q">Search by reference or title</label>
    <input
      class="usa-input"
      id="q"
      name="q"
      type="search"
      value="${search}"
      maxlength="200"
      ${raw(' autocomplete="off"')}
    />
    <button class="usa-button" type="submit">Search</button>
  </form>
`;

const cases: Handler = async (visit) => {
  const { node, actor, query } = visit;
  const search = (query.get('q') ?? '').trim().slice(0, 200);
  const page = Number(/^\d{1,6}$/.exec(query.get('page') ?? '')?.[0] ?? '1');
  const queue = queueFor(await caseLines(node), actor ?? { duties: [] }, { search, page });
  return {
    title: 'Cases',
    main: html`
      ${searchForm(search)}
      <p role="status">${search === '' ? `${queue.found} cases.` : `${queue.found} found.`}</p>
      ${countsLine(queue)}
      ${caseTable(queue.rows, search === '' ? 'This office has no case yet.' : 'No case has all of these words.')}
      ${pager(queue, search)} ${lettersLink(visit, search)}
    `,
  };
};

export const casesRoutes: readonly Route[] = [
  { method: 'GET', path: '/cases', offices: everywhere, need: 'a title', cite: '(b)(4)', handle: cases },
];
