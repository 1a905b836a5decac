import type { Problem } from '../ground/problem.ts';
import type { Way } from '../ground/ways.ts';
import { width, wrap } from './terminal.ts';

/** The command by which one gets there. */
export const commands: Readonly<Record<Way, string>> = {
  people: 'people',
  'add person': 'people add <id>',
  'add office': 'office add <file>',
  inbox: 'inbox',
  receive: 'receive',
  draft: 'request new <case file>',
  sign: 'request sign <case>',
  send: 'request send <case>',
  review: 'review <case>',
  approve: 'approve <case>',
  'may i': 'may-i <case>',
  custody: 'custody <case>',
  'file paper': 'paper file <case> <paper>',
  papers: 'custody <case>',
  engage: 'engage <case>',
  recall: 'recall <case>',
  recalls: 'recall <case> --list',
  'answer recall': 'answer-recall <case>',
  'end use': 'end-use <case>',
  correct: 'correct <case> <entry>',
  record: 'record',
  items: 'items <words>',
  'new case': 'new case > my-case.yaml',
  init: 'init --office <office> --data <folder>',
  seen: 'seen --of <office>',
};

/** What to do next, and after it the command. A command stands on one line, so that it can be copied. */
export const nextLines = (
  { next, way }: Pick<Problem, 'next' | 'way'>,
  indent = '    ',
  first = '  → ',
): string[] => {
  if (way === undefined) return wrap(next, indent, first);
  const command = `./waybill ${commands[way]}`;
  const lines = wrap(`${next.replace(/\.$/, '')}:`, indent, first);
  const last = lines.pop() ?? '';
  const together = `${last} ${command}`;
  return [...lines, ...(together.length <= width() ? [together] : [last, `${indent}${command}`])];
};

/**
 * One problem as lines for a terminal. The first is `where: what`, whole however long it is, as editors and other programs read
 * what a compiler says; what to do next is wrapped.
 */
export const problemLines = ({ where, what, cite, next, way }: Problem): string[] => [
  `${where === undefined ? '' : `${where}: `}${what}${cite === undefined ? '' : `  [${cite}]`}`,
  ...nextLines(way === undefined ? { next } : { next, way }),
];
