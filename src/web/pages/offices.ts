import { html } from 'hono/html';
import { addOffice } from '../../office/directory.ts';
import { fingerprint } from '../../office/fingerprint.ts';
import { offices } from '../../office/gate.ts';
import { sendHead } from '../../office/heads.ts';
import { officeNames } from '../../office/init.ts';
import { formatCard, readCard } from '../../packet/card.ts';
import { ProblemError } from '../../ground/problem.ts';
import { actForm, hidden, lines } from '../parts/fields.ts';
import { notice, nothing, problems, terms } from '../parts/parts.ts';
import { type Handler, type Route, everywhere, orderOf } from '../route.ts';
import { sendOff } from '../send-off.ts';
import { peoplePage } from './people.ts';

const trail = [['/people', 'People and titles']] as const;

const paste: Handler = (visit) => ({
  title: 'Take in the card of another office',
  trail,
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    <p>
      The other office gives you its file office.json by a way that you trust. Its keys are believed from then
      on, so you compare its fingerprint with that office first.
    </p>
    ${actForm({
      action: '/offices/check',
      seal: visit.seal,
      button: 'Show its fingerprint',
      body: lines({ name: 'card', label: 'The text of office.json', rows: 8, required: true }, visit),
    })}
  `,
});

const compare: Handler = (visit) => {
  const card = readCard(visit.form.get('card') ?? '');
  return {
    title: 'Compare the fingerprint',
    trail: [...trail, ['/offices/add', 'Take in a card']],
    main: html`
      ${notice('warning', html`Call ${officeNames[card.office]} on a number that did not come with the card, and have them read theirs to you: on their site it stands under Settings.`)}
      ${terms([
        ['Office', officeNames[card.office]],
        ['Its log', card.origin],
        ['Fingerprint of the card', html`<code>${fingerprint(card)}</code>`],
        ['Key of its log', html`<code>${card.vkey}</code>`],
        ['Takes packets at', card.url ?? 'no address: by folder or by hand'],
      ])}
      ${actForm({
        action: '/offices',
        seal: visit.seal,
        button: 'It is the same: take it in',
        body: hidden('card', formatCard(card)),
      })}
      <p><a class="usa-link" href="/people">It is not the same: do not take it in</a></p>
    `,
  };
};

const takeIn: Handler = async (visit) => {
  const text = visit.form.get('card') ?? '';
  await addOffice(visit.node, orderOf(visit), text);
  return { to: '/people', say: `The card of ${officeNames[readCard(text).office]} is taken in.` };
};

const sendOurHead: Handler = async (visit) => {
  const to = offices.find((one) => one === visit.params['office'] && one !== visit.node.office);
  if (to === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'There is no such other office.',
      next: 'Choose one of the offices whose card is known.',
    });
  const receipt = await sendHead(visit.node, orderOf(visit), to);
  return {
    to: '/people',
    say: `The head of this log is on record as sent. ${await sendOff(visit, to, receipt)}`,
  };
};

const keeping = { offices: everywhere, need: ['keeps the directory'], cite: '(b)(4)' } as const;

export const officeRoutes: readonly Route[] = [
  { method: 'GET', path: '/offices/add', ...keeping, handle: paste },
  { method: 'POST', path: '/offices/check', ...keeping, handle: compare, again: paste },
  { method: 'POST', path: '/offices', ...keeping, handle: takeIn, again: paste },
  {
    method: 'POST',
    path: '/offices/:office/head',
    offices: everywhere,
    need: ['sends'],
    cite: '26 USC 6103(p)(4)',
    handle: sendOurHead,
    again: peoplePage,
  },
];
