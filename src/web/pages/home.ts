import { html } from 'hono/html';
import type { Office } from '../../custody/entry.ts';
import { type Waiting, mayReceive, packetWords, receiveWaiting, waiting } from '../../office/inbox.ts';
import { officeNames } from '../../office/init.ts';
import { caseLines } from '../../office/lines.ts';
import { queueFor } from '../../office/queue.ts';
import { caseHref, caseTable, countsLine, hour } from '../parts/cases.ts';
import { actForm } from '../parts/fields.ts';
import { together } from './inbox.ts';
import { cite, notice, nothing, problems, table } from '../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, everywhere, holders, orderOf } from '../route.ts';

/** Short, and enough to tell two packets apart by telephone. */
const short = (id: string): string => `…${id.slice(-12)}`;

const receiveForm = ({ id }: Waiting, { actor, seal }: Visit): Html =>
  actor !== undefined && mayReceive(actor)
    ? actForm({
        action: `/inbox/${id}/receive`,
        seal,
        button: 'Check and receive',
        of: `packet ${short(id)}`,
        small: true,
        body: nothing,
      })
    : html`for a title that receives`;

const packets = (all: readonly Waiting[], visit: Visit): Html => html`
  <h2>Packets waiting</h2>
  ${
    all.length === 0
      ? html`<p class="wb-none">No packet is waiting.</p>`
      : html`<p>
            What a packet is, and from whom, is known when it has been checked: signatures, receipt, the
            sender’s log. What does not hold is refused, and the attempt recorded.
          </p>
          ${table({
            caption: all.length === 1 ? 'One packet' : `${all.length} packets, oldest first`,
            rows: all,
            columns: [
              { head: 'Packet', cell: ({ id }) => html`<code>${id}</code>` },
              { head: 'Here since (UTC)', cell: ({ since }) => hour(since) },
              { head: 'Do', cell: (one) => receiveForm(one, visit) },
            ],
          })}`
  }
  ${together(all.length, visit)}
`;

/** How a case comes to an office that has none yet. */
const begins: Readonly<Record<Office, (visit: Visit) => Html>> = {
  irs: () => html`This office has no case yet. One begins when a request of Customs is received above.`,
  customs: ({ wayTo }) => {
    const link = wayTo('draft');
    return html`This office has no case yet. One begins with a request by a title that drafts
    requests${link === undefined ? nothing : html`: <a class="usa-link" href="${link.to}">${link.words}</a>`}.`;
  },
  justice: () => html`This office has no case yet. One begins when a referral of Customs is received above.`,
};

/** Before a referral is received, (g): otherwise whoever tries is refused, and the attempt recorded. */
const engagedFirst = ({ node, wayTo }: Visit): Html => {
  const link = node.office === 'justice' ? wayTo('engage') : undefined;
  return link === undefined
    ? nothing
    : html`<p>
        A referral is received only by somebody who is on the list of those personally and directly engaged in
        its matter, ${cite('(g)')}. Counsel lists them first:
        <a class="usa-link" href="${link.to}">${link.words}</a>
      </p>`;
};

/** What waits, and on whom. */
const home: Handler = async (visit) => {
  const { node, actor, problem } = visit;
  const queue = queueFor(await caseLines(node), actor ?? { duties: [] });
  const { rows, found, pages } = queue;
  return {
    title: 'Inbox',
    main: html`
      ${
        problem === undefined
          ? nothing
          : html`${problems(problem, visit)}
            ${notice(
              'warning',
              html`If it was the packet that was refused, the refusal is on record, and the file lies among
              the refused ones.`,
            )}`
      }
      ${packets(await waiting(node), visit)} ${engagedFirst(visit)}
      <h2>Cases</h2>
      ${countsLine(queue)} ${caseTable(rows, begins[node.office](visit))}
      ${pages === 1 ? nothing : html`<p><a class="usa-link" href="/cases?page=2">The other ${found - rows.length} cases</a></p>`}
      <p>
        <a class="usa-link" href="/incidents/new">Report an incident</a>: a possible improper look or
        disclosure, at once and within 24 hours.
      </p>
    `,
  };
};

const receivePacket: Handler = async (visit) => {
  const { node, params } = visit;
  const { kind, from, case: reference } = await receiveWaiting(node, orderOf(visit), params['packet'] ?? '');
  return {
    to: reference === undefined ? '/' : caseHref(reference),
    say: `${packetWords[kind]} from ${officeNames[from]}${reference === undefined ? '' : `, case ${reference}`}: received.`,
  };
};

const receiving = (
  offices: readonly Office[],
  need: 'receives requests' | 'receives',
  cite: string,
): Route => ({
  method: 'POST',
  path: '/inbox/:packet/receive',
  offices,
  need: [need],
  cite,
  handle: receivePacket,
  again: home,
});

export const homeRoutes: readonly Route[] = [
  { method: 'GET', path: '/', offices: everywhere, need: 'a title', cite: '(b)(4)', handle: home },
  receiving(['irs'], 'receives requests', '(b)'),
  receiving(holders, 'receives', '(b)(4)'),
];
