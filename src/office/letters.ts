import { requestBody } from '../casework/acts/customs.ts';
import type { Duty } from '../casework/acts/duties.ts';
import type { Day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { requestLetterPdf } from '../letter/request.ts';
import { dayOfEvent } from '../record/event.ts';
import type { Order } from './act.ts';
import { readCase } from './case-file.ts';
import { caseLines } from './lines.ts';
import { openSentLetter } from './look-again.ts';
import type { Node } from './node.ts';
import { foundBy } from './queue.ts';
import type { Watch } from './watch.ts';

/** A letter of a case: Customs' signed request, or the answer that the IRS sent. */
export interface CaseLetter {
  readonly case: string;
  /** The day of the signature, or of the answer. */
  readonly on: Day;
}

/** Whose letters of many cases these are to take out at once: those who write and sign them; at the IRS, who answers for them. */
export const letterDuties: Readonly<Partial<Record<Node['office'], readonly [Duty, ...Duty[]]>>> = {
  customs: ['drafts requests', 'signs as Commissioner', 'sends'],
  irs: ['approves', 'sends'],
};

const letterOf = async (node: Node, reference: string): Promise<CaseLetter | undefined> => {
  const file = await readCase(node, reference);
  if (file.office === 'customs') {
    const { signed } = file.state;
    return signed === undefined ? undefined : { case: reference, on: signed.dated };
  }
  const answered = file.events.find(({ kind }) => kind === 'answered');
  return answered === undefined ? undefined : { case: reference, on: dayOfEvent(answered) };
};

export interface LettersAsked {
  /** What the reference or title has to have in it; every case where empty. */
  readonly search: string;
  /** First and last day, both included. */
  readonly from?: Day;
  readonly to?: Day;
}

/** The letters of the cases that a search finds, of a span of days; oldest case first. Progress in cases. */
export const lettersFound = async (
  node: Node,
  { search, from, to }: LettersAsked,
  { at, signal }: Watch,
): Promise<readonly CaseLetter[]> => {
  const cases = foundBy(await caseLines(node), search);
  const letters: CaseLetter[] = [];
  for (const [n, { line }] of cases.entries()) {
    signal.throwIfAborted();
    at(n, cases.length);
    const letter = await letterOf(node, line.reference);
    if (letter === undefined) continue;
    if ((from === undefined || from <= letter.on) && (to === undefined || letter.on <= to))
      letters.push(letter);
  }
  return letters;
};

/**
 * The letter as a PDF. A request says nothing that Customs did not write itself; an answer holds what was disclosed, so that
 * opening it is a look, recorded before it is opened, with `because`.
 */
export const letterPdf = async (
  node: Node,
  order: Order,
  { case: reference }: CaseLetter,
  because: string,
): Promise<Uint8Array> => {
  const file = await readCase(node, reference);
  if (file.office === 'customs') return requestLetterPdf(requestBody(file.state), node.catalogue);
  if (file.office === 'irs') return (await openSentLetter(node, order, { case: reference, because })).bytes;
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'Justice sends no letter of its own on a case.',
    next: 'Look at the papers of the case.',
    way: 'papers',
  });
};
