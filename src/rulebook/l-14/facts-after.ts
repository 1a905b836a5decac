import { among, machine, official } from '../fact.ts';

const DIRECTORY = 'the directory of officers and titles';
const RECORDS = 'the IRS custodian of the record';
const CUSTODIAN = 'the custodian of the information held';
const ATTORNEY = 'the attorney in charge';
const COUNSEL = 'counsel';

/** Facts about what becomes of an item after the first hop, paragraphs (f) to (j). */
export const after = {
  heldByCustoms: machine('inside', CUSTODIAN, 'Was this item disclosed to Customs under this section?'),
  heldByActor: machine(
    'inside',
    CUSTODIAN,
    'Was this item disclosed, under this section, to the office that would act?',
  ),
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
    'nobody else',
  ]),
  importerOfAudit: machine(
    'inside',
    'the person who would act',
    'Is that importer the one subject to the audit for which the item was requested?',
  ),
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

  handedOn: machine('inside', 'the person who would act', 'Would the item be handed to anyone else?'),
  actorMayHold: machine(
    'inside',
    DIRECTORY,
    'Is the person who would act one who may hold the item: of Customs with a designated title, or of Justice and engaged, on the day?',
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
