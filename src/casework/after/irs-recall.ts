import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, accountName, stamp } from '../acts/events.ts';
import { checkActor } from '../acts/irs-actor.ts';
import type { IrsState } from '../acts/irs-state.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, packetRefused, requireDuty, whereItem } from '../acts/problems.ts';
import { bare } from './events.ts';
import { neverDisclosed } from './recall.ts';
import { answersReceived } from './recall-answer.ts';

type Events = readonly [CaseEvent, ...CaseEvent[]];

const taxpayerIn = (state: IrsState, item: string): { readonly taxpayer?: string } => {
  const body = state.request?.body;
  const asked = body?.items.find(({ id }) => id === item);
  const found = body?.taxpayers.find(({ id }) => id === asked?.taxpayer);
  return found === undefined ? {} : { taxpayer: accountName(found) };
};

/**
 * The IRS recalls what it disclosed in error, in the log that Customs may read: Customs is told of nothing else. Refused
 * for what was never disclosed; one wording, whatever the reason was that it was not.
 */
export const recallByIrs = (state: IrsState, act: ActOf<'recall'>, actor: Actor, now: Situation): Events => {
  checkActor(state, act.case, actor);
  requireDuty(actor, now.day, 'approves', 'sends');
  const { recall, items, reason, packet, jws } = act;
  const { disclosed, recalls } = state.given;
  for (const item of items) if (!disclosed.has(item)) throw neverDisclosed(item);
  for (const item of items)
    if ([...recalls.values()].some((one) => one.items.includes(item)))
      throw notInOrder({
        what: 'The item was recalled before.',
        where: whereItem(item),
        next: 'Nothing: see what the recall still waits for.',
        way: 'recalls',
      });
  if (recalls.has(recall) || packet === undefined || jws === undefined)
    throw notInOrder({
      what: recalls.has(recall) ? 'This recall is on record already.' : 'Customs must be told in a packet.',
      where: recalls.has(recall) ? 'recall' : 'packet',
      next: recalls.has(recall)
        ? 'Give a new recall an id of its own.'
        : 'Give the packet of the recall with the act.',
    });
  const told = { recall, recalledBy: 'IRS', reason };
  return [
    {
      kind: 'recall-made',
      cite: '(j)',
      packet,
      data: { ...stamp(actor, now), ...bare({ ...told, items, packet, jws }) },
    },
    ...items.map((item) => ({
      kind: 'item-recalled',
      cite: '(j)',
      item,
      ...taxpayerIn(state, item),
      packet,
      data: { ...stamp(actor, now), ...told },
    })),
  ];
};

/** The IRS receives what Customs answers, of itself and of everyone further down. */
export const receiveAnswerByIrs = (
  state: IrsState,
  act: ActOf<'receive recall answer'>,
  actor: Actor,
  now: Situation,
): Events => {
  checkActor(state, act.case, actor);
  requireDuty(actor, now.day, 'receives requests', 'approves', 'sends');
  if (act.body.reference !== act.case)
    throw packetRefused({
      what: 'The answer is of another case than the act.',
      where: 'body.reference',
      next: 'Receive it in the case whose reference it has.',
    });
  return answersReceived(
    'IRS',
    state.given.recalls.get(act.body.recall),
    act,
    (item) => taxpayerIn(state, item),
    actor,
    now,
  );
};
