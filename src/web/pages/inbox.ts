import { html } from 'hono/html';
import type { Office } from '../../custody/entry.ts';
import { ProblemError } from '../../ground/problem.ts';
import { mayReceive, packetWords, receiveWaiting, waiting } from '../../office/inbox.ts';
import { officeNames } from '../../office/init.ts';
import { type Fate, type Parcel, receiveEach } from '../../office/receive-each.ts';
import { receive } from '../../office/receive.ts';
import type { Plan } from '../jobs.ts';
import { caseHref } from '../parts/cases.ts';
import { actForm, fileField } from '../parts/fields.ts';
import { cite, notice, nothing, problems, table } from '../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, holders, orderOf } from '../route.ts';
import { begin } from './jobs.ts';

const TITLE = 'Packets received together';
const trail: Plan['trail'] = [['/', 'Inbox']];

const fateWords = (fate: Fate): Html => {
  if (fate.is === 'not tried')
    return html`<strong>Not tried</strong>: the work ended before it. It can be received still.`;
  if (fate.is === 'received') {
    const { kind, from, case: reference, receipt } = fate.received;
    return html`<strong>Received</strong>: ${packetWords[kind].toLowerCase()} from
      ${officeNames[from]}${reference === undefined ? '' : html`, <a class="usa-link" href="${caseHref(reference)}">case ${reference}</a>`}${receipt.repeated === true ? ', as before' : ''}.`;
  }
  const [first] = fate.problem.problems;
  return html`<strong
      >${fate.is === 'refused' ? 'Refused, and the attempt recorded' : 'Could not be received'}</strong
    >: ${first.what} ${cite(first.cite)} <strong>Next:</strong> ${first.next}`;
};

const counted = (fates: readonly Fate[], is: Fate['is']): number =>
  fates.filter((one) => one.is === is).length;

const result = (fates: readonly Fate[]): Html => {
  const [received, refused] = [counted(fates, 'received'), counted(fates, 'refused')];
  const left = fates.length - received - refused;
  return html`
    ${notice(
      refused + left === 0 ? 'info' : 'warning',
      html`${received} received, ${refused} refused${left === 0 ? '' : `, ${left} not received`}.`,
    )}
    ${table({
      caption: 'Each packet, in the order in which it was received',
      rows: fates,
      columns: [
        { head: 'Packet', cell: ({ name }) => html`<code>${name}</code>` },
        { head: 'What became of it', cell: fateWords },
      ],
    })}
    <p><a class="usa-link" href="/">Back to the inbox</a></p>
  `;
};

const planOf = (parcels: readonly Parcel[]): Plan => ({
  title: TITLE,
  unit: 'packets',
  trail,
  acts: true,
  work: async (watch) => {
    const fates = await receiveEach(parcels, watch);
    return { show: () => result(fates) };
  },
});

/** Each packet is an act of its own, and so has an id of its own. */
const eachOrder = (visit: Visit) => {
  const { person, title } = orderOf(visit);
  return title === undefined ? { person } : { person, title };
};

/** What the inbox offers to whoever may receive: all that wait at once, or packets from files. */
export const together = (waiting: number, { actor, seal }: Visit): Html =>
  actor === undefined || !mayReceive(actor)
    ? nothing
    : html`${waiting < 2 ? nothing : actForm({ action: '/inbox/receive', seal, button: `Check and receive all ${waiting}`, small: true, body: nothing })}
        <p><a class="usa-link" href="/inbox/files">Receive packets from files</a></p>`;

const receiveAll: Handler = async (visit) => {
  const { node } = visit;
  const order = eachOrder(visit);
  const all = await waiting(node);
  if (all.length === 0) return { to: '/', say: 'No packet is waiting.' };
  return begin(
    visit,
    planOf(all.map(({ id }) => ({ name: id, receive: () => receiveWaiting(node, order, id) }))),
  );
};

const filesPage: Handler = (visit) => ({
  title: 'Receive packets from files',
  trail,
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    <p>
      Packets that came another way, such as on a disk. Each is checked as it would be in the inbox:
      signatures, receipt, the sender’s log. What does not hold is refused, and the attempt recorded.
    </p>
    ${actForm({
      action: '/inbox/files',
      files: true,
      seal: visit.seal,
      button: 'Check and receive',
      body: fileField(
        {
          name: 'packets',
          label: 'Packets',
          required: true,
          accept: '.waybill',
          hint: 'Files that end in .waybill; several at once, 64 MB in all.',
        },
        visit,
      ),
    })}
  `,
});

const receiveFiles: Handler = (visit) => {
  const { node, files } = visit;
  const order = eachOrder(visit);
  if (files.length === 0)
    throw new ProblemError({
      kind: 'usage',
      what: 'No file was chosen.',
      where: 'packets',
      next: 'Choose one packet or more.',
    });
  return begin(
    visit,
    planOf(
      files.map((file) => ({
        name: file.name,
        receive: async () => receive(node, order, new Uint8Array(await file.arrayBuffer())),
      })),
    ),
  );
};

const receiving = (
  offices: readonly Office[],
  need: 'receives requests' | 'receives',
  of: string,
): readonly Route[] => {
  const common = { offices, need: [need], cite: of } as const;
  return [
    { ...common, method: 'POST', path: '/inbox/receive', handle: receiveAll },
    { ...common, method: 'GET', path: '/inbox/files', handle: filesPage },
    {
      ...common,
      method: 'POST',
      path: '/inbox/files',
      files: true,
      handle: receiveFiles,
      again: filesPage,
    },
  ];
};

/** Several packets at once, as long work: those that wait, or files that a person brings. */
export const inboxRoutes: readonly Route[] = [
  ...receiving(['irs'], 'receives requests', '(b)'),
  ...receiving(holders, 'receives', '(b)(4)'),
];
