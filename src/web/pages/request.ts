import type { Route } from '../route.ts';
import { auditPage, saveAudit, saveTitles, titlesPage } from './request-audit.ts';
import { findings, itemPage, saveItem } from './request-item.ts';
import { itemsPage, removeItem } from './request-items.ts';
import { listPage, send, withdraw } from './request-list.ts';
import { begin, newPage } from './request-new.ts';
import { addItem, pickPage } from './request-pick.ts';
import { checkPage, letterPage, sign, signPage } from './request-sign.ts';
import {
  addTaxpayer,
  removeTaxpayer,
  saveTaxpayer,
  taxpayerPage,
  taxpayersPage,
} from './request-taxpayers.ts';

const CASE = '/requests/:case';

const drafting = { offices: ['customs'], need: ['drafts requests'] } as const;
const reading = {
  offices: ['customs'],
  need: ['drafts requests', 'signs as Commissioner', 'sends'],
} as const;
const signing = { offices: ['customs'], need: ['signs as Commissioner'] } as const;

/** The request builder. `new` stands before what is named by its own id. */
export const requestRoutes: readonly Route[] = [
  { ...drafting, method: 'GET', path: '/requests/new', cite: '(b)', handle: newPage },
  { ...drafting, method: 'POST', path: '/requests/new', cite: '(b)', handle: begin, again: newPage },
  { ...reading, method: 'GET', path: CASE, cite: '(b)', handle: listPage },
  { ...drafting, method: 'GET', path: `${CASE}/audit`, cite: '(b)', handle: auditPage },
  { ...drafting, method: 'POST', path: `${CASE}/audit`, cite: '(b)', handle: saveAudit, again: auditPage },
  { ...drafting, method: 'GET', path: `${CASE}/titles`, cite: '(b)(4)', handle: titlesPage },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/titles`,
    cite: '(b)(4)',
    handle: saveTitles,
    again: titlesPage,
  },
  { ...drafting, method: 'GET', path: `${CASE}/taxpayers`, cite: '(b)(2)', handle: taxpayersPage },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/taxpayers`,
    cite: '(b)(2)',
    handle: addTaxpayer,
    again: taxpayersPage,
  },
  { ...drafting, method: 'GET', path: `${CASE}/taxpayers/:number`, cite: '(b)(4)', handle: taxpayerPage },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/taxpayers/:number`,
    cite: '(b)(4)',
    handle: saveTaxpayer,
    again: taxpayerPage,
  },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/taxpayers/:number/remove`,
    cite: '(b)(2)',
    handle: removeTaxpayer,
    again: taxpayersPage,
  },
  { ...drafting, method: 'GET', path: `${CASE}/items`, cite: '(b)(1)', handle: itemsPage },
  { ...drafting, method: 'GET', path: `${CASE}/items/new`, cite: '(b)(1)', handle: pickPage },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/items`,
    cite: '(b)(1)',
    handle: addItem,
    again: pickPage,
  },
  { ...drafting, method: 'GET', path: `${CASE}/items/:item`, cite: '(b)(4)', handle: itemPage },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/items/:item`,
    cite: '(b)(4)',
    handle: saveItem,
    again: itemPage,
  },
  { ...drafting, method: 'POST', path: `${CASE}/items/:item/findings`, cite: '(b)', handle: findings },
  {
    ...drafting,
    method: 'POST',
    path: `${CASE}/items/:item/remove`,
    cite: '(b)(1)',
    handle: removeItem,
    again: itemsPage,
  },
  { ...reading, method: 'GET', path: `${CASE}/check`, cite: '(b)', handle: checkPage },
  { ...reading, method: 'GET', path: `${CASE}/letter`, cite: '(b)', handle: letterPage },
  { ...signing, method: 'GET', path: `${CASE}/sign`, cite: '(b)', handle: signPage },
  { ...signing, method: 'POST', path: `${CASE}/sign`, cite: '(b)', handle: sign, again: signPage },
  {
    offices: ['customs'],
    need: ['sends'],
    method: 'POST',
    path: `${CASE}/send`,
    cite: '(b)',
    handle: send,
    again: listPage,
  },
  { ...reading, method: 'POST', path: `${CASE}/withdraw`, cite: '(b)', handle: withdraw, again: listPage },
];
