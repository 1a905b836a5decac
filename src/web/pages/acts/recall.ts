import { html } from 'hono/html';
import { unforwarded } from '../../../casework/after/recall.ts';
import { downstream, unanswered } from '../../../casework/after/holding.ts';
import { answerWays } from '../../../casework/after/letters.ts';
import { ProblemError } from '../../../ground/problem.ts';
import { hasSent } from '../../../office/again.ts';
import type { CaseFile } from '../../../office/case-file.ts';
import { answerRecall, forwardRecalls, recallFromIrs, recallOnward } from '../../../office/onward.ts';
import { caseHref } from '../../parts/cases.ts';
import { choose, lines } from '../../parts/fields.ts';
import { sendOff } from '../../send-off.ts';
import { type Answer, type Route, type Visit, holders, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes, saying } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

/** What this office gave on, and may therefore recall. */
export const recallable = (file: CaseFile): readonly { readonly value: string; readonly label: string }[] => {
  if (file.office !== 'irs')
    return [...file.holding.items.keys()]
      .filter((item) => downstream(file.holding, item).length > 0)
      .map((item) => ({
        value: item,
        label: `${item}, given to ${downstream(file.holding, item).join(', ')}`,
      }));
  const { disclosed, recalls } = file.state.given;
  const before = new Set([...recalls.values()].flatMap(({ items }) => items));
  return [...disclosed].filter((item) => !before.has(item)).map((item) => ({ value: item, label: item }));
};

const recall = async (visit: Visit, file: CaseFile): Promise<Answer> => {
  const { node, form } = visit;
  const { reference } = file;
  const recalled = { case: reference, items: form.all('act.items[]'), reason: form.get('act.reason') ?? '' };
  const order = orderOf(visit);
  if (node.office === 'irs') {
    const receipt = await recallFromIrs(node, order, recalled);
    return { to: caseHref(reference), say: `Recalled. ${await sendOff(visit, 'customs', receipt)}` };
  }
  const { receipt, warnings } = await recallOnward(node, order, recalled);
  const sent = (await hasSent(node, 'justice', receipt)) ? [await sendOff(visit, 'justice', receipt)] : [];
  return {
    to: caseHref(reference),
    say: saying('Recalled; a notice is drafted to each who was shown it.', [...sent, ...warnings]),
  };
};

const recalling = (offices: Route['offices'], need: Route['need']) =>
  actRoutes<CaseFile>({
    path: '/cases/:case/recall',
    offices,
    need,
    cite: '(j)',
    title: 'Recall items',
    button: 'Recall',
    danger: true,
    about: () => html`
      ${lawOfAct.recall}
      <p>
        For what was disclosed in error. Whoever has the item from here is told at once, may use it for
        nothing, and answers: returned, made undisclosable, never held, or not to be got back.
      </p>
    `,
    none: (file) =>
      recallable(file).length === 0
        ? 'This office has given nothing on in this case that could be recalled.'
        : undefined,
    fields: (visit, file) => html`
      ${choose({ name: 'act.items[]', label: 'Which items?', required: true, choices: recallable(file), chosen: visit.query.getAll('item') }, visit)}
      ${lines({ name: 'act.reason', label: 'Why?', hint: 'It travels with the recall: no value, no name of a taxpayer.', required: true }, visit)}
    `,
    act: recall,
  });

/** One answer is about one recall, one item and one holder: they are chosen together. */
const triple = ({
  recall: id,
  item,
  holder,
}: {
  readonly recall: string;
  readonly item: string;
  readonly holder: string;
}) => JSON.stringify([id, item, holder]);

const notChosen = new ProblemError({
  kind: 'usage',
  what: 'No answer that is open was chosen.',
  where: 'recall',
  cite: '(j)',
  next: 'Choose the item, and for whom it is answered; what was answered meanwhile is not open any more.',
});

const answer = async (visit: Visit, { reference, holding }: HeldFile): Promise<Answer> => {
  const { node, form } = visit;
  const open = unanswered(holding).find((one) => triple(one) === form.get('act.recall'));
  if (open === undefined) throw notChosen;
  const reason = form.get('act.reason');
  const { receipt, warnings } = await answerRecall(node, orderOf(visit), {
    case: reference,
    ...open,
    how: form.get('act.how'),
    ...(reason === undefined ? {} : { reason }),
  });
  const up = node.office === 'customs' ? 'irs' : 'customs';
  const sent = (await hasSent(node, up, receipt)) ? [await sendOff(visit, up, receipt)] : [];
  return { to: caseHref(reference), say: saying('The answer is on record.', [...sent, ...warnings]) };
};

const forward = async (visit: Visit, { reference }: HeldFile): Promise<Answer> => {
  const said: string[] = [];
  for (const { receipt } of await forwardRecalls(visit.node, orderOf(visit), reference))
    said.push(await sendOff(visit, 'justice', receipt));
  const say =
    said.length === 0
      ? 'Justice has been told of every recall that concerns it.'
      : `Justice is told of the recall. ${said.join(' ')}`;
  return { to: caseHref(reference), say };
};

export const recallRoutes: readonly Route[] = [
  ...recalling(['irs'], ['approves', 'sends']),
  ...recalling(holders, ['receives', 'counsel', 'sends']),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/recall/forward',
    offices: ['customs'],
    need: ['receives', 'counsel', 'sends'],
    cite: '(j)',
    title: 'Tell Justice of a recall',
    button: 'Tell Justice',
    about: () =>
      html`<p>
        What went on to Justice and is recalled, Justice must be told of. The packet is made again where it
        was lost.
      </p>`,
    fields: (_visit, { holding }) => {
      const open = unforwarded(holding);
      return html`<ul>
        ${open.map(({ items, recalledBy }) => html`<li>Recalled by ${recalledBy}: ${items.join(', ')}</li>`)}
      </ul>`;
    },
    act: forward,
  }),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/recall/answer',
    offices: holders,
    need: ['receives', 'counsel'],
    cite: '(j)',
    title: 'Answer a recall',
    button: 'Record the answer',
    about: () =>
      html`${lawOfAct.recall}
        <p>One answer for each item and each who has it: this office, and everyone whom it gave it to.</p>`,
    none: ({ holding }) => (unanswered(holding).length === 0 ? 'No answer is open.' : undefined),
    fields: (visit, { holding }) => html`
      ${choose(
        {
          name: 'act.recall',
          label: 'Of which item, for whom?',
          required: true,
          choices: unanswered(holding).map((one) => ({
            value: triple(one),
            label: `${one.item}, for ${one.holder}`,
          })),
        },
        visit,
      )}
      ${choose({ name: 'act.how', label: 'What has become of it?', required: true, choices: answerWays.map((way) => ({ value: way, label: way })) }, visit)}
      ${lines({ name: 'act.reason', label: 'More that the office above should know', hint: 'Needed where it cannot be got back. No value, no name of a taxpayer.' }, visit)}
    `,
    act: answer,
  }),
];
