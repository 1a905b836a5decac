import { type Route, holders } from '../route.ts';
import { answerPage, doPermitted } from './may-i-answer.ts';
import { ask, askPage } from './may-i-ask.ts';
import { cases } from './may-i-cases.ts';

const common = { offices: holders, need: 'a title', cite: '(j)' } as const;

/** May I? Asking is open to every title; to act on a permission takes one that receives, or counsel’s. */
export const mayIRoutes: readonly Route[] = [
  { ...common, method: 'GET', path: '/may-i', handle: cases },
  { ...common, method: 'GET', path: '/cases/:case/may-i', handle: askPage },
  { ...common, method: 'POST', path: '/cases/:case/may-i', handle: ask, again: askPage },
  { ...common, method: 'GET', path: '/cases/:case/may-i/:act', handle: answerPage },
  {
    ...common,
    method: 'POST',
    path: '/cases/:case/may-i/:act/do',
    need: ['receives', 'counsel'],
    handle: doPermitted,
    again: answerPage,
  },
];
