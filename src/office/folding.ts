import { foldCustoms } from '../casework/acts/customs.ts';
import { type IrsState, foldIrs } from '../casework/acts/irs.ts';
import { foldHolding } from '../casework/after/evolve.ts';
import type { Happened } from '../casework/acts/events.ts';

/*
 * The views hand out the same array until its stream has something new, so what was folded of it once need not be folded again.
 * States are values: nobody changes one.
 */

type Events = readonly Happened[];

const once = <State>(fold: (events: Events) => State): ((events: Events) => State) => {
  const known = new WeakMap<Events, State>();
  return (events) => {
    const before = known.get(events);
    if (before !== undefined) return before;
    const state = fold(events);
    known.set(events, state);
    return state;
  };
};

export const customsOf = once(foldCustoms);

const held = {
  Customs: once((events) => foldHolding('Customs', events)),
  Justice: once((events) => foldHolding('Justice', events)),
};

export const heldBy = (holder: keyof typeof held, events: Events) => held[holder](events);

const reviews = new WeakMap<Events, { readonly review: Events; readonly state: IrsState }>();

/** From both streams of a case at the IRS. */
export const irsOf = (events: Events, review: Events): IrsState => {
  const before = reviews.get(events);
  if (before?.review === review) return before.state;
  const state = foldIrs(events, review);
  reviews.set(events, { review, state });
  return state;
};
