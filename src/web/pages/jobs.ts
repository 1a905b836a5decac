import { html } from 'hono/html';
import { href } from '../assets.ts';
import type { Job, Owner, Plan } from '../jobs.ts';
import { actForm } from '../parts/fields.ts';
import { notice, nothing, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import {
  type Answer,
  type Handler,
  type Html,
  type Page,
  type Route,
  type Visit,
  everywhere,
} from '../route.ts';

const SECONDS = 3;
/** Work that is done by then is shown at once, and nobody waits for a page that says so. Milliseconds. */
const AT_ONCE = 400;
/** How long one stream of events goes on. The browser asks for the next, and with it who asks is looked at again. Milliseconds. */
const STREAM = 60_000;
/** Steps that come faster than this are told as one. Milliseconds. */
const PACE = 250;

export const ownerOf = ({ actor }: Visit): Owner => {
  if (actor === undefined) throw new TypeError('long work is somebody’s, under a title');
  return { person: actor.id, title: actor.title };
};

const addressOf = ({ id }: Job): string => to('jobs', id);

/** Begins long work, and goes to where it is watched. */
export const begin = async (visit: Visit, plan: Plan): Promise<Answer> => {
  const job = visit.jobs.begin(ownerOf(visit), plan);
  const until = performance.now() + AT_ONCE;
  for (let now: Job | undefined = job; now?.state === 'running' && performance.now() < until;) {
    await visit.jobs.changed(ownerOf(visit), now, until - performance.now());
    now = visit.jobs.of(ownerOf(visit), job.id);
  }
  return { to: addressOf(job) };
};

const count = (n: number): string => n.toLocaleString('en-US');

/** How far it is, in words. */
export const progressWords = ({ done, total, unit }: Job): string =>
  total === 0
    ? 'Beginning.'
    : `${count(done)} of ${count(total)} ${unit}, ${Math.floor((100 * done) / total)} %.`;

const noSuchJob: Page = {
  title: 'No such work',
  status: 404,
  main: html`<p>
    There is no such work of yours under this title: a result stays for an hour, and goes when you sign out.
    What is still there is listed at <a class="usa-link" href="/desk">the inspector’s desk</a>; start anything
    else again where it was started.
  </p>`,
};

const running = (job: Job, { seal }: Visit): Html => html`
  <div
    data-script="${href('jobs.js')}"
    data-job="${addressOf(job)}/events"
    data-over="${addressOf(job)}/waiting"
  >
    <p id="job-words">${progressWords(job)}</p>
    <progress
      class="wb-progress"
      id="job-bar"
      max="${Math.max(1, job.total)}"
      value="${job.done}"
      aria-label="${job.title}"
    ></progress>
    <p class="usa-sr-only" id="job-said" role="status"></p>
  </div>
  ${actForm({ action: `${addressOf(job)}/stop`, seal, button: 'Stop', of: job.title, kind: 'outline', body: nothing })}
  <noscript>
    <p>
      This page asks again every ${SECONDS} seconds while the work goes on.
      <a class="usa-link" href="${addressOf(job)}">Ask now.</a>
    </p>
  </noscript>
`;

const fileList = (job: Job): Html => {
  const names = Object.keys(job.result?.files ?? {});
  return names.length === 0
    ? nothing
    : html`<p>
        Save it:
        ${names.map((name) => html`<a class="usa-link wb-file" href="${addressOf(job)}/files/${name}" download>${name}</a> `)}
      </p>`;
};

const ended = (job: Job, visit: Visit): Html => {
  if (job.problem !== undefined) return problems(job.problem, visit);
  if (job.result === undefined)
    return notice(
      'warning',
      html`It was stopped before it was done.
      ${job.acts === true ? 'What was put on record until then stays there.' : 'Nothing of it is left.'}`,
    );
  const came = visit.path.endsWith('/waiting');
  return html`
    ${came ? html`<p class="wb-done" role="status" tabindex="-1" data-focus>Done.</p>` : nothing}
    ${fileList(job)} ${job.result.show(visit, addressOf(job))}
  `;
};

const show: Handler = (visit) => {
  const job = visit.jobs.of(ownerOf(visit), visit.params['job'] ?? '');
  if (job === undefined) return noSuchJob;
  const { title, trail } = job;
  return job.state === 'running'
    ? {
        title,
        trail,
        main: running(job, visit),
        refresh: { seconds: SECONDS, to: `${addressOf(job)}/waiting` },
      }
    : { title, trail, fti: job.result?.fti === true, main: ended(job, visit) };
};

/** The work as it stands, again each time that it moves, until it is over. */
const events: Handler = (visit) => {
  const owner = ownerOf(visit);
  const find = () => visit.jobs.of(owner, visit.params['job'] ?? '');
  if (find() === undefined) return noSuchJob;
  return visit.events(async (stream) => {
    const until = performance.now() + STREAM;
    for (let job = find(); job !== undefined && !stream.aborted; job = find()) {
      const { state, done, total } = job;
      await stream.writeSSE({
        event: 'state',
        retry: SECONDS * 1000,
        data: JSON.stringify({ state, done, total, words: progressWords(job) }),
      });
      if (state !== 'running' || performance.now() >= until) return;
      await visit.jobs.changed(owner, job, until - performance.now());
      await stream.sleep(PACE);
    }
  });
};

const stop: Handler = (visit) => {
  const id = visit.params['job'] ?? '';
  visit.jobs.stop(ownerOf(visit), id);
  return { to: to('jobs', id) };
};

const file: Handler = async (visit) => {
  const name = visit.params['file'] ?? '';
  const files = visit.jobs.of(ownerOf(visit), visit.params['job'] ?? '')?.result?.files ?? {};
  const found = Object.hasOwn(files, name) ? files[name] : undefined;
  if (found === undefined) return noSuchJob;
  const bytes = await found.bytes();
  return new Response(typeof bytes === 'string' ? bytes : Uint8Array.from(bytes), {
    headers: { 'Content-Type': found.type, 'Content-Disposition': `attachment; filename="${name}"` },
  });
};

const common = { offices: everywhere, need: 'a title', cite: '26 USC 6103(p)(4)' } as const;

/** Long work, for whoever started it. What it may read was asked where it was started. */
export const jobRoutes: readonly Route[] = [
  { ...common, method: 'GET', path: '/jobs/:job', handle: show },
  { ...common, method: 'GET', path: '/jobs/:job/waiting', handle: show, polled: true },
  { ...common, method: 'GET', path: '/jobs/:job/events', handle: events, polled: true },
  { ...common, method: 'GET', path: '/jobs/:job/files/:file', handle: file },
  { ...common, method: 'POST', path: '/jobs/:job/stop', handle: stop },
];
