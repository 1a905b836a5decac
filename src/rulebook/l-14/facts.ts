import { among, machine, official, requester } from '../fact.ts';

const REQUEST = 'the Customs officer who prepares the request';
const COMMISSIONER = 'the office of the Commissioner of Customs';
const DIRECTORY = 'the directory of officers and titles';
const RECORDS = 'the IRS custodian of the record';
const REVIEWER = 'the IRS disclosure reviewer';
const CUSTODIAN = 'the custodian of the information held';
const ATTORNEY = 'the attorney in charge';
const COUNSEL = 'counsel';

/** Facts that the first hop turns on, paragraphs (a) to (e). */
const request = {
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

/** Facts about what becomes of an item after the first hop, paragraphs (f) to (j). */
const after = {
  heldByCustoms: machine('inside', CUSTODIAN, 'Was this item disclosed to Customs under this section?'),
  heldByJustice: machine('inside', CUSTODIAN, 'Was this item disclosed to Justice under paragraph (g)?'),
  actorCustomsOfficer: machine(
    'inside',
    DIRECTORY,
    'Is the person who would act an officer or employee of Customs?',
  ),
  actorDesignated: machine(
    'inside',
    DIRECTORY,
    'Does that person hold, on the day, a title that the request designates?',
  ),
  actorJusticeOfficer: machine(
    'inside',
    DIRECTORY,
    'Is the person who would act an officer or employee of Justice?',
  ),
  actorEngaged: machine(
    'inside',
    ATTORNEY,
    'Is that person, on the day, on the list of those personally and directly engaged in the matter?',
  ),
  matter: among(
    machine('inside', 'the person who would act', 'In what kind of matter would the item be used?'),
    ['the audit', 'administrative recovery', 'civil judicial', 'another audit', 'criminal', 'something else'],
  ),
  sameAudit: machine(
    'inside',
    'the person who would act',
    'Is it the audit for which the item was requested, or an action resulting from it?',
  ),
  forCorrectness: machine(
    'inside',
    'the person who would act',
    'Is the use to ascertain or to document the correctness of an entry?',
  ),
  forRecovery: machine(
    'inside',
    'the person who would act',
    'Is it to recover revenue lost, or to collect duties, taxes or fees (and not only a penalty)?',
  ),
  forAdvocacy: machine(
    'inside',
    ATTORNEY,
    'Is it to advocate or defend the correctness of a Customs determination with respect to an entry?',
  ),
  useNecessary: official(
    'the officer or attorney responsible for the use',
    'Is the use or disclosure necessary to that end?',
  ),
  recipient: among(machine('inside', 'the person who would act', 'To whom, and in what capacity?'), [
    'importer',
    'importer’s representative',
    'another importer',
    'taxpayer',
    'taxpayer’s representative',
    'broker',
    'surety',
    'witness',
    'expert',
    'contractor',
    'customs officer',
    'Justice officer',
    'settlement authority',
    'court or party',
    'someone else',
  ]),
  capacityProved: machine(
    'inside',
    'the person who would act',
    'Is the paper on file, and in force on the day, that shows the recipient to hold that capacity?',
  ),
  representativeIsAttorney: machine(
    'inside',
    'the person who would act',
    'Is the representative an attorney?',
  ),
  counselAcceptsRepresentative: official(
    COUNSEL,
    'Does counsel find that this person is the legal representative?',
  ),
  engagedPersonally: machine(
    'inside',
    ATTORNEY,
    'Is the Justice recipient personally engaged in the matter?',
  ),
  engagedDirectly: machine('inside', ATTORNEY, 'Is the Justice recipient directly engaged in the matter?'),
  civil: machine('inside', ATTORNEY, 'Is the matter civil?'),
  judicial: machine(
    'inside',
    ATTORNEY,
    'Is it a matter for a court: a proceeding, its preparation, or an investigation that may result in one?',
  ),
  refundSuit: machine('inside', ATTORNEY, 'Is it a suit for refund over an entry that was in the audit?'),
  counselAcceptsRefundSuit: official(
    COUNSEL,
    'Does counsel find that paragraph (g) reaches this suit for refund?',
  ),
  cannotOtherwise: official(
    ATTORNEY,
    'Is it found that the purpose cannot otherwise properly be accomplished without the disclosure?',
  ),
  p9Certified: machine(
    'inside',
    ATTORNEY,
    'Are the safeguards of section 6103(p)(9) agreed, reviewed and certified for this expert?',
  ),

  complyingUse: machine(
    'inside',
    ATTORNEY,
    'Is the use only to comply with section 6103(i): to make the application or the request?',
  ),
  criminalDoor: among(
    machine('inside', ATTORNEY, 'Which paragraph of section 6103(i) has been gone through?'),
    ['(i)(1) order', '(i)(2) request', 'none'],
  ),
  doorSatisfied: official(ATTORNEY, 'Have the requirements of that paragraph been met?'),
  userWithinDoor: machine(
    'inside',
    ATTORNEY,
    'Is the user of an agency that the order names, or of the agency whose head asked?',
  ),
  taxpayerReturnInformation: machine(
    'inside',
    RECORDS,
    'Was the item filed with, or furnished to, the IRS by or for the taxpayer?',
  ),
  taxpayerIdentityOnly: machine('inside', RECORDS, 'Is the item the taxpayer’s identity only?'),
  i6Determined: official(
    'the Secretary’s delegate for section 6103(i)(6)',
    'Has it been determined that disclosure would identify an informant or seriously impair a tax investigation?',
  ),

  otherProvisionInvoked: machine(
    'inside',
    'the person who would act',
    'Does the proposal rest on another provision of section 6103?',
  ),
  otherProvisionApplies: official(
    COUNSEL,
    'Does counsel find that the provision named provides for this disclosure?',
  ),
  invokesM: machine('inside', 'the person who would act', 'Is the provision invoked section 6103(m)?'),
};

export const facts = { ...request, ...after };
