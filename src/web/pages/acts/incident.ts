import { html } from 'hono/html';
import { incidentReport, recordIncident } from '../../../office/incident.ts';
import { officeNames } from '../../../office/init.ts';
import { fieldsOf } from '../../form.ts';
import { caseHref } from '../../parts/cases.ts';
import { actForm, choose, line, lines } from '../../parts/fields.ts';
import { notice, nothing, problems } from '../../parts/parts.ts';
import { to } from '../../parts/to.ts';
import {
  type Handler,
  type Html,
  type Route,
  type Visit,
  everywhere,
  holders,
  orderOf,
} from '../../route.ts';
import { type HeldFile, actRoutes, itemChoices, trailTo } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

const about = html`
  ${lawOfAct.incident}
  <p>
    A possible improper look or disclosure is reported to TIGTA and the IRS’s Office of Safeguards at once,
    and no later than 24 hours after it was discovered (IRS Publication 1075), complete or not. The clock runs
    from the discovery.
  </p>
`;

const instant = 'Such as 2026-03-16T15:30:00Z: Z is UTC; of another hour, write the offset, such as -04:00.';

/** An id to begin with, of the day; where a case has one of that day, the next. */
const offeredId = ({ when: { day } }: Visit, taken: readonly string[] = []): string => {
  const free = (n: number): string => {
    const id = `incident-${day}${n === 1 ? '' : `-${n}`}`;
    return taken.includes(id) ? free(n + 1) : id;
  };
  return free(1);
};

/** Now, as the report writes an instant. */
const now = ({ when: { at } }: Visit): string => new Date(at * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

/** The eight particulars of the report, in its order. */
const particulars = (visit: Visit, taken?: readonly string[]): Html => html`
  ${notice('warning', html`No tax information stands in a report: no value, no name or number of a taxpayer. What was affected is named by the case and by the kind of data.`)}
  ${line({ name: 'act.incident', label: 'Id of the incident', value: offeredId(visit, taken), hint: 'Another will do too, of small letters, digits and hyphens.', required: true }, visit)}
  ${line({ name: 'act.agency', label: '1. The agency, and whom to reach about it', required: true, value: `${officeNames[visit.node.office]}: ${visit.person?.name ?? ''}` }, visit)}
  ${line({ name: 'act.occurred', label: '2. When did it occur?', hint: html`${instant} Or write “not known”.`, required: true, value: 'not known' }, visit)}
  ${line({ name: 'act.discovered', label: '3. When was it discovered?', hint: instant, required: true, value: now(visit) }, visit)}
  ${lines({ name: 'act.how', label: '4. How was it discovered?', required: true, rows: 2 }, visit)}
  ${lines({ name: 'act.what', label: '5. What happened, and what kind of data did it touch?', required: true }, visit)}
  ${line({ name: 'act.records', label: '6. How many records?', hint: 'Or from how many to how many.', required: true }, visit)}
  ${line({ name: 'act.address', label: '7. Where did it occur?', required: true }, visit)}
  ${line({ name: 'act.technology', label: '8. What equipment was involved?', required: true }, visit)}
`;

const reportForm: Handler = (visit) => ({
  title: 'Report an incident',
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)} ${about}
    ${visit.node.office === 'irs' ? nothing : html`<p>If it concerns one case, report it from the page of that case: who had access is then drawn from the log.</p>`}
    ${actForm({ action: '/incidents/new', seal: visit.seal, button: 'Put on record, and draft the report', body: particulars(visit) })}
  `,
});

const record = async (visit: Visit, reference?: string): Promise<string> => {
  await recordIncident(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act: 'report incident',
    ...(reference === undefined ? {} : { case: reference }),
  });
  return visit.form.get('act.incident') ?? '';
};

const say = 'The incident is on record. Send the report now, complete or not.';

const report: Handler = async ({ node, params, wayTo }) => {
  const { incident = '', case: reference } = params;
  const book = reference === undefined ? wayTo('record') : undefined;
  const [, ...text] = await incidentReport(node, incident, reference);
  return {
    title: 'Data incident report (draft)',
    ...(reference === undefined ? {} : { trail: trailTo(reference) }),
    main: html`
      <p>Print this page, or copy it into the agency’s encrypted mail. Nothing is sent from here.</p>
      ${book === undefined ? nothing : html`<p>Who had what in hand: <a class="usa-link" href="${book.to}">${book.words}</a></p>`}
      <div class="wb-report">${text.map((one) => (one === '' ? html`<hr />` : html`<p>${one}</p>`))}</div>
    `,
  };
};

const common = { offices: everywhere, need: 'a title', cite: '26 USC 6103(p)(4)' } as const;

export const incidentRoutes: readonly Route[] = [
  { method: 'GET', path: '/incidents/new', ...common, handle: reportForm },
  {
    method: 'POST',
    path: '/incidents/new',
    ...common,
    handle: async (visit) => ({ to: to('incidents', await record(visit)), say }),
    again: reportForm,
  },
  { method: 'GET', path: '/incidents/:incident', ...common, handle: report },
  ...actRoutes<HeldFile>({
    ...common,
    offices: holders,
    path: '/cases/:case/incident',
    title: 'Report an incident in this case',
    button: 'Put on record, and draft the report',
    about: () => about,
    fields: (visit, { holding }) => html`
      ${
        holding.items.size === 0
          ? nothing
          : choose(
              {
                name: 'act.items[]',
                label: 'Which items does it concern?',
                hint: 'All of the case, where none is marked.',
                choices: itemChoices(holding),
              },
              visit,
            )
      }
      ${particulars(
        visit,
        holding.incidents.map(({ incident }) => incident),
      )}
    `,
    act: async (visit, { reference }) => ({
      to: to('cases', reference, 'incidents', await record(visit, reference)),
      say,
    }),
  }),
  { method: 'GET', path: '/cases/:case/incidents/:incident', ...common, offices: holders, handle: report },
];

/** Incidents of a case, with the way to each report. */
export const incidentList = ({ reference, holding }: HeldFile): Html =>
  holding.incidents.length === 0
    ? html`<p class="wb-none">No incident is on record.</p>`
    : html`<ul>
        ${holding.incidents.map(
          ({ incident, deadline }) =>
            html`<li>
              <a class="usa-link" href="${caseHref(reference)}/incidents/${incident}">${incident}</a>, to be
              reported by ${deadline}
            </li>`,
        )}
      </ul>`;
