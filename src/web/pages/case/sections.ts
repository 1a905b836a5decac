import { html } from 'hono/html';
import type { People } from '../../../casework/acts/people.ts';
import { unanswered } from '../../../casework/after/holding.ts';
import type { Recall } from '../../../casework/after/holding.ts';
import type { CaseFile } from '../../../office/case-file.ts';
import { officeNames } from '../../../office/init.ts';
import type { SentInCase } from '../../../office/send-again.ts';
import { caseHref, hour } from '../../parts/cases.ts';
import { actForm, hidden } from '../../parts/fields.ts';
import { lined } from '../../parts/lined.ts';
import { nothing, table } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';
import type { HeldFile } from '../acts/act-page.ts';
import { engagedTable } from '../acts/engage.ts';
import { incidentList } from '../acts/incident.ts';
import { papersTable } from '../acts/papers.ts';

const openOf = (file: CaseFile, { recall }: Recall): string => {
  if (file.office === 'irs') return '';
  const open = unanswered(file.holding).filter((one) => one.recall === recall);
  return open.map(({ item, holder }) => `${item}, for ${holder}`).join('; ');
};

/** Recalls, whoever made them, with what was answered and what is still open. */
export const recallSection = (file: CaseFile): Html => {
  const all = [...(file.office === 'irs' ? file.state.given.recalls : file.holding.recalls).values()];
  if (all.length === 0) return nothing;
  return html`
    <h2>Recalls</h2>
    ${table({
      caption: 'What was recalled, and what each holder answered',
      rows: all,
      columns: [
        { head: 'On', cell: ({ on }) => lined([on]) },
        { head: 'By', cell: ({ recalledBy }) => recalledBy },
        { head: 'Items', cell: ({ items }) => items.join(', ') },
        { head: 'Why', cell: ({ reason }) => reason },
        {
          head: 'Answers',
          cell: ({ answers }) =>
            answers.length === 0
              ? 'none yet'
              : html`${answers.map((one) => html`${one.item}, ${one.holder}: ${one.how}, ${one.on}<br />`)}`,
        },
        ...(file.office === 'irs'
          ? []
          : [{ head: 'Still open', cell: (one: Recall) => openOf(file, one) || 'nothing' }]),
      ],
    })}
  `;
};

/** Packets that went out in the case. What was lost on the way is made again, the same. */
export const packetSection = (file: CaseFile, sent: readonly SentInCase[], { seal, actor }: Visit): Html =>
  sent.length === 0
    ? nothing
    : html`
        <h2>Packets sent</h2>
        ${table({
          caption: 'To other offices, in the order in which they were recorded',
          rows: sent,
          columns: [
            { head: 'Packet', cell: ({ kind }) => kind },
            { head: 'To', cell: ({ to }) => officeNames[to] },
            { head: 'Recorded (UTC)', cell: ({ time }) => hour(time) },
            {
              head: 'If it was lost',
              cell: ({ act, kind, to }) =>
                actor?.duties.includes('sends') === true
                  ? actForm({
                      action: `${caseHref(file.reference)}/packets/send-again`,
                      seal,
                      small: true,
                      kind: 'outline',
                      button: 'Send again',
                      of: `the ${kind} to ${officeNames[to]}`,
                      body: hidden('act', act),
                    })
                  : 'for a title that sends',
            },
          ],
        })}
      `;

/** What the office of a holder keeps in the case: papers, the list of (g), incidents. */
export const keptSection = (file: HeldFile, people: People, day: string): Html => html`
  <h2>Papers</h2>
  ${papersTable(file, false)}
  ${
    file.office === 'justice'
      ? html`<h2>People engaged</h2>
          ${engagedTable(file, day, new Map([...people.values()].map(({ id, name }) => [id, name])))}`
      : nothing
  }
  <h2>Incidents</h2>
  ${incidentList(file)}
`;
