import { html } from 'hono/html';
import { putQuestion } from '../../casework/after/put.ts';
import { caseFile } from '../../office/case-file.ts';
import { answerGiven, askMayI } from '../../office/may-i.ts';
import { type Fields, fieldsOf } from '../form.ts';
import { actForm } from '../parts/fields.ts';
import { href } from '../assets.ts';
import { nothing, notice, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Page, type Visit, orderOf } from '../route.ts';
import { askedBefore, typedBefore } from './may-i-again.ts';
import { questions } from './may-i-form.ts';

const labels: Readonly<Record<string, string>> = {
  'proposal.act': 'What do you want to do?',
  'proposal.items': 'The items',
  'proposal.to.is': 'To whom?',
  'proposal.to.name': 'The person’s name',
  'proposal.to.title': 'The officer’s title',
  'proposal.to.importer': 'Which importer',
  'proposal.for.matter': 'In what matter?',
  'proposal.for.audit': 'For which audit',
  'proposal.for.stage': 'How far the court matter is',
  'proposal.criminal.toComply': 'Only for the application under 6103(i)?',
  'proposal.criminal.userAgency': 'The agency',
  'proposal.otherProvision': 'The other provision',
};

/** A recipient that is missing, or one too many, is seen to where the recipient is chosen. */
const places: Places = (where) => {
  const field = where === 'proposal.to' ? 'proposal.to.is' : where;
  const finding = /^findings\[\d+\]\.reason$/.test(field);
  if (finding) return ['reasons.use is necessary', 'How is it necessary?'];
  const label = labels[field];
  return label === undefined ? undefined : [field, label];
};

const inside = (fields: Fields, name: string): Fields =>
  typeof fields[name] === 'object' ? (fields[name] as Fields) : {};

/** The question as it was typed. Of what is asked about a criminal matter, nothing is said where it is none. */
const questionOf = ({ form, actor }: Visit) => {
  const fields = fieldsOf(form);
  const { criminal, ...proposal } = inside(fields, 'proposal');
  const matter = inside(proposal, 'for')['matter'];
  const counsel = actor?.duties.includes('counsel') === true;
  return putQuestion({
    proposal: {
      ...proposal,
      items: form.all('act.proposal.items[]'),
      for: { ...inside(proposal, 'for') },
      criminal: matter === 'criminal' ? { ...(criminal as Fields | undefined) } : undefined,
    },
    reasons: { ...inside(fields, 'reasons') },
    asCounsel: counsel
      ? [
          'legal representative',
          'refund suit within (g)',
          '6103(i) requirements met',
          'other provision applies',
        ]
      : [],
  });
};

/** GET /cases/:case/may-i: the three questions. */
export const askPage: Handler = async (visit): Promise<Page> => {
  const { node, params, seal, problem } = visit;
  const file = await caseFile(node, params['case'] ?? '');
  if (file.office === 'irs') throw new TypeError('this route is for who holds what was disclosed');
  const { reference, events, holding } = file;
  const before = problem === undefined ? visit.query.get('again') : null;
  const asked =
    before === null
      ? visit
      : { ...visit, form: typedBefore((await answerGiven(node, reference, before)).question) };
  return {
    title: 'May I?',
    trail: [
      ['/cases', 'Cases'],
      [to('cases', reference), reference],
    ],
    main: html`
      ${problem === undefined ? nothing : problems(problem, visit, true)}
      <p>
        Three questions about case ${reference}. You are told yes, not yet or no, with the paragraph. The
        question and its answer are recorded, whatever the answer; nothing is done by asking.
      </p>
      ${
        holding.items.size === 0
          ? notice('info', html`This office holds nothing in this case yet: there is nothing to ask about.`)
          : html`<div data-script="${href('may-i.js')}">
              ${actForm({
                action: to('cases', reference, 'may-i'),
                seal,
                expect: events.length,
                body: questions(holding, asked),
                button: 'May I?',
              })}
            </div>`
      }
      ${askedBefore(reference, events)}
    `,
  };
};

/** POST /cases/:case/may-i: asks, and goes to the answer, which has an address of its own: looking at it again asks nothing. */
export const ask: Handler = async (visit) => {
  const { node, params } = visit;
  const { reference } = await caseFile(node, params['case'] ?? '');
  const { done } = await withPlaces(places, () =>
    askMayI(node, orderOf(visit), { case: reference, ...questionOf(visit) }),
  );
  return { to: to('cases', reference, 'may-i', done.receipt.act) };
};
