// Generated from the rules by `npm run generate`; do not edit. A test fails when it differs from what the rules say.
import type { Facts } from './facts.ts';

const not = (a: number) => ((a & 1) << 1) | (a >> 1);
const both = (a: number, b: number) => (a & b & 1) | ((a | b) & 2);
const either = (a: number, b: number) => ((a | b) & 1) | (a & b & 2);
const among = (possible: number, good: number) =>
  Number((possible & good) !== 0) | (Number((possible & ~good) !== 0) << 1);

/** IRS → Customs */
const irsToCustoms = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (a) officers
  r = both(f.irsDiscloses, f.customsReceives);
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (a) return information
  r = f.returnInformation;
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (a) chapter
  r = among(f.chapter, 3);
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (a) solely
  r = not(f.purposeOther);
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (a) extent
  r = f.noMoreThanNecessary;
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (a)(1)
  r = both(f.section509Audit, either(f.purposeCorrectness, f.purposeRecovery));
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (a)(2)
  r = either(not(f.purposeRecovery), f.dueAndOwing);
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (b) written
  r = both(f.writtenRequest, f.requestReceived);
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  // (b) Commissioner
  r = f.signedByCommissioner;
  failed |= ((r >> 1) & ~r & 1) << 9;
  missing |= (r & (r >> 1) & 1) << 9;
  // (b)(1)
  r = f.itemParticular;
  failed |= ((r >> 1) & ~r & 1) << 10;
  missing |= (r & (r >> 1) & 1) << 10;
  // (b)(2)
  r = both(f.taxpayerParticular, f.recordIsTaxpayers);
  failed |= ((r >> 1) & ~r & 1) << 11;
  missing |= (r & (r >> 1) & 1) << 11;
  // (b)(3)
  r = both(f.periodStated, f.recordCoversPeriod);
  failed |= ((r >> 1) & ~r & 1) << 12;
  missing |= (r & (r >> 1) & 1) << 12;
  // (b)(4) purpose
  r = f.purposeStated;
  failed |= ((r >> 1) & ~r & 1) << 13;
  missing |= (r & (r >> 1) & 1) << 13;
  // (b)(4) explanation
  r = f.necessityExplained;
  failed |= ((r >> 1) & ~r & 1) << 14;
  missing |= (r & (r >> 1) & 1) << 14;
  // (b)(4) titles
  r = both(f.titlesDesignated, f.recipientDesignated);
  failed |= ((r >> 1) & ~r & 1) << 15;
  missing |= (r & (r >> 1) & 1) << 15;
  // (b)(4) certification
  r = among(f.certification, 7);
  failed |= ((r >> 1) & ~r & 1) << 16;
  missing |= (r & (r >> 1) & 1) << 16;
  // (c) necessary
  r = f.necessaryToDetermination;
  failed |= ((r >> 1) & ~r & 1) << 17;
  missing |= (r & (r >> 1) & 1) << 17;
  // (c) taxpayers
  r = either(among(f.standing, 3), both(both(among(f.standing, 4), f.auditInitiated), f.relationshipHolds));
  failed |= ((r >> 1) & ~r & 1) << 18;
  missing |= (r & (r >> 1) & 1) << 18;
  // (c) relates
  r = both(among(f.statedSubject, 7), f.relatesToMerchandise);
  failed |= ((r >> 1) & ~r & 1) << 19;
  missing |= (r & (r >> 1) & 1) << 19;
  // (c) adjustments
  r = either(not(f.isAdjustment), f.adjustsItemInScope);
  failed |= ((r >> 1) & ~r & 1) << 20;
  missing |= (r & (r >> 1) & 1) << 20;
  // (d) requested
  r = not(f.asksForApa);
  failed |= ((r >> 1) & ~r & 1) << 21;
  missing |= (r & (r >> 1) & 1) << 21;
  // (d) APA
  r = not(f.apaMatter);
  failed |= ((r >> 1) & ~r & 1) << 22;
  missing |= (r & (r >> 1) & 1) << 22;
  // (d) treaty
  r = both(not(among(f.treatyExtent, 4)), either(not(among(f.treatyExtent, 2)), f.treatyPartStripped));
  failed |= ((r >> 1) & ~r & 1) << 23;
  missing |= (r & (r >> 1) & 1) << 23;
  // (e) informant
  r = not(f.wouldIdentifyInformant);
  failed |= ((r >> 1) & ~r & 1) << 24;
  missing |= (r & (r >> 1) & 1) << 24;
  // (e) impairment
  r = not(f.wouldSeriouslyImpair);
  failed |= ((r >> 1) & ~r & 1) << 25;
  missing |= (r & (r >> 1) & 1) << 25;
  return failed * 67108864 + missing;
};

/** use by Customs */
const useByCustoms = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (f) held
  r = f.heldByCustoms;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (f) Customs
  r = f.actorCustomsOfficer;
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (b)(4) title in force
  r = f.actorDesignated;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (f) matter
  r = either(
    both(both(among(f.matter, 1), f.section509Audit), f.forCorrectness),
    both(both(both(among(f.matter, 2), f.section509Audit), f.forRecovery), f.dueAndOwing),
  );
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (f) necessary
  r = f.useNecessary;
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (b)(4) colleague’s title
  r = either(among(f.recipient, 32768), f.recipientDesignated);
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  return failed * 67108864 + missing;
};

/** Customs → importer or its legal representative */
const customsToImporter = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (f) held
  r = f.heldByCustoms;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (f) Customs
  r = f.actorCustomsOfficer;
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (b)(4) title in force
  r = f.actorDesignated;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (f) matter
  r = either(
    both(both(among(f.matter, 1), f.section509Audit), f.forCorrectness),
    both(both(both(among(f.matter, 2), f.section509Audit), f.forRecovery), f.dueAndOwing),
  );
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (f) necessary
  r = f.useNecessary;
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (f) importer
  r = both(among(f.recipient, 3), f.importerOfAudit);
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (f) representative
  r = either(
    not(among(f.recipient, 2)),
    both(f.capacityProved, either(f.representativeIsAttorney, f.counselAcceptsRepresentative)),
  );
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 9;
  missing |= (r & (r >> 1) & 1) << 9;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 10;
  missing |= (r & (r >> 1) & 1) << 10;
  return failed * 67108864 + missing;
};

/** Customs → Justice */
const customsToJustice = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (g) held
  r = f.heldByCustoms;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (g) Customs
  r = f.actorCustomsOfficer;
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (b)(4) title in force
  r = f.actorDesignated;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (g) Justice
  r = among(f.recipient, 2048);
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (g) engaged
  r = both(f.engagedPersonally, f.engagedDirectly);
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (g) necessary
  r = both(f.useNecessary, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (g) advocate
  r = f.forAdvocacy;
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (g) court
  r = both(both(among(f.matter, 4), f.civil), f.judicial);
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  // (g) recover
  r = both(
    f.section509Audit,
    either(both(f.forRecovery, f.dueAndOwing), both(f.refundSuit, f.counselAcceptsRefundSuit)),
  );
  failed |= ((r >> 1) & ~r & 1) << 9;
  missing |= (r & (r >> 1) & 1) << 9;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 10;
  missing |= (r & (r >> 1) & 1) << 10;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 11;
  missing |= (r & (r >> 1) & 1) << 11;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 12;
  missing |= (r & (r >> 1) & 1) << 12;
  return failed * 67108864 + missing;
};

/** use by Justice */
const useByJustice = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (g) held
  r = f.heldByJustice;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (g) engaged
  r = both(f.actorJusticeOfficer, f.actorEngaged);
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (g) necessary
  r = both(f.useNecessary, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (g) advocate
  r = f.forAdvocacy;
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (g) court
  r = both(both(among(f.matter, 4), f.civil), f.judicial);
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (g) recover
  r = both(
    f.section509Audit,
    either(both(f.forRecovery, f.dueAndOwing), both(f.refundSuit, f.counselAcceptsRefundSuit)),
  );
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  return failed * 67108864 + missing;
};

/** Justice → importer or its legal representative */
const justiceToImporter = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (h) held
  r = f.heldByJustice;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (h) Justice
  r = both(f.actorJusticeOfficer, f.actorEngaged);
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (h) necessary
  r = f.useNecessary;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (g) advocate
  r = f.forAdvocacy;
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (g) court
  r = both(both(among(f.matter, 4), f.civil), f.judicial);
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (g) recover
  r = both(
    f.section509Audit,
    either(both(f.forRecovery, f.dueAndOwing), both(f.refundSuit, f.counselAcceptsRefundSuit)),
  );
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (h) importer
  r = both(among(f.recipient, 3), f.importerOfAudit);
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (h) representative
  r = either(
    not(among(f.recipient, 2)),
    both(f.capacityProved, either(f.representativeIsAttorney, f.counselAcceptsRepresentative)),
  );
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 9;
  missing |= (r & (r >> 1) & 1) << 9;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 10;
  missing |= (r & (r >> 1) & 1) << 10;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 11;
  missing |= (r & (r >> 1) & 1) << 11;
  return failed * 67108864 + missing;
};

/** Justice → anyone else */
const justiceToOther = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (h) held
  r = f.heldByJustice;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (h) Justice
  r = both(f.actorJusticeOfficer, f.actorEngaged);
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (h) necessary
  r = f.useNecessary;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (g) advocate
  r = f.forAdvocacy;
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (g) court
  r = both(both(among(f.matter, 4), f.civil), f.judicial);
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (g) recover
  r = both(
    f.section509Audit,
    either(both(f.forRecovery, f.dueAndOwing), both(f.refundSuit, f.counselAcceptsRefundSuit)),
  );
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (h) last resort
  r = f.cannotOtherwise;
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  // (h)(1)
  r = either(not(among(f.recipient, 256)), both(f.capacityProved, f.p9Certified));
  failed |= ((r >> 1) & ~r & 1) << 8;
  missing |= (r & (r >> 1) & 1) << 8;
  // (h)(2)
  r = either(not(among(f.recipient, 152)), f.capacityProved);
  failed |= ((r >> 1) & ~r & 1) << 9;
  missing |= (r & (r >> 1) & 1) << 9;
  // (h)(3)
  r = either(not(among(f.recipient, 4096)), f.capacityProved);
  failed |= ((r >> 1) & ~r & 1) << 10;
  missing |= (r & (r >> 1) & 1) << 10;
  // (j) same audit
  r = both(f.sameAudit, not(f.purposeOther));
  failed |= ((r >> 1) & ~r & 1) << 11;
  missing |= (r & (r >> 1) & 1) << 11;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 12;
  missing |= (r & (r >> 1) & 1) << 12;
  // (i) criminal
  r = not(among(f.matter, 16));
  failed |= ((r >> 1) & ~r & 1) << 13;
  missing |= (r & (r >> 1) & 1) << 13;
  return failed * 67108864 + missing;
};

/** any use in a criminal matter */
const criminalUse = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (i) held
  r = f.heldByActor;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (i) door
  r = either(f.complyingUse, both(among(f.criminalDoor, 3), f.doorSatisfied));
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (i) as appropriate
  r = either(
    either(either(f.complyingUse, among(f.criminalDoor, 5)), not(f.taxpayerReturnInformation)),
    f.taxpayerIdentityOnly,
  );
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (i) agency
  r = either(f.complyingUse, f.userWithinDoor);
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  // (i) complying
  r = either(not(f.complyingUse), both(not(f.handedOn), f.actorMayHold));
  failed |= ((r >> 1) & ~r & 1) << 5;
  missing |= (r & (r >> 1) & 1) << 5;
  // (i) 6103(i)(6)
  r = either(f.complyingUse, not(f.i6Determined));
  failed |= ((r >> 1) & ~r & 1) << 6;
  missing |= (r & (r >> 1) & 1) << 6;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 7;
  missing |= (r & (r >> 1) & 1) << 7;
  return failed * 67108864 + missing;
};

/** Customs or Justice → any other person */
const anyoneElse = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) edition
  r = f.editionInForce;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (j) held
  r = f.heldByActor;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (j) otherwise provided
  r = both(f.otherProvisionInvoked, f.otherProvisionApplies);
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (j) contractor
  r = not(among(f.recipient, 512));
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (j) not through (m)
  r = not(f.invokesM);
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  return failed * 67108864 + missing;
};

/** IRS → Labor or PBGC, for consultation */
const l2Consultation = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (d) recipient
  r = f.l2Recipient;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (d) consultation
  r = f.l2Consultation;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (d) rest
  r = f.l2RestOfSection;
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  return failed * 67108864 + missing;
};

/** public file → Labor or PBGC */
const l2PublicInspection = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (e) recipient
  r = f.l2Recipient;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (e) public
  r = f.l2Public;
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  return failed * 67108864 + missing;
};

/** IRS → agency, its agent or contractor, under 6103(m) */
const mIdentity = (f: Facts): number => {
  let failed = 0;
  let missing = 0;
  let r: number;
  // (a) identity
  r = f.mIdentity;
  failed |= ((r >> 1) & ~r & 1) << 0;
  missing |= (r & (r >> 1) & 1) << 0;
  // (a) paragraph
  r = among(f.mParagraph, 3);
  failed |= ((r >> 1) & ~r & 1) << 1;
  missing |= (r & (r >> 1) & 1) << 1;
  // (a) agent
  r = either(
    either(among(f.mRecipient, 1), both(among(f.mRecipient, 2), among(f.mParagraph, 1))),
    both(both(among(f.mRecipient, 4), among(f.mParagraph, 1)), f.mContractorIsAgent),
  );
  failed |= ((r >> 1) & ~r & 1) << 2;
  missing |= (r & (r >> 1) & 1) << 2;
  // (a) safeguards
  r = f.mSafeguards;
  failed |= ((r >> 1) & ~r & 1) << 3;
  missing |= (r & (r >> 1) & 1) << 3;
  // (a) rest
  r = f.mRestOfSection;
  failed |= ((r >> 1) & ~r & 1) << 4;
  missing |= (r & (r >> 1) & 1) << 4;
  return failed * 67108864 + missing;
};

/** Each hop’s rules over one set of facts: the failed and the missing as bits, `failed × 2^26 + missing`. */
export const generated: Readonly<Record<string, (f: Facts) => number>> = {
  'irs-to-customs': irsToCustoms,
  'use-by-customs': useByCustoms,
  'customs-to-importer': customsToImporter,
  'customs-to-justice': customsToJustice,
  'use-by-justice': useByJustice,
  'justice-to-importer': justiceToImporter,
  'justice-to-other': justiceToOther,
  'criminal-use': criminalUse,
  'anyone-else': anyoneElse,
  'l2-consultation': l2Consultation,
  'l2-public-inspection': l2PublicInspection,
  'm-identity': mIdentity,
};
