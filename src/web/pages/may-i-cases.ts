import { html } from 'hono/html';
import { caseLines } from '../../office/lines.ts';
import { line } from '../parts/fields.ts';
import { nothing, table } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import type { Handler } from '../route.ts';

/** More than anybody reads: who has more, searches. */
const MOST = 50;

/** GET /may-i: which case it is about. */
export const cases: Handler = async ({ node, query, form }) => {
  const words = (query.get('words') ?? '').trim();
  const all = (await caseLines(node)).filter((one) => one.words.includes(words.toLowerCase()));
  const found = all.toReversed().slice(0, MOST);
  return {
    title: 'May I?',
    main: html`
      <p>
        May I show this to that person for this? Ask before you look, use, show or pass on. You are told yes,
        not yet or no, with the paragraph; the question is recorded, whatever the answer.
      </p>
      <form class="usa-form wb-form" method="get" action="/may-i" role="search">
        ${line({ name: 'words', label: 'Find the case by its reference or title', type: 'search', value: words }, { form })}
        <button class="usa-button usa-button--outline" type="submit">Find</button>
      </form>
      ${table({
        caption: 'Choose the case',
        none: 'No case of this office has these words.',
        rows: found,
        columns: [
          {
            head: 'Case',
            cell: ({ line: { reference } }) =>
              html`<a class="usa-link" href="${to('cases', reference, 'may-i')}">Ask about ${reference}</a>`,
          },
          { head: 'Title', cell: ({ line: { title } }) => title },
          { head: 'Stands at', cell: ({ line: { stage } }) => stage },
        ],
      })}
      ${all.length > MOST ? html`<p>The ${MOST} newest of ${all.length}: search for the others.</p>` : nothing}
    `,
  };
};
