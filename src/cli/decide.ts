import { nameOf } from '../casework/items.ts';
import type { Decision } from '../casework/decide.ts';
import type { Verdict } from '../rulebook/determine.ts';
import { answerOf, facts } from '../rulebook/facts.ts';
import { factsOf } from '../rulebook/formula.ts';
import type { Rule } from '../rulebook/rule.ts';
import type { DecidedCase } from '../office/release/decided.ts';
import { decideFile } from './case-file.ts';
import { determinations } from './determinations.ts';
import type { Exit } from './main.ts';
import { complain, heading, say, styled, wrap } from './terminal.ts';

const marks = {
  permitted: ['green', '✓ permitted'],
  refused: ['red', '✗ refused'],
  undetermined: ['yellow', '? undetermined'],
} as const satisfies Readonly<Record<Verdict, readonly [string, string]>>;

/** Wrapped before it is coloured: the codes of a colour take no columns. */
const markedLines = (verdict: Verdict, text: string): string[] => {
  const [colour, mark] = marks[verdict];
  return wrap(text, '      ', `  ${mark}  `).map((line) => line.replace(mark, styled(colour, mark)));
};

const ruleLines = (decision: Decision, rule: Rule, mark: string): string[] => [
  ...wrap(`${rule.id}: “${rule.law}”`, '      ', `    ${mark} `),
  ...factsOf(rule.when)
    .filter((id) => decision.because.has(id))
    .flatMap((id) =>
      wrap(
        `${facts[id].question} ${answerOf(decision.facts, id) ?? 'not known'} — ${decision.because.get(id) ?? ''}`,
        '          ',
        '        ',
      ),
    ),
  ...(rule.reading ? wrap(`${rule.reading[0]} (our reading): ${rule.reading[1]}`, '        ') : []),
];

const askLines = (decision: Decision): string[] =>
  decision.ask.length === 0
    ? decision.determination.verdict === 'undetermined'
      ? wrap('No answer that is still possible would permit it: there is nobody to ask.', '    ')
      : []
    : [
        '    To settle it, ask:',
        ...decision.ask.flatMap((one, n) => wrap(`${one.ask}: ${one.question}`, '       ', `    ${n + 1}. `)),
      ];

const outwardLines = ({ outward }: Decision): string[] => {
  if (outward === undefined) return [];
  if (outward.say !== 'returned for cure') return [`    Outward: ${outward.say}`];
  return [
    '    Outward: returned for cure',
    ...outward.rules.flatMap((rule) => wrap(`${rule.cite} ${rule.cure}`, '        ', '      · ')),
  ];
};

const titleOf = ({ read, catalogue }: DecidedCase, decision: Decision): string => {
  const item = read.items.find((one) => one.id === decision.item);
  if (item === undefined) return decision.item;
  const { form, line, caption } = nameOf(catalogue, item);
  const taxpayer = read.taxpayers.find((one) => one.id === item.taxpayer)?.name ?? 'taxpayer not named';
  return `${item.id}: ${taxpayer}, Form ${form}${line === '' ? '' : `, line ${line}`} — ${caption}`;
};

const decisionLines = (whole: DecidedCase, decision: Decision): string[] => {
  const { hop, verdict, failed, missing } = decision.determination;
  return [
    ...wrap(titleOf(whole, decision), '    ', ''),
    ...markedLines(
      verdict,
      `${decision.proposal === undefined ? '' : `${decision.proposal}: `}${hop.title} ${hop.cite}`,
    ),
    ...failed.flatMap((rule) => ruleLines(decision, rule, '✗')),
    ...failed.slice(0, 1).flatMap((rule) => wrap(rule.cure, '      ', '    → ')),
    ...missing.flatMap((rule) => (verdict === 'undetermined' ? ruleLines(decision, rule, '?') : [])),
    ...askLines(decision),
    ...outwardLines(decision),
    '',
  ];
};

const obligationLines = (whole: DecidedCase): string[] => {
  const permitted = whole.decided.decisions.filter((one) => one.determination.verdict === 'permitted');
  const due = new Map(
    permitted.flatMap((one) => one.determination.hop.obligations).map((one) => [one.text, one]),
  );
  return due.size === 0
    ? []
    : [
        heading('What the law still asks of whoever acts on this'),
        ...[...due.values()].flatMap((one) => wrap(`${one.text} [${one.cite}]`, '    ', '  · ')),
        '',
      ];
};

const counts = (whole: DecidedCase): string => {
  const of = (verdict: Verdict) =>
    whole.decided.decisions.filter((one) => one.determination.verdict === verdict).length;
  return `${of('permitted')} permitted, ${of('refused')} refused, ${of('undetermined')} undetermined`;
};

const editionLine = ({ decided }: DecidedCase): string => {
  const edition = decided.editions['l-14'];
  return edition === undefined
    ? `No edition of 26 CFR 301.6103(l)(14)-1 was in force on ${decided.on}.`
    : `26 CFR 301.6103(l)(14)-1 as of ${decided.on}: ${edition.id}, ${edition.source}; rulebook ${decided.rulebook.slice(0, 12)}…`;
};

const report = (whole: DecidedCase): string[] => {
  const { read, decided } = whole;
  const first = decided.decisions.filter((one) => one.proposal === undefined);
  const later = decided.decisions.filter((one) => one.proposal !== undefined);
  return [
    ...wrap(read.title).map(heading),
    ...wrap(editionLine(whole)),
    ...wrap('For the office that decides. Only what stands after “Outward” may be said to Customs.'),
    '',
    ...(first.length === 0 ? [] : [heading('The request, item by item'), '']),
    ...first.flatMap((one) => decisionLines(whole, one)),
    ...(later.length === 0
      ? []
      : [heading('Later looks, uses and disclosures, and questions beside them'), '']),
    ...later.flatMap((one) => decisionLines(whole, one)),
    ...obligationLines(whole),
    ...(decided.warnings.length === 0
      ? []
      : [heading('Worth a look'), ...decided.warnings.flatMap((one) => wrap(one, '    ', '  · ')), '']),
    counts(whole),
  ];
};

export const exitOf = ({ decided }: DecidedCase): Exit =>
  decided.decisions.length > 0 && decided.decisions.every((one) => one.determination.verdict === 'permitted')
    ? 0
    : 1;

/** `waybill decide`: every item and every proposal of a case. */
export const decide = (file: string, options: { json?: boolean; asOf?: string }): Exit => {
  const whole = decideFile(file, options.asOf);
  if (options.json) say([JSON.stringify(determinations(whole), null, 2)]);
  else say(report(whole));
  if (whole.decided.decisions.length === 0)
    complain(['The case asks nothing: it has no items, proposals or questions.']);
  return exitOf(whole);
};
