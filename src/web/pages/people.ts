import { html } from 'hono/html';
import { dutyOf } from '../../casework/acts/duties.ts';
import { type Person, type Title, inForce } from '../../casework/acts/people.ts';
import type { Day } from '../../ground/dates.ts';
import { people } from '../../office/act.ts';
import { exchangeWith } from '../../office/exchange.ts';
import { offices } from '../../office/gate.ts';
import { officeNames } from '../../office/init.ts';
import type { Node } from '../../office/node.ts';
import { cite, more, nothing, state, table } from '../parts/parts.ts';
import { actForm } from '../parts/fields.ts';
import { type Handler, type Html, type Route, type Visit, everywhere } from '../route.ts';

const span = ({ from, to }: Title): string => `${from} to ${to ?? 'open'}`;

const when = (title: Title, day: Day): Html => {
  if (inForce(title, day)) return state('met', 'held today');
  return day < title.from ? state('not determined', 'not begun yet') : state('not shown', 'ended');
};

interface Row {
  readonly person: Person;
  /** Undefined for who has never held one. */
  readonly title: Title | undefined;
}

const rowsOf = (person: Person): Row[] =>
  person.titles.length === 0
    ? [{ person, title: undefined }]
    : person.titles.map((title) => ({ person, title }));

const changes = ({ person, title }: Row, day: Day): Html => html`
  <a class="usa-link" href="/people/${person.id}/give"
    >Give a title<span class="usa-sr-only"> to ${person.name}</span></a
  >
  ${
    title !== undefined && (title.to === undefined || day <= title.to)
      ? html`<br /><a
            class="usa-link"
            href="/people/${person.id}/end?title=${encodeURIComponent(title.title)}"
            >End it<span class="usa-sr-only">: ${title.title} of ${person.name}</span></a
          >`
      : nothing
  }
`;

const directory = (all: readonly Person[], { node, actor, when: { day } }: Visit): Html => {
  const office = officeNames[node.office];
  const keeps = actor?.duties.includes('keeps the directory') === true;
  return table<Row>({
    caption: `Who holds what at ${office}, on ${day}`,
    rows: all.flatMap(rowsOf),
    columns: [
      { head: 'Person', cell: ({ person }) => html`${person.name}<br /><code>${person.id}</code>` },
      {
        head: 'Title',
        cell: ({ title }) =>
          title === undefined
            ? 'none'
            : `${title.title}${title.capacity === undefined ? '' : ` (${title.capacity})`}`,
      },
      { head: 'Held', cell: ({ title }) => (title === undefined ? '–' : span(title)) },
      { head: 'Today', cell: ({ title }) => (title === undefined ? '–' : when(title, day)) },
      {
        head: 'May',
        cell: ({ title }) =>
          title === undefined || title.duties.length === 0
            ? 'nothing of its own'
            : more(
                title.duties.join(', '),
                html`<ul>
                  ${title.duties.map((duty) => html`<li>${duty}: ${dutyOf(office, duty)?.sentence ?? ''} ${cite(dutyOf(office, duty)?.cite)}</li>`)}
                </ul>`,
              ),
      },
      ...(keeps ? [{ head: 'Change', cell: (row: Row) => changes(row, day) }] : []),
    ],
  });
};

const knownOffices = async (node: Node) =>
  Promise.all(
    offices
      .filter((one) => one !== node.office)
      .map(async (office) => ({ office, ...(await exchangeWith(node, office)) })),
  );

const others = async (visit: Visit): Promise<Html> => {
  const { node, actor, seal } = visit;
  return html`
    <h2>Other offices</h2>
    <p>
      An office is known by its card: the keys of its log and of its packets. Nothing is taken from an office
      whose card is not here.
    </p>
    ${table({
      caption: 'Cards of other offices',
      rows: await knownOffices(node),
      columns: [
        { head: 'Office', cell: ({ office }) => officeNames[office] },
        {
          head: 'Card',
          cell: ({ card }) => (card === undefined ? state('not met', 'not known') : state('met', 'known')),
        },
        { head: 'Its log', cell: ({ card }) => card?.origin ?? '–' },
        {
          head: 'Head of its log',
          cell: ({ seen }) => (seen === undefined ? 'none seen yet' : 'seen, and cosigned here'),
        },
        {
          head: 'Ours there',
          cell: ({ acknowledged }) => (acknowledged === undefined ? 'not cosigned yet' : 'cosigned by it'),
        },
        {
          head: 'Do',
          cell: ({ office, card }) =>
            card === undefined
              ? html`<a class="usa-link" href="/offices/add"
                  >Take in its card<span class="usa-sr-only">: ${officeNames[office]}</span></a
                >`
              : actor?.duties.includes('sends') === true
                ? actForm({
                    action: `/offices/${office}/head`,
                    seal,
                    small: true,
                    kind: 'outline',
                    button: 'Send our head',
                    of: `to ${officeNames[office]}`,
                    body: nothing,
                  })
                : 'for a title that sends',
        },
      ],
    })}
  `;
};

export const peoplePage: Handler = async (visit) => {
  const all = [...(await people(visit.node)).values()];
  const keeps = visit.actor?.duties.includes('keeps the directory') === true;
  return {
    title: 'People and titles',
    main: html`
      <p>
        Access follows the title, from its first day to its last, and ends the day after. ${cite('(b)(4)')}
      </p>
      ${directory(all, visit)}
      ${
        keeps
          ? html`<p><a class="usa-button" href="/people/new">Enter a person</a></p>`
          : html`<p>
              Changes are made by whoever keeps the directory:
              ${
                all
                  .filter(({ titles }) =>
                    titles.some(
                      (one) => one.duties.includes('keeps the directory') && inForce(one, visit.when.day),
                    ),
                  )
                  .map(({ name }) => name)
                  .join(', ') || 'nobody today'
              }.
            </p>`
      }
      ${await others(visit)}
      ${keeps ? html`<p><a class="usa-link" href="/offices/add">Take in the card of another office</a></p>` : nothing}
    `,
  };
};

export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/people',
    offices: everywhere,
    need: 'a title',
    cite: '(b)(4)',
    handle: peoplePage,
  },
];
