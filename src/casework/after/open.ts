import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, refuseAll, requireDuty, whereItem } from '../acts/problems.ts';
import { decideCase } from '../decide.ts';
import { taxpayerField } from './account.ts';
import { caseToAsk } from './case.ts';
import { bare } from './events.ts';
import type { Holding } from './holding.ts';
import type { AskedProposal, Question } from './question.ts';
import { barsOn, barsOnActor } from './standing.ts';
import { refusalOf, stopsOf } from './stops.ts';

const aims: Readonly<Record<ActOf<'open'>['for']['matter'], AskedProposal['for']['aim']>> = {
  'the audit': ['correctness'],
  'administrative recovery': ['recovery'],
  'civil judicial': ['advocacy', 'recovery'],
};

const questionOf = ({ item, because, for: use }: ActOf<'open'>): Question => {
  const { audit, matter, stage, refundSuit, papers } = use;
  return {
    proposal: {
      act: 'look or use',
      items: [item],
      for: {
        matter,
        audit,
        aim: refundSuit ? ['advocacy'] : aims[matter],
        refundSuit,
        ...(stage === undefined ? {} : { stage }),
      },
      papers,
    },
    findings: [{ finds: 'use is necessary', answer: true, counsel: false, reason: because }],
    again: false,
  };
};

/**
 * A look is a use, and is recorded before the vault opens: looking without need is an offence (26 USC 7213A). The rules of
 * the hop decide; the officer's own words are the finding that the use is necessary. Throws what stands in the way.
 */
export const look = (state: Holding, act: ActOf<'open'>, actor: Actor, now: Situation): CaseEvent => {
  const question = questionOf(act);
  const decided = decideCase(caseToAsk(state, question, actor, now), now.catalogue);
  const decision = decided.decisions.find(({ proposal }) => proposal !== undefined);
  if (decision === undefined) throw new TypeError('the case to open has no such item');
  const { hop } = decision.determination;
  // Permitted is: no bar stands, no rule failed, and none is missing.
  const stops = [
    ...barsOn(state, act.item, hop.id),
    ...barsOnActor(actor, now.day, false),
    ...stopsOf(decision, { state, to: undefined, actor, day: now.day }),
  ];
  refuseAll(
    stops.map((stop) => refusalOf(stop, act.item, `The item may not be opened. ${stop.what} “${stop.law}”`)),
  );
  const content = state.items.get(act.item)?.contents.at(-1);
  return {
    kind: 'item-opened',
    cite: hop.cite,
    item: act.item,
    ...taxpayerField(state, act.item),
    data: {
      ...stamp(actor, now),
      ...bare({
        because: act.because,
        for: bare(act.for),
        content,
        edition: decided.editions['l-14']?.id,
        rulebook: decided.rulebook,
      }),
    },
  };
};

/** Justice opens an item that it was given under (g). */
export const openAtJustice = (
  state: Holding,
  act: ActOf<'open'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  requireDuty(actor, now.day, 'receives', 'counsel');
  if (!state.items.has(act.item))
    throw notInOrder({
      what: 'Nothing was referred to Justice for this item, so there is nothing to open.',
      where: whereItem(act.item),
      cite: '(g)',
      next: 'See what was referred.',
      way: 'custody',
    });
  return look(state, act, actor, now);
};
