import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, requireDuty, whereItem } from '../acts/problems.ts';
import { taxpayerField } from './account.ts';
import { bare } from './events.ts';
import type { Holding } from './holding.ts';
import type { PaperKind } from './papers.ts';
import { isGood } from './papers-on-file.ts';

const cites: Readonly<Record<PaperKind, string>> = {
  authority: '(f)',
  appearance: '(f)',
  'engagement letter': '(h)(1)',
  subpoena: '(h)(2)',
  undertaking: '6103(a)(3)',
  'protective order': '6103(a)(3)',
  'last-resort memorandum': '(h)',
  'safeguards certification': '6103(p)(9)',
  '6103(i) order': '(i)',
  '6103(i) request': '(i)',
  '6103(i)(6) determination': '(i)',
  'counsel opinion': '(j)',
};

export const filePaper = (
  state: Holding,
  act: ActOf<'file paper'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  requireDuty(actor, now.day, 'receives', 'counsel');
  if (state.papers.has(act.paper))
    throw notInOrder({
      what: 'A paper with this id is on file, and what was filed stays as it is.',
      where: 'paper',
      next: 'Give the paper an id of its own; withdraw the other one if it no longer holds.',
    });
  const { act: _act, case: _case, ...paper } = act;
  return { kind: 'paper-filed', cite: cites[act.kind], data: { ...stamp(actor, now), ...bare(paper) } };
};

export const withdrawPaper = (
  state: Holding,
  { paper, reason }: ActOf<'withdraw paper'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  requireDuty(actor, now.day, 'receives', 'counsel');
  const found = state.papers.get(paper);
  if (found === undefined || found.withdrawn !== undefined)
    throw notInOrder({
      what: found === undefined ? 'No such paper is on file.' : 'The paper was withdrawn before.',
      where: 'paper',
      ...(found === undefined
        ? { next: 'Look up which papers are on file.', way: 'papers' }
        : { next: 'Nothing: its record stands, and it counts for nothing.' }),
    });
  return {
    kind: 'paper-withdrawn',
    cite: cites[found.kind],
    data: { ...stamp(actor, now), paper, reason },
  };
};

/** The padlock comes off without the door of (i) only where counsel finds, in writing, that there is no criminal use. */
export const unlock = (
  state: Holding,
  { items, paper, reason }: ActOf<'unlock'>,
  actor: Actor,
  now: Situation,
): readonly CaseEvent[] => {
  requireDuty(actor, now.day, 'counsel');
  const found = state.papers.get(paper);
  if (found === undefined || found.finds !== 'no criminal use' || !isGood(found, now.day))
    throw notInOrder({
      what: 'No opinion of counsel that there is no criminal use is on file and in force under this id.',
      where: 'paper',
      cite: '(i)',
      next: 'File it first; otherwise the item stays locked until 6103(i)(1) or (2) has been met, and that is asked.',
      way: 'may i',
    });
  return items.map((item) => {
    if (state.items.get(item)?.locked === undefined)
      throw notInOrder({
        what: 'The item is not locked.',
        where: whereItem(item),
        cite: '(i)',
        next: 'Leave it out.',
      });
    if (found.items !== undefined && !found.items.includes(item))
      throw notInOrder({
        what: 'Counsel’s opinion does not cover the item.',
        where: whereItem(item),
        cite: '(i)',
        next: 'Leave it out, or ask counsel.',
      });
    return {
      kind: 'item-unlocked',
      cite: '(i)',
      item,
      ...taxpayerField(state, item),
      data: { ...stamp(actor, now), paper, reason },
    };
  });
};
