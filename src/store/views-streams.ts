import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import type { MasterKeys } from './keys.ts';
import type { LogId, StoredEvent } from './types.ts';
import { fingerprint, readEvents, storedEvent } from './views-events.ts';

/** Who owns the database can move an event to another case, or take one out; what follows from the rest would be false. */
export const notOfTheStream = (log: LogId, seq: number): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: 'The database has an event where it does not belong, or one before it is missing.',
    where: `${log}, entry ${seq}`,
    next: 'Export and verify the log to see what was changed, and restore the newest backup that is whole.',
  });

/** A stream as far as it was read. */
interface Read {
  readonly events: readonly StoredEvent[];
  /** The data keys of all that could be opened. */
  readonly keys: ReadonlySet<string>;
  /** Sums of the prints of the events, and of the bodies that they lie in. */
  readonly prints: { readonly events: bigint; readonly bodies: bigint };
  readonly bodies: ReadonlySet<string>;
  /** Characters of JSON that were opened; in memory it is some three times as long. */
  readonly size: number;
}

// What an empty stream and its name take, for a cache that counts nothing else.
const nothing: Read = {
  events: [],
  keys: new Set(),
  prints: { events: 0n, bodies: 0n },
  bodies: new Set(),
  size: 500,
};

/** Characters of JSON that one log remembers: some 10,000 cases of a few events each. */
const REMEMBERED = 32_000_000;

/** The streams of one log. */
export interface Streams {
  /** The events of a stream after a version, oldest first. */
  since(name: string, after: number): Promise<readonly StoredEvent[]>;
}

/**
 * Reads streams, and of one that was read before only what is new: an event does not change once it was held against its entry.
 * Each time the database is asked for the fingerprint of the rest. If it is another, because somebody has changed what lies
 * there, a key was destroyed, or is wrapped under a master key that this process was not given, the stream is forgotten and read
 * anew: what was changed is refused, nothing that was destroyed is answered from memory, and a process that a rotation has left
 * behind does not go on.
 */
export const openStreams = (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  keyed: (stream: string) => Buffer,
): Streams => {
  const known = new LRUCache<string, Read>({ maxSize: REMEMBERED, sizeCalculation: ({ size }) => size });

  const readOn = async (name: string, before: Read): Promise<Read> => {
    const { length } = before.events;
    const news = await readEvents(db, log, keys, {
      name: 'stream',
      where: 'e.stream = $2 AND e.version > $3',
      values: [keyed(name), length],
    });
    const strange = news.find(
      ({ version, part }, n) =>
        version !== length + n + 1 || (part !== undefined && part.event.stream !== name),
    );
    if (strange !== undefined) throw notOfTheStream(log, strange.seq);
    if (news.length === 0) return before;
    const bodies = new Map(
      news.filter(({ body }) => !before.bodies.has(body)).map(({ body, prints }) => [body, prints.body]),
    );
    return {
      events: [...before.events, ...news.map((event) => storedEvent(log, event, name))],
      keys: before.keys.union(new Set(news.flatMap(({ key }) => key ?? []))),
      prints: {
        events: news.reduce((sum, { prints }) => sum + prints.event, before.prints.events),
        bodies: [...bodies].reduce((sum, [, print]) => sum + print, before.prints.bodies),
      },
      bodies: before.bodies.union(new Set(bodies.keys())),
      size: news.reduce((sum, { part }) => sum + (part?.json.length ?? 0), before.size),
    };
  };

  const read = async (name: string): Promise<Read> => {
    const before = known.get(name);
    if (before === undefined) return readOn(name, nothing);
    const to = before.events.length;
    // One after the other: an act takes one session of the pool, however many streams it reads.
    const now = await readOn(name, before);
    const found = await fingerprint(db, log, keys, { stream: keyed(name), to, keys: before.keys });
    const isAsRead =
      found.events === before.prints.events &&
      found.bodies === before.prints.bodies &&
      found.keys === before.keys.size;
    if (isAsRead) return now;
    known.delete(name);
    return readOn(name, nothing);
  };

  return {
    since: async (name, after) => {
      const now = await read(name);
      known.set(name, now);
      return after === 0 ? now.events : now.events.slice(after);
    },
  };
};
