import { html } from 'hono/html';
import { actAfter } from '../../../office/after.ts';
import type { StoredEvent } from '../../../store/types.ts';
import { fieldsOf } from '../../form.ts';
import { caseHref, hour } from '../../parts/cases.ts';
import { hidden, line, lines } from '../../parts/fields.ts';
import { table } from '../../parts/parts.ts';
import { type Html, type Route, type Visit, holders, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

const chosen = ({ form, query }: Visit, { events }: HeldFile): StoredEvent | undefined => {
  const seq = form.get('act.seq') ?? query.get('entry') ?? '';
  return /^\d{1,15}$/.test(seq) ? events.find((one) => one.seq === Number(seq)) : undefined;
};

/** What an entry says that a person wrote; not who acted when, nor where the vault has something. */
const kept = [
  'by',
  'on',
  'at',
  'content',
  'contents',
  'scopes',
  'packet',
  'jws',
  'letter',
  'head',
  'rulebook',
];

const fieldsIn = ({ data }: StoredEvent): readonly (readonly [string, string])[] =>
  Object.entries((data ?? {}) as Record<string, unknown>)
    .filter(([name, value]) => !kept.includes(name) && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => [name, String(value as string | number | boolean)]);

const words = ({ kind, item }: StoredEvent): string =>
  `${kind.replaceAll('-', ' ')}${item === undefined ? '' : `, ${item}`}`;

const entryTable = ({ events, reference }: HeldFile): Html =>
  table({
    caption: 'Entries of this case: choose the one that is wrong',
    rows: events.filter((one) => fieldsIn(one).length > 0),
    columns: [
      {
        head: 'Entry',
        cell: ({ seq }) =>
          html`<a class="usa-link" href="${caseHref(reference)}/correct?entry=${seq}"
            >Restate entry ${seq}</a
          >`,
      },
      { head: 'What', cell: words },
      { head: 'When (UTC)', cell: ({ time }) => hour(time) },
      { head: 'Who', cell: ({ person, title }) => `${person}, ${title}` },
    ],
  });

export const correctRoutes: readonly Route[] = actRoutes<HeldFile>({
  path: '/cases/:case/correct',
  offices: holders,
  need: ['receives', 'counsel', 'sends'],
  cite: '26 USC 6103(p)(4)(A)',
  title: 'Correct an entry',
  button: 'Record the correction',
  about: () => html`
    ${lawOfAct.correct}
    <p>
      The record is permanent: an entry that is wrong stays, and another says what it should have said. A
      correction lifts no bar and gives no permission.
    </p>
  `,
  none: (file, visit) => (chosen(visit, file) === undefined ? 'Choose the entry below.' : undefined),
  fields: (visit, file) => {
    const event = chosen(visit, file);
    if (event === undefined) return html``;
    return html`
      <p>Entry <strong>${event.seq}</strong>: ${words(event)}</p>
      ${hidden('act.seq', event.seq)}
      <p>Fill in only what should be otherwise.</p>
      ${fieldsIn(event).map(([name, value]) => line({ name: `act.says.${name}`, label: name, hint: html`It says: ${value}` }, visit))}
      ${lines({ name: 'act.reason', label: 'Why was it wrong?', required: true }, visit)}
    `;
  },
  below: (visit, file) => (chosen(visit, file) === undefined ? entryTable(file) : html``),
  act: async (visit, { reference }) => {
    const seq = Number(visit.form.get('act.seq') ?? '');
    const input = { ...fieldsOf(visit.form), act: 'correct', case: reference, seq };
    await actAfter(visit.node, orderOf(visit), input);
    return { to: caseHref(reference), say: `Entry ${seq} is restated; the entry itself stays.` };
  },
});
