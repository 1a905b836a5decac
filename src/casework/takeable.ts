import { answerOf } from '../rulebook/facts.ts';
import type { CaseDecision, Decision } from './decide.ts';
import type { Case, Item } from './schema.ts';

/** The decision on an item of the request, IRS → Customs. */
export const decisionOn = (decided: CaseDecision, item: Item): Decision | undefined =>
  decided.decisions.find((one) => one.proposal === undefined && one.item === item.id);

export const isPermitted = (decided: CaseDecision, item: Item): boolean =>
  decisionOn(decided, item)?.determination.verdict === 'permitted';

/**
 * Why a permitted item cannot be taken out of a return by machine; undefined where it can. A return holds the value as
 * filed, and whole: it is not the adjusted value, nor what an examination found, nor the part that a treaty leaves.
 */
export const byHand = (read: Case, decided: CaseDecision, item: Item): string | undefined => {
  const decision = decisionOn(decided, item);
  const record = read.records.find((one) => one.id === item.record);
  if (decision !== undefined && answerOf(decision.facts, 'treatyExtent') === 'part')
    return 'a treaty holds a part of it back, (d)';
  if (item.adjusts !== undefined) return 'it is an adjustment, and a return holds what was filed, (c)';
  if (record?.source !== 'return') return 'it lies in no return';
  return undefined;
};

/** Permitted, and whole in a return: the only items that a machine hands over. */
export const isTakeable = (read: Case, decided: CaseDecision, item: Item): boolean =>
  isPermitted(decided, item) && byHand(read, decided, item) === undefined;
