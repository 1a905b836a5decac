import type { Day } from '../ground/dates.ts';
import type { Hop, Holder, Holding } from './chain.ts';

type Open = { -readonly [Key in keyof Holding]: Holding[Key] };

const brings: ReadonlySet<string> = new Set(['answer', 'referral', 'disclosure', 'look', 'use']);

/** Who had which item from when, and how it ended: a fold over the hops in their order. */
export const holdingsOf = (
  hops: readonly Hop[],
  holders: ReadonlyMap<string, Holder>,
): readonly Holding[] => {
  const open = new Map<string, Open>();
  const past: Open[] = [];
  const columnOf = (id: string) => holders.get(id)?.column;
  /** An end at an office ends it for every officer of that office; an outside holder answers for itself. */
  const held = (holder: string, item: string): readonly Open[] =>
    [...open.values()].filter(
      (one) =>
        one.item === item &&
        (one.holder === holder ||
          (columnOf(holder) !== 'outside' && columnOf(one.holder) === columnOf(holder))),
    );
  const end = (one: Open, on: Day, how: string): void => {
    one.end = { on, how };
    // What is kept under safeguards, or cannot be got back, is still held.
    if (how === 'safeguards continue' || how === 'cannot be got back') return;
    open.delete(`${one.holder}|${one.item}`);
    past.push(one);
  };
  const bring = (hop: Hop, item: string): void => {
    const key = `${hop.to}|${item}`;
    if (open.has(key)) return;
    open.set(key, {
      holder: hop.to,
      item,
      from: hop.on,
      by: hop.n,
      locked: false,
      recalled: undefined,
      end: undefined,
    });
  };
  for (const hop of hops) {
    for (const item of hop.items) {
      if (hop.outcome === 'done' && brings.has(hop.kind)) bring(hop, item);
      if (hop.kind === 'recall' || hop.kind === 'notice')
        for (const one of held(hop.to, item)) one.recalled ??= hop.on;
      if (hop.kind === 'lock' || hop.kind === 'unlock')
        for (const one of held(hop.from, item)) one.locked = hop.kind === 'lock';
    }
    for (const { holder, item, how } of hop.ends) for (const one of held(holder, item)) end(one, hop.on, how);
  }
  return [...past, ...open.values()].sort((a, b) => a.by - b.by);
};
