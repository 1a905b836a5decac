import { factIds, facts, valuesOf } from '../facts.ts';
import { type Formula, all, any, is, not, oneOf } from '../formula.ts';
import {
  type Theorem,
  always,
  both,
  failed,
  ifThen,
  known,
  no,
  permitted,
  refused,
  sometimes,
} from './claim.ts';

const onlyIf = (cite: string, hops: readonly string[], sentence: string, formula: Formula): Theorem =>
  always(cite, hops, sentence, both(...hops.map((hop) => ifThen(permitted(hop), known(formula)))));

const neverIf = (cite: string, hops: readonly string[], sentence: string, formula: Formula): Theorem =>
  always(cite, hops, sentence, ifThen(known(formula), both(...hops.map((hop) => refused(hop)))));

const customs = ['use-by-customs', 'customs-to-importer', 'customs-to-justice'];
const justice = ['use-by-justice', 'justice-to-importer', 'justice-to-other'];
const importer = ['customs-to-importer', 'justice-to-importer'];
const court = ['customs-to-justice', ...justice];

/** No official has found anything: not one of their facts has an answer. */
const unfound = factIds
  .filter((fact) => facts[fact].by === 'official')
  .flatMap((fact) => valuesOf(fact).map((value) => no(known({ op: 'oneOf', fact, values: [value] }))));

/** Named theorems of paragraphs (f) to (j), and of the two neighbours. */
export const theorems: readonly Theorem[] = [
  onlyIf(
    '(b)(4)',
    customs,
    'No officer of Customs looks, uses or passes on without a designated title on that day.',
    all(is('actorCustomsOfficer'), is('actorDesignated')),
  ),
  onlyIf(
    '(f)',
    ['use-by-customs', 'customs-to-importer'],
    'Customs uses an item in the audit, or in an administrative proceeding about amounts due, and nowhere else.',
    any(
      oneOf('matter', 'the audit'),
      all(oneOf('matter', 'administrative recovery'), is('forRecovery'), is('dueAndOwing')),
    ),
  ),
  neverIf(
    '(f)',
    ['use-by-customs', 'customs-to-importer'],
    'A proceeding for a penalty only is not one to recover revenue.',
    all(oneOf('matter', 'administrative recovery'), not(is('forRecovery'))),
  ),
  neverIf(
    '(f)',
    ['customs-to-importer'],
    'Customs may never tell the taxpayer who is not the importer, another importer, a witness, an expert, a surety or a contractor.',
    oneOf(
      'recipient',
      'another importer',
      'taxpayer',
      'taxpayer’s representative',
      'surety',
      'witness',
      'expert',
      'contractor',
    ),
  ),
  neverIf(
    '(f)',
    importer,
    'A representative without written authority on file is told nothing.',
    all(oneOf('recipient', 'importer’s representative'), not(is('capacityProved'))),
  ),
  onlyIf(
    '(f)',
    importer,
    'A representative who is not an attorney is told only what counsel’s finding opens.',
    any(
      not(oneOf('recipient', 'importer’s representative')),
      is('representativeIsAttorney'),
      is('counselAcceptsRepresentative'),
    ),
  ),
  onlyIf(
    '(g)',
    ['customs-to-justice'],
    'Customs passes an item to Justice only for one engaged personally and directly.',
    all(oneOf('recipient', 'Justice officer'), is('engagedPersonally'), is('engagedDirectly')),
  ),
  onlyIf(
    '(g)',
    court,
    'Beyond Customs an item serves only a civil matter for a court.',
    all(oneOf('matter', 'civil judicial'), is('civil'), is('judicial')),
  ),
  onlyIf(
    '(g)',
    court,
    'Beyond Customs an item serves only to advocate or defend a determination on an entry.',
    is('forAdvocacy'),
  ),
  neverIf(
    '(g)',
    court,
    'Without an amount due, a suit for refund is reached only if counsel says so.',
    all(not(is('dueAndOwing')), not(is('counselAcceptsRefundSuit'))),
  ),
  neverIf(
    '(g)',
    ['customs-to-justice', 'use-by-justice'],
    'A second purpose beside the use in court defeats the item at Justice.',
    is('purposeOther'),
  ),
  onlyIf(
    '(g)',
    justice,
    'No one at Justice acts who is not on the list of those engaged that day.',
    all(is('actorJusticeOfficer'), is('actorEngaged')),
  ),
  onlyIf(
    '(h)',
    ['justice-to-other'],
    'Justice tells anyone but the importer only if the purpose cannot otherwise be accomplished.',
    is('cannotOtherwise'),
  ),
  sometimes(
    '(h)',
    ['justice-to-importer'],
    'For the importer of the audit that finding is not needed.',
    both(permitted('justice-to-importer'), known(not(is('cannotOtherwise')))),
  ),
  neverIf(
    '(h)(1)',
    ['justice-to-other'],
    'No expert is told before the engagement and the safeguards of (p)(9) are on file.',
    all(oneOf('recipient', 'expert'), any(not(is('capacityProved')), not(is('p9Certified')))),
  ),
  neverIf(
    '(h)(2)',
    ['justice-to-other'],
    'No one is told as taxpayer or witness who is not shown to be that.',
    all(oneOf('recipient', 'taxpayer', 'taxpayer’s representative', 'witness'), not(is('capacityProved'))),
  ),
  neverIf(
    '(h)(3)',
    ['justice-to-other'],
    'No one is told for a settlement who is not shown to have authority over it.',
    all(oneOf('recipient', 'settlement authority'), not(is('capacityProved'))),
  ),
  sometimes(
    '(h)',
    ['justice-to-other'],
    'The list of (h) is not closed: someone it does not name may be told.',
    both(permitted('justice-to-other'), known(oneOf('recipient', 'someone else'))),
  ),
  neverIf(
    '(h)',
    ['justice-to-importer'],
    'An importer of another audit is not “the importer”.',
    oneOf('recipient', 'another importer'),
  ),
  always(
    '(i)',
    ['criminal-use'],
    'Nothing is used in a criminal matter before an (i)(1) order or (i)(2) request is met, but to comply with 6103(i).',
    ifThen(
      both(
        permitted('criminal-use'),
        no(known(all(not(oneOf('criminalDoor', 'none')), is('doorSatisfied')))),
      ),
      known(is('complyingUse')),
    ),
  ),
  neverIf(
    '(i)',
    ['criminal-use'],
    'A request under (i)(2) never gives taxpayer return information beyond identity.',
    all(
      not(is('complyingUse')),
      oneOf('criminalDoor', '(i)(2) request'),
      is('taxpayerReturnInformation'),
      not(is('taxpayerIdentityOnly')),
    ),
  ),
  always(
    '(i)',
    ['criminal-use'],
    'Only those who already hold the item lawfully may use it to comply with 6103(i).',
    ifThen(known(all(is('complyingUse'), not(is('actorMayHold')))), failed('criminal-use', '(i) complying')),
  ),
  neverIf(
    '(i)',
    ['criminal-use'],
    'To comply with 6103(i), an item is handed to nobody.',
    all(is('complyingUse'), is('handedOn')),
  ),
  neverIf(
    '(i)',
    ['criminal-use'],
    'What was not disclosed to the office that would act, it does not use in a criminal matter.',
    not(is('heldByActor')),
  ),
  neverIf(
    '(j)',
    [
      'use-by-customs',
      'customs-to-importer',
      'customs-to-justice',
      'use-by-justice',
      'justice-to-importer',
      'justice-to-other',
    ],
    'No later use or disclosure serves a second purpose.',
    is('purposeOther'),
  ),
  neverIf(
    '(f)',
    ['customs-to-importer', 'justice-to-importer'],
    'The importer of another audit is not the importer.',
    not(is('importerOfAudit')),
  ),
  neverIf(
    '(i)',
    ['criminal-use'],
    'Neither door opens where 6103(i)(6) stands in the way.',
    all(not(is('complyingUse')), is('i6Determined')),
  ),
  neverIf(
    '(i)',
    ['criminal-use'],
    'No agency uses an item that the order does not name and whose head did not ask.',
    all(not(is('complyingUse')), not(is('userWithinDoor'))),
  ),
  onlyIf(
    '(j)',
    ['anyone-else'],
    'No one else is told anything unless counsel finds that another provision of 6103 provides for it.',
    all(is('otherProvisionInvoked'), is('otherProvisionApplies')),
  ),
  sometimes(
    '(e)',
    ['l2-public-inspection'],
    'What is public under section 6104 is open to Labor and the Corporation with no finding of any official.',
    both(permitted('l2-public-inspection'), ...unfound),
  ),
  onlyIf(
    '(d)',
    ['l2-consultation'],
    'Outside the public file, Labor and the Corporation are told only what counsel’s findings open.',
    all(is('l2Consultation'), is('l2RestOfSection')),
  ),
  neverIf(
    '(a)',
    ['m-identity'],
    'Under (m)(1), (3) and (6) no agent and no contractor receives an address.',
    all(oneOf('mParagraph', '(m)(1), (3) or (6)'), oneOf('mRecipient', 'agent', 'contractor')),
  ),
];
