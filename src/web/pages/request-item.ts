import { html } from 'hono/html';
import { changedItem } from '../../casework/acts/edit-draft.ts';
import type { Task } from '../../casework/acts/work.ts';
import { ruleOf } from '../../casework/acts/work-placing.ts';
import { ProblemError } from '../../ground/problem.ts';
import { noSuchCase } from '../../office/case-file.ts';
import { draftRequest } from '../../office/customs.ts';
import { type RequestFile, tasksIf } from '../../office/request.ts';
import { href } from '../assets.ts';
import { type Fields, fieldsOf } from '../form.ts';
import { actForm, choose, line, lines, select } from '../parts/fields.ts';
import { law, more, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, placed, withPlaces } from '../placed.ts';
import { type Handler, type Html, type Page, type Visit, orderOf } from '../route.ts';
import {
  closed,
  fileOf,
  findingsList,
  stopsAt,
  taskNamed,
  taskState,
  things,
  trailOf,
} from './request-parts.ts';
import { purposeChoices, relatesChoices, taxpayerChoices } from './request-words.ts';

const labels: Readonly<Record<string, string>> = {
  taxpayer: 'The taxpayer',
  form: 'The form',
  line: 'The line',
  path: 'The path',
  period: 'The period',
  'period.from': 'The first day of the period',
  'period.to': 'The last day of the period',
  date: 'The date',
  purposes: 'The purpose',
  purpose: 'The particular purpose',
  necessity: 'How it is necessary',
  relatesTo: 'What it relates to',
  adjusts: 'The item adjusted',
};
const places: Places = (where) => {
  const field = /^document\.items\[\d+\]\.?([^[]*)/.exec(where)?.[1];
  if (field === undefined) return undefined;
  const at = field === 'period' ? 'period.from' : field === '' ? 'form' : field;
  return [`item.${at}`, labels[field] ?? 'This item'];
};

type Item = RequestFile['draft']['items'][number];

/** A question with the law’s words beside it. */
const beside = (rules: readonly string[], body: Html): Html => html`
  <div class="wb-question">
    <div>${body}</div>
    <div class="wb-question__law">
      ${rules.map((id) => {
        const { law: words, cite } = ruleOf(id);
        return law(words, cite);
      })}
    </div>
  </div>
`;

const fields = ({ draft }: RequestFile, item: Item, visit: Visit): Html => {
  const others = draft.items
    .filter(({ id }) => id !== item.id)
    .map(({ id, form, line: at }) => ({
      value: id,
      label: [id, form, at].filter((one) => one !== undefined).join(', '),
    }));
  return html`
    ${beside(
      ['(b)(2)'],
      select(
        {
          name: 'act.item.taxpayer',
          label: 'To which taxpayer it relates',
          required: true,
          value: item.taxpayer,
          choices: taxpayerChoices(draft),
        },
        visit,
      ),
    )}
    ${beside(
      ['(b)(3)'],
      html`
        ${line({ name: 'act.item.period.from', label: 'First day of the taxable period', type: 'date', value: item.period?.from }, visit)}
        ${line({ name: 'act.item.period.to', label: 'Last day of the taxable period', type: 'date', value: item.period?.to }, visit)}
        ${line({ name: 'act.item.date', label: 'Or one date', hint: 'A period or a date, not both.', type: 'date', value: item.date }, visit)}
      `,
    )}
    ${beside(
      ['(a)(1)', '(b)(4) purpose'],
      html`
        ${choose({ name: 'act.item.purposes[]', label: 'For what it is needed', required: true, chosen: item.purposes, choices: purposeChoices }, visit)}
        ${lines({ name: 'act.item.purpose', label: 'The particular purpose of this item', required: true, value: item.purpose, rows: 3 }, visit)}
      `,
    )}
    ${beside(
      ['(b)(4) explanation', '(c) necessary'],
      lines(
        {
          name: 'act.item.necessity',
          label: 'How this item is necessary to that purpose',
          required: true,
          value: item.necessity,
          rows: 4,
        },
        visit,
      ),
    )}
    ${beside(
      ['(c) relates'],
      choose(
        {
          name: 'act.item.relatesTo',
          label: 'To what of the entered merchandise it relates',
          required: true,
          value: item.relatesTo,
          choices: relatesChoices,
        },
        visit,
      ),
    )}
    ${more(
      'Form, line and path; adjustments by the IRS',
      beside(
        ['(b)(1)', '(c) adjustments'],
        html`
          ${line({ name: 'act.item.form', label: 'Form', value: item.form }, visit)}
          ${line({ name: 'act.item.line', label: 'Line', value: item.line }, visit)}
          ${line({ name: 'act.item.path', label: 'Path in the e-filed return', value: item.path, hint: 'From the catalogue. Change it only if you know it.' }, visit)}
          ${select({ name: 'act.item.adjusts', label: 'It asks for the IRS’s adjustment of this item', none: 'No adjustment', value: item.adjusts, choices: others }, visit)}
        `,
      ),
    )}
  `;
};

/** What the check says of the item, as it is or as it would be. */
const told = (task: Task | undefined): Html =>
  task === undefined
    ? html``
    : html`<p>
          ${taskState(task.state)}
          ${stopsAt(task) === 0 ? '' : `${things(stopsAt(task))} to mend before the Commissioner can sign`}
        </p>
        ${findingsList(task.findings)}`;

const itemAt = ({ draft }: RequestFile, { params }: Visit): Item => {
  const item = draft.items.find(({ id }) => id === params['item']);
  if (item === undefined) throw noSuchCase();
  return item;
};

/** GET /requests/:case/items/:item: when, for what, and how it is necessary, with the law’s words beside each question. */
export const itemPage: Handler = async (visit): Promise<Page> => {
  const file = await fileOf(visit);
  const item = itemAt(file, visit);
  const task = taskNamed(file, `items/${item.id}`);
  const here = to('requests', file.reference, 'items', item.id);
  return {
    title: task?.title ?? 'An item',
    trail: [...trailOf(file.reference), [to('requests', file.reference, 'items'), 'Items']],
    main: html`
      ${visit.problem === undefined ? '' : problems(visit.problem, visit, true)}
      ${
        closed(file) ??
        html`<div class="wb-wide" data-script="${href('request.js')}" data-findings="${here}/findings">
          ${actForm({ action: here, seal: visit.seal, expect: file.version, body: fields(file, item, visit), button: 'Save this item' })}
        </div>`
      }
      <h2>What the check says of this item</h2>
      <div id="findings" aria-live="polite">${told(task)}</div>
      <p>
        <a class="usa-link" href="${to('requests', file.reference, 'items')}">All items of this request</a>
      </p>
    `,
  };
};

/** The draft with the item as it was typed. */
const typed = ({ draft }: RequestFile, id: string, { form }: Visit) =>
  changedItem(draft, id, (fieldsOf(form) as { item?: Fields }).item ?? {});

export const saveItem: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { id } = itemAt(file, visit);
  const changed = typed(file, id, visit);
  await withPlaces(places, () => draftRequest(visit.node, orderOf(visit), file.reference, changed));
  const task = tasksIf(visit.node, file, changed)
    .flatMap(({ parts }) => parts)
    .find((one) => one.id === `items/${id}`);
  const left = task === undefined ? 0 : stopsAt(task);
  return {
    to: to('requests', file.reference, 'items', id),
    say:
      left === 0
        ? 'The item is saved. Nothing in it would be sent back.'
        : `The item is saved. ${things(left)} to mend below.`,
  };
};

/** POST …/findings: what the check would say of what is typed. It saves nothing and records nothing. */
export const findings: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { id } = itemAt(file, visit);
  const fragment = (body: Html) =>
    Promise.resolve(body).then(
      (text) => new Response(text.toString(), { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
    );
  try {
    const tasks = tasksIf(visit.node, file, typed(file, id, visit));
    return await fragment(told(tasks.flatMap(({ parts }) => parts).find((one) => one.id === `items/${id}`)));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problems: all } = placed(error, places) as ProblemError;
    return fragment(
      html`<ul class="usa-list">
        ${all.map(({ what }) => html`<li>${what}</li>`)}
      </ul>`,
    );
  }
};
