import type { Day } from '../../ground/dates.ts';
import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, packetRefused, requireDuty, whereItem } from '../acts/problems.ts';
import { taxpayerField } from './account.ts';
import { type OfficeOf, bare } from './events.ts';
import { type Holding, type Recall, downstream } from './holding.ts';
import type { RecallAnswer, RecallAnswerBody } from './letters.ts';
import { recallOf } from './recall.ts';

type Events = readonly [CaseEvent, ...CaseEvent[]];

const CITE = '6103(p)(4)(F)';

/** What this office says of itself must be what its record says. */
const checkOwn = (state: Holding, { item, how }: ActOf<'answer recall'>): void => {
  const held = state.items.get(item);
  if (how === 'cannot be got back') return;
  if (how === 'never held' ? held === undefined : held?.ended?.way === how) return;
  throw notInOrder({
    what:
      how === 'never held'
        ? 'The record shows that this office holds the item.'
        : `The record does not show that the item was ${how}.`,
    where: whereItem(item),
    cite: CITE,
    next: 'End its use first, in the way that is true, and then answer.',
    way: 'end use',
  });
};

/** What became of a recalled item, at this office or at one to whom it gave it. */
export const answerRecall = (
  state: Holding,
  act: ActOf<'answer recall'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'receives', 'counsel', 'sends');
  const { recall: id, item, holder, how, reason, packet, jws } = act;
  const recall = recallOf(state, id);
  if (!recall.items.includes(item))
    throw notInOrder({
      what: 'The recall is not of this item.',
      where: whereItem(item),
      cite: CITE,
      next: 'Name an item of the recall.',
    });
  if (holder !== state.office && !downstream(state, item).includes(holder))
    throw notInOrder({
      what: 'The item was never disclosed to such a holder.',
      where: 'holder',
      cite: CITE,
      next: 'Name this office, or one to whom it disclosed the item.',
      way: 'custody',
    });
  if (recall.answers.some((one) => one.item === item && one.holder === holder))
    throw notInOrder({
      what: 'The recall was answered for this item and holder before.',
      where: whereItem(item),
      cite: CITE,
      next: 'Nothing; a wrong answer is restated by a correction.',
      way: 'correct',
    });
  if ((how === 'never held' || how === 'cannot be got back') && reason === undefined)
    throw notInOrder({
      what: 'The answer gives no reason.',
      where: 'reason',
      cite: CITE,
      next: 'Say why, in words without the value.',
    });
  if (holder === state.office) checkOwn(state, act);
  if ((packet === undefined) !== (jws === undefined))
    throw notInOrder({
      what: 'A packet is given with the place of its signatures.',
      where: 'jws',
      next: 'Give both, or neither.',
    });
  return [
    {
      kind: 'recall-answered',
      cite: CITE,
      item,
      ...taxpayerField(state, item),
      ...(packet === undefined ? {} : { packet }),
      data: {
        ...stamp(actor, now),
        ...bare({ recall: id, holder, how, reason, answered: now.day, packet, jws }),
      },
    },
  ];
};

/** The way up: all that is known of the recall by now, and what is being answered with it. */
export const recallAnswerBody = (
  state: Holding,
  id: string,
  on: Day,
  now: readonly RecallAnswer[] = [],
): RecallAnswerBody => ({
  waybill: 'recall-answer/1',
  reference: state.matter?.request.reference ?? '',
  recall: id,
  answers: [...recallOf(state, id).answers, ...now],
  on,
});

/** Where the answer may come from: the one office that was told in a packet. */
const teller = (office: OfficeOf): OfficeOf | undefined =>
  office === 'IRS' ? 'Customs' : office === 'Customs' ? 'Justice' : undefined;

/**
 * What the next office down says. Shared by the IRS and Customs: only what answers a recall that was sent there counts, and
 * what was said before is not said again.
 */
export const answersReceived = (
  office: OfficeOf,
  recall: Recall | undefined,
  { body, packet, jws }: ActOf<'receive recall answer'>,
  taxpayer: (item: string) => { readonly taxpayer?: string },
  actor: Actor,
  now: Situation,
): Events => {
  const from = teller(office);
  const wasSent =
    recall !== undefined &&
    (office === 'IRS' || (recall.from === 'Customs' ? recall.packet : recall.forwarded) !== undefined);
  if (recall === undefined || from === undefined || !wasSent)
    throw packetRefused({
      what: 'The answer is to a recall that this office has not sent.',
      where: 'body.recall',
      cite: CITE,
      next: 'Store nothing of it, and tell the sender which recalls are open.',
    });
  for (const { item, holder } of body.answers)
    if (!recall.items.includes(item) || holder === office)
      throw packetRefused({
        what: 'The answer speaks of an item or a holder that is not the sender’s to answer for.',
        where: whereItem(item),
        cite: CITE,
        next: 'Store nothing of it, and ask the sender for an answer to what was recalled.',
      });
  const fresh = body.answers.filter(
    ({ item, holder }) => !recall.answers.some((one) => one.item === item && one.holder === holder),
  );
  const events = fresh.map(({ item, holder, how, reason, on: answered }): CaseEvent => ({
    kind: 'recall-answered',
    cite: CITE,
    item,
    ...taxpayer(item),
    packet,
    data: {
      ...stamp(actor, now),
      ...bare({ recall: recall.recall, holder, how, reason, answered, from, packet, jws }),
    },
  }));
  const [first, ...rest] = events;
  if (first === undefined)
    throw notInOrder({
      what: 'All that this answer says is on record already.',
      cite: CITE,
      next: 'Nothing: see what is still open.',
      way: 'recalls',
    });
  return [first, ...rest];
};

/** Customs receives what Justice answers. */
export const receiveRecallAnswer = (
  state: Holding,
  act: ActOf<'receive recall answer'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'receives', 'counsel');
  if (act.body.reference !== act.case)
    throw packetRefused({
      what: 'The answer is of another case than the act.',
      where: 'body.reference',
      next: 'Receive it in the case whose reference it has.',
    });
  return answersReceived(
    state.office,
    state.recalls.get(act.body.recall),
    act,
    (item) => taxpayerField(state, item),
    actor,
    now,
  );
};
