import { html } from 'hono/html';
import { changedTaxpayer, withTaxpayer, withoutTaxpayer } from '../../casework/acts/edit-draft.ts';
import { draftRequest } from '../../office/customs.ts';
import { noSuchCase } from '../../office/case-file.ts';
import type { RequestFile } from '../../office/request.ts';
import { type Fields, fieldsOf } from '../form.ts';
import { actForm, choose, hidden, line, lines, select } from '../parts/fields.ts';
import { nothing, table } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Html, type Visit, orderOf } from '../route.ts';
import { closed, fileOf, stepPage, taskNamed, taskState, trailOf } from './request-parts.ts';
import { certificateWords, certifiedChoices, relationshipChoices, taxpayerName } from './request-words.ts';

const labels: Readonly<Record<string, string>> = {
  name: 'The name',
  tin: 'The TIN',
  certified: 'What is certified',
  relationship: 'The relationship',
  'relationship.kind': 'The kind of relationship',
  'relationship.with': 'With whom the relationship is',
  'relationship.statement': 'In what it consists',
};
const places: Places = (where) => {
  const field = /^document\.taxpayers\[\d+\]\.?(.*)$/.exec(where)?.[1];
  if (field === undefined) return undefined;
  // Two taxpayers of one TIN: said of the taxpayer, and seen to at its number.
  const at = field === '' ? 'tin' : field;
  return [`taxpayer.${at}`, labels[at] ?? 'This taxpayer'];
};

type Taxpayer = RequestFile['draft']['taxpayers'][number];

const rowOf = (file: RequestFile, visit: Visit, one: Taxpayer, number: number): Html =>
  closed(file) !== undefined
    ? nothing
    : actForm({
        action: to('requests', file.reference, 'taxpayers', number, 'remove'),
        seal: visit.seal,
        expect: file.version,
        // The id too: a number alone would mean another taxpayer once one before it is gone.
        body: hidden('taxpayer', one.id),
        button: 'Take out',
        of: `taxpayer ${number}, ${taxpayerName(file.draft, one.id)}`,
        kind: 'outline',
        small: true,
      });

/** GET /requests/:case/taxpayers: all of them, and one more by name. */
export const taxpayersPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { draft, reference, tasks, version } = file;
  const parts = tasks.find(({ id }) => id === 'taxpayers')?.parts ?? [];
  const rows = draft.taxpayers.map((one, n) => ({ one, number: n + 1, task: parts[n] }));
  return stepPage(file, visit, {
    title: 'The taxpayers, and what is certified of each',
    task: taskNamed(file, 'taxpayers'),
    form: html`
      ${table({
        caption: 'Taxpayers of this request',
        none: 'No taxpayer is entered yet.',
        rows,
        columns: [
          {
            head: 'Taxpayer',
            cell: ({ one, number }) =>
              html`<a class="usa-link" href="${to('requests', reference, 'taxpayers', number)}"
                >${taxpayerName(draft, one.id)}</a
              >`,
          },
          { head: 'Certified', cell: ({ one }) => certificateWords(one) },
          { head: 'State', cell: ({ task }) => (task === undefined ? '' : taskState(task.state)) },
          { head: 'Take out', cell: ({ one, number }) => rowOf(file, visit, one, number) },
        ],
      })}
      <h2>One more taxpayer</h2>
      ${actForm({
        action: to('requests', reference, 'taxpayers'),
        seal: visit.seal,
        expect: version,
        body: html`
          ${line({ name: 'act.taxpayer.name', label: 'Its name', required: true }, visit)}
          ${line({ name: 'act.taxpayer.tin', label: 'Its TIN', hint: 'An EIN as 12-3456789. The law asks for none; it helps to find the record.' }, visit)}
        `,
        button: 'Enter this taxpayer',
      })}
    `,
  });
};

const saidOf = ({ form }: Visit): Fields => (fieldsOf(form) as { taxpayer?: Fields }).taxpayer ?? {};

export const addTaxpayer: Handler = async (visit) => {
  const file = await fileOf(visit);
  await withPlaces(places, () =>
    draftRequest(visit.node, orderOf(visit), file.reference, withTaxpayer(file.draft, saidOf(visit))),
  );
  const number = file.draft.taxpayers.length + 1;
  return {
    to: to('requests', file.reference, 'taxpayers', number),
    say: 'The taxpayer is entered. Say here what is certified of it.',
  };
};

const taxpayerAt = ({ draft }: RequestFile, { params }: Visit): Taxpayer => {
  const one = draft.taxpayers[Number(params['number']) - 1];
  if (one === undefined) throw noSuchCase();
  return one;
};

const fields = ({ draft }: RequestFile, one: Taxpayer, visit: Visit): Html => {
  const others = draft.taxpayers
    .filter(({ id }) => id !== one.id)
    .map(({ id }) => ({ value: id, label: taxpayerName(draft, id) }));
  const isSubject = draft.audit?.subject === one.id;
  return html`
    ${line({ name: 'act.taxpayer.name', label: 'Its name', required: true, value: one.name }, visit)}
    ${line(
      {
        name: 'act.taxpayer.tin',
        label: 'Its TIN',
        value: one.tin,
        hint: 'An EIN as 12-3456789, or an SSN as 123-45-6789. The law asks for none.',
      },
      visit,
    )}
    ${isSubject ? html`<p>This is the importer that the audit is of.</p>` : nothing}
    ${choose(
      {
        name: 'act.taxpayer.certified',
        label: 'What the request certifies of it, (b)(4)',
        required: true,
        value: one.certified,
        choices: certifiedChoices,
      },
      visit,
    )}
    ${
      isSubject || others.length === 0
        ? nothing
        : html`
            ${choose(
              {
                name: 'act.taxpayer.relationship.kind',
                label: 'Its relationship with the subject of the audit',
                hint: 'Where it is not the subject itself. A competitor, however useful its figures, has none.',
                value: one.relationship?.kind,
                choices: relationshipChoices,
              },
              visit,
            )}
            ${select(
              {
                name: 'act.taxpayer.relationship.with',
                label: 'With whom',
                value:
                  one.relationship?.with ??
                  (one.relationship === undefined ? draft.audit?.subject : undefined),
                choices: others,
              },
              visit,
            )}
            ${lines(
              {
                name: 'act.taxpayer.relationship.statement',
                label: 'In what it consists',
                rows: 2,
                value: one.relationship?.statement,
              },
              visit,
            )}
          `
    }
  `;
};

/** GET /requests/:case/taxpayers/:number */
export const taxpayerPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  const one = taxpayerAt(file, visit);
  const number = visit.params['number'] ?? '';
  return {
    ...stepPage(file, visit, {
      title: `Taxpayer ${number}`,
      task: taskNamed(file, `taxpayers/${one.id}`),
      form: actForm({
        action: to('requests', file.reference, 'taxpayers', number),
        seal: visit.seal,
        expect: file.version,
        body: fields(file, one, visit),
        button: 'Save this taxpayer',
      }),
    }),
    trail: [...trailOf(file.reference), [to('requests', file.reference, 'taxpayers'), 'Taxpayers']],
  };
};

/** A relationship is said by its kind: with whom is offered, and alone says nothing. */
const withRelationship = (said: Fields): Fields => {
  const { relationship, ...rest } = said as { relationship?: Fields };
  const { kind, statement } = relationship ?? {};
  return kind === undefined && statement === undefined ? rest : { ...rest, relationship };
};

export const saveTaxpayer: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { id } = taxpayerAt(file, visit);
  const changed = changedTaxpayer(file.draft, id, withRelationship(saidOf(visit)));
  await withPlaces(places, () => draftRequest(visit.node, orderOf(visit), file.reference, changed));
  return { to: to('requests', file.reference, 'taxpayers'), say: 'The taxpayer is saved.' };
};

export const removeTaxpayer: Handler = async (visit) => {
  const file = await fileOf(visit);
  const id = visit.form.get('taxpayer') ?? '';
  await draftRequest(visit.node, orderOf(visit), file.reference, withoutTaxpayer(file.draft, id));
  return {
    to: to('requests', file.reference, 'taxpayers'),
    say: 'The taxpayer is taken out. Items that were its own ask whose they are.',
  };
};
