import type { Problem } from '../../ground/problem.ts';
import { decideCase } from '../decide.ts';
import type { Case } from '../schema.ts';
import type { ActOf } from './act.ts';
import { requestBody } from './customs-letters.ts';
import type { CustomsState } from './customs-state.ts';
import { type CaseEvent, type Situation, accountName, stamp } from './events.ts';
import type { Actor } from './people.ts';
import { notInOrder, refuseAll, requireDuty, whereItem } from './problems.ts';
import { caseOf } from './request.ts';

const PROPOSAL = 'open';

/** The case as it stands for one who would look: what was received is on record, and the officer finds the need. */
const caseToOpen = (state: CustomsState, act: ActOf<'open'>, actor: Actor, { day }: Situation): Case => {
  const { name, title } = actor;
  const by = { name, title, office: 'Customs' as const };
  const { answer } = state;
  const whole = caseOf(requestBody(state), { day });
  return {
    ...whole,
    items: whole.items.filter(({ id }) => id === act.item),
    releases:
      answer === undefined
        ? []
        : [{ items: [act.item], to: 'Customs', on: answer.on, receipt: answer.packet }],
    findings: [
      {
        finds: 'use is necessary',
        of: [PROPOSAL],
        answer: true,
        by,
        counsel: false,
        on: day,
        reason: act.because,
      },
    ],
    proposals: [
      {
        id: PROPOSAL,
        act: 'look or use',
        holder: 'Customs',
        items: [act.item],
        on: day,
        by,
        for: {
          matter: act.for.matter,
          audit: act.for.audit,
          aim: [act.for.matter === 'the audit' ? 'correctness' : 'recovery'],
          refundSuit: false,
        },
      },
    ],
  };
};

/**
 * A look is a use, and is recorded before the vault opens: looking without need is an offence (26 USC 7213A). The rules of
 * the hop decide; the officer's own words are the finding that the use is necessary, (f).
 */
export const openItem = (
  state: CustomsState,
  act: ActOf<'open'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  requireDuty(actor, now.day, 'receives');
  const content = state.items.get(act.item)?.content;
  if (state.answer === undefined || content === undefined)
    throw notInOrder({
      what:
        state.answer === undefined
          ? 'The request has no answer yet.'
          : 'Nothing was disclosed for this item, so there is nothing to open.',
      where: whereItem(act.item),
      cite: '(f)',
      next:
        state.answer === undefined
          ? 'Wait for the IRS; ./waybill receive takes its answer in.'
          : 'See what was answered: ./waybill custody.',
    });
  if (state.withdrawn !== undefined)
    throw notInOrder({
      what: 'The request was withdrawn before its answer came, so nothing in it is used.',
      where: whereItem(act.item),
      cite: '(j)',
      next: 'Return the item, or make it undisclosable, 6103(p)(4)(F).',
    });
  const read = caseToOpen(state, act, actor, now);
  const decided = decideCase(read, now.catalogue);
  const decision = decided.decisions.find(({ proposal }) => proposal === PROPOSAL);
  if (decision === undefined) throw new TypeError('the case to open has no such item');
  // Permitted is: no rule failed, and none is missing.
  const { failed, missing } = decision.determination;
  refuseAll(
    [...failed, ...missing].map(({ cite, law, cure }): Problem => ({
      kind: 'not-entitled',
      what: `The item may not be opened: “${law}”`,
      where: whereItem(act.item),
      cite,
      next: cure,
    })),
  );
  const item = read.items[0];
  const taxpayer = read.taxpayers.find(({ id }) => id === item?.taxpayer);
  return {
    kind: 'item-opened',
    cite: '(f)',
    item: act.item,
    ...(taxpayer === undefined ? {} : { taxpayer: accountName(taxpayer) }),
    data: {
      ...stamp(actor, now),
      because: act.because,
      for: act.for,
      content,
      edition: decided.editions['l-14']?.id,
      rulebook: decided.rulebook,
    },
  };
};

/** The letter shows every item disclosed: who opens it looks at each of them, and must be entitled to each. */
export const openLetter = (
  state: CustomsState,
  act: ActOf<'open letter'>,
  actor: Actor,
  now: Situation,
): readonly [CaseEvent, ...CaseEvent[]] => {
  requireDuty(actor, now.day, 'receives');
  const { answer } = state;
  if (answer?.letter === undefined || state.withdrawn !== undefined)
    throw notInOrder({
      what:
        state.withdrawn === undefined
          ? 'The case has no letter from the IRS.'
          : 'The request was withdrawn before its answer came, so nothing in it is used.',
      cite: '(f)',
      next: 'Receive the answer first: ./waybill receive. Of a withdrawn request nothing is opened.',
    });
  const shown = [...state.items].filter(([, { content }]) => content !== undefined).map(([item]) => item);
  const { because, for: use } = act;
  return [
    {
      kind: 'letter-opened',
      cite: '(f)',
      packet: answer.packet,
      data: { ...stamp(actor, now), because, for: use, content: answer.letter },
    },
    ...shown.map((item) => openItem(state, { ...act, act: 'open', item }, actor, now)),
  ];
};
