import type { EntryName, RecordedEvent } from '../event.ts';
import {
  dayNotOfHour,
  incidentLate,
  lookWithoutUse,
  outsideAudit,
  recallUnanswered,
  usedAfterDropped,
  usedAfterEnd,
} from './item-rules.ts';
import { answersDiffer, clockBack, clocksApart, unmatched } from './packet-rules.ts';
import { engagedInMany, refusedClusters, titleLapsed } from './people-rules.ts';
import { type Limits, type Rule, usualLimits, worldOf } from './world.ts';

export { type Limits, usualLimits } from './world.ts';

interface Stated {
  readonly states: string;
  readonly cite: string;
  readonly finds: Rule;
}

/** What is looked for. An anomaly is a question to the office, not a finding: each may have a good reason. */
export const anomalyRules = {
  'title lapsed': {
    states: 'Every act is done under a title that the person holds on that day.',
    cite: '(b)(4)',
    finds: titleLapsed,
  },
  'look without use': {
    states:
      'A look serves a use, and the use is on record: looking without need is an offence, 26 USC 7213A.',
    cite: '(f)',
    finds: lookWithoutUse,
  },
  'outside the audit': {
    states: 'An item is used in the one audit for which it was requested, on the entries of that audit.',
    cite: '(j)',
    finds: outsideAudit,
  },
  'used after its end': {
    states: 'What was recalled, locked, or had its use ended is not used.',
    cite: '6103(p)(4)(F)',
    finds: usedAfterEnd,
  },
  'used after the audit was dropped': {
    states: 'Without the audit there is no purpose for which an item may be used.',
    cite: '(j)',
    finds: usedAfterDropped,
  },
  'recall unanswered': {
    states: 'Every holder answers a recall.',
    cite: '6103(p)(4)',
    finds: recallUnanswered,
  },
  'incident late': {
    states: 'An incident is reported within 24 hours of its discovery (IRS Publication 1075).',
    cite: '6103(p)(4)(D)',
    finds: incidentLate,
  },
  'clocks apart': {
    states: 'A packet is received after it is sent, and within the days that packets take.',
    cite: '6103(p)(4)(A)',
    finds: clocksApart,
  },
  'clock put back': {
    states: 'In one log no entry is earlier than the one before it.',
    cite: '6103(p)(4)(A)',
    finds: clockBack,
  },
  'day not of its hour': {
    states: 'The day that an entry says is the day of its hour.',
    cite: '6103(p)(4)(A)',
    finds: dayNotOfHour,
  },
  'packet unmatched': {
    states: 'What one office sent another received, and the other way round.',
    cite: '6103(p)(4)(A)',
    finds: unmatched,
  },
  'answers differ': {
    states: 'An item disclosed by one office is disclosed to the other.',
    cite: '6103(p)(4)(A)',
    finds: answersDiffer,
  },
  'engaged in many': {
    states: 'One person is personally and directly engaged in no more cases at once than a person can be.',
    cite: '(g)',
    finds: engagedInMany,
  },
  'refusals clustered': {
    states: 'Refused attempts do not come in clusters.',
    cite: '(j)',
    finds: refusedClusters,
  },
} as const satisfies Readonly<Record<string, Stated>>;

export type AnomalyRule = keyof typeof anomalyRules;

export interface Anomaly {
  readonly rule: AnomalyRule;
  /** What should be, in one sentence. */
  readonly states: string;
  readonly cite: string;
  /** What was found, with the entries’ numbers. No value, no name of a person, no TIN. */
  readonly words: string;
  readonly entries: readonly EntryName[];
}

/**
 * All anomalies of the events of up to three offices, rule by rule. `at` is the hour of the inspection in POSIX seconds.
 * What an office whose events were not given should have is not missed.
 */
export const anomalies = (
  events: readonly RecordedEvent[],
  { at, limits = {} }: { readonly at: number; readonly limits?: Partial<Limits> },
): readonly Anomaly[] => {
  const world = worldOf(events, at, { ...usualLimits, ...limits });
  return (Object.keys(anomalyRules) as AnomalyRule[]).flatMap((rule) => {
    const { states, cite, finds } = anomalyRules[rule];
    return finds(world).map(({ words, entries }) => ({ rule, states, cite, words, entries }));
  });
};
