import { type Happened, unknownEvent } from '../acts/events.ts';
import { dayBefore } from '../acts/people.ts';
import { type Draft, wholeOf } from '../acts/request.ts';
import { type Conditions, type Holder, type Link, hopsOf } from './conditions.ts';
import { type HoldingEvent, bareOf } from './events.ts';
import {
  type Done,
  type Engagement,
  type HeldItem,
  type Holding,
  type Recall,
  initialHolding,
} from './holding.ts';

type Received = Extract<HoldingEvent, { kind: 'item-received' }>;

const withItem = (state: Holding, id: string | undefined, change: (held: HeldItem) => HeldItem): Holding => {
  const held = id === undefined ? undefined : state.items.get(id);
  // A bar on what is not held changes nothing: without the item there is nothing to use.
  return id === undefined || held === undefined
    ? state
    : { ...state, items: new Map(state.items).set(id, change(held)) };
};

const carrying = ({ carried }: Holding, ...contents: readonly (string | undefined)[]): readonly string[] => [
  ...new Set([...carried, ...contents.filter((one) => one !== undefined)]),
];

const did = (state: Holding, id: string | undefined, one: Done): Holding =>
  withItem(state, id, (held) => ({ ...held, done: [...held.done, one] }));

/** The conditions on what the IRS disclosed, from the request’s own words. */
const fromRequest = ({ audit, items }: Draft, id: string, packet: string): Conditions => ({
  audit: audit?.reference ?? 'not stated',
  purpose: items.find((one) => one.id === id)?.purpose ?? 'not stated',
  cite: '(a)',
  holder: 'Customs',
  necessity: 'N1',
  may: [...hopsOf.Customs],
  from: { office: 'IRS', packet },
});

/** What came of an item: of Customs, only where it was disclosed; of Justice, with the conditions that came with it. */
const received = (state: Holding, { item, data }: Received): Holding => {
  const { matter, chain } = state;
  const link = chain.at(-1);
  if (item === undefined || data?.content === undefined || matter === undefined || link === undefined)
    return state;
  const { on, by, content } = data;
  const before = state.items.get(item);
  const held: HeldItem = {
    // Received once more: whatever stands against it goes on standing.
    ...(before ?? { done: [], chain, received: { on, packet: link.packet, by } }),
    contents: [...(before?.contents ?? []), content],
    conditions: 'conditions' in data ? data.conditions : fromRequest(matter, item, link.packet),
  };
  return { ...state, items: new Map(state.items).set(item, held) };
};

/** A later referral adds to the case; a dropped audit stays dropped, whatever a letter under way still says of it. */
const joined = (before: Draft | undefined, now: Draft): Draft => {
  if (before === undefined) return now;
  const first = <T extends { readonly id: string }>(a: readonly T[], b: readonly T[]): T[] => [
    ...a,
    ...b.filter(({ id }) => !a.some((one) => one.id === id)),
  ];
  return {
    ...now,
    audit: before.audit?.stage === 'dropped' ? before.audit : now.audit,
    taxpayers: first(before.taxpayers, now.taxpayers),
    items: first(before.items, now.items),
  };
};

const ended = (one: Engagement, from: Engagement['from']): Engagement =>
  one.to === undefined || from <= one.to ? { ...one, to: dayBefore(from) } : one;

const withRecall = (state: Holding, id: string, change: (recall: Recall) => Recall): Holding => {
  const recall = state.recalls.get(id);
  return recall === undefined ? state : { ...state, recalls: new Map(state.recalls).set(id, change(recall)) };
};

/** The fold of a holder’s stream `case/<reference>`, of Customs or of Justice. Throws `store-unfit` on an event it does not know. */
export const evolveHolding = (state: Holding, happened: Happened): Holding => {
  const event = happened as HoldingEvent;
  if (event.data === null) return { ...state, shredded: true };
  const { by, on, at } = event.data;
  const { item } = event;
  switch (event.kind) {
    case 'request-drafted':
      return { ...state, matter: wholeOf(event.data.document) };
    case 'request-sent': {
      const { packet } = event.data;
      const entry = event.seq === undefined ? {} : { entry: { log: 'customs', seq: event.seq } };
      return { ...state, chain: [{ kind: 'request', from: 'Customs', to: 'IRS', on, packet, ...entry }] };
    }
    case 'request-withdrawn':
      return { ...state, withdrawn: true };
    case 'answer-received': {
      const { packet, jws, letter, entry } = event.data;
      const link: Link = { kind: 'answer', from: 'IRS', to: 'Customs', on, packet, ...bareOf({ entry }) };
      return { ...state, chain: [...state.chain, link], carried: carrying(state, jws, letter) };
    }
    case 'referral-received': {
      const { packet, jws, entry, document, chain } = event.data;
      const link: Link = {
        kind: 'referral',
        from: 'Customs',
        to: 'Justice',
        on,
        packet,
        ...bareOf({ entry }),
      };
      return {
        ...state,
        matter: joined(state.matter, document),
        chain: [...chain, link],
        carried: carrying(state, jws),
      };
    }
    case 'item-received':
      return received(state, event);
    case 'item-opened':
      return did(state, item, { kind: 'opened', by, on, at });
    case 'item-used': {
      const { hop, entries } = event.data;
      return did(state, item, { kind: 'used', by, on, at, hop, entries });
    }
    case 'item-used-for-6103i':
      return did(state, item, { kind: 'used for 6103(i)', by, on, at, hop: event.data.hop });
    case 'item-disclosed': {
      const { hop, to } = event.data;
      return did(state, item, { kind: 'disclosed', by, on, at, hop, to });
    }
    case 'item-referred': {
      const { hop, to, packet, jws } = event.data;
      const now = { ...state, carried: carrying(state, jws) };
      return did(now, item, { kind: 'referred', by, on, at, hop, to, packet });
    }
    case 'item-locked': {
      const { door } = event.data;
      return withItem(state, item, (held) => ({ ...held, locked: { door, on } }));
    }
    case 'item-unlocked':
      return withItem(state, item, ({ locked: _, ...held }) => held);
    case 'paper-filed': {
      const { paper, by: _by, on: _on, at: _at, ...rest } = event.data;
      return { ...state, papers: new Map(state.papers).set(paper, { ...rest, filed: on }) };
    }
    case 'paper-withdrawn': {
      const { paper } = event.data;
      const found = state.papers.get(paper);
      return found === undefined
        ? state
        : { ...state, papers: new Map(state.papers).set(paper, { ...found, withdrawn: on }) };
    }
    case 'person-engaged': {
      const { person, from, to, document } = event.data;
      const one = { person, from, document, ...(to === undefined ? {} : { to }) };
      return { ...state, engaged: [...state.engaged, one] };
    }
    case 'person-disengaged': {
      const { person, from } = event.data;
      const engaged = state.engaged.map((one) => (one.person === person ? ended(one, from) : one));
      return { ...state, engaged };
    }
    case 'audit-changed': {
      const { matter } = state;
      if (matter?.audit === undefined) return state;
      const { stage, determined } = event.data;
      const audit = {
        ...matter.audit,
        ...(stage === undefined ? {} : { stage }),
        ...(determined === undefined ? {} : { determined }),
      };
      return { ...state, matter: { ...matter, audit } };
    }
    case 'recall-made': {
      const { recall, recalledBy, items, reason, packet } = event.data;
      const made = {
        recall,
        recalledBy,
        from: state.office,
        items,
        reason,
        on,
        answers: [],
        ...bareOf({ packet }),
      };
      return { ...state, recalls: new Map(state.recalls).set(recall, made) };
    }
    case 'recall-received': {
      const { recall, recalledBy, from, items, reason, packet } = event.data;
      const told = { recall, recalledBy, from, items, reason, on, packet, answers: [] };
      return { ...state, recalls: new Map(state.recalls).set(recall, told) };
    }
    case 'item-recalled': {
      const { recall, reason } = event.data;
      return withItem(state, item, (held) => ({ ...held, recalled: { recall, reason, on } }));
    }
    case 'recall-forwarded': {
      const { recall, packet } = event.data;
      return withRecall(state, recall, (one) => ({ ...one, forwarded: { on, packet } }));
    }
    case 'recall-answered': {
      const { recall, holder, how, reason, answered } = event.data;
      const answer = { item: item ?? '', holder, how, on: answered, ...bareOf({ reason }) };
      return withRecall(state, recall, (one) => ({ ...one, answers: [...one.answers, answer] }));
    }
    case 'use-ended': {
      const { way } = event.data;
      return withItem(state, item, (held) => ({ ...held, ended: { way, on } }));
    }
    case 'incident-reported': {
      const { by: _by, on: _on, at: reported, late: _late, ...rest } = event.data;
      return { ...state, incidents: [...state.incidents, { ...rest, reported }] };
    }
    // A correction says what an entry should have said. It lifts no bar and gives no permission.
    case 'entry-corrected':
    case 'request-signed':
    case 'item-requested':
    case 'letter-opened':
    case 'may-i-answered':
    case 'item-asked-about':
    case 'notice-drafted':
      return state;
    default:
      return unknownEvent();
  }
};

export const foldHolding = (office: Holder, events: readonly Happened[]): Holding =>
  events.reduce(evolveHolding, initialHolding(office));
