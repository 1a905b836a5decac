import { look } from '../after/open.ts';
import type { ActOf } from './act.ts';
import type { CustomsState } from './customs-state.ts';
import { type CaseEvent, type Situation, stamp } from './events.ts';
import type { Actor } from './people.ts';
import { notInOrder, requireDuty, whereItem } from './problems.ts';

/** A look at one item of the answer. */
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
      ...(state.answer === undefined
        ? { next: 'Wait for the IRS, and receive its answer.', way: 'receive' }
        : { next: 'See what was answered.', way: 'custody' }),
    });
  if (state.withdrawn !== undefined)
    throw notInOrder({
      what: 'The request was withdrawn before its answer came, so nothing in it is used.',
      where: whereItem(act.item),
      cite: '(j)',
      next: 'Return the item, or make it undisclosable, 6103(p)(4)(F).',
    });
  return look(state.holding, act, actor, now);
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
      next: 'Of a withdrawn request nothing is opened; of any other, receive the answer first.',
      way: 'receive',
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
