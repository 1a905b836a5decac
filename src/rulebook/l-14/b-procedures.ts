import { all, is, oneOf } from '../formula.ts';
import { requires } from '../rule.ts';

export const written = requires('(b)', 'written', all(is('writtenRequest'), is('requestReceived')), {
  law: 'will be made only following receipt by the Internal Revenue Service of a written request for the disclosure',
  cure: 'Send a written request; the decision follows its receipt.',
  ends: 'request',
});

export const signed = requires('(b)', 'Commissioner', is('signedByCommissioner'), {
  law: 'by the Commissioner of the U.S. Customs Service',
  reading: ['R2', 'An acting Commissioner signs as Commissioner; a delegate does not.'],
  cure: 'Have the Commissioner, or the one acting as Commissioner, sign the request.',
  ends: 'request',
});

export const item = requires('(b)(1)', '', is('itemParticular'), {
  law: 'The particular items of return information to be disclosed;',
  cure: 'Name the form and the line.',
});

export const taxpayer = requires('(b)(2)', '', all(is('taxpayerParticular'), is('recordIsTaxpayers')), {
  law: 'The particular taxpayer to whom the return information relates;',
  reading: ['R20', 'The text asks for no number: a taxpayer identified without a TIN is identified.'],
  cure: 'Name the taxpayer so that one record, and no other, answers to the name.',
});

export const period = requires('(b)(3)', '', all(is('periodStated'), is('recordCoversPeriod')), {
  law: 'The taxable period or date to which the return information relates;',
  reading: ['R20', 'A date serves as well as a period.'],
  cure: 'State the taxable period or the date, inside the period of the return.',
});

export const purpose = requires('(b)(4)', 'purpose', is('purposeStated'), {
  law: 'The particular purpose for which each item of return information is needed',
  cure: 'State, for this item, the particular purpose.',
});

export const explanation = requires('(b)(4)', 'explanation', is('necessityExplained'), {
  law: 'including an explanation as to how the requested information is necessary to accomplish that purpose',
  cure: 'Explain how this item is necessary to that purpose.',
});

export const titles = requires('(b)(4)', 'titles', all(is('titlesDesignated'), is('recipientDesignated')), {
  law: 'the request must designate by title the officers and employees of the Customs Service to whom the disclosure is authorized',
  cure: 'Designate in the request, by title, the officers who may receive; address the disclosure to one of them.',
  ends: 'request',
});

export const certification = requires(
  '(b)(4)',
  'certification',
  oneOf('certification', 'audit initiated', 'audit intended', 'relationship'),
  {
    law: 'certify that the Customs Service has initiated or intends to initiate, under section 509 of the Tariff Act of 1930, an audit of each taxpayer for whom return information is requested or that the taxpayer has a transactional or ownership relationship with the subject of such an audit',
    reading: ['R13', 'A missing certification ends that taxpayer’s items, not the request.'],
    cure: 'Certify, for this taxpayer, an audit initiated or intended, or the relationship with its subject.',
    ends: 'taxpayer',
  },
);

export const rules = [written, signed, item, taxpayer, period, purpose, explanation, titles, certification];
