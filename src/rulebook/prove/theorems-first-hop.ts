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

const HOP = 'irs-to-customs';

/** Nothing passes from the IRS to Customs unless this is known. */
const onlyIf = (cite: string, sentence: string, formula: Formula): Theorem =>
  always(cite, [HOP], sentence, ifThen(permitted(HOP), known(formula)));

const neverIf = (cite: string, sentence: string, formula: Formula): Theorem =>
  always(cite, [HOP], sentence, ifThen(known(formula), refused(HOP)));

/** Named theorems of paragraphs (a) to (e). */
export const theorems: readonly Theorem[] = [
  onlyIf('(a)', 'The IRS discloses nothing on a day without an edition in force.', is('editionInForce')),
  neverIf('(a)', 'Nothing of another chapter than 1 and 6 passes.', oneOf('chapter', 'another chapter')),
  neverIf('(a)', 'A second purpose beside a lawful one defeats the item.', is('purposeOther')),
  neverIf('(a)', 'A return, or a copy of its pages, is never disclosed.', not(is('returnInformation'))),
  neverIf(
    '(a)(1)',
    'Nothing passes for an inquiry that is no audit under section 509.',
    not(is('section509Audit')),
  ),
  neverIf(
    '(a)(2)',
    'Nothing passes for recovery before the audit has determined an amount due and owing.',
    all(is('purposeRecovery'), not(is('dueAndOwing'))),
  ),
  sometimes(
    '(a)(1)',
    [HOP],
    'To ascertain correctness, an item may pass while nothing is yet due and owing.',
    both(permitted(HOP), known(not(is('dueAndOwing')))),
  ),
  always(
    '(c)',
    [HOP],
    'What only helps to collect, and is not necessary to determine correctness, is refused.',
    ifThen(known(all(is('purposeRecovery'), not(is('necessaryToDetermination')))), refused(HOP)),
  ),
  onlyIf(
    '(b)',
    'Nothing is permitted unless the Commissioner, or one acting as Commissioner, signed.',
    is('signedByCommissioner'),
  ),
  always(
    '(b)',
    [HOP],
    'A request that the Commissioner did not sign fails at (b), whatever else is known.',
    ifThen(known(not(is('signedByCommissioner'))), failed(HOP, '(b) Commissioner')),
  ),
  onlyIf(
    '(b)',
    'No disclosure comes before the IRS has received a written request.',
    all(is('writtenRequest'), is('requestReceived')),
  ),
  onlyIf(
    '(b)(1)',
    'Item, taxpayer, period and purpose are each particular, or nothing passes.',
    all(is('itemParticular'), is('taxpayerParticular'), is('periodStated'), is('purposeStated')),
  ),
  onlyIf(
    '(b)(3)',
    'An item comes only from a record that is the taxpayer’s and covers the period.',
    all(is('recordIsTaxpayers'), is('recordCoversPeriod')),
  ),
  onlyIf(
    '(b)(4)',
    'The explanation of Customs does not stand for the finding of the IRS: both are needed.',
    all(is('necessityExplained'), is('noMoreThanNecessary'), is('necessaryToDetermination')),
  ),
  onlyIf(
    '(b)(4)',
    'No officer receives whose title the request does not designate.',
    all(is('customsReceives'), is('titlesDesignated'), is('recipientDesignated')),
  ),
  neverIf(
    '(b)(4)',
    'Nothing passes about a taxpayer for whom nothing is certified.',
    oneOf('certification', 'nothing'),
  ),
  always(
    '(c)',
    [HOP],
    'No third party’s data pass while the audit is only intended.',
    ifThen(known(all(oneOf('standing', 'related'), not(is('auditInitiated')))), refused(HOP)),
  ),
  sometimes(
    '(c)',
    [HOP],
    'The intended subject’s own data may pass while the audit is only intended.',
    both(permitted(HOP), known(all(oneOf('standing', 'intended subject'), not(is('auditInitiated'))))),
  ),
  neverIf(
    '(c)',
    'Nothing passes about a taxpayer who stands in no relation to the audit.',
    oneOf('standing', 'none'),
  ),
  onlyIf(
    '(c)',
    'An item relates to declared value, classification or rate of duty, as said and as found.',
    all(
      oneOf('statedSubject', 'declared value', 'classification', 'rate of duty'),
      is('relatesToMerchandise'),
    ),
  ),
  neverIf(
    '(c)',
    'An adjustment passes only where the item adjusted could itself be requested.',
    all(is('isAdjustment'), not(is('adjustsItemInScope'))),
  ),
  neverIf(
    '(d)',
    'No Advance Pricing Agreement matter is requested or disclosed.',
    any(is('asksForApa'), is('apaMatter')),
  ),
  neverIf('(d)', 'What a treaty holds back as a whole never passes.', oneOf('treatyExtent', 'whole')),
  sometimes(
    '(d)',
    [HOP],
    'Where a treaty holds back a part, the rest may pass once that part is taken out.',
    both(permitted(HOP), known(oneOf('treatyExtent', 'part'))),
  ),
  always(
    '(e)',
    [HOP],
    'An unanswered question of (e) never releases an item.',
    both(
      ifThen(no(known(not(is('wouldIdentifyInformant')))), no(permitted(HOP))),
      ifThen(no(known(not(is('wouldSeriouslyImpair')))), no(permitted(HOP))),
    ),
  ),
  neverIf(
    '(e)',
    'An informant or an investigation at risk stops the item, however necessary it is.',
    any(is('wouldIdentifyInformant'), is('wouldSeriouslyImpair')),
  ),
];
