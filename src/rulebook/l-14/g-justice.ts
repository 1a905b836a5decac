import { all, any, is, not, oneOf } from '../formula.ts';
import { type Cite, requires } from '../rule.ts';
import { designated } from './f-use-by-customs.ts';

export const held = requires('(g)', 'held', is('heldByCustoms'), {
  law: 'Return information disclosed to officers and employees of the U.S. Customs Service as provided by this section',
  cure: 'Receive the item under this section first; what was never disclosed cannot be passed on.',
});

export const officer = requires('(g)', 'Customs', is('actorCustomsOfficer'), {
  law: 'may be disclosed by these officers and employees',
  cure: 'Have an officer or employee of Customs disclose it.',
});

export const justice = requires('(g)', 'Justice', oneOf('recipient', 'Justice officer'), {
  law: 'to officers and employees of the Department of Justice (including United States attorneys)',
  cure: 'Disclose to an officer or employee of Justice, or a United States attorney.',
});

export const engaged = requires('(g)', 'engaged', all(is('engagedPersonally'), is('engagedDirectly')), {
  law: 'personally and directly engaged in',
  reading: ['R23', 'This is about people, by name; a title does not make anyone engaged.'],
  cure: 'Put the person on the list of those personally and directly engaged, or choose one who is.',
});

export const necessary = requires('(g)', 'necessary', all(is('useNecessary'), not(is('purposeOther'))), {
  law: 'solely for their necessary use in',
  cure: 'Find, and sign, that Justice needs the item for this use, and for no other.',
});

/** The purposes and activities described in (g): they bound what Justice itself may do, and whatever (h) lets it pass on. */
const purposes = (cite: Cite, law: { advocate: string; court: string; recover: string }) => [
  requires(cite, 'advocate', is('forAdvocacy'), {
    law: law.advocate,
    cure: 'Tie the use to advocating or defending the correctness of a Customs determination on an entry.',
  }),
  requires(cite, 'court', all(oneOf('matter', 'civil judicial'), is('civil'), is('judicial')), {
    law: law.court,
    reading: [
      'R24',
      'A suit need not exist, but what is prepared or investigated must be civil and for a court.',
    ],
    cure: 'Name the civil judicial proceeding, or the one that is prepared or may result from the investigation.',
  }),
  requires(
    cite,
    'recover',
    all(
      is('section509Audit'),
      any(all(is('forRecovery'), is('dueAndOwing')), all(is('refundSuit'), is('counselAcceptsRefundSuit'))),
    ),
    {
      law: law.recover,
      reading: ['R12', 'Whether a suit for refund over an audited entry is reached, counsel finds.'],
      cure: 'Show that the audit determined the amounts due; for a suit for refund, ask counsel.',
    },
  ),
];

export const purposesOfG = purposes('(g)', {
  advocate: 'advocating or defending the correctness of Customs determinations with respect to any entry',
  court:
    'in any civil judicial proceeding, or any preparations therefor (or for their necessary use in an investigation which may result in such a proceeding)',
  recover:
    'to recover any loss of revenue, or to collect duties, taxes or fees, determined to be due and owing as a consequence of an audit provided for in section 509 of the Tariff Act of 1930',
});

export const rules = [held, officer, designated, justice, engaged, necessary, ...purposesOfG];

/** Justice's own use of what it was given. */
export const heldByJustice = requires('(g)', 'held', is('heldByJustice'), {
  law: 'may be disclosed by these officers and employees to officers and employees of the Department of Justice',
  cure: 'Receive the item under (g) first; what was never disclosed to Justice cannot be used by it.',
});

export const userEngaged = requires('(g)', 'engaged', all(is('actorJusticeOfficer'), is('actorEngaged')), {
  law: 'personally and directly engaged in, and solely for their necessary use in',
  reading: ['R23', 'This is about people, by name; a title does not make anyone engaged.'],
  cure: 'Have someone act who is on today’s list of those personally and directly engaged.',
});

export const useRules = [heldByJustice, userEngaged, necessary, ...purposesOfG];
