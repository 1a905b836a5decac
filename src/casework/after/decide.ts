import type { ActOf, AfterAct } from '../acts/act.ts';
import { type CaseEvent, type Situation, stamp } from '../acts/events.ts';
import type { Actor } from '../acts/people.ts';
import { notInOrder, packetRefused, requireDuty } from '../acts/problems.ts';
import type { Outcome } from './answer.ts';
import { auditChanged } from './audit-changed.ts';
import { endUse } from './end-use.ts';
import { disengage, engage } from './engage.ts';
import { bare } from './events.ts';
import { filePaper, unlock, withdrawPaper } from './file-papers.ts';
import type { Holding } from './holding.ts';
import { reportIncident } from './incident.ts';
import { mayI } from './may-i.ts';
import { checkHolder } from './office-check.ts';
import { openAtJustice } from './open.ts';
import { receiveReferral } from './referral.ts';
import { forwardRecall, recallOwn, receiveRecall } from './recall.ts';
import { answerRecall, receiveRecallAnswer } from './recall-answer.ts';

/** The world of an act after the release, with what only the office can look up. */
export interface AfterSituation extends Situation {
  /** For `engage`: in how many other cases of this office the person is engaged that day. */
  readonly elsewhere?: number;
  /** For `correct`: the event of this case whose entry has that number. */
  readonly corrects?: Pick<CaseEvent, 'kind' | 'item' | 'taxpayer'>;
}

const correct = (act: ActOf<'correct'>, actor: Actor, now: AfterSituation): CaseEvent => {
  requireDuty(actor, now.day, 'receives', 'counsel', 'sends');
  const { seq, says, reason } = act;
  if (now.corrects === undefined)
    throw notInOrder({
      what: 'No entry of this case has that number.',
      where: 'seq',
      cite: '6103(p)(4)(A)',
      next: 'Look the number up.',
      way: 'custody',
    });
  const { kind, item, taxpayer } = now.corrects;
  return {
    kind: 'entry-corrected',
    cite: '6103(p)(4)(A)',
    ...bare({ item, taxpayer }),
    data: { ...stamp(actor, now), seq, of: kind, says, reason },
  };
};

const only = (event: CaseEvent, warnings: readonly string[] = []): Outcome => ({ events: [event], warnings });

const all = ([first, ...rest]: readonly CaseEvent[], warnings: readonly string[] = []): Outcome => {
  if (first === undefined) throw new TypeError('an act has an event');
  return { events: [first, ...rest], warnings };
};

/**
 * What an act after the release makes happen in a holder’s stream `case/<reference>`, or a ProblemError. A question comes
 * back answered and to be recorded even where it is refused: then `refused` is what the office throws once it is on record.
 * An incident without a case goes through `reportIncident`, a recall by the IRS through `recallByIrs`. Pure.
 */
export const decideAfter = (
  state: Holding,
  act: AfterAct | ActOf<'open'>,
  actor: Actor,
  now: AfterSituation,
): Outcome => {
  checkHolder(state, act.case, actor);
  switch (act.act) {
    case 'may i': {
      const answer = mayI(state, act, actor, now);
      const { events, warnings, refused } = answer;
      return { events, warnings, answer, ...(refused === undefined ? {} : { refused }) };
    }
    case 'open':
      if (state.office === 'Customs') throw new TypeError('Customs opens through decideCustoms');
      return only(openAtJustice(state, act, actor, now));
    case 'file paper':
      return only(filePaper(state, act, actor, now));
    case 'withdraw paper':
      return only(withdrawPaper(state, act, actor, now));
    case 'unlock':
      return all(unlock(state, act, actor, now));
    case 'engage': {
      const { event, warnings } = engage(state, act, actor, now, now.elsewhere);
      return only(event, warnings);
    }
    case 'disengage':
      return only(disengage(state, act, actor, now));
    case 'audit changed':
      return only(auditChanged(state, act, actor, now));
    case 'receive referral':
      return all(receiveReferral(state, act, actor, now));
    case 'recall':
      return all(recallOwn(state, act, actor, now));
    case 'receive recall':
      return all(receiveRecall(state, act, actor, now));
    case 'forward recall':
      return all(forwardRecall(state, act, actor, now));
    case 'answer recall':
      return all(answerRecall(state, act, actor, now));
    case 'receive recall answer':
      if (state.office === 'Justice')
        throw packetRefused({
          what: 'No office below Justice answers to it in a packet.',
          cite: '(h)',
          next: 'Record what a person answered.',
          way: 'answer recall',
        });
      return all(receiveRecallAnswer(state, act, actor, now));
    case 'end use': {
      const { events, warnings } = endUse(state, act, actor, now);
      return all(events, warnings);
    }
    case 'report incident':
      return only(
        reportIncident(
          state.incidents.map(({ incident }) => incident),
          act,
          actor,
          now,
        ),
      );
    case 'correct':
      return only(correct(act, actor, now));
  }
};
