import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import { type Actor, inForce } from '../acts/people.ts';
import { notEntitled, notInOrder, requireDuty } from '../acts/problems.ts';
import { bare } from './events.ts';
import type { Holding } from './holding.ts';

/** More matters at once than one person is personally and directly engaged in. Our number; the law has none. */
export const MANY_MATTERS = 12;

const ofJustice = (actor: Actor): void => {
  if (actor.office !== 'Justice')
    throw notEntitled({
      what: 'The list of those personally and directly engaged is kept by Justice.',
      where: actor.title,
      cite: '(g)',
      next: 'At Customs, file the paper that shows who is engaged.',
      way: 'file paper',
    });
};

export interface Engaged {
  readonly event: CaseEvent;
  readonly warnings: readonly string[];
}

/** Puts a person on the list. `elsewhere`: in how many other cases of this office the person is engaged that day. */
export const engage = (
  state: Holding,
  { person, from, to, document }: ActOf<'engage'>,
  actor: Actor,
  now: Situation,
  elsewhere = 0,
): Engaged => {
  ofJustice(actor);
  requireDuty(actor, now.day, 'counsel');
  if (to !== undefined && to < from)
    throw notInOrder({
      what: 'The engagement ends before it begins.',
      where: 'to',
      cite: '(g)',
      next: 'Exchange from and to.',
    });
  if (state.engaged.some((one) => one.person === person && inForce(one, from)))
    throw notInOrder({
      what: 'The person is on the list on that day already.',
      where: 'person',
      cite: '(g)',
      next: 'Nothing, or end that engagement first.',
    });
  const warnings = [
    ...(elsewhere + 1 > MANY_MATTERS
      ? [
          `This would be matter number ${elsewhere + 1} at once of one person: few are personally and directly engaged in more than ${MANY_MATTERS} (g).`,
        ]
      : []),
    ...(person === actor.id
      ? ['Whoever keeps the list puts themselves on it: have another attorney look at it, (g).']
      : []),
    ...(from < now.day ? ['The engagement begins before today: say in the document why, (g).'] : []),
  ];
  return {
    event: {
      kind: 'person-engaged',
      cite: '(g)',
      data: { ...stamp(actor, now), ...bare({ person, from, to, document, warnings }) },
    },
    warnings,
  };
};

export const disengage = (
  state: Holding,
  act: ActOf<'disengage'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  ofJustice(actor);
  requireDuty(actor, now.day, 'counsel');
  const from = act.from ?? now.day;
  const stands = state.engaged.some(
    (one) => one.person === act.person && (one.to === undefined || from <= one.to),
  );
  if (!stands)
    throw notInOrder({
      what: 'The person is not on the list from that day on.',
      where: 'person',
      cite: '(g)',
      next: 'Nothing: the engagement has ended, or there was none.',
    });
  return {
    kind: 'person-disengaged',
    cite: '(g)',
    data: { ...stamp(actor, now), person: act.person, from, reason: act.reason },
  };
};
