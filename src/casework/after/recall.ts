import type { Day } from '../../ground/dates.ts';
import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, packetRefused, requireDuty, whereItem } from '../acts/problems.ts';
import { taxpayerField } from './account.ts';
import { type OfficeOf, bare } from './events.ts';
import { type Holding, type Recall, downstream } from './holding.ts';
import type { RecallBody } from './letters.ts';

type Events = readonly [CaseEvent, ...CaseEvent[]];

/** A disclosure made in error is no disclosure “as provided by this section”; what follows from that, practice supplies. */
const CITE = '(j)';

export const neverDisclosed = (item: string): Error =>
  notInOrder({
    what: 'The item was never disclosed by this office, so there is nothing to recall.',
    where: whereItem(item),
    cite: CITE,
    next: 'See what was disclosed, and to whom.',
    way: 'custody',
  });

/** The notice to someone who was shown an item that is recalled. It names the case and the item, never a value. */
const noticeWords = (reference: string, item: string, on: Day): string =>
  [
    `Case ${reference}, item “${item}”: return information (26 USC 6103) that was shown to you was recalled on ${on}.`,
    'It was disclosed in error. Make no further use of it, tell nobody of it, and return it with every copy, or say in writing how it was made undisclosable.',
    'If it was never received, or cannot be got back, say so in writing.',
  ].join(' ');

const notices = (
  state: Holding,
  { recall, items }: Pick<Recall, 'recall' | 'items'>,
  reference: string,
  actor: Actor,
  now: Situation,
): readonly CaseEvent[] =>
  items.flatMap((item) =>
    downstream(state, item).map((to) => ({
      kind: 'notice-drafted',
      cite: CITE,
      item,
      ...taxpayerField(state, item),
      data: { ...stamp(actor, now), recall, to, words: noticeWords(reference, item, now.day) },
    })),
  );

const isReferred = (state: Holding, item: string): boolean =>
  state.items.get(item)?.done.some(({ kind }) => kind === 'referred') === true;

/** Of a recall: the items that went on to Justice, and are recalled there in a packet. */
export const passedOn = (state: Holding, recall: Pick<Recall, 'items'>): readonly string[] =>
  recall.items.filter((item) => isReferred(state, item));

/** Recalls that Justice has not been told of yet: the list that a crash in the middle leaves to be worked off. */
export const unforwarded = (state: Holding): readonly Recall[] =>
  [...state.recalls.values()].filter(
    (recall) =>
      recall.forwarded === undefined && recall.from !== state.office && passedOn(state, recall).length > 0,
  );

/** Recalls that Justice was told of and has not answered for every item: the packet may have been lost on the way. */
export const forwardedUnanswered = (state: Holding): readonly Recall[] =>
  [...state.recalls.values()].filter(
    (recall) =>
      recall.forwarded !== undefined &&
      passedOn(state, recall).some(
        (item) => !recall.answers.some((one) => one.item === item && one.holder === 'Justice'),
      ),
  );

const packetField = (packet: string | undefined): { packet?: string } =>
  packet === undefined ? {} : { packet };

/** A holder recalls what it gave on. What it holds itself it goes on holding: the error was the disclosure. */
export const recallOwn = (state: Holding, act: ActOf<'recall'>, actor: Actor, now: Situation): Events => {
  requireDuty(actor, now.day, 'receives', 'counsel', 'sends');
  const { recall, items, reason, packet, jws } = act;
  if (state.recalls.has(recall)) throw twice();
  for (const item of items) if (downstream(state, item).length === 0) throw neverDisclosed(item);
  const needed = items.some((item) => isReferred(state, item));
  if (needed !== (packet !== undefined) || (packet === undefined) !== (jws === undefined))
    throw notInOrder({
      what: needed
        ? 'Justice has one of the items, and must be told in a packet.'
        : 'No other office has the items, so no packet is sent.',
      where: 'packet',
      next: needed
        ? 'Give the packet of the recall with the act.'
        : 'Leave out packet and jws; the notices are drafted.',
    });
  return [
    {
      kind: 'recall-made',
      cite: CITE,
      ...packetField(packet),
      data: {
        ...stamp(actor, now),
        ...bare({ recall, recalledBy: state.office, reason, items, packet, jws }),
      },
    },
    ...notices(state, act, act.case, actor, now),
  ];
};

const twice = (): Error =>
  notInOrder({
    what: 'This recall is on record already.',
    where: 'recall',
    next: 'Nothing: see what it still waits for.',
    way: 'recalls',
  });

/** A recall that comes down: the items are locked for every use at once, and everyone who has them from here is found. */
export const receiveRecall = (
  state: Holding,
  act: ActOf<'receive recall'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'receives', 'counsel');
  const { body, packet, jws, entry } = act;
  const from: OfficeOf = state.office === 'Customs' ? 'IRS' : 'Customs';
  if (body.reference !== act.case)
    throw packetRefused({
      what: 'The recall is of another case than the act.',
      where: 'body.reference',
      next: 'Receive it in the case whose reference it has.',
    });
  if (state.recalls.has(body.recall)) throw twice();
  if (body.by === state.office || body.by === 'Justice')
    throw packetRefused({
      what: 'A recall comes from an office that disclosed the item to this one.',
      where: 'body.by',
      cite: CITE,
      next: 'Store nothing of it, and tell the sender.',
    });
  for (const item of body.items) {
    const held = state.items.get(item);
    if (held === undefined)
      throw packetRefused({
        what: 'The recall is of an item that was never disclosed to this office.',
        where: whereItem(item),
        cite: CITE,
        next: 'Tell the sender; there is nothing here to lock, return or destroy.',
      });
    if (held.recalled !== undefined)
      throw packetRefused({
        what: 'The item was recalled before, and has been locked since.',
        where: whereItem(item),
        cite: CITE,
        next: 'Answer the first recall; this one changes nothing.',
      });
  }
  const told = { recall: body.recall, recalledBy: body.by, reason: body.reason };
  return [
    {
      kind: 'recall-received',
      cite: CITE,
      packet,
      data: { ...stamp(actor, now), ...bare({ ...told, items: body.items, from, packet, jws, entry }) },
    },
    ...body.items.map((item) => ({
      kind: 'item-recalled',
      cite: CITE,
      item,
      ...taxpayerField(state, item),
      packet,
      data: { ...stamp(actor, now), ...told },
    })),
    ...notices(state, body, act.case, actor, now),
  ];
};

export const recallOf = (state: Pick<Holding, 'recalls'>, id: string): Recall => {
  const found = state.recalls.get(id);
  if (found !== undefined) return found;
  throw notInOrder({
    what: 'No such recall is on record in this case.',
    where: 'recall',
    cite: CITE,
    next: 'See the recalls of the case.',
    way: 'recalls',
  });
};

/** Customs tells Justice. Recorded by itself, so that a crash after the receipt of the recall loses nothing. */
export const forwardRecall = (
  state: Holding,
  { recall: id, packet, jws }: ActOf<'forward recall'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'receives', 'counsel', 'sends');
  forwardBody(state, id, now.day);
  return [
    {
      kind: 'recall-forwarded',
      cite: CITE,
      packet,
      data: { ...stamp(actor, now), recall: id, to: 'Justice', packet, jws },
    },
  ];
};

/** The body of the packet of a recall that begins in this office. */
export const recallBody = (
  act: Pick<ActOf<'recall'>, 'case' | 'recall' | 'items' | 'reason'>,
  by: OfficeOf,
  on: Day,
): RecallBody => ({
  waybill: 'recall/1',
  reference: act.case,
  recall: act.recall,
  by,
  items: act.items,
  reason: act.reason,
  on,
});

/** Of a recall that Customs itself makes: only what went to Justice is Justice’s to know. */
export const recallToJustice = (
  state: Holding,
  act: Pick<ActOf<'recall'>, 'case' | 'recall' | 'items' | 'reason'>,
  on: Day,
): RecallBody => recallBody({ ...act, items: [...passedOn(state, act)] }, state.office, on);

/** The recall as it goes on to Justice, with the items that did. Throws `not-in-order` where there is nothing to tell. */
export const forwardBody = (state: Holding, id: string, on: Day): RecallBody => {
  const recall = recallOf(state, id);
  const items = passedOn(state, recall);
  if (items.length === 0 || recall.from === state.office || recall.forwarded !== undefined)
    throw notInOrder({
      what:
        items.length === 0
          ? 'None of the items was passed on to Justice.'
          : 'Justice has been told of this recall.',
      where: 'recall',
      cite: CITE,
      next: 'Nothing.',
    });
  return {
    waybill: 'recall/1',
    reference: state.matter?.request.reference ?? '',
    recall: id,
    by: recall.recalledBy,
    items: [...items],
    reason: recall.reason,
    on,
  };
};
