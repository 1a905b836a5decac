import { type ActOf, type IrsAct, readAct } from '../casework/acts/act.ts';
import { type IrsState, decideIrs } from '../casework/acts/irs.ts';
import type { Case } from '../casework/schema.ts';
import { day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Json, Receipt } from '../store/types.ts';
import { type Order, type Place, act, movedOn } from './act.ts';
import { inStream } from './customs.ts';
import { irsOf } from './folding.ts';
import type { Node } from './node.ts';
import { withReturns } from './release/returns.ts';

/** A case of the IRS: what crosses is in the log that Customs may read, what the review does in the one that nobody else is served. */
export const irsPlaces = (reference: string): { readonly request: Place; readonly review: Place } => ({
  request: { log: 'irs', stream: `case/${reference}` },
  review: { log: 'irs-review', stream: `review/${reference}` },
});

export const irsState = async (node: Node, reference: string): Promise<IrsState> => {
  const { request, review } = irsPlaces(reference);
  return irsOf(
    await node.views.stream(request.log, request.stream),
    await node.views.stream(review.log, review.stream),
  );
};

type ReviewAct = Exclude<IrsAct, ActOf<'receive request' | 'release'>>;

const isReviewAct = (
  read: ReturnType<typeof readAct>,
): read is Exclude<ReviewAct, ActOf<'receive withdrawal'>> =>
  [
    'locate',
    'finding',
    'withdraw finding',
    'elect',
    'withdraw election',
    'decline',
    'return for cure',
    'approve',
    'withdraw approval',
  ].includes(read.act);

/** Records an act in the review's own log, and nowhere else. */
export const recordReview = (node: Node, order: Order, read: ReviewAct): Promise<Receipt> => {
  const { request, review: place } = irsPlaces(read.case);
  return act(node, order, {
    log: place.log,
    asked: read,
    reads: [place, request],
    decide: (stream, actor, when) => {
      const state = irsOf(stream(request), stream(place));
      const events = decideIrs(state, read, actor, { ...when, catalogue: node.catalogue }).review;
      // Only a withdrawal has none: a release was first.
      if (events.length === 0) throw movedOn();
      return { events: inStream(place, read.case, events) };
    },
  });
};

/** An act of the review, as it comes from a door. */
export const review = (node: Node, order: Order, input: unknown): Promise<Receipt> => {
  const read = readAct(input);
  if (!isReviewAct(read)) throw new TypeError('not an act of a review');
  return recordReview(node, order, read);
};

/** What is said of a record that lies in no file here; a return says itself whose it is, and of which period. */
export interface Located {
  readonly case: string;
  readonly item: string;
  readonly source: 'return' | 'examination' | 'APA' | 'competent authority';
  readonly taxpayer?: string;
  readonly period?: { readonly from: string; readonly to: string };
  /** Name of the return's file in `returns`. */
  readonly file?: string;
}

const fromReturn = async (
  node: Node,
  { case: reference, item, source, file }: Located,
  returns: string | undefined,
) => {
  if (returns === undefined || file === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'Of a return, its file is needed: filer and period are read from it.',
      where: '--file',
      next: 'Name the file of the return by its own name, and the folder that it lies in.',
    });
  const { request } = await irsState(node, reference);
  if (request === undefined)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'No request of this reference has been received.',
      where: reference.slice(0, 100),
      cite: '(b)',
      next: 'Look whether it waits in the inbox, and receive it.',
      way: 'receive',
    });
  // The period is read from the return; until then it is none.
  const none = day('0001-01-01');
  const asked: Pick<Case, 'taxpayers' | 'records'> = {
    taxpayers: request.body.taxpayers,
    records: [{ id: item, source, period: { from: none, to: none }, file }],
  };
  const whole = await withReturns(asked, returns);
  const found = whole.records[0];
  if (!request.body.taxpayers.some(({ id }) => id === found?.taxpayer))
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'The return was filed by none of the taxpayers of the request.',
      where: file,
      cite: '(b)(2)',
      next: 'Locate the return of the taxpayer that the item is asked of; where there is none, say so.',
    });
  return { source, file, taxpayer: found?.taxpayer, period: found?.period };
};

/** Locates the record that an item would come from: filer and period of a return are the ones in the return itself. */
export const locate = async (
  node: Node,
  order: Order,
  located: Located,
  returns?: string,
): Promise<Receipt> => {
  const { case: reference, item, source, taxpayer, period } = located;
  const record =
    source === 'return'
      ? await fromReturn(node, located, returns)
      : { source, ...(taxpayer === undefined ? {} : { taxpayer }), period };
  return review(node, order, {
    act: 'locate',
    case: reference,
    item,
    record: JSON.parse(JSON.stringify(record)) as Json,
  });
};
