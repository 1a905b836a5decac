import type { HopKind, Match, OfficeId } from './chain.ts';
import { type Told, groupBy, text } from './read.ts';

type Family = Extract<HopKind, 'request' | 'withdrawal' | 'answer' | 'referral' | 'recall' | 'recall answer'>;
type Side = 'sent' | 'received';

/** Kinds of events that tell of a packet, and from which side; a side that only the rest of the act shows is left open. */
const kinds: Readonly<Record<string, readonly [Family, Side?]>> = {
  'request-sent': ['request', 'sent'],
  'item-requested': ['request', 'sent'],
  'request-received': ['request', 'received'],
  'item-asked': ['request', 'received'],
  'request-withdrawn': ['withdrawal', 'sent'],
  'withdrawal-received': ['withdrawal', 'received'],
  answered: ['answer', 'sent'],
  'item-answered': ['answer', 'sent'],
  'answer-received': ['answer', 'received'],
  'item-referred': ['referral', 'sent'],
  'referral-received': ['referral', 'received'],
  'recall-made': ['recall', 'sent'],
  'recall-forwarded': ['recall', 'sent'],
  'recall-received': ['recall', 'received'],
  'item-recalled': ['recall'],
  'recall-answered': ['recall answer'],
  'recall-answer-received': ['recall answer', 'received'],
};

/** From whom to whom a packet of this kind goes; recalls go down the chain, and their answers up. */
const ways: Readonly<Record<Family, readonly OfficeId[]>> = {
  request: ['customs', 'irs'],
  withdrawal: ['customs', 'irs'],
  answer: ['irs', 'customs'],
  referral: ['customs', 'justice'],
  recall: ['irs', 'customs', 'justice'],
  'recall answer': ['justice', 'customs', 'irs'],
};

const familyOf = ({ office, event: { kind, data } }: Told): readonly [Family, Side?] | undefined => {
  if (kind === 'packet-sent' || kind === 'packet-received') {
    const carried = text(data, 'kind');
    return carried in ways ? [carried as Family, kind === 'packet-sent' ? 'sent' : 'received'] : undefined;
  }
  // Customs receives items in an answer, Justice in a referral.
  if (kind === 'item-received') return [office === 'justice' ? 'referral' : 'answer', 'received'];
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
};

/** One packet, as the office that sent it and the one that received it tell of it. */
export interface Crossing {
  readonly kind: Family;
  readonly packet: string;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly sent: readonly Told[];
  readonly received: readonly Told[];
}

const actKey = ({ office, event }: Told, family: Family): string => `${office}|${event.act}|${family}`;

/** An act may name its packet once, and list its items beside it. */
const packets = (all: readonly Told[]): ReadonlyMap<string, string> => {
  const known = new Map<string, string>();
  for (const one of all) {
    const family = familyOf(one)?.[0];
    if (family !== undefined && one.event.packet !== undefined)
      known.set(actKey(one, family), one.event.packet);
  }
  return known;
};

const sideOf = (all: readonly Told[], family: Family): Side => {
  for (const one of all) {
    const side = familyOf(one)?.[1];
    if (side !== undefined) return side;
  }
  // An answer to a recall that says from which office it came has come.
  if (all.some(({ event: { data } }) => text(data, 'from') !== '')) return 'received';
  return all[0]?.office === ways[family][0] ? 'sent' : 'received';
};

const crossingOf = (kind: Family, packet: string, all: readonly Told[]): Crossing => {
  const sides: Record<Side, Told[]> = { sent: [], received: [] };
  for (const act of groupBy(all, (one) => `${one.office}|${one.event.act}`).values())
    sides[sideOf(act, kind)].push(...act);
  const way = ways[kind];
  const from =
    sides.sent[0]?.office ?? way[Math.max(0, way.indexOf(sides.received[0]?.office ?? 'irs') - 1)] ?? 'irs';
  const to = sides.received[0]?.office ?? way[Math.min(way.length - 1, way.indexOf(from) + 1)] ?? 'irs';
  return { kind, packet, from, to, ...sides };
};

/** The packets of a case, each once, and the events that tell of none. */
export const crossingsOf = (
  all: readonly Told[],
): { readonly crossings: readonly Crossing[]; readonly local: readonly Told[] } => {
  const named = packets(all);
  const local: Told[] = [];
  const carried: { family: Family; packet: string; one: Told }[] = [];
  for (const one of all) {
    const family = familyOf(one)?.[0];
    const packet = family === undefined ? undefined : (one.event.packet ?? named.get(actKey(one, family)));
    if (family === undefined || packet === undefined) local.push(one);
    else carried.push({ family, packet, one });
  }
  const groups = groupBy(carried, ({ family, packet }) => `${family}|${packet}`);
  return {
    local,
    crossings: [...groups.values()].flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [
            crossingOf(
              first.family,
              first.packet,
              group.map(({ one }) => one),
            ),
          ];
    }),
  };
};

/** What a side says was carried, item by item: with its outcome where it has one. */
const carriedBy = (side: readonly Told[]): string =>
  side
    .flatMap(({ event: { item, data } }) =>
      item === undefined ? [] : [JSON.stringify([item, text(data, 'outcome') || 'disclosed'])],
    )
    .sort()
    .join();

export const matchOf = ({ sent, received, from, to }: Crossing, read: readonly OfficeId[]): Match => {
  // One packet has one sender and one receiver: a second one that claims it agrees with nobody.
  if ([sent, received].some((side) => side.some(({ office }) => office !== side[0]?.office)))
    return 'unmatched';
  if (sent.length > 0 && received.length > 0) {
    const [gave, got] = [carriedBy(sent), carriedBy(received)];
    // A side that only tells of the packet has said nothing of its items; that both have the packet is what is known.
    return gave === got || gave === '' || got === '' ? 'matched' : 'unmatched';
  }
  return read.includes(from) && read.includes(to) ? 'unmatched' : 'one side';
};
