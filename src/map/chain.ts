import type { Day } from '../ground/dates.ts';

export const officeIds = ['irs', 'customs', 'justice'] as const;
export type OfficeId = (typeof officeIds)[number];
/** Who is no officer of the three: importer, representative, expert, witness, court. */
export type Column = OfficeId | 'outside';

/** What the map reads of an event; an event as the store gives it back is one. `data` is null where its key was destroyed. */
export interface ChainEvent {
  readonly log: string;
  readonly seq: number;
  readonly kind: string;
  readonly cite: string;
  readonly case?: string;
  readonly item?: string;
  /** SHA-256 (hex). */
  readonly packet?: string;
  /** Events of one act have one id. */
  readonly act: string;
  readonly person: string;
  readonly title: string;
  /** POSIX seconds. */
  readonly time: number;
  readonly data: unknown;
}

/** An office whose log was not read is left out; one that has no event of the case has an empty list. */
export type EventsByOffice = Readonly<Partial<Record<OfficeId, readonly ChainEvent[]>>>;

/** Customs holds by title, (b)(4); Justice by person, (g); the IRS as one. */
export interface Holder {
  readonly id: string;
  readonly column: Column;
  /** The title, or the capacity: `importer’s representative`. */
  readonly role: string;
  readonly names: readonly string[];
}

/** An entry of an office's log. */
export interface Entry {
  readonly office: OfficeId;
  readonly seq: number;
  readonly log: string;
}

export interface Actor {
  readonly office: OfficeId;
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export type HopKind =
  | 'request'
  | 'withdrawal'
  | 'answer'
  | 'referral'
  | 'recall'
  | 'recall answer'
  | 'disclosure'
  | 'look'
  | 'use'
  | 'compliance with 6103(i)'
  | 'question'
  | 'lock'
  | 'unlock'
  | 'notice'
  | 'end of use';

/** `attempted`: asked, and not (or not yet) permitted; nothing passed. */
export type Outcome = 'done' | 'refused' | 'not yet' | 'locked';

/**
 * Whether both offices have recorded the same packet with the same items. `one side`: the other office's log was not read,
 * so nobody can say. `within`: one office's act, which has no second side.
 */
export type Match = 'matched' | 'unmatched' | 'one side' | 'within';

interface Row {
  /** Its number in the table, by time. */
  readonly n: number;
  readonly cite: string;
  readonly items: readonly string[];
  readonly on: Day;
  /** POSIX seconds. */
  readonly at: number;
  readonly by: Actor;
  /** Words of a closed list: nothing that a person wrote freely, for that could hold a figure. */
  readonly note: string;
}

/** One act that passed items, used them, or tried to. All items of the act are one hop. `from` and `to` are one holder for a use. */
export interface Hop extends Row {
  readonly kind: HopKind;
  readonly outcome: Outcome;
  readonly from: string;
  readonly to: string;
  readonly packet: string | undefined;
  readonly sent: readonly Entry[];
  readonly received: readonly Entry[];
  readonly receivedBy: Actor | undefined;
  readonly match: Match;
  /** Whose holding of what it ended, or said something about. */
  readonly ends: readonly HoldingEnd[];
}

export interface HoldingEnd {
  readonly holder: string;
  readonly item: string;
  /** `returned`, `made undisclosable`, `safeguards continue`, `never held`, `cannot be got back`. */
  readonly how: string;
}

/** Any other act of the case: a paper filed, a person engaged, the audit changed. */
export interface Note extends Row {
  readonly kind: string;
  readonly entries: readonly Entry[];
}

/** That one holder has one item, from a day until it ended. */
export interface Holding {
  readonly holder: string;
  readonly item: string;
  readonly from: Day;
  /** Number of the hop that brought it. */
  readonly by: number;
  readonly locked: boolean;
  readonly recalled: Day | undefined;
  readonly end: (Pick<HoldingEnd, 'how'> & { readonly on: Day }) | undefined;
}

/** An act of a person, for the timeline. */
export interface ChainAct {
  readonly by: Actor;
  readonly on: Day;
  readonly at: number;
  readonly entries: readonly Entry[];
  /** Numbers of the rows that tell of it. */
  readonly rows: readonly number[];
  /** Whether it looked at, used, passed or asked for items. */
  readonly touchesItems: boolean;
}

export interface Chain {
  readonly case: string;
  /** The offices whose logs were read. */
  readonly read: readonly OfficeId[];
  readonly holders: ReadonlyMap<string, Holder>;
  readonly hops: readonly Hop[];
  readonly notes: readonly Note[];
  readonly holdings: readonly Holding[];
  readonly acts: readonly ChainAct[];
}

export interface Drawing {
  /** Leaves out names of people and companies; titles, capacities and item ids stay. */
  readonly redacted?: boolean;
  /** Told from other pictures of one page; letters, digits and hyphens. */
  readonly id?: string;
}
