import { html } from 'hono/html';
import type { Office } from '../../custody/entry.ts';
import { people } from '../../office/act.ts';
import { refusalAt } from '../../office/door.ts';
import { inForce } from '../../casework/acts/people.ts';
import type { Job } from '../jobs.ts';
import { nothing, table } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Handler, type Html, type Route, type Visit, everywhere } from '../route.ts';
import { bookRoutes } from './desk/books.ts';
import { checkRoutes } from './desk/checks.ts';
import { DESK, readers } from './desk/read.ts';
import { takeRoutes } from './desk/take.ts';
import { ownerOf, progressWords } from './jobs.ts';

type Entry = readonly [path: string, words: string, what: string];

const checks: readonly Entry[] = [
  ['/desk/verify', 'Verify the log', 'Is every entry the one that was signed, and is none missing?'],
  ['/desk/sample', 'Draw a sample', 'Entries by your own words, each followed to its end.'],
  ['/desk/anomalies', 'Look for anomalies', 'What should be asked about.'],
];

const record: Readonly<Record<Office, Entry>> = {
  irs: ['/desk/record', 'The record', 'Requests and disclosures: kept by the IRS as policy, not by law.'],
  customs: ['/desk/record', 'The record', 'Requests and disclosures, as 26 USC 6103(p)(4)(A) demands.'],
  justice: [
    '/desk/record',
    'The record',
    'Requests and disclosures, kept as if 26 USC 6103(p)(4)(A) bound it.',
  ],
};

const ftiLog: Entry = [
  '/desk/fti-log',
  'Log of federal tax information',
  'What is held, where, and by whom.',
];
const summary: Entry = ['/desk/summary', 'Annual summary', 'A year in numbers.'];

const books: Readonly<Record<Office, readonly Entry[]>> = {
  irs: [record.irs, summary],
  customs: [
    record.customs,
    ftiLog,
    ['/desk/accounting', 'Accounting for individuals', 'As the Privacy Act asks, 5 USC 552a(c).'],
    summary,
  ],
  justice: [record.justice, ftiLog, summary],
};

const list = (entries: readonly Entry[]): Html => html`
  <ul class="wb-do">
    ${entries.map(([path, words, what]) => html`<li><a class="usa-link" href="${path}">${words}</a>: ${what}</li>`)}
  </ul>
`;

const stateWords: Readonly<Record<Job['state'], string>> = {
  running: 'goes on',
  done: 'done',
  failed: 'could not be done',
  stopped: 'stopped',
};

const yours = (visit: Visit): Html => {
  const jobs = visit.jobs.all(ownerOf(visit));
  return jobs.length === 0
    ? nothing
    : html`<h2>Long work of yours</h2>
        ${table({
          caption: 'For an hour, or until you sign out; the newest first',
          rows: jobs.map((job, n) => ({ job, n: jobs.length - n })),
          columns: [
            {
              head: 'What',
              cell: ({ job, n }) =>
                html`<a class="usa-link" href="${to('jobs', job.id)}">${n}. ${job.title}</a>`,
            },
            {
              head: 'State',
              cell: ({ job }) =>
                `${stateWords[job.state]}${job.state === 'running' ? `: ${progressWords(job)}` : ''}`,
            },
          ],
        })}`;
};

const takeAway = (visit: Visit): Html => html`
  <h2>Take the record away</h2>
  <p>
    An inspector need not believe this site. The record is written into a folder: the log, each event with its
    proof, and a page to read, with no content of any item. The folder is a desk of its own: it is opened in
    any browser, and verified on the inspector’s own machine, with no account, database, network or key.
  </p>
  ${
    visit.actor?.duties.includes('inspects') === true
      ? html`<p>
          <a class="usa-button" href="/desk/take">Take the record away</a>
        </p>`
      : html`<p>It is for a title that inspects.</p>`
  }
  <p>
    One folder of several offices together, in which each is held against the others, is made by whoever runs
    the nodes: <code>./waybill inspect export</code>.
  </p>
`;

/** For a title that does not read the record: who does. */
const closed = async ({ node, when }: Visit): Promise<Html> => {
  const who = [...(await people(node)).values()].filter(({ titles }) =>
    titles.some((one) => inForce(one, when.day) && one.duties.includes('inspects')),
  );
  return html`<p>
    The record names taxpayers, and your title has no part in reading it.
    ${
      who.length === 0
        ? 'Nobody holds a title that inspects today: whoever keeps the directory can give one.'
        : `Who inspects it here: ${who.map(({ name }) => name).join(', ')}.`
    }
  </p>`;
};

const desk: Handler = async (visit) => {
  const open = refusalAt({ need: readers, cite: '26 USC 6103(p)(4)' }, visit) === undefined;
  const { office } = visit.node;
  return {
    title: DESK,
    main: open
      ? html`
          <p>
            Here the record of this office is read and verified; nothing is entered, but that it was taken
            away. What other offices have recorded is at their desks.
          </p>
          ${yours(visit)}
          <h2>Verify and question</h2>
          ${list(checks)}
          <h2>Read</h2>
          ${list(books[office])} ${takeAway(visit)}
        `
      : html`${await closed(visit)} ${yours(visit)}`,
  };
};

export const deskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/desk',
    offices: everywhere,
    need: 'a title',
    cite: '26 USC 6103(p)(4)',
    handle: desk,
  },
  ...checkRoutes,
  ...takeRoutes,
  ...bookRoutes,
];
