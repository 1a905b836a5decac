import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, itemScope, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, requireDuty, whereItem } from '../acts/problems.ts';
import { taxpayerField } from './account.ts';
import type { EndWay } from './acts.ts';
import { type HeldItem, type Holding, downstream } from './holding.ts';

const CITE = '6103(p)(4)(F)';

/** From “safeguards continue” the two other ways stay open; from those there is nothing left to end. */
const checkEnd = (held: HeldItem | undefined, item: string, way: EndWay): void => {
  if (held === undefined)
    throw notInOrder({
      what: 'The item is not held here, so there is no use to end.',
      where: whereItem(item),
      cite: CITE,
      next: 'See what is held.',
      way: 'custody',
    });
  const { ended } = held;
  if (ended === undefined || (ended.way === 'safeguards continue' && way !== ended.way)) return;
  throw notInOrder({
    what:
      ended.way === 'made undisclosable'
        ? `The item was made undisclosable on ${ended.on}; there is nothing left to destroy.`
        : `The use of the item ended on ${ended.on} (${ended.way}).`,
    where: whereItem(item),
    cite: CITE,
    next: 'Nothing: the record of it stands and can be verified.',
  });
};

export interface EndedUse {
  readonly events: readonly CaseEvent[];
  readonly warnings: readonly string[];
}

/**
 * One of the three ways of 26 USC 6103(p)(4)(F)(ii). What is returned goes with every copy, so its keys go too. After COMMIT
 * the office destroys the data keys of the scopes, and those under which the contents lie: letters and packets that show the
 * item lie under keys of their own. If we crash between the two, the events say what is still to be destroyed.
 */
export const endUse = (
  state: Holding,
  { case: reference, items, way, reason }: ActOf<'end use'>,
  actor: Actor,
  now: Situation,
): EndedUse => {
  requireDuty(actor, now.day, 'receives', 'counsel', 'sends');
  for (const item of items) checkEnd(state.items.get(item), item, way);
  const destroys = way !== 'safeguards continue';
  const events = items.map((item): CaseEvent => ({
    kind: 'use-ended',
    cite: CITE,
    item,
    ...taxpayerField(state, item),
    data: {
      ...stamp(actor, now),
      way,
      reason,
      contents: destroys ? [...(state.items.get(item)?.contents ?? []), ...state.carried] : [],
      scopes: destroys ? [itemScope(reference, item)] : [],
    },
  }));
  const given = items.filter((item) => downstream(state, item).length > 0);
  const locked = items.filter((item) => state.items.get(item)?.locked !== undefined);
  return {
    events,
    warnings: [
      ...(given.length > 0
        ? [`Others have it from here, and their use has not ended with this: ${given.join(', ')}.`]
        : []),
      ...(destroys && locked.length > 0
        ? [`Asked for in a criminal matter, and locked: ask counsel before it goes: ${locked.join(', ')}.`]
        : []),
      ...(destroys && state.carried.length > 0
        ? [
            'The letter and the packets that show the item go with it, and with them what they show of other items.',
          ]
        : []),
    ],
  };
};
