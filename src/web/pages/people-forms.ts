import { html } from 'hono/html';
import { type Duty, dutiesOf } from '../../casework/acts/duties.ts';
import { type Person, inForce } from '../../casework/acts/people.ts';
import { ProblemError } from '../../ground/problem.ts';
import { people } from '../../office/act.ts';
import { changeDirectory } from '../../office/directory.ts';
import { officeNames } from '../../office/init.ts';
import { fieldsOf } from '../form.ts';
import { actForm, choose, line, select } from '../parts/fields.ts';
import { cite, nothing, problems } from '../parts/parts.ts';
import { type Answer, type Html, type Page, type Route, type Visit, everywhere, orderOf } from '../route.ts';

const trail = [['/people', 'People and titles']] as const;

const formPage = (visit: Visit, title: string, button: string, body: Html): Page => ({
  title,
  trail,
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    ${actForm({ action: visit.path, seal: visit.seal, button, body })}
  `,
});

const personOf = async ({ node, params }: Visit): Promise<Person> => {
  const person = (await people(node)).get(params['person'] ?? '');
  if (person !== undefined) return person;
  throw new ProblemError({
    kind: 'case-unknown',
    what: 'The directory has no such person.',
    cite: '(b)(4)',
    next: 'Look for the person in the directory, or enter them.',
  });
};

const newPerson = (visit: Visit): Page =>
  formPage(
    visit,
    'Enter a person',
    'Enter the person',
    html`
      <p>
        Only officers and employees of this office. A person is entered with a key to sign with; without a
        title they may do nothing yet.
      </p>
      ${line({ name: 'act.id', label: 'Id', hint: 'Small letters, digits and hyphens, such as jordan-vale. It is never used again for another.', required: true }, visit)}
      ${line({ name: 'act.name', label: 'Name', required: true }, visit)}
    `,
  );

const enter = async (visit: Visit): Promise<Answer> => {
  await changeDirectory(visit.node, orderOf(visit), { ...fieldsOf(visit.form), act: 'add person' });
  return {
    to: `/people/${visit.form.get('act.id') ?? ''}/give`,
    say: `${visit.form.get('act.name') ?? ''} is entered. Give them a title.`,
  };
};

const giveTitle = async (visit: Visit): Promise<Page> => {
  const { name } = await personOf(visit);
  const duties = Object.entries(dutiesOf[officeNames[visit.node.office]]) as [
    Duty,
    { sentence: string; cite: string },
  ][];
  return formPage(
    visit,
    'Give a title',
    'Give the title',
    html`
      <p>To <strong>${name}</strong></p>
      ${line({ name: 'act.title', label: 'Title', hint: 'As it stands in requests: designations go by it.', required: true }, visit)}
      ${line({ name: 'act.from', label: 'First day', type: 'date', required: true, value: visit.when.day, hint: 'Such as 2026-03-16.' }, visit)}
      ${line({ name: 'act.to', label: 'Last day', type: 'date', hint: 'Left out, it is held until it is ended.' }, visit)}
      ${choose(
        {
          name: 'act.duties[]',
          label: 'What may be done under it?',
          choices: duties.map(([duty, { sentence, cite: of }]) => ({
            value: duty,
            label: duty,
            hint: html`${sentence} ${cite(of)}`,
          })),
        },
        visit,
      )}
      ${
        visit.node.office === 'customs'
          ? select(
              {
                name: 'act.capacity',
                label: 'Capacity',
                hint: 'Only of the title that signs requests; one person holds it at a time. A delegate does not sign (our reading R2).',
                choices: ['Commissioner', 'acting Commissioner'].map((one) => ({ value: one, label: one })),
              },
              visit,
            )
          : nothing
      }
    `,
  );
};

const give = async (visit: Visit): Promise<Answer> => {
  const { id, name } = await personOf(visit);
  await changeDirectory(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act: 'give title',
    person: id,
  });
  return {
    to: '/people',
    say: `${name} holds “${visit.form.get('act.title') ?? ''}” from ${visit.form.get('act.from') ?? ''}.`,
  };
};

const endTitle = async (visit: Visit): Promise<Page> => {
  const { name, titles } = await personOf(visit);
  const { day } = visit.when;
  const left = titles.filter((one) => inForce(one, day) || day < one.from).map(({ title }) => title);
  return formPage(
    visit,
    'End a title',
    'End the title',
    html`
      <p>
        Of <strong>${name}</strong>. What was done under it stays done; access under it ends with its last
        day.
      </p>
      ${select({ name: 'act.title', label: 'Which title?', required: true, value: visit.query.get('title') ?? undefined, choices: left.map((one) => ({ value: one, label: one })) }, visit)}
      ${line({ name: 'act.from', label: 'First day on which it is no longer held', type: 'date', value: day, hint: 'Today, where it is left out.' }, visit)}
    `,
  );
};

const end = async (visit: Visit): Promise<Answer> => {
  const { id, name } = await personOf(visit);
  await changeDirectory(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act: 'end title',
    person: id,
  });
  return {
    to: '/people',
    say: `“${visit.form.get('act.title') ?? ''}” of ${name} ends; access under it ends with it.`,
  };
};

const pair = (path: string, show: Route['handle'], handle: Route['handle']): Route[] => {
  const common = { path, offices: everywhere, need: ['keeps the directory'], cite: '(b)(4)' } as const;
  return [
    { method: 'GET', ...common, handle: show },
    { method: 'POST', ...common, handle, again: show },
  ];
};

export const peopleFormRoutes: readonly Route[] = [
  ...pair('/people/new', newPerson, enter),
  ...pair('/people/:person/give', giveTitle, give),
  ...pair('/people/:person/end', endTitle, end),
];
