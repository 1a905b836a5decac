import type { Day } from '../../ground/dates.ts';
import type { CustomsEvent } from '../acts/customs-state.ts';
import type { EventOf, Json, Stamp } from '../acts/events.ts';
import type { Draft } from '../acts/request.ts';
import type { EndWay } from './acts.ts';
import type { Conditions, Entry, Link } from './conditions.ts';
import type { Particulars } from './incident-fields.ts';
import type { AnswerWay } from './letters.ts';
import type { PaperOnFile } from './papers.ts';
import type { AskedProposal, Deed, Question, Recipient } from './question.ts';
import type { Verdict } from './answer.ts';

export type OfficeOf = Stamp['by']['office'];

/** What was answered, whether or not anything was done after it. `rules` are the ids of those failed or still open. */
export interface Answered {
  readonly verdict: Verdict;
  readonly hop: string;
  readonly items: readonly {
    readonly item: string;
    readonly verdict: Verdict;
    readonly rules: readonly string[];
  }[];
  readonly proposal: AskedProposal;
  readonly rules: readonly string[];
  readonly ask: readonly string[];
  readonly rulebook: string;
  readonly edition?: string;
  /** Whether it was asked in order to be done at once. */
  readonly do: boolean;
  /** The rest of the question, so that the answer can be shown again as it was given. */
  readonly findings: Question['findings'];
  readonly deed?: Deed;
  readonly again?: string;
}

export interface RecallTold {
  readonly recall: string;
  readonly reason: string;
  /** The office whose recall it is. */
  readonly recalledBy: OfficeOf;
}

/** The kinds of events that acts after the release make, in the stream `case/<reference>` of either holder. */
export type AfterEvent =
  | EventOf<'may-i-answered', Answered>
  | EventOf<'item-asked-about', { readonly verdict: Answered['verdict'] }>
  | EventOf<
      'item-used',
      {
        readonly hop: string;
        readonly workpaper?: string;
        readonly entries: readonly string[];
        readonly because: string;
      }
    >
  | EventOf<
      'item-disclosed',
      {
        readonly hop: string;
        readonly to: Recipient;
        readonly shown: string;
        readonly because: string;
        readonly papers: readonly string[];
        readonly conditions: Conditions;
        readonly notice?: string;
        readonly again?: string;
      }
    >
  | EventOf<
      'item-referred',
      {
        readonly hop: string;
        readonly to: Recipient;
        readonly because: string;
        readonly papers: readonly string[];
        readonly conditions: Conditions;
        readonly packet: string;
        readonly jws: string;
        readonly again?: string;
      }
    >
  | EventOf<'item-used-for-6103i', { readonly hop: string; readonly because: string }>
  | EventOf<'item-locked', { readonly door: string }>
  | EventOf<'item-unlocked', { readonly paper: string; readonly reason: string }>
  | EventOf<'paper-filed', PaperOnFile & { readonly paper: string }>
  | EventOf<'paper-withdrawn', { readonly paper: string; readonly reason: string }>
  | EventOf<
      'person-engaged',
      {
        readonly person: string;
        readonly from: Day;
        readonly to?: Day;
        readonly document: string;
        readonly warnings: readonly string[];
      }
    >
  | EventOf<'person-disengaged', { readonly person: string; readonly from: Day; readonly reason: string }>
  | EventOf<
      'audit-changed',
      { readonly stage?: 'initiated' | 'dropped'; readonly determined?: Day; readonly reason?: string }
    >
  | EventOf<
      'referral-received',
      {
        readonly packet: string;
        readonly jws?: string;
        readonly entry?: Entry;
        readonly document: Draft;
        readonly chain: readonly Link[];
      }
    >
  | EventOf<
      'recall-made',
      RecallTold & {
        readonly items: readonly string[];
        readonly packet?: string;
        readonly jws?: string;
      }
    >
  | EventOf<
      'recall-received',
      RecallTold & {
        readonly items: readonly string[];
        readonly from: OfficeOf;
        readonly packet: string;
        readonly jws?: string;
        readonly entry?: Entry;
      }
    >
  | EventOf<'item-recalled', RecallTold>
  | EventOf<'notice-drafted', { readonly recall: string; readonly to: string; readonly words: string }>
  | EventOf<
      'recall-forwarded',
      { readonly recall: string; readonly to: 'Justice'; readonly packet: string; readonly jws: string }
    >
  | EventOf<
      'recall-answered',
      {
        readonly recall: string;
        readonly holder: string;
        readonly how: AnswerWay;
        readonly reason?: string;
        readonly answered: Day;
        readonly from?: OfficeOf;
        readonly packet?: string;
        readonly jws?: string;
      }
    >
  | EventOf<
      'use-ended',
      {
        readonly way: EndWay;
        readonly reason: string;
        readonly contents: readonly string[];
        readonly scopes: readonly string[];
      }
    >
  | EventOf<
      'incident-reported',
      Particulars & {
        readonly incident: string;
        readonly items?: readonly string[];
        readonly deadline: string;
        readonly late: boolean;
      }
    >
  | EventOf<
      'entry-corrected',
      {
        readonly seq: number;
        readonly of: string;
        readonly says: Readonly<Record<string, string>>;
        readonly reason: string;
      }
    >;

/** An item as Justice receives it; Customs’ own `item-received` has an outcome instead. */
export type ItemReferred = EventOf<
  'item-received',
  { readonly content: string; readonly conditions: Conditions; readonly packet: string }
>;

/** All that may stand in a holder’s stream of a case. */
export type HoldingEvent = AfterEvent | CustomsEvent | ItemReferred;

/** A field left undefined is not there when it comes back from the store. */
export const bare = (value: Readonly<Record<string, unknown>>): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    readonly [key: string]: Json;
  };

/** The same, typed: without the fields that are undefined. */
export const bareOf = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
