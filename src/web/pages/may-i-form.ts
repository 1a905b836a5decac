import { html } from 'hono/html';
import type { Holding } from '../../casework/after/holding.ts';
import { sameAudit } from '../../rulebook/l-14/j-restrictions.ts';
import { choose, line, lines, select, when, yesNo } from '../parts/fields.ts';
import { law, more, nothing } from '../parts/parts.ts';
import type { Html, Visit } from '../route.ts';
import {
  aimWords,
  choicesOf,
  itemChoices,
  matterWords,
  paperChoices,
  recipientWords,
  stageWords,
  taxpayerChoices,
} from './may-i-words.ts';

const ACT = 'act.proposal.act';
const TO = 'act.proposal.to.is';
const MATTER = 'act.proposal.for.matter';

/** What do you want to do, and to whom? */
const what = (state: Holding, visit: Visit): Html => html`
  ${choose(
    {
      name: ACT,
      label: 'What do you want to do?',
      required: true,
      choices: [
        { value: 'look or use', label: 'Look at it, or use it myself' },
        { value: 'disclose', label: 'Show it, tell it or give it to somebody' },
      ],
    },
    visit,
  )}
  ${when(
    ACT,
    ['disclose'],
    html`
      ${select(
        {
          name: TO,
          label: 'To whom?',
          required: true,
          hint: 'In which capacity that person would be told. Needed only if you show it to somebody.',
          choices: choicesOf(recipientWords),
        },
        visit,
      )}
      ${line({ name: 'act.proposal.to.name', label: 'That person’s name' }, visit)}
      ${when(
        TO,
        ['customs officer', 'Justice officer'],
        line(
          {
            name: 'act.proposal.to.title',
            label: 'That officer’s title',
            hint: 'Of an officer of Customs, the request must designate it, (b)(4).',
          },
          visit,
        ),
      )}
      ${when(
        TO,
        ['importer', 'importer’s representative', 'another importer'],
        select(
          {
            name: 'act.proposal.to.importer',
            label: 'Which importer',
            hint: 'That the person is, or acts for.',
            choices: taxpayerChoices(state),
          },
          visit,
        ),
      )}
      ${when(
        TO,
        ['Justice officer'],
        html`
          ${yesNo({ name: 'act.proposal.to.personally?', label: 'Is that officer personally engaged in the matter, (g)?' }, visit)}
          ${yesNo({ name: 'act.proposal.to.directly?', label: 'And directly engaged?' }, visit)}
        `,
      )}
    `,
  )}
`;

const criminal = (visit: Visit): Html => html`
  ${yesNo(
    {
      name: 'act.proposal.criminal.toComply?',
      label: 'Is it only to make the application or request under 6103(i)?',
      hint: 'The one use that (i) leaves open before the order or the request is met.',
    },
    visit,
  )}
  ${line({ name: 'act.proposal.criminal.userAgency', label: 'Which agency would use it' }, visit)}
  ${yesNo(
    {
      name: 'act.proposal.criminal.filedByTaxpayer?',
      label: 'Was it filed or furnished by or for the taxpayer?',
    },
    visit,
  )}
  ${yesNo({ name: 'act.proposal.criminal.identityOnly?', label: 'Is it the taxpayer’s identity only?' }, visit)}
`;

/** Findings that the law leaves to counsel: offered to whom they count from. */
const asCounsel = (visit: Visit): Html =>
  visit.actor?.duties.includes('counsel') !== true
    ? nothing
    : more(
        'What I find as counsel',
        html`
          <p>Fill in only what you find; each finding is signed with your name.</p>
          ${when(
            TO,
            ['importer’s representative', 'taxpayer’s representative', 'broker'],
            lines(
              {
                name: 'act.reasons.legal representative',
                label: 'This person is the legal representative, because',
                rows: 2,
              },
              visit,
            ),
          )}
          ${when(
            MATTER,
            ['civil judicial'],
            lines(
              {
                name: 'act.reasons.refund suit within (g)',
                label: 'Paragraph (g) reaches this suit for refund, because',
                rows: 2,
              },
              visit,
            ),
          )}
          ${when(
            MATTER,
            ['criminal'],
            lines(
              {
                name: 'act.reasons.6103(i) requirements met',
                label: 'The requirements of 6103(i) have been met, because',
                rows: 2,
              },
              visit,
            ),
          )}
          ${lines({ name: 'act.reasons.other provision applies', label: 'The other provision named provides for it, because', rows: 2 }, visit)}
        `,
      );

/** For what, and how is it necessary? */
const purpose = (state: Holding, visit: Visit): Html => {
  const papers = paperChoices(state, visit.when.day);
  return html`
    ${choose({ name: MATTER, label: 'In what matter?', required: true, choices: choicesOf(matterWords) }, visit)}
    ${line(
      {
        name: 'act.proposal.for.audit',
        label: 'For which audit, by its reference',
        required: true,
        value: state.matter?.audit?.reference,
        hint: 'An action counts as of the audit that it results from.',
      },
      visit,
    )}
    ${choose(
      {
        name: 'act.proposal.for.aim[]',
        label: 'To what end? Choose all that are so.',
        required: true,
        choices: choicesOf(aimWords),
      },
      visit,
    )}
    ${when(
      MATTER,
      ['civil judicial'],
      html`
        ${select({ name: 'act.proposal.for.stage', label: 'How far is the court matter?', choices: choicesOf(stageWords) }, visit)}
        ${yesNo({ name: 'act.proposal.for.refundSuit?', label: 'Is it a suit for refund?' }, visit)}
      `,
    )}
    ${when(MATTER, ['criminal'], criminal(visit))}
    ${lines(
      {
        name: 'act.reasons.use is necessary',
        label: 'How is it necessary to that end?',
        hint: 'Your finding, signed with your name. Left empty, nothing is found, and the answer says who may find it.',
      },
      visit,
    )}
    ${
      papers.length === 0
        ? nothing
        : choose(
            {
              name: 'act.proposal.papers[]',
              label: 'On which papers on file does it rest?',
              hint: 'Appearances, undertakings, orders, opinions. Only what you choose counts.',
              choices: papers,
            },
            visit,
          )
    }
    ${asCounsel(visit)}
    ${more(
      'It rests on another provision of section 6103',
      line(
        {
          name: 'act.proposal.otherProvision',
          label: 'Which provision',
          hint: 'Such as 6103(c) or 6103(i)(8); counsel has to find that it applies, (j).',
        },
        visit,
      ),
    )}
  `;
};

/** The three questions. */
export const questions = (state: Holding, visit: Visit): Html => html`
  <h2>1. What do you want to do, and to whom?</h2>
  ${what(state, visit)}
  <h2>2. With which items?</h2>
  ${choose(
    {
      name: 'act.proposal.items[]',
      label: 'Items that this office holds in the case',
      required: true,
      choices: itemChoices(state, visit.node.catalogue),
      chosen: visit.query.getAll('item'),
    },
    visit,
  )}
  <h2>3. For what, and how is it necessary?</h2>
  ${law(sameAudit.law, sameAudit.cite)} ${purpose(state, visit)}
`;
