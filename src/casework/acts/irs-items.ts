import { type CaseEvent, accountName, itemScope } from './events.ts';
import { itemsOf, received } from './irs-case.ts';
import type { IrsState } from './irs-state.ts';
import { notInOrder, whereItem } from './problems.ts';

export type ItemEvent = CaseEvent & { readonly item: string };
export type ItemEvents = readonly [ItemEvent, ...ItemEvent[]];

/** The taxpayer of an item, for the account; nothing where the request names none. */
export const taxpayerOf = (state: IrsState, item: string): { taxpayer?: string } => {
  const { items, taxpayers } = received(state).body;
  const asked = items.find(({ id }) => id === item);
  const taxpayer = taxpayers.find(({ id }) => id === asked?.taxpayer);
  return taxpayer === undefined ? {} : { taxpayer: accountName(taxpayer) };
};

/** Throws unless the request asks for the item. */
export const requireItem = (state: IrsState, item: string): void => {
  if (itemsOf(state).some(({ id }) => id === item)) return;
  throw notInOrder({
    what: 'The request asks for no such item.',
    where: whereItem(item),
    cite: '(b)(1)',
    next: 'Name an item of the request.',
  });
};

/**
 * One event of the review for each item. Each is sealed under its item’s own key, for it may hold return information (that
 * an APA file exists is some, 26 USC 6103(b)(2)(C)), and goes when the item is made undisclosable.
 */
export const perItem = (
  state: IrsState,
  of: readonly string[] | undefined,
  make: (item: string) => Omit<CaseEvent, 'item' | 'taxpayer' | 'scope'>,
): ItemEvents => {
  const named = [...new Set(of ?? itemsOf(state).map(({ id }) => id))];
  for (const item of named) requireItem(state, item);
  const reference = received(state).body.request.reference;
  const [first, ...rest] = named.map((item) => ({
    ...make(item),
    item,
    ...taxpayerOf(state, item),
    scope: itemScope(reference, item),
  }));
  if (first !== undefined) return [first, ...rest];
  throw new TypeError('a request has items: its schema says so');
};
