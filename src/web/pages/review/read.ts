import { type Board, boardOf } from '../../../casework/acts/board.ts';
import { irsStage } from '../../../casework/acts/irs.ts';
import { ProblemError } from '../../../ground/problem.ts';
import { irsPlaces, irsState } from '../../../office/irs.ts';
import type { Actor } from '../../../casework/acts/people.ts';
import type { Visit } from '../../route.ts';

export interface Reviewing {
  readonly reference: string;
  readonly board: Board;
  /** Whether acts of the review may still be done. */
  readonly open: boolean;
}

export const actorOf = ({ actor }: Visit): Actor => {
  if (actor === undefined) throw new TypeError('the board needs a title');
  return actor;
};

/** The board of the case in the address, as the visitor’s title may see it. */
export const reviewing = async (visit: Visit): Promise<Reviewing> => {
  const { node, params, when } = visit;
  const reference = params['case'] ?? '';
  const state = await irsState(node, reference);
  const { review } = irsPlaces(reference);
  const version = (await node.views.stream(review.log, review.stream)).length;
  const board = boardOf(state, actorOf(visit), { ...when, catalogue: node.catalogue }, version);
  return { reference, board, open: ['in review', 'approved'].includes(irsStage(state)) };
};

export const rowAt = ({ board }: Reviewing, item: string | undefined) => {
  const row = board.rows.find((one) => one.item === item);
  if (row !== undefined) return row;
  throw new ProblemError({
    kind: 'item-unknown',
    what: 'The request asks for no such item.',
    cite: '(b)(1)',
    next: 'Go back to the board, and choose one of its items.',
  });
};
