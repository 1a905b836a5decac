import { all, is, not, oneOf } from '../formula.ts';
import { bars, requires } from '../rule.ts';

/** The first sentence, part of every hop after the first. */
export const sameAudit = requires('(j)', 'same audit', all(is('sameAudit'), not(is('purposeOther'))), {
  law: 'may not be used or disclosed for any purpose other than to ascertain, or advocate or defend the correctness of, Customs determinations with respect to, any entry in the audits for which the information was requested or in certain actions resulting from the audits as described above',
  reading: ['R30', 'One audit: not the next audit, not targeting, not other conduct of the same importer.'],
  cure: 'Use it in the audit for which it was requested and for nothing else besides, or send a new request for the other audit.',
});

/** The second sentence, part of every disclosure after the first. */
export const contractor = bars('(j)', 'contractor', oneOf('recipient', 'contractor'), {
  law: 'may not be disclosed to any person, including any contractor of the U.S. Customs Service',
  reading: [
    'R31',
    'No contractor of Customs at all; the rule of section 6103(m) on agents does not reach here.',
  ],
  cure: 'Have an officer or employee of Customs do the work.',
});

const held = requires('(j)', 'held', is('heldByActor'), {
  law: 'Return information disclosed to officers and employees of the U.S. Customs Service or to the Department of Justice as provided by this section',
  cure: 'There is nothing to disclose: the item was never disclosed under this section.',
});

const otherwise = requires(
  '(j)',
  'otherwise provided',
  all(is('otherProvisionInvoked'), is('otherProvisionApplies')),
  {
    law: 'except as provided by this section, or as otherwise provided by section 6103 of the Internal Revenue Code',
    reading: [
      'R32',
      'Whether another provision provides for it, this rulebook does not decide: counsel finds it, names the provision, and signs.',
    ],
    cure: 'This section gives no permission. If another provision of section 6103 may, name it and ask counsel; its doors are narrow: consent under (c) empowers the Secretary, Congress goes through (f), GAO needs (i)(8).',
  },
);

const notThroughM = bars('(j)', 'not through (m)', is('invokesM'), {
  law: 'including any contractor of the U.S. Customs Service, except as provided by this section',
  reading: [
    'R31',
    '“Agent includes a contractor” is said for section 6103(m) only, and of what the IRS itself gives out under (m).',
  ],
  cure: 'Nothing: section 6103(m) does not open what was disclosed under (l)(14).',
});

export const rules = [held, otherwise, contractor, notThroughM];
