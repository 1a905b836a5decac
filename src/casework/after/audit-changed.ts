import type { ActOf } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notEntitled, notInOrder, requireDuty } from '../acts/problems.ts';
import { bare } from './events.ts';
import { type Holding, isFlagged } from './holding.ts';

/** What has become of the audit. Justice may record that it was dropped; what it determined, only Customs can say. */
export const auditChanged = (
  state: Holding,
  { stage, determined, reason }: ActOf<'audit changed'>,
  actor: Actor,
  now: Situation,
): CaseEvent => {
  requireDuty(
    actor,
    now.day,
    'receives',
    'counsel',
    ...(actor.office === 'Customs' ? (['drafts requests'] as const) : []),
  );
  const audit = state.matter?.audit;
  if (audit === undefined)
    throw notInOrder({
      what: 'The case has no audit yet.',
      cite: '(c)',
      next: 'Say in the request, or receive with the referral, which audit it is for.',
    });
  if (isFlagged(state))
    throw notInOrder({
      what: 'The audit was dropped, and a dropped audit is not taken up again here.',
      cite: '(j)',
      next: 'End the use of what is held. An audit that begins anew needs a request of its own.',
    });
  if (stage === undefined && determined === undefined)
    throw notInOrder({
      what: 'The act says nothing of the audit.',
      where: 'stage',
      next: 'Give the stage, or the day on which the amounts were determined.',
    });
  if (actor.office === 'Justice' && (determined !== undefined || stage === 'initiated'))
    throw notEntitled({
      what: 'What an audit determined, Customs says.',
      where: 'determined',
      cite: '(g)',
      next: 'Have Customs say so with its next referral.',
    });
  if (determined !== undefined && determined > now.day)
    throw notInOrder({
      what: 'The day on which the amounts were determined has not come yet.',
      where: 'determined',
      cite: '(a)(2)',
      next: 'Record it when they are determined.',
    });
  return {
    kind: 'audit-changed',
    cite: stage === 'dropped' ? '(j)' : '(f)',
    data: { ...stamp(actor, now), ...bare({ stage, determined, reason }) },
  };
};
