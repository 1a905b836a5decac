import type { Day } from '../../ground/dates.ts';
import { ProblemError } from '../../ground/problem.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import type { Taxpayer } from '../schema.ts';
import type { Actor } from './people.ts';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What an act makes happen. The office gives it its stream and its log. */
export interface CaseEvent {
  readonly kind: string;
  /** The paragraph behind it, or `''`. */
  readonly cite: string;
  readonly item?: string;
  /** What names the taxpayer in this office: `accountName`. */
  readonly taxpayer?: string;
  /** SHA-256 (hex) of the packet sent or received. */
  readonly packet?: string;
  /** Whose data key seals it; the stream's where it is left out. */
  readonly scope?: string;
  readonly data: Json;
}

/** What a fold reads of an event; the body is null where its key has been destroyed. */
export interface Happened {
  readonly kind: string;
  readonly item?: string;
  /** The number of its entry, where it comes from a log. */
  readonly seq?: number;
  readonly data: Json;
}

/** The world of an act, as values: nothing below reads a clock. */
export interface Situation {
  /** The day in the office's own calendar. */
  readonly day: Day;
  /** POSIX seconds. */
  readonly at: number;
  readonly catalogue: Catalogue;
}

export type When = Pick<Situation, 'day' | 'at'>;

/** Stands in the body of every event: who acted, under which title, when. */
export interface Stamp {
  readonly by: {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly office: Actor['office'];
  };
  readonly on: Day;
  readonly at: number;
}

/** A kind of event and its body. A stream holds nothing else, so a fold may read its events as these. */
export interface EventOf<Kind extends string, Body = unknown> {
  readonly kind: Kind;
  readonly item?: string;
  readonly seq?: number;
  readonly data: (Stamp & Body) | null;
}

export const stamp = ({ id, name, title, office }: Actor, { day, at }: When) => ({
  by: { id, name, title, office },
  on: day,
  at,
});

/** The data key of what may hold return information about one item. */
export const itemScope = (reference: string, item: string): string => `item/${reference}/${item}`;

/**
 * What a taxpayer's account is made from: the TIN without its hyphens, so that one taxpayer written in two ways has one
 * account and its record is complete; the name where no number is stated, (b)(2).
 */
export const accountName = ({ tin, name }: Pick<Taxpayer, 'tin' | 'name'>): string =>
  tin?.replaceAll('-', '') ?? name;

/**
 * A newer version may have written a bar or a withdrawal under a name that this one does not know. To skip it would be to
 * release against it.
 */
export const unknownEvent = (): never => {
  throw new ProblemError({
    kind: 'store-unfit',
    what: 'The stream has an event that this version of Waybill does not know.',
    next: 'Run the version that wrote it, or a newer one.',
  });
};
