import type { Day } from '../ground/dates.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import { type Question, ask } from '../rulebook/ask.ts';
import { type Determination, determine } from '../rulebook/determine.ts';
import { type Edition, type SectionId } from '../rulebook/rule.ts';
import { editionOn, hopOf, rulebookDigest, sections } from '../rulebook/rulebook.ts';
import type { Evidence } from './evidence.ts';
import { misplaced } from './findings.ts';
import { hopOfNeighbour, hopOfProposal } from './hop.ts';
import { laterFacts, neighbourFacts } from './later-facts.ts';
import { type Outward, outward } from './outward.ts';
import { requestFacts } from './request-facts.ts';
import type { Case } from './schema.ts';
import { warningsOf } from './warnings.ts';

export interface Decision extends Evidence {
  /** The item of the case; for a question under a neighbouring section, that question. */
  readonly item: string;
  /** The proposal that asks, for every hop but the first. */
  readonly proposal: string | undefined;
  readonly determination: Determination;
  readonly ask: readonly Question[];
  /** Only of the first hop: a later one is asked and answered inside one office. */
  readonly outward: Outward | undefined;
}

export interface CaseDecision {
  readonly on: Day;
  readonly editions: Readonly<Partial<Record<SectionId, Edition>>>;
  readonly rulebook: string;
  readonly decisions: readonly Decision[];
  readonly warnings: readonly string[];
}

const decision = (item: string, proposal: string | undefined, hop: string, evidence: Evidence): Decision => {
  const determination = determine(hop, evidence.facts);
  return {
    item,
    proposal,
    determination,
    ...evidence,
    ask: ask(hopOf(hop), evidence.facts),
    outward: hop === 'irs-to-customs' ? outward(determination, evidence.facts) : undefined,
  };
};

/** Decides everything that a case asks, by the law in force on the day of the decision or on `asOf`. Pure. */
export const decideCase = (read: Case, catalogue: Catalogue, asOf?: Day): CaseDecision => {
  const on = asOf ?? read.decideOn;
  const decisions = [
    ...read.items.map((item) =>
      decision(item.id, undefined, 'irs-to-customs', requestFacts(read, item, catalogue, on)),
    ),
    ...read.proposals.flatMap((proposal) =>
      read.items
        .filter((item) => proposal.items.includes(item.id))
        .map((item) =>
          decision(
            item.id,
            proposal.id,
            hopOfProposal(proposal),
            laterFacts(read, proposal, item, asOf ?? proposal.on),
          ),
        ),
    ),
    ...read.neighbours.map((question) =>
      decision(question.id, question.id, hopOfNeighbour(question), neighbourFacts(read, question, on)),
    ),
  ];
  const editions = Object.fromEntries(
    Object.values(sections).map((section) => [section.id, editionOn(section, on)]),
  ) as CaseDecision['editions'];
  return {
    on,
    editions,
    rulebook: rulebookDigest(),
    decisions,
    warnings: [...warningsOf(read), ...misplaced(read)],
  };
};
