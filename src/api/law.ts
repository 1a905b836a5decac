import type { Actor } from '../casework/acts/people.ts';
import { ProblemError } from '../ground/problem.ts';
import { casesTurnedOn } from '../office/lines.ts';
import type { Node } from '../office/node.ts';
import { readScenarios } from '../office/scenarios.ts';
import { type Explanation, explain, readCite } from '../rulebook/explain.ts';
import { facts } from '../rulebook/facts.ts';
import type { SectionId } from '../rulebook/rule.ts';
import { lineJson } from './case.ts';

const noSuch = (): ProblemError =>
  new ProblemError({
    kind: 'cite-unknown',
    what: 'The section has no such paragraph.',
    next: 'Write it as b4 or (b)(4).',
  });

/** A paragraph that the rulebook knows. Throws `cite-unknown`. */
const explained = (cite: string, section: SectionId): Explanation => {
  const read = readCite(cite);
  const found = read === undefined ? undefined : explain(read, section);
  if (found === undefined) throw noSuch();
  return found;
};

/** Scenarios do not change while a node runs. */
let scenarios: ReturnType<typeof readScenarios> | undefined;

const scenariosAbout = (cite: string) =>
  (scenarios ??= readScenarios())
    .filter(({ about }) => about.some((one) => one === cite || one.startsWith(`${cite}(`)))
    .map(({ id, title }) => ({ id, title }));

/** The law’s words, our reading, the rule. */
export const ruleJson = (cite: string, sectionId: SectionId) => {
  const { section, cite: own, law, rules, left } = explained(cite, sectionId);
  const { id, name, gap } = section;
  return {
    section: { id, name, gap },
    cite: own,
    law,
    rules: rules.map(({ rule, hops, facts: ids }) => ({
      id: rule.id,
      kind: rule.kind,
      law: rule.law,
      reading:
        rule.reading === undefined ? undefined : { number: rule.reading[0], sentence: rule.reading[1] },
      cure: rule.cure,
      hops: hops.map((hop) => hop.id),
      facts: ids.map((fact) => ({ id: fact, question: facts[fact].question, by: facts[fact].by })),
    })),
    left,
    scenarios: sectionId === 'l-14' ? scenariosAbout(own) : [],
  };
};

/** This office’s cases that turned on a paragraph, as far as this title may be told. */
export const casesOnRule = async (node: Node, cite: string, actor: Actor) => {
  const { cite: own } = explained(cite, 'l-14');
  return { cases: (await casesTurnedOn(node, own, actor)).map(lineJson) };
};
