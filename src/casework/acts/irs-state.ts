import type { Day } from '../../ground/dates.ts';
import { type Given, type GivenEvent, evolveGiven, initialGiven } from '../after/given.ts';
import type { Case, Finding, FindingName } from '../schema.ts';
import type { Outcome, Reason } from './answer.ts';
import { type EventOf, type Happened, type Stamp, unknownEvent } from './events.ts';
import type { RequestBody } from './request.ts';

/*
 * The IRS keeps a case in two streams. `case/<reference>` is in the log that Customs may read: the request came, the answer
 * went, one entry and one for each item, whatever was found. All that the review does is in `review/<reference>`, in a log
 * that no other office is ever served.
 */

export type LocatedRecord = Omit<Case['records'][number], 'id'>;

export interface StandingFinding {
  readonly answer: Finding['answer'];
  readonly stripped?: boolean;
  readonly counsel: boolean;
  readonly reason: string;
  readonly by: Stamp['by'];
  readonly on: Day;
}

/** What the review knows of one item. A question has one answer or none: what was replaced or withdrawn is not kept. */
export interface ReviewedItem {
  /** `none`: looked for, and there is no such record. */
  readonly record?: LocatedRecord | 'none';
  readonly findings: ReadonlyMap<FindingName, StandingFinding>;
  /** The IRS elects not to disclose it: the law says “may”, (a). */
  readonly elected: boolean;
  /** A reviewer has set it aside to go back for cure. */
  readonly returned: boolean;
}

export interface DecidedItem {
  readonly item: string;
  readonly outcome: Outcome;
  readonly content?: string;
}

export interface IrsState {
  readonly request: { readonly body: RequestBody; readonly packet: string; readonly on: Day } | undefined;
  readonly items: ReadonlyMap<string, ReviewedItem>;
  readonly approval: { readonly by: Stamp['by']; readonly on: Day; readonly digest: string } | undefined;
  /** The answer as decided: from here on the review is closed. */
  readonly release:
    | (Stamp & { readonly packet: string; readonly jws: string; readonly items: readonly DecidedItem[] })
    | undefined;
  /** The withdrawal that closed the review. */
  readonly withdrawal: (Stamp & { readonly packet: string; readonly jws: string }) | undefined;
  /** What the log that Customs may read has of it. */
  readonly told: { readonly answered: boolean; readonly withdrawals: readonly string[] };
  /** What was disclosed, and recalled since. */
  readonly given: Given;
  readonly shredded: boolean;
}

export type IrsCaseEvent =
  | EventOf<'request-received', { readonly packet: string; readonly jws: string; readonly body: RequestBody }>
  | EventOf<'item-asked'>
  | EventOf<'withdrawal-received', { readonly packet: string; readonly jws: string }>
  | EventOf<'answered', { readonly packet: string }>
  | EventOf<'item-answered', { readonly outcome: Outcome }>;

type Found = Pick<StandingFinding, 'answer' | 'counsel' | 'reason'> & {
  readonly finds: FindingName;
  readonly stripped?: boolean;
};

export type ReviewEvent =
  | EventOf<'record-located', { readonly record: LocatedRecord | 'none' }>
  | EventOf<'finding-made', Found>
  | EventOf<'finding-withdrawn', { readonly finds: FindingName; readonly reason: string }>
  | EventOf<'item-elected', { readonly reason: string }>
  | EventOf<'election-withdrawn', { readonly reason: string }>
  | EventOf<'item-returned', { readonly reasons: readonly Reason[] }>
  | EventOf<'review-approved', { readonly digest: string; readonly outcomes: readonly DecidedItem[] }>
  | EventOf<'approval-withdrawn', { readonly reason: string }>
  | EventOf<
      'release-decided',
      {
        readonly packet: string;
        readonly jws: string;
        readonly digest: string;
        readonly items: readonly DecidedItem[];
      }
    >
  | EventOf<
      'item-decided',
      { readonly outcome: Outcome; readonly content?: string; readonly rules: readonly string[] }
    >
  | EventOf<'review-closed', { readonly packet: string; readonly jws: string }>;

export const initialIrs: IrsState = {
  request: undefined,
  items: new Map(),
  approval: undefined,
  release: undefined,
  withdrawal: undefined,
  told: { answered: false, withdrawals: [] },
  given: initialGiven,
  shredded: false,
};

const untouched: ReviewedItem = { findings: new Map(), elected: false, returned: false };

export const reviewed = (state: IrsState, item: string): ReviewedItem => state.items.get(item) ?? untouched;

/** `case/<reference>`, the stream in the log `irs`. */
export const evolveIrsCase = (before: IrsState, happened: Happened): IrsState => {
  const event = happened as IrsCaseEvent | GivenEvent;
  const state = { ...before, given: evolveGiven(before.given, happened) };
  if (event.data === null) return { ...state, shredded: true };
  const { told } = state;
  switch (event.kind) {
    case 'request-received':
      return { ...state, request: { body: event.data.body, packet: event.data.packet, on: event.data.on } };
    case 'withdrawal-received':
      return { ...state, told: { ...told, withdrawals: [...told.withdrawals, event.data.packet] } };
    case 'answered':
      return { ...state, told: { ...told, answered: true } };
    case 'item-asked':
    case 'item-answered':
    case 'recall-made':
    case 'item-recalled':
    case 'recall-answered':
      return state;
    default:
      return unknownEvent();
  }
};

const withFinding = (
  item: ReviewedItem,
  finds: FindingName,
  found: StandingFinding | undefined,
): ReviewedItem => {
  const findings = new Map(item.findings);
  // Deleted, not hidden: an older “yes” under a “no” that was withdrawn must have nowhere to come back from.
  if (found === undefined) findings.delete(finds);
  else findings.set(finds, found);
  return { ...item, findings };
};

/** What an event changes: the item that it is about, or the case. */
type Change = { readonly item: ReviewedItem } | { readonly state: IrsState };

const changeBy = (state: IrsState, item: ReviewedItem, event: ReviewEvent): Change => {
  if (event.data === null) return { state: { ...state, shredded: true } };
  const { by, on, at } = event.data;
  switch (event.kind) {
    case 'record-located':
      return { item: { ...item, record: event.data.record } };
    case 'finding-made': {
      const { finds, answer, stripped, counsel, reason } = event.data;
      const found = { answer, counsel, reason, by, on, ...(stripped === undefined ? {} : { stripped }) };
      return { item: withFinding(item, finds, found) };
    }
    case 'finding-withdrawn':
      return { item: withFinding(item, event.data.finds, undefined) };
    case 'item-elected':
      return { item: { ...item, elected: true } };
    case 'election-withdrawn':
      return { item: { ...item, elected: false } };
    case 'item-returned':
      return { item: { ...item, returned: true } };
    case 'review-approved':
      return { state: { ...state, approval: { by, on, digest: event.data.digest } } };
    case 'approval-withdrawn':
      return { state: { ...state, approval: undefined } };
    case 'release-decided': {
      const { packet, jws, items } = event.data;
      return { state: { ...state, release: { by, on, at, packet, jws, items } } };
    }
    case 'item-decided':
      return { state };
    case 'review-closed': {
      const { packet, jws } = event.data;
      return { state: { ...state, withdrawal: { by, on, at, packet, jws } } };
    }
    default:
      return unknownEvent();
  }
};

/** Events of `review/<reference>` on top of a state. A review has thousands of them, so the map of its items is copied once. */
const evolveAll = (before: IrsState, events: readonly Happened[]): IrsState => {
  const items = new Map(before.items);
  let state = before;
  for (const event of events as readonly ReviewEvent[]) {
    const id = event.item ?? '';
    const change = changeBy(state, items.get(id) ?? untouched, event);
    if ('item' in change) items.set(id, change.item);
    else state = change.state;
  }
  return { ...state, items };
};

/** `review/<reference>`, the stream in the log `irs-review`. */
export const evolveReview = (state: IrsState, happened: Happened): IrsState => evolveAll(state, [happened]);

/** The case as the IRS has it, from its two streams. */
export const foldIrs = (caseEvents: readonly Happened[], reviewEvents: readonly Happened[]): IrsState =>
  evolveAll(caseEvents.reduce(evolveIrsCase, initialIrs), reviewEvents);

/** Where the case stands, in words for a screen. */
export const irsStage = (state: IrsState) =>
  state.told.answered
    ? 'answered'
    : state.release !== undefined
      ? 'release decided'
      : state.withdrawal !== undefined
        ? 'withdrawn'
        : state.approval !== undefined
          ? 'approved'
          : state.request !== undefined
            ? 'in review'
            : 'nothing';
