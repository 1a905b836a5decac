import type { Day } from '../../ground/dates.ts';
import { inForce } from '../acts/people.ts';
import type { Holding, Paper } from './holding.ts';
import type { PaperKind } from './papers.ts';
import type { AskedProposal, Recipient } from './question.ts';

export type Filed = readonly [id: string, paper: Paper];

const sameName = (a: string, b: string | undefined): boolean =>
  b !== undefined && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Filed, not withdrawn, and in force on the day. A paper withdrawn today is of no use today. */
export const isGood = (paper: Paper, day: Day): boolean =>
  paper.withdrawn === undefined && paper.filed <= day && inForce(paper, day);

/** What shows a recipient to hold the capacity in which it is told, (f), (h)(1) to (3). */
const capacity: Readonly<Partial<Record<Recipient['is'], readonly PaperKind[]>>> = {
  'importer’s representative': ['authority', 'appearance'],
  'taxpayer’s representative': ['authority', 'appearance'],
  taxpayer: ['authority', 'subpoena'],
  expert: ['engagement letter'],
  witness: ['subpoena'],
  'settlement authority': ['authority'],
  'Justice officer': ['engagement letter'],
};

/** Of a representative’s authority: for the importer that it is said to act for, and for no other. */
const fits = (paper: Paper, to: Recipient): boolean =>
  (capacity[to.is] ?? []).includes(paper.kind) &&
  sameName(paper.of, to.name) &&
  (to.is !== 'importer’s representative' || (paper.importer !== undefined && paper.importer === to.importer));

const covers = (paper: Paper, item: string): boolean =>
  paper.items === undefined || paper.items.includes(item);

const doors: readonly PaperKind[] = ['6103(i) order', '6103(i) request'];

/** The papers that a question rests on, each for what it is good for, of one item. Only what is named counts. */
export interface Relied {
  /** Shows the capacity, whether or not it is in force: the rule asks for the day. */
  readonly authority: Paper | undefined;
  readonly safeguards: Paper | undefined;
  readonly memorandum: Paper | undefined;
  readonly door: Filed | undefined;
  readonly i6: Paper | undefined;
  readonly opinions: readonly Paper[];
  /** A signed undertaking or a protective order: the law leaves it to practice. */
  readonly bound: boolean;
}

/**
 * Of several papers the one that serves best, so that a paper less never opens what a paper more had closed: an order
 * that names the agency before one that does not, an attorney’s authority before a broker’s.
 */
const best = <T>(all: readonly T[], ...wanted: readonly ((one: T) => boolean)[]): T | undefined => {
  const score = (one: T) => wanted.filter((test) => test(one)).length;
  return all.reduce<T | undefined>(
    (before, one) => (before === undefined || score(one) > score(before) ? one : before),
    undefined,
  );
};

const isDoorFor = ({ kind, agencies }: Paper, criminal: AskedProposal['criminal']): boolean =>
  agencies.some((agency) => agency === criminal?.userAgency) &&
  (kind === '6103(i) order' || criminal?.filedByTaxpayer === false || criminal?.identityOnly === true);

export const relied = (
  { papers }: Holding,
  { papers: named, to, otherProvision, criminal }: AskedProposal,
  item: string,
  day: Day,
): Relied => {
  const all = named
    .map((id) => [id, papers.get(id)] as const)
    .filter((one): one is Filed => one[1]?.withdrawn === undefined && one[1] !== undefined)
    .filter(([, paper]) => covers(paper, item));
  const good = all.filter(([, paper]) => isGood(paper, day));
  const find = (kind: PaperKind, of?: string): Paper | undefined =>
    good.find(([, paper]) => paper.kind === kind && (of === undefined || sameName(paper.of, of)))?.[1];
  const fitting = to === undefined ? [] : all.filter(([, paper]) => fits(paper, to));
  const name = to?.name;
  return {
    authority: best(
      fitting.map(([, paper]) => paper),
      (paper) => isGood(paper, day),
      (paper) => isGood(paper, day) && paper.attorney,
    ),
    safeguards: name === undefined ? undefined : find('safeguards certification', name),
    memorandum: name === undefined ? undefined : find('last-resort memorandum', name),
    door: best(
      good.filter(([, { kind }]) => doors.includes(kind)),
      ([, paper]) => isDoorFor(paper, criminal),
      ([, paper]) => isDoorFor(paper, criminal) && paper.signed?.office === 'Justice',
    ),
    i6: find('6103(i)(6) determination'),
    opinions: good
      .map(([, paper]) => paper)
      .filter(
        ({ kind, of, finds, provision }) =>
          kind === 'counsel opinion' &&
          (finds !== 'other provision applies' || provision === otherProvision) &&
          (finds !== 'legal representative' || sameName(of, name)),
      ),
    bound:
      find('protective order') !== undefined ||
      (name !== undefined && find('undertaking', name) !== undefined),
  };
};

/** Good papers on file that would bear on the question and that it does not name. */
export const unnamed = (
  { papers }: Holding,
  { to, papers: named }: AskedProposal,
  day: Day,
): readonly string[] =>
  [...papers]
    .filter(([id, paper]) => !named.includes(id) && isGood(paper, day) && sameName(paper.of, to?.name))
    .map(([id]) => id);
