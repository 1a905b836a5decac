import { among, machine, official, requester } from '../fact.ts';

const REQUEST = 'the Customs officer who prepares the request';
const COMMISSIONER = 'the office of the Commissioner of Customs';
const DIRECTORY = 'the directory of officers and titles';
const RECORDS = 'the IRS custodian of the record';
const REVIEWER = 'the IRS disclosure reviewer';

/** Facts that the first hop turns on, paragraphs (a) to (e). */
export const request = {
  editionInForce: machine(
    'request',
    REQUEST,
    'Was an edition of this section in force on the day of the decision?',
  ),
  irsDiscloses: machine(
    'inside',
    DIRECTORY,
    'Is the person who would disclose an officer or employee of the IRS?',
  ),
  customsReceives: machine('request', DIRECTORY, 'Is the recipient an officer or employee of Customs?'),
  returnInformation: machine(
    'request',
    REQUEST,
    'Is what is asked for return information, and not a return or a copy of its pages?',
  ),
  chapter: among(
    machine('request', REQUEST, 'Which chapter of the Code imposes the tax that the item is about?'),
    ['chapter 1', 'chapter 6', 'another chapter'],
  ),
  purposeCorrectness: requester(
    REQUEST,
    'Is the item wanted to ascertain the correctness of an entry in the audit?',
  ),
  purposeRecovery: requester(REQUEST, 'Is the item wanted to recover or collect what the audit found due?'),
  purposeOther: requester(REQUEST, 'Is the item wanted for any other purpose as well?'),
  section509Audit: machine(
    'request',
    REQUEST,
    'Is the audit one under section 509 of the Tariff Act of 1930?',
  ),
  dueAndOwing: requester(
    REQUEST,
    'Have the amounts been determined to be due and owing pursuant to the audit?',
  ),
  noMoreThanNecessary: official(REVIEWER, 'Does the disclosure go no further than is necessary?'),

  writtenRequest: machine('request', REQUEST, 'Is there a written request?'),
  requestReceived: machine('request', REVIEWER, 'Has the IRS received it?'),
  signedByCommissioner: machine(
    'request',
    COMMISSIONER,
    'Is the request by the Commissioner of Customs, or one acting as Commissioner?',
  ),
  itemParticular: machine('request', REQUEST, 'Does the request identify the particular item?'),
  taxpayerParticular: machine('request', REQUEST, 'Does the request identify the particular taxpayer?'),
  recordIsTaxpayers: machine(
    'inside',
    RECORDS,
    'Is the record that the item would be taken from that taxpayer’s?',
  ),
  periodStated: machine('request', REQUEST, 'Does the request state the taxable period or date?'),
  recordCoversPeriod: machine('inside', RECORDS, 'Is the period inside the period of that record?'),
  purposeStated: requester(
    REQUEST,
    'Does the request state the particular purpose for which this item is needed?',
  ),
  necessityExplained: requester(
    REQUEST,
    'Does the request explain how the item is necessary to that purpose?',
  ),
  titlesDesignated: machine('request', REQUEST, 'Does the request designate Customs officers by title?'),
  recipientDesignated: machine('request', REQUEST, 'Is the recipient’s title among those designated?'),
  certification: among(requester(COMMISSIONER, 'What does the request certify of this taxpayer?'), [
    'audit initiated',
    'audit intended',
    'relationship',
    'nothing',
  ]),

  necessaryToDetermination: official(
    REVIEWER,
    'Is the item necessary to a Customs determination of the correctness of an entry in the audit?',
  ),
  standing: among(machine('request', REQUEST, 'How does the taxpayer stand to the audit?'), [
    'subject',
    'intended subject',
    'related',
    'none',
  ]),
  auditInitiated: machine('request', REQUEST, 'Has the audit been initiated?'),
  relationshipHolds: official(
    REVIEWER,
    'Does the transactional or ownership relationship with the subject of the audit hold?',
  ),
  statedSubject: among(requester(REQUEST, 'What does the request say the item relates to?'), [
    'declared value',
    'classification',
    'rate of duty',
    'something else',
  ]),
  relatesToMerchandise: official(
    REVIEWER,
    'Does the item relate to the declared value, classification or rate of duty of entered merchandise?',
  ),
  isAdjustment: machine('request', REQUEST, 'Is the item an adjustment made by the IRS?'),
  adjustsItemInScope: machine('request', REQUEST, 'Is the item adjusted one that could itself be requested?'),

  asksForApa: machine('request', REQUEST, 'Does the request ask for Advance Pricing Agreement matter?'),
  apaMatter: machine(
    'inside',
    'the IRS APA office',
    'Does this datum come from an Advance Pricing Agreement file?',
  ),
  treatyExtent: among(
    official(
      'the IRS treaty office',
      'How much of the item could not be disclosed consistently with a tax treaty or executive agreement?',
    ),
    ['none', 'part', 'whole'],
  ),
  treatyPartStripped: machine('inside', REVIEWER, 'Has that part been taken out?'),
  wouldIdentifyInformant: official(
    'the IRS officer for paragraph (e)',
    'Has the IRS determined that disclosure would identify a confidential informant?',
  ),
  wouldSeriouslyImpair: official(
    'the IRS officer for paragraph (e)',
    'Has the IRS determined that disclosure would seriously impair a civil or criminal tax investigation or proceeding?',
  ),
};
