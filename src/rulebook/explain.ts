import { factsOf } from './formula.ts';
import type { FactId } from './facts.ts';
import { type Paragraph, lawOf } from './law.ts';
import type { Hop, LeftToJudgment, Rule, Section, SectionId } from './rule.ts';
import { sections } from './rulebook.ts';

/** All that the rulebook holds on one paragraph. */
export interface Explanation {
  readonly section: Section;
  readonly cite: string;
  /** The paragraph and its subparagraphs, in the law’s words. */
  readonly law: readonly Paragraph[];
  readonly rules: readonly {
    readonly rule: Rule;
    readonly hops: readonly Hop[];
    readonly facts: readonly FactId[];
  }[];
  readonly left: readonly LeftToJudgment[];
}

/** `(b)` holds `(b)(4)`; `(b)(4)` does not hold `(b)`. */
const holds = (cite: string, inner: string) => inner === cite || inner.startsWith(`${cite}(`);

/** Reads `(b)(4)`, `b4`, `b/4`, `B 4` alike; undefined for what is no citation. */
export const readCite = (text: string): string | undefined => {
  const marks = text
    .trim()
    .toLowerCase()
    .match(/[a-j]|\d+/g);
  if (marks === null || marks.length > 2 || !/^[\s()/a-j\d]+$/i.test(text.trim())) return undefined;
  return marks.map((mark) => `(${mark})`).join('');
};

/** Explains a paragraph of a section; undefined where the section has no such paragraph. */
export const explain = (cite: string, sectionId: SectionId = 'l-14'): Explanation | undefined => {
  const section = sections[sectionId];
  const law = lawOf(sectionId).paragraphs.filter((one) => holds(cite, one.cite));
  if (law.length === 0) return undefined;
  const rules = new Map(section.hops.flatMap((hop) => hop.rules).map((rule) => [rule.id + rule.law, rule]));
  return {
    section,
    cite,
    law,
    rules: [...rules.values()]
      .filter((rule) => holds(cite, rule.cite))
      .map((rule) => ({
        rule,
        hops: section.hops.filter((hop) =>
          hop.rules.some((one) => one.id === rule.id && one.law === rule.law),
        ),
        facts: factsOf(rule.when),
      })),
    left: section.left.filter((one) => holds(cite, one.cite)),
  };
};
