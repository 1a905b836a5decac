import type { Need } from '../../office/door.ts';
import type { Handler, Route } from '../route.ts';
import { boardPage } from './review/board.ts';
import {
  approve,
  elect,
  locate,
  makeFinding,
  release,
  returnForCure,
  withdrawApproval,
  withdrawElection,
  withdrawFinding,
} from './review/doing.ts';
import { itemPage } from './review/item.ts';
import { questionsPage } from './review/questions.ts';
import { reviewers } from './review/words.ts';

const BOARD = '/cases/:case/review';
const ITEM = `${BOARD}/:item`;

const get = (path: string, handle: Handler): Route => ({
  method: 'GET',
  path,
  offices: ['irs'],
  need: reviewers,
  cite: '(a)',
  handle,
});

const post = (path: string, need: Need, cite: string, handle: Handler, again: Handler): Route => ({
  method: 'POST',
  path,
  offices: ['irs'],
  need,
  cite,
  handle,
  again,
});

const finders: Need = ['reviews', 'finds (d)', 'finds (e)'];

/** The item review board of the IRS. */
export const reviewRoutes: readonly Route[] = [
  get(BOARD, boardPage),
  get('/cases/:case/questions', questionsPage),
  post(`${BOARD}/return`, ['reviews'], '(b)', returnForCure, boardPage),
  post(`${BOARD}/elect`, ['reviews', 'approves'], '(a)', elect, boardPage),
  post(`${BOARD}/approve`, ['approves'], '(a)', approve, boardPage),
  post(`${BOARD}/withdraw-approval`, ['approves'], '(a)', withdrawApproval, boardPage),
  post(`${BOARD}/release`, ['sends'], '(a)', release, boardPage),
  get(ITEM, itemPage),
  post(`${ITEM}/locate`, ['reviews', 'finds (d)'], '(b)(2)', locate, itemPage),
  post(`${ITEM}/finding`, finders, '(c)', makeFinding, itemPage),
  post(`${ITEM}/withdraw-finding`, finders, '(c)', withdrawFinding, itemPage),
  post(`${ITEM}/withdraw-election`, ['reviews', 'approves'], '(a)', withdrawElection, itemPage),
];
