import { html } from 'hono/html';
import { inForce } from '../../../casework/acts/people.ts';
import { people } from '../../../office/act.ts';
import { actAfter } from '../../../office/after.ts';
import { type Form, fieldsOf } from '../../form.ts';
import { caseHref } from '../../parts/cases.ts';
import { actForm, line, lines, select } from '../../parts/fields.ts';
import { nothing, problems, table } from '../../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes, saying } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

const about = html`
  ${lawOfAct.engage}
  <p>
    The list is of people, by name, from day to day: a title makes nobody engaged. Who is on it may open what
    was referred, for the matter, and nobody else.
  </p>
`;

const fields = async (visit: Visit): Promise<Html> => {
  const known = await people(visit.node);
  return html`
    ${select(
      {
        name: 'act.person',
        label: 'Who is personally and directly engaged?',
        required: true,
        choices: [...known.values()].map(({ id, name, titles }) => {
          const held = titles.filter((one) => inForce(one, visit.when.day)).map(({ title }) => title);
          return {
            value: id,
            label: held.length === 0 ? `${name} (no title today)` : `${name}, ${held.join(', ')}`,
          };
        }),
      },
      visit,
    )}
    ${line({ name: 'act.from', label: 'From', type: 'date', required: true, value: visit.when.day, hint: 'Such as 2026-03-16.' }, visit)}
    ${line({ name: 'act.to', label: 'To', type: 'date', hint: 'The last day, where it is known.' }, visit)}
    ${line({ name: 'act.document', label: 'The paper that puts the person on the list', required: true }, visit)}
  `;
};

export const engagedTable = (
  { reference, holding }: HeldFile,
  day: string,
  names: ReadonlyMap<string, string>,
): Html =>
  table({
    caption: 'Personally and directly engaged, (g)',
    rows: holding.engaged,
    none: 'Nobody is on the list: nobody may open what was referred.',
    columns: [
      { head: 'Who', cell: ({ person }) => names.get(person) ?? person },
      { head: 'From', cell: ({ from }) => from },
      { head: 'To', cell: ({ to }) => to ?? 'open' },
      { head: 'Paper', cell: ({ document }) => document },
      {
        head: 'Today',
        cell: (one) =>
          inForce(one, day as typeof one.from)
            ? html`engaged
                <a
                  class="usa-link"
                  href="${caseHref(reference)}/disengage?person=${encodeURIComponent(one.person)}"
                  >End<span class="usa-sr-only">
                    the engagement of ${names.get(one.person) ?? one.person}</span
                  ></a
                >`
            : 'not engaged',
      },
    ],
  });

const engage = (visit: Visit, reference: string) =>
  actAfter(visit.node, orderOf(visit), { ...fieldsOf(visit.form), act: 'engage', case: reference });

const nameOf = async ({ node }: Visit, form: Form): Promise<string> => {
  const id = form.get('act.person') ?? '';
  return (await people(node)).get(id)?.name ?? id;
};

/** A case that nothing has been referred in yet has no page: its list may have to be there first. */
const early: Handler = (visit) =>
  fields(visit).then((body) => ({
    title: 'List who is engaged, before the referral',
    trail: [['/cases', 'Cases']],
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)} ${about}
      ${actForm({
        action: '/engagements/new',
        seal: visit.seal,
        button: 'Put on the list',
        body: html`${line({ name: 'act.case', label: 'The request’s reference', hint: 'As Customs names it; the referral comes under it.', required: true }, visit)}${body}`,
      })}
    `,
  }));

const engageEarly: Handler = async (visit) => {
  const reference = visit.form.get('act.case') ?? '';
  const { warnings } = await engage(visit, reference);
  return {
    to: caseHref(reference),
    say: saying(`${await nameOf(visit, visit.form)} is on the list.`, warnings),
  };
};

const offices = ['justice'] as const;
const common = { offices, need: ['counsel'], cite: '(g)' } as const;

export const engageRoutes: readonly Route[] = [
  ...actRoutes<HeldFile>({
    ...common,
    path: '/cases/:case/engage',
    title: 'Put a person on the list',
    button: 'Put on the list',
    about: () => about,
    fields,
    act: async (visit, { reference }) => {
      const { warnings } = await engage(visit, reference);
      return {
        to: caseHref(reference),
        say: saying(`${await nameOf(visit, visit.form)} is on the list.`, warnings),
      };
    },
  }),
  ...actRoutes<HeldFile>({
    ...common,
    path: '/cases/:case/disengage',
    title: 'End an engagement',
    button: 'Take off the list',
    danger: true,
    about: () =>
      html`${lawOfAct.engage}
        <p>Access ends with the last day on the list.</p>`,
    none: ({ holding }) => (holding.engaged.length === 0 ? 'Nobody is on the list.' : undefined),
    fields: async (visit, { holding }) => {
      const known = await people(visit.node);
      const on = [...new Set(holding.engaged.map(({ person }) => person))];
      return html`
        ${select(
          {
            name: 'act.person',
            label: 'Whose engagement ends?',
            required: true,
            value: visit.query.get('person') ?? undefined,
            choices: on.map((id) => ({ value: id, label: known.get(id)?.name ?? id })),
          },
          visit,
        )}
        ${line({ name: 'act.from', label: 'First day off the list', type: 'date', value: visit.when.day, hint: 'Today, where it is left out.' }, visit)}
        ${lines({ name: 'act.reason', label: 'Why?', required: true }, visit)}
      `;
    },
    act: async (visit, { reference }) => {
      await actAfter(visit.node, orderOf(visit), {
        ...fieldsOf(visit.form),
        act: 'disengage',
        case: reference,
      });
      return { to: caseHref(reference), say: `${await nameOf(visit, visit.form)} is off the list.` };
    },
  }),
  { method: 'GET', path: '/engagements/new', ...common, handle: early },
  { method: 'POST', path: '/engagements/new', ...common, handle: engageEarly, again: early },
];
