import { randomUUIDv7 } from 'node:crypto';
import { type Actor, type People, actorOn, evolvePeople, initialPeople } from '../casework/acts/people.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import { canonicalJson } from '../ground/canonical.ts';
import type { Day } from '../ground/dates.ts';
import { sha256 } from '../ground/digest.ts';
import { ProblemError } from '../ground/problem.ts';
import type { ActRecord, Json, LogId, NewContent, NewEvent, Receipt, StoredEvent } from '../store/types.ts';
import { type Node, refuseStopped } from './node.ts';

/** Who acts, and how the act is told from every other. */
export interface Order {
  /** The person's id in this office's directory. */
  readonly person: string;
  /** Where the person holds several titles: the one acted under. */
  readonly title?: string;
  /** UUIDv7 of the act. Given again after a lost answer, it gives the first one's receipt and does nothing twice. */
  readonly id?: string;
  /** The version of the case that the person had before them; an act on another one is refused, not redone. */
  readonly expect?: number;
}

/** The hour of an act, as values: nothing below reads a clock. */
export interface When {
  readonly day: Day;
  /** POSIX seconds. */
  readonly at: number;
}

export type Events = readonly [NewEvent, ...NewEvent[]];

/** What a step reads, and what it makes of it. `decide` may be asked again when another act came between. */
export interface Step {
  readonly log: LogId;
  /** What is asked, so that an act's id cannot be used for another act. */
  readonly asked: Json;
  /** The streams it decides by. Those it writes to must be at the version read; the first is the one `expect` means. */
  readonly reads: readonly [Place, ...Place[]];
  readonly decide: (
    read: (place: Place) => readonly StoredEvent[],
    actor: Actor,
    when: When,
  ) => Decided | Promise<Decided>;
}

export interface Place {
  readonly log: LogId;
  readonly stream: string;
}

export interface Decided {
  readonly events: Events;
  readonly contents?: readonly NewContent[];
}

const TRIES = 8;

const sameId = new ProblemError({
  kind: 'act-repeated',
  what: 'This act id was used for another act.',
  next: 'Give each act an id of its own; leave it out, and one is made.',
});

/**
 * The one road: whatever changes in an office changes here. Reads the streams, asks who acts on this day, lets the step
 * decide, and has the ledger commit events, entries and signed head in one transaction. The receipt exists only after
 * COMMIT, and nothing is handed out without it.
 *
 * If we crash before COMMIT, nothing happened. If we crash after it, the same order gives the receipt again.
 */
export const act = async (node: Node, order: Order, step: Step): Promise<Receipt> => {
  const id = order.id ?? randomUUIDv7();
  const asked = digestOf({ person: order.person, asked: step.asked });
  for (let tried = 1; ; tried++) {
    refuseStopped(node.dir);
    const before = await recorded(node, step, id, asked);
    if (before !== undefined) return before;
    try {
      return await once(node, order, step, id, asked);
    } catch (error) {
      // The same order, given twice at once: the other one has done it.
      const meanwhile = await recorded(node, step, id, asked);
      if (meanwhile !== undefined) return meanwhile;
      // Another act came between reading and writing. What was decided no longer stands: decide anew on what is there now.
      if (!isMovedOn(error) || order.expect !== undefined || tried === TRIES) throw error;
    }
  }
};

const digestOf = (asked: Json): string => {
  try {
    return sha256(canonicalJson(asked));
  } catch {
    throw new ProblemError({
      kind: 'usage',
      what: 'Half of a character stands in what was given.',
      next: 'Write it again; the text was cut in the middle of a character.',
    });
  }
};

const recorded = async (
  node: Node,
  { log }: Step,
  id: string,
  asked: string,
): Promise<Receipt | undefined> => {
  const before = await node.views.receipt(log, id);
  if (before !== undefined && before.asked !== asked) throw sameId;
  return before === undefined ? undefined : { ...before, repeated: true };
};

const once = async (node: Node, order: Order, step: Step, id: string, asked: string): Promise<Receipt> => {
  const when = node.when();
  const actor = actorOn(await people(node), order.person, order.title, when.day);
  const streams = new Map<string, readonly StoredEvent[]>();
  for (const place of step.reads) streams.set(key(place), await node.views.stream(place.log, place.stream));
  const read = (place: Place) => streams.get(key(place)) ?? [];
  const [first] = step.reads;
  if (order.expect !== undefined && read(first).length !== order.expect)
    throw movedOn({ expected: order.expect, now: read(first).length });
  const { events, contents = [] } = await step.decide(read, actor, when);
  const record: ActRecord = {
    id,
    asked,
    log: step.log,
    office: node.office,
    person: actor.name,
    title: actor.title,
    time: when.at,
    expect: expected(step, events, read),
    events,
    contents,
  };
  const ledger = await node.ledger(step.log);
  return ledger.append(record);
};

/** The id of an act that follows from another: the same whoever gives it (a UUIDv8 of RFC 9562, from a SHA-256). */
export const idFrom = (name: string): string => {
  const hex = sha256(name);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};

interface Directory {
  readonly version: number;
  readonly people: People;
}

/** What was folded of a node's directory. It only grows, and nothing in it is ever made undisclosable. */
const directories = new WeakMap<Node, Directory>();

/** The directory as it is now: only what is new in it is read. */
export const people = async (node: Node): Promise<People> => {
  const { version, people: known } = directories.get(node) ?? { version: 0, people: initialPeople };
  const news = await node.views.stream(node.log, 'people', version);
  const now = news.reduce(evolvePeople, known);
  directories.set(node, { version: version + news.length, people: now });
  return now;
};

/** Who has a packet made again must be entitled to send, today, though nothing is recorded anew. */
export const requireSending = async (node: Node, { person, title }: Order): Promise<void> => {
  const { day } = node.when();
  requireDuty(actorOn(await people(node), person, title, day), day, 'sends');
};

const key = ({ log, stream }: Place) => `${log} ${stream}`;

const expected = (step: Step, events: Events, read: (place: Place) => readonly StoredEvent[]) => {
  const places = step.reads.filter(
    ({ log, stream }) => log === step.log && events.some((one) => one.stream === stream),
  );
  const missed = events.find((one) => !places.some(({ stream }) => stream === one.stream));
  if (missed !== undefined) throw new TypeError('a step writes only to streams that it has read');
  return Object.fromEntries(places.map((place) => [place.stream, read(place).length]));
};

/** Whether an act failed only because another came between. */
export const isMovedOn = (error: unknown): boolean =>
  error instanceof ProblemError && error.problems.every(({ kind }) => kind === 'moved-on');

/** Another act came first, and what was read no longer stands. */
export const movedOn = (seen?: { readonly expected: number; readonly now: number }): ProblemError =>
  new ProblemError({
    kind: 'moved-on',
    what:
      seen === undefined
        ? 'The case has moved on since it was read.'
        : `The case has moved on since you read it: it was at step ${seen.expected}, and is at step ${seen.now}.`,
    next: 'Read it again, and decide on what stands there now.',
  });
