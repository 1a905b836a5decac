import type { Decision } from '../casework/decide.ts';
import type { FactId } from '../rulebook/facts.ts';
import { answerOf, facts } from '../rulebook/facts.ts';
import { factsOf } from '../rulebook/formula.ts';
import type { Rule } from '../rulebook/rule.ts';
import type { DecidedCase } from '../office/release/decided.ts';

const facet = (decision: Decision, id: FactId) => ({
  fact: id,
  question: facts[id].question,
  answer: answerOf(decision.facts, id) ?? null,
  because: decision.because.get(id) ?? null,
});

const finding = (decision: Decision, rule: Rule) => ({
  rule: rule.id,
  cite: rule.cite,
  law: rule.law,
  reading: rule.reading?.[0] ?? null,
  facts: factsOf(rule.when).map((id) => facet(decision, id)),
  cure: rule.cure,
});

/** The machine-readable determinations: the same keys always, in this order. For the office that decides, not for sending. */
export const determinations = ({ read, decided }: DecidedCase) => ({
  case: read.request?.reference ?? null,
  fictional: read.fictional,
  on: decided.on,
  editions: decided.editions,
  rulebook: decided.rulebook,
  decisions: decided.decisions.map((decision) => ({
    item: decision.item,
    proposal: decision.proposal ?? null,
    hop: decision.determination.hop.id,
    verdict: decision.determination.verdict,
    failed: decision.determination.failed.map((rule) => finding(decision, rule)),
    missing: decision.determination.missing.map((rule) => finding(decision, rule)),
    ask: decision.ask.map(({ fact, question, ask, by, hopedFor }) => ({ fact, question, ask, by, hopedFor })),
    obligations: decision.determination.verdict === 'permitted' ? decision.determination.hop.obligations : [],
    outward:
      decision.outward === undefined
        ? null
        : {
            say: decision.outward.say,
            reasons:
              decision.outward.say === 'returned for cure'
                ? decision.outward.rules.map(({ cite, cure }) => ({ cite, cure }))
                : [],
          },
  })),
  warnings: decided.warnings,
});
