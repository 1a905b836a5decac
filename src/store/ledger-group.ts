import type { Conditions } from './ledger-commit.ts';
import type { Prepared } from './ledger-prepare.ts';

/** An act that cannot be recorded, for a stream is at another version than it expects. */
export interface Refusal {
  readonly prepared: Prepared;
  readonly stream: string;
  /** What it is at. */
  readonly version: number;
}

export interface Plan {
  readonly taken: readonly Prepared[];
  readonly refused: readonly Refusal[];
  /** Names of the streams in the conditions, in their order. */
  readonly names: readonly string[];
  readonly conditions: Omit<Conditions, 'head'>;
}

/**
 * Which acts of a group can be recorded together, as if one after another. `known` is what the database said of streams;
 * of the others each act is believed what it expects, and the conditions say so, for the database to confirm. The
 * refusals hold only if the commit is made: until then an earlier act of the group may fail. The conditions name the acts
 * refused as well: one that was recorded long ago is no refusal but its receipt.
 */
export const planGroup = (group: readonly Prepared[], known: ReadonlyMap<string, number>): Plan => {
  const now = new Map(known);
  const conditions = new Map<string, Conditions['streams'][number]>();
  const taken: Prepared[] = [];
  const refused: Refusal[] = [];
  for (const prepared of group) {
    const wrong = prepared.expect.find(({ name, version }) => (now.get(name) ?? version) !== version);
    if (wrong !== undefined) {
      refused.push({ prepared, stream: wrong.name, version: now.get(wrong.name) ?? 0 });
      continue;
    }
    taken.push(prepared);
    for (const { name, stream, version } of prepared.expect)
      if (!conditions.has(name)) conditions.set(name, { stream, version });
    for (const { name, after } of prepared.expect) now.set(name, after);
  }
  return {
    taken,
    refused,
    names: [...conditions.keys()],
    conditions: { streams: [...conditions.values()], acts: group.map(({ id }) => id) },
  };
};
