import { existsSync } from 'node:fs';
import { ProblemError } from '../ground/problem.ts';
import { type Explanation, explain as explainCite, readCite } from '../rulebook/explain.ts';
import { facts } from '../rulebook/facts.ts';
import { factsOf } from '../rulebook/formula.ts';
import type { Hop, Rule, SectionId } from '../rulebook/rule.ts';
import { hops, sections } from '../rulebook/rulebook.ts';
import type { Exit } from './main.ts';
import { readScenarios } from '../office/scenarios.ts';
import { heading, say, wrap } from './terminal.ts';

const ruleLines = (rule: Rule): string[] => [
  heading(rule.id),
  ...wrap(`“${rule.law}”`, '    ', `  ${rule.kind === 'bars' ? 'Bars if' : 'Requires'}: `),
  ...factsOf(rule.when).flatMap((id) => wrap(`${facts[id].question} [${facts[id].by}]`, '      ', '    ? ')),
  ...(rule.reading ? wrap(`${rule.reading[0]}: ${rule.reading[1]}`, '    ', '  Our reading ') : []),
  ...wrap(rule.cure, '    ', '  If not met: '),
  '',
];

const paragraphLines = ({ section, law, rules, left, cite }: Explanation): string[] => [
  heading(`${section.name}${cite}`),
  ...(section.gap === undefined ? [] : wrap(section.gap, '  ')),
  '',
  ...law.flatMap((paragraph) => [...wrap(paragraph.text, '  │ '), '']),
  ...rules.flatMap(({ rule, hops: used }) => [
    ...ruleLines(rule).slice(0, -1),
    ...wrap(used.map((hop) => hop.id).join(', '), '    ', '  In: '),
    '',
  ]),
  ...left.flatMap((one) => [...wrap(`“${one.law}”: ${one.why}`, '  ', 'Left to judgment: '), '']),
];

const scenarioLines = (cite: string): string[] => {
  const about = readScenarios().filter((one) =>
    one.about.some((given) => given === cite || given.startsWith(`${cite}(`)),
  );
  return about.length === 0
    ? []
    : [heading('Scenarios'), ...about.flatMap((one) => wrap(`${one.title} (${one.file})`, '    ', '  · '))];
};

const hopLines = (hop: Hop): string[] => [
  ...wrap(`${hop.title} — ${sections[hop.section].name}${hop.cite}`).map(heading),
  ...wrap(hop.question),
  '',
  ...hop.rules.flatMap(ruleLines),
  ...(hop.obligations.length === 0 ? [] : [heading('What the law still asks')]),
  ...hop.obligations.flatMap((one) => wrap(`${one.text} [${one.cite}]`, '    ', '  · ')),
];

const sectionOf = (id: string): SectionId => {
  if (id in sections) return id as SectionId;
  throw new ProblemError({
    kind: 'cite-unknown',
    what: `The rulebook has no section “${id}”.`,
    where: '--section',
    next: `Name one of: ${Object.keys(sections).join(', ')}.`,
  });
};

/** `waybill explain`: a paragraph, a hop, or the law with a case's facts in it. */
export const explain = async (what: string, options: { section: string }): Promise<Exit> => {
  const hop = hops.find((one) => one.id === what);
  if (hop !== undefined) {
    say(hopLines(hop));
    return 0;
  }
  if (/\.ya?ml$/i.test(what) || existsSync(what))
    return (await import('./explain-case.ts')).explainCase(what);
  const section = sectionOf(options.section);
  const cite = readCite(what);
  const explanation = cite === undefined ? undefined : explainCite(cite, section);
  if (explanation === undefined)
    throw new ProblemError({
      kind: 'cite-unknown',
      what: `“${what}” is no paragraph of ${sections[section].name}, no hop and no case file.`,
      next: `Ask for a paragraph such as '(b)(4)', a case file, or a hop: ${hops.map((one) => one.id).join(', ')}.`,
    });
  say([...paragraphLines(explanation), ...(section === 'l-14' ? scenarioLines(explanation.cite) : [])]);
  return 0;
};
