import { html } from 'hono/html';
import type { Duty } from '../../casework/acts/duties.ts';
import type { Actor, People } from '../../casework/acts/people.ts';
import { isFlagged } from '../../casework/after/holding.ts';
import { people } from '../../office/act.ts';
import { type CaseFile, caseFile } from '../../office/case-file.ts';
import { type CaseLine, lineOf } from '../../office/line.ts';
import { turnOf, whoCan } from '../../office/queue.ts';
import { sentBefore, sentInCase } from '../../office/send-again.ts';
import { caseHref } from '../parts/cases.ts';
import { notice, nothing, problems, terms } from '../parts/parts.ts';
import { type Handler, type Html, type Route, everywhere, orderOf } from '../route.ts';
import { sendOff } from '../send-off.ts';
import { doList } from './case/do.ts';
import { itemsTable } from './case/items.ts';
import { keptSection, packetSection, recallSection } from './case/sections.ts';
import { reviewers } from './review/words.ts';

const requesters: readonly Duty[] = ['drafts requests', 'signs as Commissioner', 'sends'];
const has = ({ duties }: Actor, some: readonly Duty[]): boolean => some.some((duty) => duties.includes(duty));

/** The page on which the next thing is done, where it is a page of its own, and open to this title. */
const work = (file: CaseFile, actor: Actor): readonly [href: string, words: string] | undefined => {
  const at = caseHref(file.reference);
  if (file.office === 'irs')
    return has(actor, reviewers) ? [`${at}/review`, 'Open the review board'] : undefined;
  if (file.office !== 'customs' || file.state.answer !== undefined || file.state.withdrawn !== undefined)
    return undefined;
  if (!has(actor, requesters)) return undefined;
  return [`/requests/${encodeURIComponent(file.reference)}`, 'Open the request'];
};

/** Whether something is held whose use has not ended. */
const inUse = (file: CaseFile): boolean =>
  file.office !== 'irs' &&
  [...file.holding.items.values()].some(
    ({ ended, recalled }) => ended === undefined && recalled === undefined,
  );

const nextWords = (
  file: CaseFile,
  line: CaseLine,
  known: People,
  { actor, day }: { actor: Actor; day: Parameters<typeof whoCan>[2] },
): Html => {
  if (line.next === undefined)
    return html`Nothing is open.
    ${inUse(file) ? 'What is held may be opened and used for its audit, and shown to others once you have asked; when its use is over, it is ended.' : ''}`;
  const { what, by } = line.next;
  if (typeof by === 'string') return html`${what}. It is for the ${by} to do.`;
  const who = whoCan(known, line.next, day).map(({ name, title }) => `${name} (${title})`);
  if (turnOf(line, actor) === 'yours') return html`<strong>${what}</strong>. You can do it under your title.`;
  return html`${what}.
  ${who.length === 0 ? `Nobody holds a title for it today: one that ${by.join(', or ')}.` : `Who can: ${who.join('; ')}.`}`;
};

const auditOf = (file: CaseFile): string => {
  const audit =
    file.office === 'irs'
      ? file.state.request?.body.audit
      : file.office === 'customs'
        ? file.state.draft?.audit
        : file.holding.matter?.audit;
  const now = file.office === 'irs' ? audit : (file.holding.matter?.audit ?? audit);
  return now === undefined
    ? 'not stated yet'
    : [now.reference ?? '', now.stage ?? ''].filter(Boolean).join(', ');
};

const titlesOf = (file: CaseFile): readonly string[] =>
  (file.office === 'irs'
    ? file.state.request?.body.request.titles
    : file.office === 'customs'
      ? file.state.draft?.request?.titles
      : file.holding.matter?.request.titles) ?? [];

const bars = (file: CaseFile): Html =>
  file.office !== 'irs' && isFlagged(file.holding)
    ? notice(
        'warning',
        html`The audit was dropped. Everything held for it is flagged, and nothing of it is used: end its use.`,
      )
    : nothing;

const casePage: Handler = async (visit) => {
  const { node, params, actor, when, problem } = visit;
  if (actor === undefined) throw new TypeError('the page of a case needs a title');
  const file = await caseFile(node, params['case'] ?? '');
  const line = lineOf(file);
  const known = await people(node);
  const there = work(file, actor);
  const titles = titlesOf(file);
  return {
    title: `Case ${file.reference}`,
    trail: [['/cases', 'Cases']],
    main: html`
      ${problem === undefined ? nothing : problems(problem, visit)} ${bars(file)}
      ${terms([
        ['Title', line.title === '' ? 'not stated yet' : line.title],
        ['Stands at', line.stage],
        ['Next', nextWords(file, line, known, { actor, day: when.day })],
        ['Audit', auditOf(file)],
        ['Titles designated', titles.length === 0 ? 'none yet' : titles.join('; ')],
      ])}
      ${there === undefined ? nothing : html`<p><a class="usa-button" href="${there[0]}">${there[1]}</a></p>`}
      ${doList(file, actor)}
      <h2>Items</h2>
      ${itemsTable(node, file, actor)} ${recallSection(file)}
      ${file.office === 'irs' ? nothing : keptSection(file, known, when.day)}
      ${packetSection(file, await sentInCase(node, file.reference), visit)}
    `,
  };
};

const sendAgain: Handler = async (visit) => {
  const { node, params, form } = visit;
  const reference = params['case'] ?? '';
  const { receipt, to } = await sentBefore(node, orderOf(visit), reference, form.get('act') ?? '');
  return { to: caseHref(reference), say: await sendOff(visit, to, receipt) };
};

export const caseRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/cases/:case',
    offices: everywhere,
    need: 'a title',
    cite: '(b)(4)',
    handle: casePage,
  },
  {
    method: 'POST',
    path: '/cases/:case/packets/send-again',
    offices: everywhere,
    need: ['sends'],
    cite: '(b)',
    handle: sendAgain,
    again: casePage,
  },
];
