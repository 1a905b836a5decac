import { html } from 'hono/html';
import type { Duty } from '../../casework/acts/duties.ts';
import type { People } from '../../casework/acts/people.ts';
import type { Task } from '../../casework/acts/work.ts';
import { people } from '../../office/act.ts';
import { sendRequest, withdrawRequest } from '../../office/customs.ts';
import { whoCan } from '../../office/queue.ts';
import type { RequestFile } from '../../office/request.ts';
import { actForm, lines } from '../parts/fields.ts';
import { cite, more, nothing, notice, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { withPlaces } from '../placed.ts';
import { type Handler, type Html, type Page, type Visit, orderOf } from '../route.ts';
import { sendOff } from '../send-off.ts';
import { closed, fileOf, lawOfTask, stopsAt, taskHref, taskState, things } from './request-parts.ts';

/** Whose a step is, by duty. */
const stepFor = ({ id }: Task): readonly Duty[] =>
  ({
    check: ['drafts requests', 'signs as Commissioner', 'sends'] as const,
    signature: ['signs as Commissioner'] as const,
    sending: ['sends'] as const,
  })[id as string] ?? ['drafts requests'];

/** A step by its title: a link where it is the visitor’s. To try what is not goes on record, and nobody is led into it. */
const stepLink = (file: RequestFile, task: Task, { actor }: Visit): Html =>
  stepFor(task).some((duty) => actor?.duties.includes(duty) === true)
    ? html`<a class="usa-link" href="${taskHref(file, task.id)}">${task.title}</a>`
    : html`${task.title}`;

/** Who else does it. */
const forOthers = (task: Task, { actor, when }: Visit, known: People): Html => {
  const by = stepFor(task);
  if (task.state === 'complete' || by.some((duty) => actor?.duties.includes(duty) === true)) return nothing;
  const who = whoCan(known, { what: task.title, by }, when.day).map(({ name, title }) => `${name}, ${title}`);
  return html`·
  ${who.length === 0 ? `nobody holds a title for it today: one that ${by.join(', or ')}` : `for ${who.join('; ')}`}`;
};

const stepOf = (
  file: RequestFile,
  task: Task,
  { next, visit, known }: { next: Task | undefined; visit: Visit; known: People },
): Html => {
  const stops = stopsAt(task);
  return html`
    <li class="usa-process-list__item">
      <h2 class="usa-process-list__heading">${stepLink(file, task, visit)}</h2>
      <p>
        ${taskState(task.state)} ${cite(task.cite)}
        ${stops === 0 || task.state === 'cannot start yet' ? nothing : html`· ${things(stops)} still to mend`}
        ${task.parts.length === 0 ? nothing : html`· ${task.parts.length} entered`}
        ${task === next ? html`· <strong>this is next</strong>` : nothing} ${forOthers(task, visit, known)}
      </p>
      ${more(`The law’s words for: ${task.title}`, lawOfTask(task))}
    </li>
  `;
};

/** A signed request leaves by somebody whose title sends: the Commissioner need not be there. */
const sending = (file: RequestFile, visit: Visit): Html => {
  const { reference, state, version } = file;
  const { signed } = state;
  if (signed === undefined || state.sent !== undefined || state.withdrawn !== undefined) return nothing;
  return html`<h2 id="send">Send</h2>
    <p>
      Signed on ${signed.dated} by ${signed.signature.name}, ${signed.signature.title}. What was signed is
      what is sent.
    </p>
    ${
      visit.actor?.duties.includes('sends') === true
        ? actForm({
            action: to('requests', reference, 'send'),
            seal: visit.seal,
            expect: version,
            body: nothing,
            button: 'Send it to the IRS',
          })
        : html`<p>Somebody whose title sends lets it go to the IRS.</p>`
    }`;
};

const withdrawing = (file: RequestFile, visit: Visit): Html => {
  const { reference, state, version } = file;
  if (state.answer !== undefined || state.withdrawn !== undefined) return nothing;
  return html`<h2 id="withdraw">Withdraw</h2>
    ${more(
      'Withdraw this request',
      actForm({
        action: to('requests', reference, 'withdraw'),
        seal: visit.seal,
        expect: version,
        body: html`${
          state.sent === undefined
            ? html`<p>It has not been sent; nobody else needs to be told.</p>`
            : html`<p>The IRS is told in a packet, and answers it no more.</p>`
        }
        ${lines({ name: 'act.reason', label: 'Why it is withdrawn', required: true, rows: 2 }, visit)}`,
        button: 'Withdraw the request',
        kind: 'danger',
      }),
    )}`;
};

const nextWords = (file: RequestFile, next: Task | undefined, visit: Visit, known: People): Html => {
  const { state } = file;
  if (state.answer !== undefined)
    return notice(
      'success',
      html`The IRS answered on ${state.answer.on}.
        <a class="usa-link" href="${to('cases', file.reference)}">See the case</a>`,
    );
  const over = closed(file);
  if (over !== undefined)
    return html`${over}
      <p><a class="usa-link" href="${to('cases', file.reference)}">The case, with the packets sent</a></p>`;
  return next === undefined
    ? nothing
    : html`<p class="wb-next">
        <strong>Next:</strong> ${stepLink(file, next, visit)} ${forOthers(next, visit, known)}
      </p>`;
};

/** GET /requests/:case: the steps, each with what is still to mend, and what comes next. */
export const listPage: Handler = async (visit): Promise<Page> => {
  const file = await fileOf(visit);
  const { tasks, reference, draft } = file;
  const next = tasks.find(({ state }) => state !== 'complete' && state !== 'cannot start yet');
  const known = await people(visit.node);
  return {
    title: `Request ${reference}`,
    trail: [
      ['/cases', 'Cases'],
      [to('cases', reference), reference],
    ],
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
      ${draft.title === undefined ? nothing : html`<p>${draft.title}</p>`}
      ${nextWords(file, next, visit, known)}
      <ol class="usa-process-list">
        ${tasks.map((task) => stepOf(file, task, { next, visit, known }))}
      </ol>
      ${sending(file, visit)}
      <p>
        <a class="usa-link" href="${to('requests', reference, 'letter')}">Read the letter as the IRS will</a>
      </p>
      ${withdrawing(file, visit)}
    `,
  };
};

/** POST …/send: what was signed goes to the IRS. */
export const send: Handler = async (visit) => {
  const { reference } = await fileOf(visit);
  const receipt = await sendRequest(visit.node, orderOf(visit), reference);
  const went = await sendOff(visit, 'irs', receipt);
  return { to: to('requests', reference), say: `The request is sent, and recorded. ${went}` };
};

/** POST …/withdraw: with its reason; where the request was sent, a packet tells the IRS. */
export const withdraw: Handler = async (visit) => {
  const { reference, state } = await fileOf(visit);
  const reason = visit.form.get('act.reason') ?? '';
  const receipt = await withPlaces(
    (where) => (where === 'reason' ? ['reason', 'Why it is withdrawn'] : undefined),
    () => withdrawRequest(visit.node, orderOf(visit), reference, reason),
  );
  const went = state.sent === undefined ? '' : await sendOff(visit, 'irs', receipt);
  return { to: to('requests', reference), say: `The request is withdrawn, and recorded. ${went}`.trim() };
};
