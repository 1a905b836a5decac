import { all, any, is, not, oneOf } from '../formula.ts';
import { requires } from '../rule.ts';

export const necessary = requires('(c)', 'necessary', is('necessaryToDetermination'), {
  law: 'Any return information requested must be necessary to a Customs determination of the correctness of any entry in audits conducted under section 509 of the Tariff Act of 1930.',
  reading: [
    'R3',
    'This is narrower than (a)(2): what only helps to collect is not necessary to a determination of correctness.',
  ],
  cure: 'A reviewer finds, and signs, that the item is necessary to determine the correctness of an entry in the audit.',
});

export const taxpayers = requires(
  '(c)',
  'taxpayers',
  any(
    oneOf('standing', 'subject', 'intended subject'),
    all(oneOf('standing', 'related'), is('auditInitiated'), is('relationshipHolds')),
  ),
  {
    law: 'Taxpayers as to whom return information is requested must either be the subject of a Customs audit (or intended audit) or have a transactional or ownership relationship with the subject of a Customs audit.',
    reading: [
      'R8',
      '(c) does not say “(or intended audit)” of related taxpayers: nothing about them while the audit is only intended.',
    ],
    cure: 'Show that the taxpayer is the subject, or has a transactional or ownership relationship with the subject of an audit already initiated.',
    ends: 'taxpayer',
  },
);

export const relates = requires(
  '(c)',
  'relates',
  all(oneOf('statedSubject', 'declared value', 'classification', 'rate of duty'), is('relatesToMerchandise')),
  {
    law: 'Requested information must relate to the declared value, classification or rate of duty applicable to entered merchandise.',
    reading: [
      'R10',
      'Admissibility, quota, marking, drawback and assets for collection are none of the three.',
    ],
    cure: 'Say to which of the three the item relates, and have a reviewer find that it does.',
  },
);

export const adjustments = requires(
  '(c)',
  'adjustments',
  any(not(is('isAdjustment')), is('adjustsItemInScope')),
  {
    law: 'Requested information may also include any adjustment by the IRS to the items of return information described by this paragraph.',
    cure: 'Name the item that was adjusted; it must be one that could be requested itself.',
  },
);

export const rules = [necessary, taxpayers, relates, adjustments];
