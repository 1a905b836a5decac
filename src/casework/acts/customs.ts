import { canonicalJson } from '../../ground/canonical.ts';
import { sha256 } from '../../ground/digest.ts';
import type { ActOf, CustomsAct } from './act.ts';
import { type CheckFinding, blocking, checkRequest } from './check.ts';
import { drafted, requestBody } from './customs-letters.ts';
import { openItem, openLetter } from './customs-open.ts';
import { receiveAnswer } from './customs-receive.ts';
import type { CustomsState } from './customs-state.ts';
import { type CaseEvent, type Situation, accountName, stamp } from './events.ts';
import type { Actor } from './people.ts';
import { notEntitled, notInOrder, refuseAll, requireDuty, shredded, whereItem } from './problems.ts';
import { type Draft, wholeOf } from './request.ts';

export { checkRequest } from './check.ts';
export { draftForCure, requestBody, withdrawalBody } from './customs-letters.ts';
export { customsStage, evolveCustoms, foldCustoms, initialCustoms } from './customs-state.ts';
export type { CustomsState } from './customs-state.ts';

type Events = readonly [CaseEvent, ...CaseEvent[]];

/** Kept for good by the receiving agency: each request, its reason and date, and each disclosure to it. */
const RECORD = '6103(p)(4)(A)';

const notGone = (state: CustomsState): void => {
  if (state.withdrawn !== undefined)
    throw notInOrder({
      what: 'The request was withdrawn.',
      cite: '(b)',
      next: 'Draft a new request, under a reference of its own.',
    });
  if (state.sent !== undefined)
    throw notInOrder({
      what: 'The request has been sent, and what was sent stays as it is.',
      cite: '(b)',
      next: 'What is to be cured or added is asked for in a new request, under a reference of its own; or withdraw this one.',
    });
};

const draft = (
  state: CustomsState,
  { case: reference, document }: ActOf<'draft'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'drafts requests');
  notGone(state);
  if (document.request.reference !== reference)
    throw notInOrder({
      what: 'The request has another reference than the case.',
      where: 'document.request.reference',
      next: 'Draft it in the case of its own reference; the reference names the case in every office.',
    });
  return [{ kind: 'request-drafted', cite: '(b)', data: { ...stamp(actor, now), document } }];
};

const whereOf = ({ item, field }: CheckFinding): { readonly where?: string } =>
  field !== undefined ? { where: field } : item === undefined ? {} : { where: whereItem(item) };

const sign = (state: CustomsState, actor: Actor, now: Situation): Events => {
  requireDuty(actor, now.day, 'signs as Commissioner');
  if (actor.capacity === undefined)
    throw notEntitled({
      what: 'The request is signed by the Commissioner, or by the one acting as Commissioner; a delegate does not sign.',
      where: actor.title,
      cite: '(b)',
      next: 'Have the Commissioner sign (R2).',
      way: 'people',
    });
  const document = drafted(state);
  notGone(state);
  if (state.signed !== undefined)
    throw notInOrder({
      what: 'The request is signed already.',
      cite: '(b)',
      next: 'A new draft drops the signature; otherwise send the request.',
      way: 'send',
    });
  refuseAll(
    blocking(checkRequest(document, now.catalogue, now.day)).map((found) => ({
      kind: 'not-in-order',
      what: found.law === undefined ? found.what : `${found.what} “${found.law}”`,
      ...whereOf(found),
      cite: found.cite,
      next: found.cure,
    })),
  );
  const { name, title, capacity } = actor;
  return [
    {
      kind: 'request-signed',
      cite: '(b)',
      data: {
        ...stamp(actor, now),
        dated: now.day,
        signature: { name, title, office: 'Customs', capacity },
        // What was on the page that the Commissioner read.
        document: sha256(canonicalJson(document)),
      },
    },
  ];
};

const taxpayerOf = (document: Draft, id: string | undefined): { taxpayer?: string } => {
  const taxpayer = document.taxpayers.find((one) => one.id === id);
  return taxpayer === undefined ? {} : { taxpayer: accountName(taxpayer) };
};

const send = (state: CustomsState, { packet, jws }: ActOf<'send'>, actor: Actor, now: Situation): Events => {
  requireDuty(actor, now.day, 'sends');
  const document = wholeOf(drafted(state));
  notGone(state);
  const { request } = requestBody(state);
  return [
    { kind: 'request-sent', cite: '(b)', packet, data: { ...stamp(actor, now), packet, jws } },
    ...document.items.map((item) => ({
      kind: 'item-requested',
      cite: RECORD,
      item: item.id,
      ...taxpayerOf(document, item.taxpayer),
      packet,
      data: { ...stamp(actor, now), item, dated: request.dated },
    })),
  ];
};

const withdraw = (state: CustomsState, act: ActOf<'withdraw'>, actor: Actor, now: Situation): Events => {
  requireDuty(actor, now.day, 'drafts requests', 'signs as Commissioner', 'sends');
  drafted(state);
  if (state.withdrawn !== undefined || state.answer !== undefined)
    throw notInOrder({
      what: `The request was ${state.answer === undefined ? 'withdrawn' : 'answered'} before.`,
      cite: '(b)',
      next:
        state.answer === undefined
          ? 'Nothing: its record stands.'
          : 'What was received is returned, destroyed or kept safe, 6103(p)(4)(F); it can no longer be withdrawn.',
    });
  const { reason, packet, jws } = act;
  if ((state.sent === undefined) !== (packet === undefined) || (packet === undefined) !== (jws === undefined))
    throw notInOrder({
      what:
        state.sent === undefined
          ? 'The request was not sent, so nobody else needs to be told.'
          : 'The IRS has the request, and must be told in a packet.',
      where: 'packet',
      next:
        state.sent === undefined
          ? 'Leave out packet and jws.'
          : 'Give the packet of the withdrawal with the act.',
    });
  return [
    {
      kind: 'request-withdrawn',
      cite: '(b)',
      ...(packet === undefined ? {} : { packet }),
      data: { ...stamp(actor, now), reason, packet, jws },
    },
  ];
};

/** Events of an act of Customs on a case, in the stream `case/<reference>`, or a ProblemError. Pure. */
export const decideCustoms = (state: CustomsState, act: CustomsAct, actor: Actor, now: Situation): Events => {
  if (actor.office !== 'Customs')
    throw notEntitled({
      what: 'Only officers of Customs act in a case of Customs.',
      where: actor.title,
      cite: '(b)',
      next: 'Act in your own office.',
    });
  if (state.shredded) throw shredded();
  if (state.draft !== undefined && state.draft.request.reference !== act.case)
    throw notInOrder({
      what: 'The act names another case.',
      where: 'case',
      next: 'Write the reference of this case.',
    });
  switch (act.act) {
    case 'draft':
      return draft(state, act, actor, now);
    case 'sign':
      return sign(state, actor, now);
    case 'send':
      return send(state, act, actor, now);
    case 'withdraw':
      return withdraw(state, act, actor, now);
    case 'receive answer':
      return receiveAnswer(state, act, actor, now);
    case 'open':
      return [openItem(state, act, actor, now)];
    case 'open letter':
      return openLetter(state, act, actor, now);
  }
};
