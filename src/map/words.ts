import type { Drawing, Entry, Holder, Hop, HopKind } from './chain.ts';
import { officeNames } from './holders.ts';
import { groupBy } from './read.ts';

/** What was done, in words that stand alone. */
const deeds: Readonly<Record<HopKind, string>> = {
  request: 'request',
  withdrawal: 'request withdrawn',
  answer: 'disclosed',
  referral: 'referred',
  recall: 'recalled',
  'recall answer': 'recall answered',
  disclosure: 'disclosed',
  look: 'opened',
  use: 'used',
  'compliance with 6103(i)': 'used to comply with 6103(i)',
  question: 'asked',
  lock: 'criminal matter',
  unlock: 'unlocked, 6103(i) met',
  notice: 'recall notice drafted',
  'end of use': 'end of use',
};

export const deedOf = ({ kind, items }: Pick<Hop, 'kind' | 'items'>): string =>
  kind === 'answer' && items.length === 0 ? 'answered' : deeds[kind];

export const outcomeWords: Readonly<Record<Hop['outcome'], string>> = {
  done: '',
  refused: 'REFUSED',
  'not yet': 'NOT YET',
  locked: 'LOCKED',
};

export const itemsWords = (items: readonly string[]): string =>
  items.length === 1 ? '1 item' : `${items.length} items`;

/** `12–15, 18`. */
export const runs = (numbers: readonly number[]): string => {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const one of sorted) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === one - 1) last[1] = one;
    else parts.push([one, one]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
};

/** `Customs 12–15`; `none` where no office has recorded anything. */
export const entriesWords = (entries: readonly Entry[]): string =>
  entries.length === 0
    ? 'none'
    : [...groupBy(entries, ({ office }) => office).values()]
        .map((all) => `${officeNames[all[0]?.office ?? 'irs']} ${runs(all.map(({ seq }) => seq))}`)
        .join('; ');

export const packetWords = ({ packet }: Pick<Hop, 'packet'>): string =>
  packet === undefined || !/^[0-9a-f]{8}/.test(packet) ? '' : packet.slice(0, 8);

/** A holder in one line. Redacted, persons of one role are told apart by number. */
export const holderWords = (
  holder: Holder | undefined,
  numbers: Numbers,
  { redacted = false }: Drawing,
): string => {
  if (holder === undefined) return '';
  const { role, names } = holder;
  if (redacted) return `${role}${numbers.get(holder.id) ?? ''}`;
  return names.length === 0 ? role : `${role} (${names.join(', ')})`;
};

/** Number of each holder among those of one column and role; none where it is the only one. */
export type Numbers = ReadonlyMap<string, string>;

export const numbersOf = (holders: ReadonlyMap<string, Holder>): Numbers => {
  const alike = new Map<string, string[]>();
  for (const { id, column, role } of holders.values()) {
    const key = `${column}|${role}`;
    alike.set(key, [...(alike.get(key) ?? []), id]);
  }
  return new Map(
    [...alike.values()].flatMap((ids) =>
      ids.length < 2 ? [] : ids.map((id, n): [string, string] => [id, ` no. ${n + 1}`]),
    ),
  );
};

export const span = (from: string, to: string): string => (from === to ? from : `${from} – ${to}`);
