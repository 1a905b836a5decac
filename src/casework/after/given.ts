import type { EventOf, Happened } from '../acts/events.ts';
import type { Outcome } from '../acts/answer.ts';
import type { AfterEvent } from './events.ts';
import { bareOf } from './events.ts';
import type { Recall } from './holding.ts';

/** What the IRS’s log that Customs may read tells of what was disclosed, and of its recall. */
export interface Given {
  readonly disclosed: ReadonlySet<string>;
  readonly recalls: ReadonlyMap<string, Recall>;
}

export const initialGiven: Given = { disclosed: new Set(), recalls: new Map() };

export type GivenEvent =
  | Extract<AfterEvent, { kind: 'recall-made' | 'item-recalled' | 'recall-answered' }>
  | EventOf<'item-answered', { readonly outcome: Outcome }>;

/** Of the stream `case/<reference>` of the log `irs`; passes over what is not about disclosures. */
export const evolveGiven = (given: Given, happened: Happened): Given => {
  const event = happened as GivenEvent;
  if (event.data === null) return given;
  const { on } = event.data;
  switch (event.kind) {
    case 'item-answered':
      return event.data.outcome === 'disclosed' && event.item !== undefined
        ? { ...given, disclosed: new Set(given.disclosed).add(event.item) }
        : given;
    case 'recall-made': {
      const { recall, recalledBy, items, reason, packet } = event.data;
      const made: Recall = {
        recall,
        recalledBy,
        from: 'IRS',
        items,
        reason,
        on,
        answers: [],
        ...bareOf({ packet }),
      };
      return { ...given, recalls: new Map(given.recalls).set(recall, made) };
    }
    case 'recall-answered': {
      const { recall, holder, how, reason, answered } = event.data;
      const known = given.recalls.get(recall);
      if (known === undefined) return given;
      const answer = { item: event.item ?? '', holder, how, on: answered, ...bareOf({ reason }) };
      const grown = { ...known, answers: [...known.answers, answer] };
      return { ...given, recalls: new Map(given.recalls).set(recall, grown) };
    }
    case 'item-recalled':
    default:
      return given;
  }
};
