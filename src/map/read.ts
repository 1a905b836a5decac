import type { Day } from '../ground/dates.ts';
import { dayAt, readDay } from '../ground/dates.ts';
import type { Actor, ChainEvent, OfficeId } from './chain.ts';
import { plain } from './plain.ts';

/*
 * Bodies are read field by field: an event of an older or newer version, or one whose body was made undisclosable, must
 * still stand in the picture, with less said of it.
 */

export const field = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );

/** `''` where there is no such text. */
export const text = (value: unknown, ...path: readonly string[]): string => {
  const found = field(value, ...path);
  return typeof found === 'string' ? plain(found) : '';
};

export const day = (value: unknown, ...path: readonly string[]): Day | undefined => {
  const found = field(value, ...path);
  return typeof found === 'string' ? readDay(found) : undefined;
};

/** An event, the office whose log has it, and who did it when. */
export interface Told {
  readonly office: OfficeId;
  readonly event: ChainEvent;
  readonly by: Actor;
  readonly on: Day;
  readonly at: number;
}

export const told = (office: OfficeId, event: ChainEvent): Told => ({
  office,
  event,
  by: {
    office,
    id: text(event.data, 'by', 'id') || plain(event.person),
    name: text(event.data, 'by', 'name') || plain(event.person),
    title: text(event.data, 'by', 'title') || plain(event.title),
  },
  on: day(event.data, 'on') ?? dayAt(event.time),
  at: event.time,
});

/** Grouped in the order in which the keys first come. */
export const groupBy = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
};

export const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

export const itemsOf = (all: readonly Told[]): readonly string[] =>
  unique(all.flatMap(({ event }) => (event.item === undefined ? [] : [plain(event.item)])));

/** The items that a body names, as ids or as `{ item }`. */
export const namedItems = (event: ChainEvent): readonly string[] => {
  const named = field(event.data, 'items') ?? field(event.data, 'proposal', 'items');
  if (!Array.isArray(named)) return [];
  return unique(
    named
      .map((one: unknown) => (typeof one === 'string' ? plain(one) : text(one, 'item')))
      .filter((one) => one !== ''),
  );
};

export const entriesOf = (all: readonly Told[]) =>
  all.map(({ office, event: { seq, log } }) => ({ office, seq, log }));
