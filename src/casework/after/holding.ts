import type { Day } from '../../ground/dates.ts';
import type { Stamp } from '../acts/events.ts';
import type { Draft } from '../acts/request.ts';
import type { EndWay } from './acts.ts';
import type { Conditions, Holder, Link } from './conditions.ts';
import type { OfficeOf } from './events.ts';
import type { Particulars } from './incident-fields.ts';
import type { RecallAnswer } from './letters.ts';
import type { PaperOnFile } from './papers.ts';
import type { Recipient } from './question.ts';

/** What was done with an item, in the order in which it was. */
export interface Done {
  readonly kind: 'opened' | 'used' | 'disclosed' | 'referred' | 'used for 6103(i)';
  readonly by: Stamp['by'];
  readonly on: Day;
  readonly at: number;
  /** The hop that permitted it; a look has its own. */
  readonly hop?: string;
  readonly to?: Recipient;
  readonly entries?: readonly string[];
  readonly packet?: string;
}

/** One item of return information in this office’s hands, with all that bears on it. */
export interface HeldItem {
  /** Where it lies in the vault; the newest last. */
  readonly contents: readonly string[];
  readonly conditions: Conditions;
  readonly received: { readonly on: Day; readonly packet: string; readonly by: Stamp['by'] };
  /** From the request to this office. */
  readonly chain: readonly Link[];
  readonly locked?: { readonly door: string; readonly on: Day };
  readonly recalled?: { readonly recall: string; readonly reason: string; readonly on: Day };
  readonly ended?: { readonly way: EndWay; readonly on: Day };
  readonly done: readonly Done[];
}

export interface Paper extends PaperOnFile {
  readonly filed: Day;
  readonly withdrawn?: Day;
}

/** A line of the list of those personally and directly engaged, (g): people, by name. */
export interface Engagement {
  readonly person: string;
  readonly from: Day;
  readonly to?: Day;
  readonly document: string;
}

/** A recall that this office made, or received. */
export interface Recall {
  readonly recall: string;
  readonly recalledBy: OfficeOf;
  /** The office that told this one; this office where it made the recall itself. */
  readonly from: OfficeOf;
  readonly items: readonly string[];
  readonly reason: string;
  readonly on: Day;
  readonly packet?: string;
  readonly forwarded?: { readonly on: Day; readonly packet: string };
  readonly answers: readonly RecallAnswer[];
}

export interface Incident extends Particulars {
  readonly incident: string;
  readonly items?: readonly string[];
  readonly deadline: string;
  readonly reported: number;
}

/** What one office holds in one case, under which conditions, and what has become of it. */
export interface Holding {
  readonly office: Holder;
  /** The case, in the request’s words. */
  readonly matter: Draft | undefined;
  /** From the request to this office, by the packet received last. */
  readonly chain: readonly Link[];
  /** Where the vault keeps letters and packets that show items: they go when one of those goes. */
  readonly carried: readonly string[];
  /** The request was withdrawn before its answer came. */
  readonly withdrawn: boolean;
  readonly items: ReadonlyMap<string, HeldItem>;
  readonly papers: ReadonlyMap<string, Paper>;
  readonly engaged: readonly Engagement[];
  readonly recalls: ReadonlyMap<string, Recall>;
  readonly incidents: readonly Incident[];
  /** The body of one of the case’s events can no longer be read: it may have been a bar, so nothing is permitted. */
  readonly shredded: boolean;
}

export const initialHolding = (office: Holder): Holding => ({
  office,
  matter: undefined,
  chain: [],
  carried: [],
  withdrawn: false,
  items: new Map(),
  papers: new Map(),
  engaged: [],
  recalls: new Map(),
  incidents: [],
  shredded: false,
});

/** The audit was dropped: everything held for it is flagged, and nothing of it is used. */
export const isFlagged = ({ matter }: Holding): boolean => matter?.audit?.stage === 'dropped';

/** Whoever has it next, by name: an office, or the person shown it. */
export const holderName = ({ kind, to }: Done): string | undefined =>
  kind === 'referred' ? 'Justice' : kind === 'disclosed' ? (to?.name ?? to?.is) : undefined;

/** Everyone to whom this office gave the item, each once, in the order of the first time. */
export const downstream = (state: Holding, item: string): readonly string[] => [
  ...new Set((state.items.get(item)?.done ?? []).map(holderName).filter((name) => name !== undefined)),
];

export interface Unanswered {
  readonly recall: string;
  readonly item: string;
  readonly holder: string;
}

/** Recalls not yet answered: of this office itself where it was told, and of everyone whom it gave the item to. */
export const unanswered = (state: Holding): readonly Unanswered[] =>
  [...state.recalls.values()].flatMap(({ recall, items, answers, from }) =>
    items.flatMap((item) =>
      [...(from === state.office ? [] : [state.office]), ...downstream(state, item)]
        .filter((holder) => !answers.some((one) => one.item === item && one.holder === holder))
        .map((holder) => ({ recall, item, holder })),
    ),
  );
