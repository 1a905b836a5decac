import type { ActOf } from './act.ts';
import { type CaseEvent, type Situation, stamp } from './events.ts';
import { received } from './irs-case.ts';
import { type ItemEvents, perItem } from './irs-items.ts';
import { decisionFor } from './board-shown.ts';
import { type Determined, determineCase, unsettled } from './irs-outcomes.ts';
import { type IrsState, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notInOrder, refuseAll, requireDuty, whereItem } from './problems.ts';

/** Which record the item would come from, and from which file: (d) is about provenance (R7). */
export const locate = (state: IrsState, act: ActOf<'locate'>, actor: Actor, now: Situation): ItemEvents => {
  requireDuty(actor, now.day, 'reviews', 'finds (d)');
  const { record } = act;
  const known = received(state).body.taxpayers.map(({ id }) => id);
  if (record !== 'none') {
    if (record.taxpayer !== undefined && !known.includes(record.taxpayer))
      throw notInOrder({
        what: 'The request has no such taxpayer.',
        where: 'record.taxpayer',
        cite: '(b)(2)',
        next: 'Name a taxpayer of the request; a record of anyone else is not what was asked for: write none.',
      });
  }
  return perItem(state, [act.item], () => ({
    kind: 'record-located',
    cite: '(b)(2)',
    data: { ...stamp(actor, now), record },
  }));
};

/** The law says “may”: the IRS can keep back a perfect request’s item, and says no more of it than of a bar, (a). */
export const elect = (
  state: IrsState,
  act: ActOf<'elect' | 'decline'>,
  actor: Actor,
  now: Situation,
): ItemEvents => {
  requireDuty(actor, now.day, 'reviews', 'approves');
  return perItem(state, act.act === 'elect' ? act.items : undefined, () => ({
    kind: 'item-elected',
    cite: '(a)',
    data: { ...stamp(actor, now), reason: act.reason },
  }));
};

export const withdrawElection = (
  state: IrsState,
  { items, reason }: ActOf<'withdraw election'>,
  actor: Actor,
  now: Situation,
): ItemEvents => {
  requireDuty(actor, now.day, 'reviews', 'approves');
  const events = perItem(state, items, () => ({
    kind: 'election-withdrawn',
    cite: '(a)',
    data: { ...stamp(actor, now), reason },
  }));
  const not = events.find(({ item }) => !reviewed(state, item).elected);
  if (not !== undefined)
    throw notInOrder({
      what: 'No election stands on this item.',
      where: whereItem(not.item),
      cite: '(a)',
      next: 'Look up which elections stand.',
      way: 'review',
    });
  return events;
};

/** Sets aside all that fails on the request’s own words; what fails inside is never answered with a reason (R6). */
export const returnForCure = (state: IrsState, actor: Actor, now: Situation): ItemEvents => {
  requireDuty(actor, now.day, 'reviews');
  const { outcomes } = determineCase(state, actor, now);
  const back = outcomes.filter(
    ({ item, outcome }) => outcome === 'returned for cure' && !reviewed(state, item).returned,
  );
  if (back.length === 0)
    throw notInOrder({
      what: 'No further item fails on the request’s own words.',
      cite: '(b)',
      next: 'What is barred, has no record or is kept back is not returned: decide it, and release the answer.',
    });
  return perItem(
    state,
    back.map(({ item }) => item),
    (id) => ({
      kind: 'item-returned',
      cite: '(b)',
      data: { ...stamp(actor, now), reasons: back.find(({ item }) => item === id)?.reasons },
    }),
  );
};

/**
 * The case as a reviewer knows it, who is not shown (d) and (e). What a reviewer has left open must not be passed over because
 * an item is barred: “approved” beside an open question would tell of the bar.
 */
const asReviewed = (determined: Determined): Determined => ({
  ...determined,
  decided: {
    ...determined.decided,
    decisions: determined.decided.decisions.map((decision) => decisionFor(['reviews'], decision)),
  },
});

/** Binds the approver to the determinations as they are; any that changes later needs a new approval. */
export const approve = (state: IrsState, actor: Actor, now: Situation): readonly [CaseEvent] => {
  requireDuty(actor, now.day, 'approves');
  const determined = determineCase(state, actor, now);
  refuseAll(unsettled(state, determined));
  refuseAll(unsettled(state, asReviewed(determined)));
  if (state.approval?.digest === determined.digest)
    throw notInOrder({
      what: 'These determinations are approved already.',
      cite: '(a)',
      next: 'Have another person release the answer; or withdraw the approval first.',
    });
  const outcomes = determined.outcomes.map(({ item, outcome }) => ({ item, outcome }));
  return [
    {
      kind: 'review-approved',
      cite: '(a)',
      data: { ...stamp(actor, now), digest: determined.digest, outcomes },
    },
  ];
};

export const withdrawApproval = (
  state: IrsState,
  { reason }: ActOf<'withdraw approval'>,
  actor: Actor,
  now: Situation,
): readonly [CaseEvent] => {
  requireDuty(actor, now.day, 'approves');
  if (state.approval === undefined)
    throw notInOrder({
      what: 'No approval stands in this case.',
      cite: '(a)',
      next: 'There is nothing to withdraw; nothing can be released as it is.',
    });
  return [{ kind: 'approval-withdrawn', cite: '(a)', data: { ...stamp(actor, now), reason } }];
};
