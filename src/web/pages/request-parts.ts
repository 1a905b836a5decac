import { html } from 'hono/html';
import type { CheckFinding } from '../../casework/acts/check.ts';
import { blocking } from '../../casework/acts/check.ts';
import type { Task, TaskId, TaskState } from '../../casework/acts/work.ts';
import { type RequestFile, requestFile } from '../../office/request.ts';
import { type State, cite, law, more, nothing, notice, problems, state } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import type { Html, Page, Visit } from '../route.ts';

/** What the pages of the request builder share. */

export const fileOf = ({ node, params }: Visit): Promise<RequestFile> =>
  requestFile(node, params['case'] ?? '');

const states: Readonly<Record<TaskState, readonly [State, string]>> = {
  'not started': ['not determined', 'Not started'],
  incomplete: ['not met', 'To mend'],
  complete: ['met', 'Complete'],
  'cannot start yet': ['not shown', 'Cannot start yet'],
};

export const taskState = (of: TaskState): Html => state(...states[of]);

export const things = (count: number): string => (count === 1 ? '1 thing' : `${count} things`);

/** How many things stop the signature at this step. */
export const stopsAt = ({ findings, parts }: Task): number =>
  new Set([findings, ...parts.map((one) => one.findings)].flatMap(blocking)).size;

/** Where a step is done. A taxpayer stands by its number: an address says nobody’s name. */
export const taskHref = ({ reference, draft }: RequestFile, id: TaskId): string => {
  const [step = '', part] = id.split('/');
  const place = { signature: 'sign', sending: '' }[step] ?? step;
  if (part === undefined)
    return place === '' ? `${to('requests', reference)}#send` : to('requests', reference, place);
  const number = draft.taxpayers.findIndex((one) => one.id === part) + 1;
  return to('requests', reference, step, step === 'taxpayers' ? number : part);
};

/** What the check says, each with its words of law and its cure. */
export const findingsList = (
  findings: readonly CheckFinding[],
  link: (one: CheckFinding) => Html = () => nothing,
): Html =>
  findings.length === 0
    ? html`<p>${state('met', 'Nothing here would be sent back.')}</p>`
    : html`<ul class="wb-stops">
        ${findings.map(
          (one) =>
            html`<li class="wb-stop">
              <p>
                ${one.blocking ? state('not met', 'To mend') : state('not determined', 'Look once more')}
                ${one.what} ${cite(one.cite)} ${link(one)}
              </p>
              ${one.law === undefined ? nothing : law(one.law)}
              <p><strong>Next:</strong> ${one.cure}</p>
            </li>`,
        )}
      </ul>`;

/** The law’s words that a step answers. */
export const lawOfTask = (task: Task | undefined): Html =>
  task === undefined
    ? nothing
    : html`<div class="wb-words">${task.law.map(({ words, cite: of }) => law(words, of))}</div>`;

/** Why nothing can be changed any more; undefined while it can. */
export const closed = ({ state: { sent, withdrawn } }: RequestFile): Html | undefined =>
  withdrawn !== undefined
    ? notice(
        'info',
        html`The request was withdrawn on ${withdrawn.on}. Its record stands; a new request has a reference of
        its own.`,
      )
    : sent !== undefined
      ? notice('info', html`The request was sent on ${sent.on}, and what was sent stays as it is.`)
      : undefined;

const dropped = ({ state: { signed } }: RequestFile): Html =>
  signed === undefined
    ? nothing
    : notice(
        'warning',
        html`The request is signed. Saving a change drops the signature, and the Commissioner signs anew.`,
      );

/** A step’s page: what is wrong, the law’s words, the form while there is something to change, and what is still to mend. */
export const stepPage = (
  file: RequestFile,
  visit: Visit,
  {
    title,
    task,
    form,
    more: after = nothing,
  }: { readonly title: string; readonly task: Task | undefined; readonly form: Html; readonly more?: Html },
): Page => ({
  title,
  trail: trailOf(file.reference),
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    ${task === undefined ? nothing : html`<p>${taskState(task.state)}</p>`}
    ${task === undefined ? nothing : more('The law’s words for this step', lawOfTask(task))}
    ${closed(file) ?? html`${dropped(file)}${form}`} ${after}
    ${
      task === undefined || task.findings.length === 0
        ? nothing
        : html`<h2>What the check says here</h2>
            ${findingsList(task.findings)}`
    }
    <p>
      <a class="usa-link" href="${to('requests', file.reference)}">All steps of request ${file.reference}</a>
    </p>
  `,
});

export const trailOf = (reference: string): NonNullable<Page['trail']> => [
  ['/cases', 'Cases'],
  [to('cases', reference), reference],
  [to('requests', reference), 'Request'],
];

export const taskNamed = ({ tasks }: RequestFile, id: TaskId): Task | undefined =>
  tasks.flatMap((one) => [one, ...one.parts]).find((one) => one.id === id);
