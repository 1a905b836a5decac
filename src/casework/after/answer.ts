import type { Day } from '../../ground/dates.ts';
import type { ProblemError } from '../../ground/problem.ts';
import type { Way } from '../../ground/ways.ts';
import type { Obligation } from '../../rulebook/rule.ts';
import type { CaseEvent } from '../acts/events.ts';

export const verdicts = ['permitted', 'not yet', 'refused'] as const;
export type Verdict = (typeof verdicts)[number];

/** What stands in the way of one item: a rule of the hop, or a bar on what is held. */
export interface Stop {
  readonly id: string;
  readonly cite: string;
  /** The law’s exact words. */
  readonly law: string;
  readonly state: 'failed' | 'missing';
  /** One sentence that names no person and no value. */
  readonly what: string;
  /** Our reading, its number first, where the words need one. */
  readonly reading?: readonly [number: string, sentence: string];
  readonly cure: string;
  /** Where the cure is found. */
  readonly way?: Way;
  /** The papers and lists behind it, for the screen of whoever asks: these may name people. */
  readonly because: readonly string[];
}

/** A question that could still settle it, and whom to put it to. */
export interface Ask {
  readonly question: string;
  readonly whom: string;
  readonly hopedFor: readonly string[];
}

export interface ItemAnswer {
  readonly item: string;
  readonly verdict: Verdict;
  readonly stops: readonly Stop[];
  readonly ask: readonly Ask[];
  /** The day of the same disclosure made before. */
  readonly before?: { readonly on: Day; readonly title: string };
}

/** The answer to “may I?”, the same at every door. */
export interface Answer {
  /** The worst of the items’. */
  readonly verdict: Verdict;
  readonly hop: {
    readonly id: string;
    readonly cite: string;
    readonly title: string;
    readonly question: string;
    readonly necessity: 'N1' | 'N2' | 'none';
  };
  readonly items: readonly ItemAnswer[];
  /** What to attach or to find, each with its paragraph. */
  readonly attach: readonly string[];
  /** What the law leaves to practice: refuses nothing. */
  readonly warnings: readonly string[];
  /** What the law still asks of whoever acts on a permission. */
  readonly must: readonly Obligation[];
  /** Of a criminal matter: the lawful door, in words. */
  readonly door?: string;
  /** What is recorded: the question always, and after it what was asked to be done, where it is permitted. */
  readonly events: readonly [CaseEvent, ...CaseEvent[]];
  /** Why nothing was done, where it was to be: thrown by the office once the question is on record. */
  readonly refused?: ProblemError;
}

/** What an act after the release comes to. */
export interface Outcome {
  readonly events: readonly [CaseEvent, ...CaseEvent[]];
  readonly warnings: readonly string[];
  /** Thrown once the events are on record. */
  readonly refused?: ProblemError;
  /** Of `may i`. */
  readonly answer?: Answer;
}
