import { ProblemError, type Problem } from '../../ground/problem.ts';
import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Json, type Situation, stamp } from '../acts/events.ts';
import { type Actor, inForce } from '../acts/people.ts';
import type { Draft } from '../acts/request.ts';
import {
  notEntitled,
  notInOrder,
  packetRefused,
  refuseAll,
  requireDuty,
  whereItem,
} from '../acts/problems.ts';
import { hopOf } from '../../rulebook/rulebook.ts';
import { taxpayerField } from './account.ts';
import { conditionsOn } from './deed.ts';
import { engagementOf } from './case.ts';
import { type Link, hopsOf } from './conditions.ts';
import { bare } from './events.ts';
import { type Holding, isFlagged } from './holding.ts';
import { type ReferralBody, referralBodySchema } from './letters.ts';
import { mayI } from './may-i.ts';
import type { Question } from './question.ts';
import { refusalOf } from './stops.ts';

/** Only whom the items are about, and the importer: no other taxpayer of the case goes along. */
const taxpayersFor = (matter: Draft, items: readonly string[]): Draft['taxpayers'] => {
  const named = matter.items.filter(({ id }) => items.includes(id)).map(({ taxpayer }) => taxpayer);
  const subject = matter.audit?.subject;
  const wanted = new Set([...named, subject]);
  return matter.taxpayers
    .filter(({ id }) => wanted.has(id))
    .map(({ relationship, ...one }) =>
      relationship === undefined || !wanted.has(relationship.with) ? one : { ...one, relationship },
    );
};

/**
 * The body of the packet that refers items to Justice, (g). `contents`: what each item says; `chain`: the case's, with the
 * receipts that prove it. Throws a ProblemError where
 * the referral is not permitted, before anything is signed; the act that records it decides once more.
 */
export const referralBody = (
  state: Holding,
  question: Question,
  actor: Actor,
  now: Situation,
  contents: Readonly<Record<string, Json>>,
  chain: readonly Link[] = state.chain,
): ReferralBody => {
  const { do: _, ...asked } = question;
  const answer = mayI(state, asked, actor, now);
  const stops = answer.items.flatMap(({ item, stops: all }) =>
    all.map((stop) => refusalOf(stop, item, `${stop.what} “${stop.law}”`)),
  );
  refuseAll(stops);
  const { matter } = state;
  const { items, to } = question.proposal;
  if (answer.hop.id !== 'customs-to-justice' || matter?.audit === undefined || to?.name === undefined)
    throw notInOrder({
      what: 'This is no referral to an officer of Justice, named.',
      where: 'proposal.to',
      cite: '(g)',
      next: 'Name the officer of Justice who is personally and directly engaged.',
    });
  const hop = hopOf(answer.hop.id);
  const described = (id: string): Draft['items'][number] | undefined => {
    const { adjusts, ...one } = matter.items.find((item) => item.id === id) ?? { id, purposes: [] };
    return adjusts === undefined || !items.includes(adjusts) ? one : { ...one, adjusts };
  };
  if (items.some((id) => contents[id] === undefined))
    throw new TypeError('every item referred has a content');
  return referralBodySchema.parse({
    waybill: 'referral/1',
    reference: matter.request.reference,
    title: matter.title,
    fictional: matter.fictional,
    request: matter.request,
    audit: matter.audit,
    taxpayers: taxpayersFor(matter, items),
    to: { name: to.name, ...(to.title === undefined ? {} : { title: to.title }) },
    items: items.map((id) => {
      const { from: _from, ...conditions } = conditionsOn(state, id, hop, to) ?? {};
      return { id, item: described(id), content: contents[id], conditions };
    }),
    chain,
  });
};

const SEND_BACK = 'Store nothing of it; ask Customs for a packet that is whole.';

const faulty = (what: string, item?: string): Problem => ({
  kind: 'packet-refused',
  what,
  ...(item === undefined ? {} : { where: whereItem(item) }),
  cite: '(g)',
  next: SEND_BACK,
});

const isChain = ([asked, answered, ...more]: readonly Link[]): boolean =>
  asked?.kind === 'request' &&
  asked.from === 'Customs' &&
  asked.to === 'IRS' &&
  answered?.kind === 'answer' &&
  answered.from === 'IRS' &&
  answered.to === 'Customs' &&
  asked.on <= answered.on &&
  more.length === 0;

/** What the packet says of itself must hold together, and no item may come with more than (h) lets Justice be asked. */
const faultsOf = (
  state: Holding,
  { body, contents, case: reference }: ActOf<'receive referral'>,
): Problem[] => {
  const { audit } = body;
  const known = state.matter?.audit;
  const ids = body.items.map(({ id }) => id);
  return [
    ...(body.reference === reference && body.request.reference === reference
      ? []
      : [faulty('The referral is of another case than the act.')]),
    ...(isChain(body.chain) ? [] : [faulty('The chain from the request to Customs is not whole.')]),
    ...(known === undefined || (known.reference === audit.reference && known.subject === audit.subject)
      ? []
      : [faulty('The referral is for another audit than the one before it.')]),
    ...body.items.flatMap(({ id, item, conditions }): Problem[] => [
      ...(item.id === id ? [] : [faulty('What is sent is not the item that is named.', id)]),
      ...(conditions.audit === audit.reference && conditions.holder === 'Justice'
        ? []
        : [faulty('The conditions of the item are for another audit or another holder.', id)]),
      ...(conditions.may.every((may) => hopsOf.Justice.some((one) => one === may))
        ? []
        : [faulty('The conditions of the item give more than paragraph (h) does.', id)]),
      ...(contents[id] === undefined ? [faulty('The item has no place in the vault.', id)] : []),
      ...(state.items.get(id)?.recalled === undefined && state.items.get(id)?.ended === undefined
        ? []
        : [
            faulty(
              'The item was recalled, or its use has ended, and it does not come back by a new packet.',
              id,
            ),
          ]),
    ]),
    ...ids
      .filter((id, n) => ids.indexOf(id) < n)
      .map((id) => faulty('The referral has this item twice.', id)),
    ...Object.keys(contents)
      .filter((id) => !ids.includes(id))
      .map((id) => faulty('The vault has a place for an item that the referral does not have.', id)),
  ];
};

/** Justice receives what Customs refers: by a person who is on the list of those personally and directly engaged. */
export const receiveReferral = (
  state: Holding,
  act: ActOf<'receive referral'>,
  actor: Actor,
  now: Situation,
): readonly [CaseEvent, ...CaseEvent[]] => {
  if (actor.office !== 'Justice')
    throw packetRefused({
      what: 'A referral goes from Customs to Justice, and nowhere else.',
      cite: '(g)',
      next: 'Store nothing of it, and tell the sender.',
    });
  requireDuty(actor, now.day, 'receives', 'counsel');
  const engagement = engagementOf(state, actor, now.day);
  if (engagement === undefined || !inForce(engagement, now.day))
    throw notEntitled({
      what: 'Whoever receives the referral is not on today’s list of those personally and directly engaged.',
      where: actor.title,
      cite: '(g)',
      next: 'Have it received by someone who is, or have the person put on the list.',
      way: 'engage',
    });
  if (state.chain.at(-1)?.packet === act.packet)
    throw notInOrder({
      what: 'This referral was received before.',
      next: 'Nothing: its receipt and its items are on file.',
    });
  if (isFlagged(state))
    throw packetRefused({
      what: 'The audit was dropped, and nothing more is received for it.',
      cite: '(j)',
      next: SEND_BACK,
    });
  const [first, ...rest] = faultsOf(state, act);
  if (first !== undefined) throw new ProblemError(first, ...rest);
  const { packet, jws, entry, body, contents } = act;
  const { title, fictional, request, audit, taxpayers } = body;
  const document: Draft = {
    title,
    fictional,
    request,
    audit,
    taxpayers,
    items: body.items.map(({ item }) => item),
  };
  const seen = { ...state, matter: document };
  return [
    {
      kind: 'referral-received',
      cite: '6103(p)(4)(A)',
      packet,
      data: { ...stamp(actor, now), ...bare({ packet, jws, entry, document, chain: body.chain }) },
    },
    ...body.items.map(({ id, conditions }) => ({
      kind: 'item-received',
      cite: '6103(p)(4)(A)',
      item: id,
      ...taxpayerField(seen, id),
      packet,
      data: {
        ...stamp(actor, now),
        ...bare({
          content: contents[id],
          conditions: { ...conditions, from: bare({ office: 'Customs', packet, entry }) },
          packet,
        }),
      },
    })),
  ];
};
