import { all, any, is, not, oneOf } from '../formula.ts';
import { requires } from '../rule.ts';
import { representative } from './f-use-by-customs.ts';
import { purposesOfG } from './g-justice.ts';

const held = requires('(h)', 'held', is('heldByJustice'), {
  law: 'Return information disclosed to officers and employees of the Department of Justice (including United States Attorneys) as provided by this section',
  cure: 'Receive the item under (g) first; what was never disclosed to Justice cannot be passed on by it.',
});

const attorney = requires('(h)', 'Justice', all(is('actorJusticeOfficer'), is('actorEngaged')), {
  law: 'may be disclosed by these officers and employees',
  cure: 'Have a Justice officer disclose it who is on today’s list of those engaged in the matter.',
});

const necessary = requires('(h)', 'necessary', is('useNecessary'), {
  law: 'to other persons as is necessary to properly accomplish the purposes or activities described in paragraph (g)',
  cure: 'Find, and sign, that the disclosure is necessary to properly accomplish the purpose.',
});

const importer = requires(
  '(h)',
  'importer',
  all(oneOf('recipient', 'importer', 'importer’s representative'), is('importerOfAudit')),
  {
    law: 'the importer (or the legal representative of the importer) subject to the audit with respect to which the information was originally requested',
    reading: [
      'R22',
      'The importer of the audit for which the item was first requested, not any importer in the suit.',
    ],
    cure: 'Ask for this person under the second sentence of (h).',
  },
);

const lastResort = requires('(h)', 'last resort', is('cannotOtherwise'), {
  law: 'only if the purpose or activity cannot otherwise properly be accomplished without making the disclosure',
  cure: 'An attorney signs a memorandum that, and why, the purpose cannot otherwise properly be accomplished.',
});

const expert = requires(
  '(h)(1)',
  '',
  any(not(oneOf('recipient', 'expert')), all(is('capacityProved'), is('p9Certified'))),
  {
    law: 'To properly obtain the services of persons having special knowledge or technical skills;',
    reading: [
      'R25',
      'An expert hired by Justice is held to 6103(p)(9): safeguards agreed, reviewed and certified before anything is disclosed.',
    ],
    cure: 'Put the engagement, in force today, and the (p)(9) certification on file.',
  },
);

const informant = requires(
  '(h)(2)',
  '',
  any(not(oneOf('recipient', 'taxpayer', 'taxpayer’s representative', 'witness')), is('capacityProved')),
  {
    law: 'To properly interview, consult, depose, or interrogate or otherwise obtain relevant information from, the taxpayer (or the legal representative of the taxpayer) to whom the return information relates or any witness who may be called to give evidence in the proceeding',
    reading: [
      'R26',
      'The list is not closed; but one who is told as taxpayer, representative or witness must be shown to be that.',
    ],
    cure: 'Put on file what shows the person to be the taxpayer, its representative, or a witness who may be called.',
  },
);

const settlement = requires(
  '(h)(3)',
  '',
  any(not(oneOf('recipient', 'settlement authority')), is('capacityProved')),
  {
    law: 'To properly conduct negotiations concerning, or obtain authorization for, settlement or disposition of the proceeding, in whole or in part, or stipulations of fact in connection with the proceeding.',
    reading: [
      'R26',
      'The list is not closed; but one who is told to authorise a settlement must be shown to have that authority.',
    ],
    cure: 'Put on file what shows the person’s authority over the settlement.',
  },
);

const common = [held, attorney, necessary, ...purposesOfG];

export const importerRules = [
  ...common,
  importer,
  representative('(h)', 'the legal representative of the importer'),
];
export const otherRules = [...common, lastResort, expert, informant, settlement];
