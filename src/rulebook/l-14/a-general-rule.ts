import { all, any, is, not, oneOf } from '../formula.ts';
import { requires } from '../rule.ts';

export const edition = requires('(a)', 'edition', is('editionInForce'), {
  law: 'Pursuant to the provisions of section 6103(l)(14) of the Internal Revenue Code',
  reading: ['R9', 'Nothing is disclosed under this section on a day when no edition of it was in force.'],
  cure: 'Date the request and the decision on or after 11 March 1994, when the section took effect.',
  ends: 'request',
});

export const actors = requires('(a)', 'officers', all(is('irsDiscloses'), is('customsReceives')), {
  law: 'officers and employees of the Internal Revenue Service may disclose to officers and employees of the United States Customs Service',
  reading: [
    'R1',
    'Customs’ officers are now in the Department of Homeland Security; counsel’s opinion on that is kept with each case.',
  ],
  cure: 'Name an IRS officer as sender and an officer or employee of Customs as recipient.',
});

export const information = requires('(a)', 'return information', is('returnInformation'), {
  law: 'return information (as defined by section 6103(b))',
  reading: ['R4', 'An extract of items, never the return itself nor a reproduction of its pages.'],
  cure: 'Ask for the particular line, not for the return or a page of it.',
});

export const chapter = requires('(a)', 'chapter', oneOf('chapter', 'chapter 1', 'chapter 6'), {
  law: 'with respect to taxes imposed by chapters 1 and 6 of the Internal Revenue Code',
  reading: ['R17', 'The chapter follows the tax that the line is about, not the form that carries the line.'],
  cure: 'Ask only for lines that concern income tax (chapter 1) or consolidated returns (chapter 6).',
});

export const solely = requires('(a)', 'solely', not(is('purposeOther')), {
  law: 'solely for purposes of',
  reading: ['R18', 'A second purpose beside a lawful one defeats the item.'],
  cure: 'Drop every purpose but the audit and the recovery of what it found due.',
});

export const extent = requires('(a)', 'extent', is('noMoreThanNecessary'), {
  law: 'only to the extent necessary in',
  cure: 'A reviewer finds, and signs, that the item goes no further than is necessary.',
});

export const correctness = requires(
  '(a)(1)',
  '',
  all(is('section509Audit'), any(is('purposeCorrectness'), is('purposeRecovery'))),
  {
    law: 'Ascertaining the correctness of any entry in audits as provided for in section 509 of the Tariff Act of 1930',
    reading: [
      'R19',
      'A risk analysis or survey, an inquiry, or a zone or warehouse quantity check is not such an audit (19 USC 1509(a), (b)(1)).',
    ],
    cure: 'Tie the item to a section 509 audit, and to the correctness of an entry in it or the recovery of what it found due.',
  },
);

export const recovery = requires('(a)(2)', '', any(not(is('purposeRecovery')), is('dueAndOwing')), {
  law: 'Other actions to recover any loss of revenue, or to collect duties, taxes, and fees, determined to be due and owing pursuant to such audits.',
  cure: 'Ask for recovery or collection only once the audit has determined the amounts due and owing.',
});

export const rules = [edition, actors, information, chapter, solely, extent, correctness, recovery];
