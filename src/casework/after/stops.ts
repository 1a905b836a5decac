import type { Problem } from '../../ground/problem.ts';
import { type FactId, NO } from '../../rulebook/facts.ts';
import { factsOf } from '../../rulebook/formula.ts';
import type { Rule } from '../../rulebook/rule.ts';
import type { Situation } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { whereItem } from '../acts/problems.ts';
import type { Decision } from '../decide.ts';
import type { Stop } from './answer.ts';
import { engagementOf } from './case.ts';
import { bareOf } from './events.ts';
import type { Holding } from './holding.ts';
import type { Recipient } from './question.ts';

interface Asked {
  readonly state: Holding;
  readonly to: Recipient | undefined;
  readonly actor: Actor;
  readonly day: Situation['day'];
}

const engagementWords = ({ state, actor, day }: Asked): string => {
  const line = engagementOf(state, actor, day);
  if (line === undefined) return 'Whoever asks is not on the list of those personally and directly engaged.';
  return day < line.from
    ? `The engagement of whoever asks begins only on ${line.from}.`
    : `The engagement of whoever asks ended on ${line.to ?? line.from}, and access ended the day after.`;
};

/** Words for what a person would otherwise have to read out of the rule: the fact that is answered no, and why. */
const factWords: readonly (readonly [FactId, (asked: Asked) => string])[] = [
  ['actorEngaged', engagementWords],
  [
    'capacityProved',
    ({ to, day }) =>
      `No paper in force on ${day} shows the ${to?.is ?? 'recipient'} to hold that capacity: without authority on file, nothing is shown.`,
  ],
  ['importerOfAudit', () => 'The recipient is not the importer subject to the audit.'],
  ['actorDesignated', () => 'The request does not designate the title acted under.'],
  ['heldByCustoms', () => 'Nothing was disclosed to Customs for this item.'],
  ['heldByJustice', () => 'Nothing was disclosed to Justice for this item.'],
  ['heldByActor', () => 'Nothing was disclosed to this office for this item.'],
  ['p9Certified', () => 'The safeguards of section 6103(p)(9) are not certified for this expert.'],
  ['dueAndOwing', () => 'The audit has determined nothing to be due and owing.'],
  ['sameAudit', () => 'It is not the audit for which the item was requested.'],
  ['userWithinDoor', () => 'No order or request on file reaches the agency that would use it.'],
  [
    'complyingUse',
    () => 'It is not used only to comply with 6103(i), and no order or request on file opens it to this use.',
  ],
];

const whatOf = (rule: Rule, failed: boolean, decision: Decision, asked: Asked): string => {
  const facts = factsOf(rule.when);
  const [, words] =
    factWords.find(([fact]) => failed && facts.includes(fact) && decision.facts[fact] === NO) ?? [];
  return words?.(asked) ?? (failed ? 'The rule is not met.' : 'The rule is still open.');
};

/** A stop as the refusal that it comes to, in the words `says`. It names no person and no value. */
export const refusalOf = ({ cite, cure, way }: Stop, item: string, says: string): Problem => ({
  kind: 'not-entitled',
  what: says,
  where: whereItem(item),
  cite,
  next: cure,
  ...bareOf({ way }),
});

/** The rules of the hop that stand in the way, those that failed first. */
export const stopsOf = (decision: Decision, asked: Asked): readonly Stop[] => {
  const stop = (rule: Rule, state: Stop['state']): Stop => ({
    id: rule.id,
    cite: rule.cite,
    law: rule.law,
    state,
    what: whatOf(rule, state === 'failed', decision, asked),
    ...(rule.reading === undefined ? {} : { reading: rule.reading }),
    cure: rule.cure,
    because: factsOf(rule.when).flatMap((fact) => decision.because.get(fact) ?? []),
  });
  const { failed, missing } = decision.determination;
  return [...failed.map((rule) => stop(rule, 'failed')), ...missing.map((rule) => stop(rule, 'missing'))];
};
