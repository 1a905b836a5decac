import { explain } from './explain.ts';
import { facts } from './facts.ts';
import { lawOf } from './law.ts';
import type { Hop, Section } from './rule.ts';
import { sections } from './rulebook.ts';

/** A scenario as the document names it. */
export interface ScenarioTitle {
  readonly id: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly file: string;
}

const quote = (text: string) => text.split('\n').map((line) => `> ${line}`);

const ruleLines = (section: Section, cite: string): string[] => {
  const explanation = explain(cite, section.id);
  const own = explanation?.rules.filter(({ rule }) => rule.cite === cite) ?? [];
  const left = explanation?.left.filter((one) => one.cite === cite) ?? [];
  return [
    ...own.flatMap(({ rule, hops, facts: read }) => [
      `- **${rule.id}** ${rule.kind === 'bars' ? 'bars' : 'requires'} — “${rule.law}”`,
      `  - asks: ${read.map((id) => `${facts[id].question} _(${facts[id].by})_`).join(' · ')}`,
      ...(rule.reading ? [`  - our reading ${rule.reading[0]}: ${rule.reading[1]}`] : []),
      `  - if not met: ${rule.cure}`,
      `  - in: ${hops.map((hop) => hop.title).join('; ')}`,
    ]),
    ...left.map((one) => `- _left to judgment_ — “${one.law}”: ${one.why}`),
  ];
};

const scenarioLines = (section: Section, cite: string, scenarios: readonly ScenarioTitle[]): string[] => {
  if (section.id !== 'l-14') return [];
  const about = scenarios.filter((one) => one.about.includes(cite));
  return about.length === 0
    ? []
    : ['', `Scenarios: ${about.map((one) => `[${one.title}](../${one.file})`).join(' · ')}`];
};

const hopLine = (hop: Hop) =>
  `| ${hop.title} | ${hop.cite} | ${hop.necessity === 'none' ? '—' : hop.necessity} | ${[...new Set(hop.rules.map((rule) => rule.cite))].join(' ')} |`;

const sectionLines = (section: Section, scenarios: readonly ScenarioTitle[]): string[] => {
  const law = lawOf(section.id);
  return [
    `## ${law.title === '' ? section.name : law.title}`,
    '',
    ...(section.gap === undefined ? [] : [`_${section.gap}_`, '']),
    `Text: SHA-256 \`${law.digest}\`. Editions: ${section.editions.map((one) => `${one.id} from ${one.from} (${one.source}; ${one.note})`).join('; ')}.`,
    '',
    '| hop | paragraph | necessity | rules |',
    '| --- | --- | --- | --- |',
    ...section.hops.map(hopLine),
    ...law.paragraphs.flatMap((paragraph) => [
      '',
      `### ${section.id === 'l-14' ? '' : `${section.name} `}${paragraph.cite}`,
      '',
      ...quote(paragraph.text),
      '',
      ...ruleLines(section, paragraph.cite),
      ...scenarioLines(section, paragraph.cite, scenarios),
    ]),
    '',
  ];
};

/** `docs/RULEBOOK.md`: the law's text with each paragraph's rules, readings and scenarios beside it, as Markdown. */
export const document = (scenarios: readonly ScenarioTitle[]): string =>
  [
    '# The rulebook',
    '',
    'Generated from the rules and the scenarios by `npm run generate`; do not edit. The law’s words stand in quotation blocks; the readings are ours and are numbered in [DECISIONS.md](../DECISIONS.md). N1 is “to the extent necessary”, N2 is also “cannot otherwise properly be accomplished”.',
    '',
    ...Object.values(sections).flatMap((section) => sectionLines(section, scenarios)),
  ].join('\n');
