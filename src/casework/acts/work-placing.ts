import type { Rule } from '../../rulebook/rule.ts';
import { hopOf } from '../../rulebook/rulebook.ts';
import type { CheckFinding } from './check.ts';
import type { OpenDraft } from './request.ts';

export type TaskId =
  | 'audit'
  | 'titles'
  | 'taxpayers'
  | `taxpayers/${string}`
  | 'items'
  | `items/${string}`
  | 'check'
  | 'signature'
  | 'sending';

/** The rules of the request by the task that answers them, each in the order of the law. */
export const rulesOfTask = {
  audit: ['(a)(1)', '(b)(4) certification'],
  titles: ['(b)(4) titles'],
  taxpayers: ['(b)(2)', '(b)(4) certification', '(c) taxpayers'],
  items: ['(b)(1)', '(b)(3)', '(b)(4) purpose', '(b)(4) explanation', '(c) relates'],
  check: ['(a) edition'],
  signature: ['(b) Commissioner'],
  sending: ['(b) written'],
} as const;

export const ruleOf = (id: string): Rule => {
  const rule = hopOf('irs-to-customs').rules.find((one) => one.id === id);
  if (rule === undefined) throw new RangeError(`no rule “${id}”`);
  return rule;
};

/** The audit says what a section 509 audit is, and whose: what leaves that open is answered there, once for all items. */
const auditSaysEnough = ({ audit }: OpenDraft): boolean =>
  audit?.kind === 'section 509 audit' &&
  audit.reference !== undefined &&
  audit.subject !== undefined &&
  (audit.stage === 'initiated' || audit.stage === 'intended');

const ofRequest: Readonly<Record<string, TaskId>> = {
  '(a) officers': 'titles',
  '(b)(4) titles': 'titles',
  '(b) Commissioner': 'signature',
  '(b) written': 'sending',
};

/** The task at which a person cures a finding. */
export const taskOf = (found: CheckFinding, draft: OpenDraft): TaskId => {
  const { rule, item, taxpayer, field } = found;
  if (field === 'audit' || field?.startsWith('audit.') === true) return 'audit';
  if ((rule === '(a)(1)' || rule === '(c) taxpayers') && !auditSaysEnough(draft)) return 'audit';
  if (taxpayer !== undefined) return `taxpayers/${taxpayer}`;
  if (item !== undefined) return `items/${item}`;
  if (rule !== undefined) return ofRequest[rule] ?? 'check';
  return found.cite === '(b)(1)' ? 'items' : 'check';
};
