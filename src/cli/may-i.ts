import { parse } from 'yaml';
import type { Answer, Stop } from '../casework/after/answer.ts';
import { bareOf } from '../casework/after/events.ts';
import { putQuestion } from '../casework/after/put.ts';
import { ProblemError } from '../ground/problem.ts';
import { deliver } from '../office/deliver.ts';
import { askMayI } from '../office/may-i.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, receiptLines, withNode } from './node.ts';
import { readText } from './read-text.ts';
import { heading, say, styled, wrap } from './terminal.ts';
import { nextLines } from './ways.ts';

export interface MayIOptions extends NodeOptions {
  readonly question?: string;
  readonly item?: readonly string[];
  readonly to?: string;
  readonly name?: string;
  readonly importer?: string;
  readonly paper?: readonly string[];
  readonly personally?: boolean;
  readonly directly?: boolean;
  readonly matter?: string;
  readonly audit?: string;
  readonly aim?: readonly string[];
  readonly stage?: string;
  readonly because?: string;
  readonly cannotOtherwise?: string;
  readonly complying?: boolean;
  readonly agency?: string;
  readonly provision?: string;
  readonly do?: boolean;
  readonly workpaper?: string;
  readonly entry?: readonly string[];
  readonly shown?: string;
  readonly again?: string;
  readonly where?: string;
}

/** A YAML file with `proposal`, `findings`, `do`, as the act has them. */
const fromFile = (file: string): Record<string, unknown> => {
  const next = 'Write it as YAML with proposal, findings and do; or ask with options.';
  const text = readText(file, 'The question', next);
  try {
    return (parse(text, { maxAliasCount: 0 }) ?? {}) as Record<string, unknown>;
  } catch {
    throw new ProblemError({ kind: 'not-yaml', what: 'The question is not YAML.', where: file, next });
  }
};

const fromOptions = (options: MayIOptions): Record<string, unknown> =>
  putQuestion({
    proposal: {
      act: options.to === undefined ? 'look or use' : 'disclose',
      items: options.item ?? [],
      to:
        options.to === undefined
          ? undefined
          : bareOf({
              is: options.to,
              name: options.name,
              importer: options.importer,
              personally: options.personally,
              directly: options.directly,
            }),
      for: bareOf({
        matter: options.matter ?? 'the audit',
        audit: options.audit,
        aim: options.aim ?? [],
        stage: options.stage,
      }),
      papers: options.paper ?? [],
      criminal:
        options.matter === 'criminal'
          ? bareOf({ toComply: options.complying ?? false, userAgency: options.agency })
          : undefined,
      otherProvision: options.provision,
    },
    reasons: {
      'use is necessary': options.because,
      'cannot otherwise be accomplished': options.cannotOtherwise,
    },
    do:
      options.do === true
        ? { workpaper: options.workpaper, entries: options.entry, shown: options.shown }
        : undefined,
    again: options.again,
  });

const marks = { permitted: ['green', '✓'], 'not yet': ['yellow', '?'], refused: ['red', '✗'] } as const;

const stopLines = ({ what, cite, law, cure, way, because, reading }: Stop): string[] => [
  ...wrap(`${what}  [${cite}]`, '      ', '    · '),
  ...wrap(`“${law}”`, '      '),
  ...(reading === undefined ? [] : wrap(`our reading ${reading[0]}: ${reading[1]}`, '      ')),
  ...because.flatMap((paper) => wrap(paper, '        ', '      ')),
  ...nextLines({ next: cure, ...bareOf({ way }) }, '        ', '      → '),
];

/** The answer, as a person reads it: verdict, paragraph and its words, what to attach or find, what the law still asks. */
export const answerLines = (answer: Answer): string[] => {
  const [colour, mark] = marks[answer.verdict];
  return [
    heading(`${styled(colour, `${mark} ${answer.verdict}`)}: ${answer.hop.title}  [${answer.hop.cite}]`),
    ...answer.items.flatMap(({ item, verdict, stops, ask, before }) => [
      ...wrap(`${item}: ${verdict}`, '    ', '  '),
      ...(before === undefined
        ? []
        : wrap(`The same was done on ${before.on}, by the ${before.title}.`, '    ')),
      ...stops.flatMap(stopLines),
      ...ask.flatMap(({ question, whom }) => wrap(`${question} Ask ${whom}.`, '      ', '    ? ')),
    ]),
    ...(answer.door === undefined ? [] : wrap(`The lawful door: ${answer.door}`, '  ')),
    ...answer.attach.flatMap((paper) => wrap(paper, '    ', '  attach: ')),
    ...answer.warnings.flatMap((words) => wrap(words, '    ', '  ! ')),
    ...(answer.verdict === 'permitted'
      ? answer.must.flatMap(({ cite, text }) => wrap(`${text}  [${cite}]`, '    ', '  must: '))
      : []),
  ];
};

/** `waybill may-i`: exit 0 permitted, 1 refused or not yet. The question is recorded whatever the answer. */
export const mayI = (reference: string, options: MayIOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const order = orderOf(options);
    const input = {
      case: reference,
      ...(options.question === undefined ? fromOptions(options) : fromFile(options.question)),
    };
    const { answer, done, referral } = await askMayI(node, order, input);
    say(answerLines(answer));
    say(receiptLines(node, done.receipt));
    if (done.refused !== undefined) {
      // Permitted, and still not done: the record could not say what it must, such as the workpaper.
      if (answer.verdict === 'permitted') throw done.refused;
      return 1;
    }
    if ('do' in input) say(['Done, and recorded.']);
    if (referral) say([`  ${await deliver(node, 'justice', done.receipt, options.where)}`]);
    return answer.verdict === 'permitted' ? 0 : 1;
  });
