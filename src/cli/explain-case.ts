import type { Decision } from '../casework/decide.ts';
import { answerOf, facts } from '../rulebook/facts.ts';
import { factsOf } from '../rulebook/formula.ts';
import { lawOf } from '../rulebook/law.ts';
import { decideFile } from './case-file.ts';
import type { Exit } from './main.ts';
import { heading, say, wrap } from './terminal.ts';

const ruleLines = (decision: Decision): string[] =>
  decision.determination.hop.rules.flatMap((rule) => {
    const { failed, missing } = decision.determination;
    const mark = failed.includes(rule) ? '✗ not met' : missing.includes(rule) ? '? not known' : '✓ met';
    return [
      ...wrap(`${rule.id}: “${rule.law}”`, '      ', `  ${mark} `),
      ...factsOf(rule.when).flatMap((id) =>
        wrap(
          `${facts[id].question} ${answerOf(decision.facts, id) ?? 'not known'}${decision.because.has(id) ? ` — ${decision.because.get(id) ?? ''}` : ` — ask ${facts[id].ask}`}`,
          '        ',
          '      · ',
        ),
      ),
    ];
  });

/** The law with a case’s facts in it: each hop that the case asks about, each rule of it, each fact and its paper. */
export const explainCase = (file: string): Exit => {
  const { read, decided } = decideFile(file);
  say([
    ...wrap(read.title).map(heading),
    ...wrap(lawOf('l-14').title),
    '',
    ...decided.decisions.flatMap((decision) => [
      ...wrap(
        `${decision.item}: ${decision.determination.hop.title} ${decision.determination.hop.cite} — ${decision.determination.verdict}`,
      ).map(heading),
      ...ruleLines(decision),
      '',
    ]),
  ]);
  return 0;
};
