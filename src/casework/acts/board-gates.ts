import * as a from '../../rulebook/l-14/a-general-rule.ts';
import * as b from '../../rulebook/l-14/b-procedures.ts';
import * as c from '../../rulebook/l-14/c-subject-to-disclosure.ts';
import * as d from '../../rulebook/l-14/d-not-subject.ts';
import * as e from '../../rulebook/l-14/e-impairment.ts';
import type { Cite, Rule } from '../../rulebook/rule.ts';

export type GateId =
  | 'information'
  | 'chapter'
  | 'purpose'
  | 'request'
  | 'determination'
  | 'taxpayer'
  | 'agreements'
  | 'impairment'
  | 'extent';

export interface GateRules {
  readonly id: GateId;
  readonly title: string;
  readonly cite: Cite;
  readonly rules: readonly Rule[];
}

/**
 * The nine gates of an item, in the order in which a reviewer reads the section. Every rule of the hop IRS → Customs stands
 * at exactly one, so that all nine are met exactly when the item is permitted (B60).
 */
export const gates: readonly GateRules[] = [
  {
    id: 'information',
    title: 'Return information, not a return',
    cite: '(a)',
    rules: [a.information],
  },
  { id: 'chapter', title: 'Tax of chapter 1 or 6', cite: '(a)', rules: [a.chapter] },
  {
    id: 'purpose',
    title: 'For the audit, and for nothing else',
    cite: '(a)',
    rules: [a.solely, a.correctness, a.recovery],
  },
  {
    id: 'request',
    title: 'Requested as (b) has it',
    cite: '(b)',
    rules: [a.edition, a.actors, ...b.rules],
  },
  {
    id: 'determination',
    title: 'Necessary to the determination; value, classification or rate',
    cite: '(c)',
    rules: [c.necessary, c.relates, c.adjustments],
  },
  {
    id: 'taxpayer',
    title: 'The subject of the audit, or related to it',
    cite: '(c)',
    rules: [c.taxpayers],
  },
  {
    id: 'agreements',
    title: 'No Advance Pricing Agreement; consistent with treaties',
    cite: '(d)',
    rules: [...d.rules],
  },
  {
    id: 'impairment',
    title: 'No informant identified, no investigation impaired',
    cite: '(e)',
    rules: [...e.rules],
  },
  { id: 'extent', title: 'Only to the extent necessary', cite: '(a)', rules: [a.extent] },
];
