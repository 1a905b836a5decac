import { html } from 'hono/html';
import { type ColleagueQuestion, questionsFor } from '../../../casework/acts/board.ts';
import type { Duty } from '../../../casework/acts/duties.ts';
import { irsState } from '../../../office/irs.ts';
import { cite, table } from '../../parts/parts.ts';
import type { Handler } from '../../route.ts';
import { actorOf } from './read.ts';
import { findingWords, reviewHref } from './words.ts';

const finders: readonly Duty[] = ['reviews', 'finds (d)', 'finds (e)'];

const subject = ({ form, line, caption }: ColleagueQuestion): string =>
  `Form ${form}${line === '' ? '' : `, line ${line}`}: ${caption}`;

/** What this title has to find, item by item; of what others have found, nothing. */
export const questionsPage: Handler = async (visit) => {
  const { node, params, when } = visit;
  const reference = params['case'] ?? '';
  const state = await irsState(node, reference);
  const { duties } = actorOf(visit);
  const asked = finders
    .filter((duty) => duties.includes(duty))
    .flatMap((duty) => questionsFor(state, duty, { ...when, catalogue: node.catalogue }));
  return {
    title: `Questions on ${reference}`,
    trail: [
      ['/', 'Inbox'],
      [`/cases/${encodeURIComponent(reference)}`, reference],
    ],
    main: html`
      <p>What the review asks of your title. It says nothing of what anyone else has found.</p>
      ${table({
        caption: asked.length === 1 ? '1 question' : `${asked.length} questions`,
        none: 'Nothing is asked of your title on this request.',
        rows: asked,
        columns: [
          {
            head: 'Question',
            cell: ({ finds, question, item }) =>
              html`<a class="usa-link" href="${reviewHref(reference, item)}"
                >${(finds === 'record' ? question : findingWords[finds]) ?? question}<span
                  class="usa-sr-only"
                >
                  ${item}</span
                ></a
              >`,
          },
          { head: 'Item', cell: (one) => `${one.item}. ${subject(one)}` },
          { head: 'Taxpayer', cell: ({ taxpayer }) => taxpayer?.name ?? 'none named' },
          {
            head: 'Period',
            cell: ({ period }) => (period === undefined ? 'none named' : `${period.from} to ${period.to}`),
          },
          { head: 'Paragraph', cell: (one) => cite(one.cite) },
          {
            head: 'Asked',
            cell: ({ again }) => (again ? 'again, on the day of the release' : 'for the first time'),
          },
        ],
      })}
    `,
  };
};
