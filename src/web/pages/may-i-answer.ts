import { html } from 'hono/html';
import type { Holding } from '../../casework/after/holding.ts';
import { caseFile } from '../../office/case-file.ts';
import { type Given, answerGiven, askMayI } from '../../office/may-i.ts';
import { actForm, choose, lines, line } from '../parts/fields.ts';
import { nothing, notice, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Html, type Page, type Visit, orderOf } from '../route.ts';
import { sendOff } from '../send-off.ts';
import { answerBody, verdictWord } from './may-i-verdict.ts';

const doLabels: Readonly<Record<string, string>> = {
  'do.workpaper': 'The workpaper',
  'do.entries': 'The entries',
  'do.shown': 'What is shown',
  reason: 'Why once more',
};

const places: Places = (where) => {
  const field = where.replace(/\[\d+\]$/, '');
  const label = doLabels[field];
  return label === undefined ? undefined : [field, label];
};

const ofUse = (
  { question: { proposal }, answer: { hop } }: Given,
  { matter }: Holding,
  visit: Visit,
): Html => {
  const listed = matter?.audit?.entries ?? [];
  const needed = hop.id === 'use-by-customs' && proposal.for.matter === 'the audit';
  const entries = { label: 'The entries that it is about', required: needed };
  return html`
    ${line(
      {
        name: 'act.do.workpaper',
        label: 'The workpaper or filing that documents the use',
        hint: 'Its reference, such as WP-12. The paper becomes federal tax information itself.',
        required: hop.id === 'use-by-customs',
      },
      visit,
    )}
    ${
      listed.length > 0
        ? choose(
            {
              ...entries,
              name: 'act.do.entries[]',
              hint: 'The request lists these as the entries of the audit.',
              choices: listed.map((one) => ({ value: one, label: one })),
            },
            visit,
          )
        : lines(
            {
              ...entries,
              name: 'act.do.entries',
              rows: 3,
              hint: 'One entry number a line, with its check digit, such as B76-0324527-8.',
            },
            visit,
          )
    }
  `;
};

/** What the record has to say of what is done, and only that. */
const deedFields = (given: Given, holding: Holding, visit: Visit): Html => {
  const { question, answer } = given;
  const again = answer.items.some(({ before }) => before !== undefined);
  const fields =
    answer.hop.id === 'customs-to-justice'
      ? html`<p>
          Each item is opened first, and each look is on record. Then the packet for Justice is signed with
          your name, recorded, and leaves.
        </p>`
      : question.proposal.act === 'disclose'
        ? lines(
            {
              name: 'act.do.shown',
              label: 'What is shown, in words',
              hint: 'Such as: the line and its caption. Never the value itself.',
              required: true,
              rows: 2,
            },
            visit,
          )
        : answer.hop.id === 'criminal-use'
          ? nothing
          : ofUse(given, holding, visit);
  return html`${fields}
  ${
    again
      ? lines(
          { name: 'act.reason', label: 'The same was done before. Why once more?', required: true, rows: 2 },
          visit,
        )
      : nothing
  }`;
};

const doIt = (given: Given, reference: string, holding: Holding, visit: Visit): Html => {
  const { params, seal, actor, problem } = visit;
  if (given.done) return notice('success', html`Done, and recorded with this question.`);
  if (given.answer.verdict !== 'permitted') return nothing;
  const may = actor?.duties.some((duty) => duty === 'receives' || duty === 'counsel') === true;
  return html`<h2 id="do-it">Do it</h2>
    ${
      may
        ? html`<p>
              What the record must say. It is asked once more on what stands in the case now, done, and
              recorded with your name.
            </p>
            ${actForm({
              action: to('cases', reference, 'may-i', params['act'] ?? '', 'do'),
              seal,
              expect: given.version,
              body: deedFields(given, holding, visit),
              button:
                given.answer.hop.id === 'customs-to-justice' ? 'Refer it to Justice' : 'Do it, and record it',
            })}`
        : notice('info', html`Doing it is for somebody whose title carries the duty “receives” or “counsel”.`)
    }
    ${problem === undefined ? nothing : html`<p>The question that was just put is on record all the same.</p>`}`;
};

/** From what stands in the way to where it is cured, and back to the question with all that was typed. */
const onFromHere = ({ answer }: Given, reference: string, { params, wayTo }: Visit): Html => {
  const paper = answer.attach.length === 0 ? undefined : wayTo('file paper');
  const again = `${to('cases', reference, 'may-i')}?again=${encodeURIComponent(params['act'] ?? '')}`;
  return html`<p>
    ${paper === undefined ? nothing : html`<a class="usa-link" href="${paper.to}">${paper.words}</a>, and then:`}
    <a class="usa-link" href="${again}">Put the same question once more</a>, with what has changed.
  </p>`;
};

/** GET /cases/:case/may-i/:act: the answer that was given. To read it again asks nothing, and records nothing. */
export const answerPage: Handler = async (visit): Promise<Page> => {
  const { node, params, problem } = visit;
  const file = await caseFile(node, params['case'] ?? '');
  if (file.office === 'irs') throw new TypeError('this route is for who holds what was disclosed');
  const { reference, holding } = file;
  const given = await answerGiven(node, reference, params['act'] ?? '');
  const { verdict, hop } = given.answer;
  return {
    title: `${verdictWord[verdict]}: ${hop.title}`,
    trail: [
      ['/cases', 'Cases'],
      [to('cases', reference), reference],
      [to('cases', reference, 'may-i'), 'May I?'],
    ],
    main: html`
      ${problem === undefined ? nothing : problems(problem, visit, true)} ${answerBody(given, holding, visit)}
      ${doIt(given, reference, holding, visit)}
      ${given.answer.verdict === 'permitted' ? nothing : onFromHere(given, reference, visit)}
      <p>
        This question and its answer are on record.
        <a class="usa-link" href="${to('cases', reference, 'may-i')}">Ask another question in this case</a>
      </p>
    `,
  };
};

const deedOf = ({ form }: Visit): Readonly<Record<string, unknown>> => {
  const entries = [...form.all('act.do.entries[]'), ...(form.get('act.do.entries') ?? '').split('\n')]
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const [workpaper, shown] = [form.get('act.do.workpaper'), form.get('act.do.shown')];
  return {
    ...(workpaper === undefined ? {} : { workpaper }),
    ...(shown === undefined ? {} : { shown }),
    ...(entries.length === 0 ? {} : { entries }),
  };
};

/** POST …/do: the question of before, put once more in order to be done. What was refused meanwhile is an answer like any other. */
export const doPermitted: Handler = async (visit) => {
  const { node, params, form } = visit;
  const { reference } = await caseFile(node, params['case'] ?? '');
  const { question } = await answerGiven(node, reference, params['act'] ?? '');
  const { do: _before, again: _again, reason: _reason, ...asked } = question;
  const reason = form.get('act.reason');
  const { answer, done, referral } = await withPlaces(places, async () => {
    const result = await askMayI(node, orderOf(visit), {
      case: reference,
      ...asked,
      do: deedOf(visit),
      ...(reason === undefined ? {} : { again: true, reason }),
    });
    // Permitted, and still not done: the record could not say what it must.
    if (result.done.refused !== undefined && result.answer.verdict === 'permitted') throw result.done.refused;
    return result;
  });
  const page = to('cases', reference, 'may-i', done.receipt.act);
  if (answer.verdict !== 'permitted') return { to: page };
  return { to: page, say: referral ? await sendOff(visit, 'justice', done.receipt) : 'Done, and recorded.' };
};
