import { html } from 'hono/html';
import type { Queue, Queued, Turn } from '../../office/queue.ts';
import type { Html } from '../route.ts';
import { nothing, table } from './parts.ts';
import { to } from './to.ts';

/** Where a case stands on this site. */
export const caseHref = (reference: string): string => to('cases', reference);

export const caseLink = (reference: string): Html =>
  html`<a class="usa-link" href="${caseHref(reference)}">${reference}</a>`;

/** An instant as people read it, in UTC: `2026-03-16 15:00`. POSIX seconds. */
export const hour = (at: number): string => new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ');

const turnWords: Readonly<Record<Turn, string>> = {
  yours: 'Yours',
  'a colleague’s': 'A colleague’s',
  'another office’s': 'Another office’s',
  'nobody’s': 'Nobody’s',
};

const turnMark = ({ turn }: Queued): Html =>
  turn === 'yours'
    ? html`<strong><span aria-hidden="true">▸</span> ${turnWords[turn]}</strong>`
    : html`${turnWords[turn]}`;

/** Cases, those first on which somebody has to act. */
export const caseTable = (rows: readonly Queued[], none: string | Html): Html =>
  table({
    caption: 'By whose turn it is',
    rows,
    none,
    columns: [
      { head: 'Case', cell: ({ line }) => caseLink(line.reference) },
      { head: 'Title', cell: ({ line }) => line.title },
      { head: 'Stands at', cell: ({ line }) => line.stage },
      { head: 'Next', cell: ({ line }) => line.next?.what ?? 'nothing is open' },
      { head: 'Whose turn', cell: turnMark },
    ],
  });

/** How many cases wait, and on whom. */
export const countsLine = ({ counts, found }: Queue): Html =>
  found === 0
    ? nothing
    : html`<p>
        ${counts.yours === 0 ? 'No case waits for you' : `${counts.yours} for you to go on with`};
        ${counts['a colleague’s']} for colleagues, ${counts['another office’s']} for another office,
        ${counts['nobody’s']} with nothing open.
      </p>`;
