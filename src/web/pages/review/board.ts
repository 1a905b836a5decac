import { html } from 'hono/html';
import { type NextAct, type Row, gates } from '../../../casework/acts/board.ts';
import { whereItem } from '../../../casework/acts/problems.ts';
import type { Problem } from '../../../ground/problem.ts';
import { href } from '../../assets.ts';
import { type Ways, cite, more, nextStep, nothing, notice, problems, state } from '../../parts/parts.ts';
import type { Handler, Html, Visit } from '../../route.ts';
import { acts } from './acts.ts';
import { type Reviewing, reviewing } from './read.ts';
import { outcomeWords, reviewHref, short, verdictState } from './words.ts';

const cell = ({ gates: all }: Row): Html =>
  html`${all.map((gate) => html`<td data-label="${short[gate.id]}">${state(gate.state)}</td>`)}`;

/** One item. The row’s address is the item’s own page, which script opens beside the board instead. */
const rowOf = (reference: string, row: Row): Html => html`
  <tr id="row-${row.item}" data-row>
    <th scope="row" data-label="Item">
      <a class="usa-link" href="${reviewHref(reference, row.item)}" data-open>${row.item}</a>
      <span class="wb-board__what"
        >Form ${row.form}${row.line === '' ? '' : `, line ${row.line}`}: ${row.caption}</span
      >
      <span class="wb-board__what"
        >${row.taxpayer?.name ?? 'no taxpayer named'},
        <span class="wb-day"
          >${row.period === undefined ? 'no period' : `${row.period.from} to ${row.period.to}`}</span
        ></span
      >
      <span class="wb-board__what">${row.asked.purposes.join('; ')}</span>
    </th>
    <td data-label="As things stand">
      ${state(verdictState[row.verdict], row.verdict)}
      <span class="wb-board__what"
        >${outcomeWords[row.outcome] ?? row.outcome}${row.elected ? ', by election' : ''}</span
      >
    </td>
    ${cell(row)}
  </tr>
`;

const tableOf = ({ reference, board }: Reviewing): Html => html`
  <div class="wb-scroll" tabindex="0" role="region" aria-label="Items and gates">
    <table
      class="usa-table usa-table--borderless usa-table--stacked wb-board"
      data-board
      data-script="${href('board.js')}"
    >
      <caption>
        ${board.rows.length === 1 ? '1 item' : `${board.rows.length} items`}, each with its nine gates
      </caption>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">As things stand</th>
          ${gates.map(({ id, title, cite: of }) => html`<th scope="col"><abbr title="${title}">${short[id]}</abbr> <span class="wb-board__cite">${of}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${board.rows.map((row) => rowOf(reference, row))}
      </tbody>
    </table>
  </div>
`;

const counted = (rows: readonly Row[]): string =>
  (['permitted', 'refused', 'undetermined', 'not shown'] as const)
    .map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');

/** What is to be done on many items alike is said once, with how many; of each thing the first item is a link to begin with. */
const blocks = (ways: Ways, { reference, board }: Reviewing): Html => {
  const alike = Map.groupBy(board.blocks, ({ what, cite: of, next }) => JSON.stringify([what, of, next]));
  if (alike.size === 0) return nothing;
  const items = new Map(board.rows.map(({ item }) => [whereItem(item), item]));
  const first = ({ where }: Problem): Html => {
    const item = items.get(where ?? '');
    return item === undefined
      ? nothing
      : html`<a class="usa-link" href="${reviewHref(reference, item)}">${item}</a>`;
  };
  return more(
    `${board.blocks.length} to be done before anyone can approve`,
    html`<ul class="usa-list">
      ${[...alike.values()].map(
        ([one, ...rest]) =>
          one &&
          html`<li>
            ${first(one)}${rest.length === 0 ? '' : ` and ${rest.length} more`}: ${one.what} ${cite(one.cite)}
            ${nextStep(one, ways)}
          </li>`,
      )}
    </ul>`,
  );
};

const keys = html`
  <p class="wb-keys" hidden data-keys>
    Keys: <kbd>j</kbd> and <kbd>k</kbd> go down and up the items, <kbd>Enter</kbd> opens one beside the board,
    <kbd>Esc</kbd> closes it.
  </p>
`;

const ready = (next: readonly NextAct[], act: NextAct['act']): NextAct | undefined =>
  next.find((one) => one.act === act && one.entitled);

/** The item review board. With `?only=` one row, for script that has just saved it. */
export const boardPage: Handler = async (visit: Visit) => {
  const seen = await reviewing(visit);
  const { reference, board, open } = seen;
  const only = visit.query.get('only');
  const shown =
    only === null
      ? seen
      : { ...seen, board: { ...board, rows: board.rows.filter(({ item }) => item === only) } };
  return {
    title: `Review of ${reference}`,
    trail: [
      ['/', 'Inbox'],
      [`/cases/${encodeURIComponent(reference)}`, reference],
    ],
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
      <div id="board-state" data-also>
        <p>
          ${board.title}. Received ${board.received}; ${board.stage}. ${counted(board.rows)}. What stands here
          is for the IRS’s own people.
        </p>
        ${
          board.notShown.length === 0
            ? nothing
            : notice(
                'info',
                html`The grounds of ${board.notShown.join(' and ')} are not shown under your title, and may
                still hold an item back.`,
              )
        }
        ${blocks(visit, seen)}
      </div>
      <p>
        <a class="usa-link" href="/cases/${encodeURIComponent(reference)}/questions"
          >Questions that are yours to answer</a
        >
      </p>
      ${keys} ${tableOf(shown)}
      <div id="board-acts" data-also>
        ${open ? acts(visit, seen, (act) => ready(board.next, act)) : notice('info', html`The review is closed: ${board.stage}.`)}
      </div>
      <dialog class="wb-panel" data-beside aria-label="Item"></dialog>
    `,
  };
};
