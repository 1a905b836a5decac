import { html } from 'hono/html';
import { withAudit, withTitles } from '../../casework/acts/edit-draft.ts';
import { people } from '../../office/act.ts';
import { draftRequest } from '../../office/customs.ts';
import type { RequestFile } from '../../office/request.ts';
import { type Fields, fieldsOf } from '../form.ts';
import { actForm, choose, line, lines, select } from '../parts/fields.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Html, type Visit, orderOf } from '../route.ts';
import { fileOf, stepPage, taskNamed } from './request-parts.ts';
import { kindChoices, stageChoices, taxpayerChoices } from './request-words.ts';

const labels: Readonly<Record<string, string>> = {
  'document.title': 'The title of the case',
  'document.audit.reference': 'The reference of the audit',
  'document.audit.kind': 'What kind of audit',
  'document.audit.stage': 'How far it is',
  'document.audit.subject': 'The importer audited',
  'document.audit.entries': 'The entries',
  'document.audit.determined': 'The day of the determination',
  'document.request.titles': 'The titles',
};
const places: Places = (where) => {
  const field = where.replace(/\[\d+\]$/, '');
  const label = labels[field];
  return label === undefined ? undefined : [field, label];
};

/** What was typed in a box, one a line. */
const linesOf = ({ form }: Visit, name: string): readonly string[] =>
  (form.get(name) ?? '')
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const auditFields = ({ draft }: RequestFile, visit: Visit): Html => {
  const { audit, taxpayers, title } = draft;
  return html`
    ${line({ name: 'act.document.title', label: 'A title for the case', value: title }, visit)}
    ${line(
      {
        name: 'act.document.audit.reference',
        label: 'The reference of the audit',
        required: true,
        value: audit?.reference,
        hint: 'As the audit’s own papers have it. What is disclosed is used in this audit and in no other, (j).',
      },
      visit,
    )}
    ${choose({ name: 'act.document.audit.kind', label: 'What kind of audit is it?', required: true, value: audit?.kind, choices: kindChoices }, visit)}
    ${choose({ name: 'act.document.audit.stage', label: 'How far is it?', required: true, value: audit?.stage, choices: stageChoices }, visit)}
    ${
      taxpayers.length === 0
        ? line(
            {
              name: 'act.importer',
              label: 'Which importer is, or will be, audited?',
              hint: 'Its name. It becomes the first taxpayer of the request.',
            },
            visit,
          )
        : select(
            {
              name: 'act.document.audit.subject',
              label: 'Which importer is, or will be, audited?',
              required: true,
              value: audit?.subject,
              choices: taxpayerChoices(draft),
            },
            visit,
          )
    }
    ${lines(
      {
        name: 'act.document.audit.entries',
        label: 'The entries audited',
        value: audit?.entries?.join('\n'),
        rows: 3,
        hint: 'One entry number a line, such as B76-0324527-8. Where they are listed, what is disclosed is used for these only.',
      },
      visit,
    )}
    ${line(
      {
        name: 'act.document.audit.determined',
        label: 'The day on which the audit determined amounts to be due and owing',
        type: 'date',
        value: audit?.determined,
        hint: 'Only where it has; (a)(2) asks for it.',
      },
      visit,
    )}
  `;
};

/** GET /requests/:case/audit */
export const auditPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  return stepPage(file, visit, {
    title: 'The audit',
    task: taskNamed(file, 'audit'),
    form: actForm({
      action: to('requests', file.reference, 'audit'),
      seal: visit.seal,
      expect: file.version,
      body: auditFields(file, visit),
      button: 'Save the audit',
    }),
  });
};

export const saveAudit: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { document } = fieldsOf(visit.form) as { document?: Fields };
  const said = { ...(document?.['audit'] as Fields | undefined) };
  const entries = linesOf(visit, 'act.document.audit.entries');
  const title = visit.form.get('act.document.title');
  const changed = withAudit(
    file.draft,
    { ...said, entries: entries.length === 0 ? undefined : entries },
    title,
    visit.form.get('act.importer'),
  );
  await withPlaces(places, () => draftRequest(visit.node, orderOf(visit), file.reference, changed));
  return { to: to('requests', file.reference), say: 'The audit is saved.' };
};

/** Titles that carry the duty to receive, today or in the draft: the list to choose from. */
const known = async ({ node, when }: Visit, { draft }: RequestFile): Promise<readonly string[]> => {
  const held = [...(await people(node)).values()].flatMap(({ titles }) =>
    titles
      .filter(
        ({ duties, to: until }) => duties.includes('receives') && (until === undefined || when.day <= until),
      )
      .map(({ title }) => title),
  );
  return [...new Set([...draft.request.titles, ...held])];
};

/** GET /requests/:case/titles */
export const titlesPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  const choices = (await known(visit, file)).map((one) => ({ value: one, label: one }));
  return stepPage(file, visit, {
    title: 'The titles of who may receive',
    task: taskNamed(file, 'titles'),
    form: actForm({
      action: to('requests', file.reference, 'titles'),
      seal: visit.seal,
      expect: file.version,
      body: html`
        ${
          choices.length === 0
            ? ''
            : choose(
                {
                  name: 'act.document.request.titles[]',
                  label: 'Officers and employees with these titles may receive',
                  hint: 'Titles, not people: whoever holds one on the day may open what is disclosed, and nobody else.',
                  choices,
                  chosen: file.draft.request.titles,
                },
                visit,
              )
        }
        ${lines({ name: 'act.others', label: 'Other titles', rows: 3, hint: 'One a line.' }, visit)}
      `,
      button: 'Save the titles',
    }),
  });
};

export const saveTitles: Handler = async (visit) => {
  const file = await fileOf(visit);
  const titles = [...visit.form.all('act.document.request.titles[]'), ...linesOf(visit, 'act.others')];
  await withPlaces(places, () =>
    draftRequest(visit.node, orderOf(visit), file.reference, withTitles(file.draft, titles)),
  );
  return { to: to('requests', file.reference), say: 'The titles are saved.' };
};
