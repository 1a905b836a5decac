import type { Day } from '../ground/dates.ts';
import { editionOn, sections } from '../rulebook/rulebook.ts';
import { type Evidence, type Gathering, gather, gatherEdition } from './evidence.ts';
import { gatherFindings } from './findings.ts';
import type { Case, Item, Neighbour, Proposal } from './schema.ts';

type Span = { readonly document: string; readonly from: Day; readonly to?: Day | undefined };

const inForce = (span: Span, day: Day) => span.from <= day && (span.to === undefined || day <= span.to);

/** Nothing given, nothing permitted: a release with its receipt, and to Justice only what Customs had by then, (g). */
const releaseTo = (
  read: Case,
  office: Proposal['holder'],
  item: Item,
  by: Day,
): Case['releases'][number] | undefined =>
  read.releases.find(
    (one) =>
      one.to === office &&
      one.items.includes(item.id) &&
      one.on <= by &&
      (office === 'Customs' || releaseTo(read, 'Customs', item, one.on) !== undefined),
  );

const gatherHolding = (read: Case, item: Item, proposal: Proposal, into: Gathering): void => {
  for (const [fact, office] of [
    ['heldByCustoms', 'Customs'],
    ['heldByJustice', 'Justice'],
    ['heldByActor', proposal.holder],
  ] as const) {
    const release = releaseTo(read, office, item, proposal.on);
    const why =
      release === undefined
        ? `no release to ${office} on file`
        : `released to ${office} on ${release.on}, receipt ${release.receipt}`;
    into.is(fact, release !== undefined && (fact !== 'heldByActor' || proposal.by.office === office), why);
  }
};

const gatherActor = (read: Case, { by, engagement, on }: Proposal, into: Gathering): void => {
  const who = `${by.name}, ${by.title}, ${by.office}`;
  const designated = read.request && by.office === 'Customs' && read.request.titles.includes(by.title);
  const engaged = engagement !== undefined && inForce(engagement, on);
  into.is('actorCustomsOfficer', by.office === 'Customs', who);
  into.is('actorJusticeOfficer', by.office === 'Justice', who);
  into.is('actorDesignated', designated, `title “${by.title}”, against those the request designates`);
  into.is(
    'actorEngaged',
    engaged,
    engagement === undefined
      ? 'not on the list of those engaged'
      : `${engagement.document}, ${engagement.from} to ${engagement.to ?? 'now'}`,
  );
  into.is('actorMayHold', by.office === 'Customs' ? designated : by.office === 'Justice' && engaged, who);
};

const gatherMatter = (read: Case, { for: use, on }: Proposal, into: Gathering): void => {
  const why = `proposal: for ${use.matter}${use.audit === undefined ? '' : `, ${use.audit}`}`;
  into.answer('matter', use.matter, why);
  if (read.audit !== undefined && use.audit !== undefined)
    into.is(
      'sameAudit',
      use.audit === read.audit.reference && use.matter !== 'another audit',
      `${why}; requested for ${read.audit.reference}`,
    );
  const aims = `proposal: aim ${use.aim.length === 0 ? 'not said' : use.aim.join(', ')}`;
  if (use.aim.length > 0) {
    into.is('forCorrectness', use.aim.includes('correctness'), aims);
    into.is('forRecovery', use.aim.includes('recovery'), aims);
    into.is('forAdvocacy', use.aim.includes('advocacy'), aims);
    into.is('purposeOther', use.aim.includes('other'), aims);
  }
  const { audit } = read;
  if (audit !== undefined) {
    into.is(
      'section509Audit',
      audit.kind === 'section 509 audit' && audit.stage !== 'dropped',
      `${audit.kind} ${audit.reference}, ${audit.stage}`,
    );
    into.is(
      'dueAndOwing',
      audit.determined !== undefined && audit.determined <= on,
      audit.determined === undefined
        ? `${audit.reference}: nothing determined due`
        : `determined due on ${audit.determined}`,
    );
  }
  into.is('civil', use.matter !== 'criminal', why);
  if (use.stage !== undefined) into.is('judicial', use.stage !== 'administrative', `proposal: ${use.stage}`);
  into.is(
    'refundSuit',
    use.refundSuit,
    use.refundSuit ? 'proposal: a suit for refund' : 'proposal: no suit for refund',
  );
};

const gatherRecipient = (read: Case, { to, on }: Proposal, into: Gathering): void => {
  into.is('handedOn', to !== undefined, to === undefined ? 'proposal: no recipient' : `proposal: ${to.is}`);
  if (to === undefined) return into.answer('recipient', 'nobody else', 'proposal: no recipient');
  const who = `proposal: ${to.is}${to.name === undefined ? '' : `, ${to.name}`}`;
  into.answer('recipient', to.is, who);
  if (read.audit !== undefined && to.importer !== undefined)
    into.is(
      'importerOfAudit',
      to.importer === read.audit.subject,
      `proposal: importer ${to.importer}; subject of ${read.audit.reference}: ${read.audit.subject}`,
    );
  if (read.request !== undefined && to.title !== undefined)
    into.is(
      'recipientDesignated',
      to.is === 'customs officer' && read.request.titles.includes(to.title),
      `title “${to.title}”, against those the request designates`,
    );
  into.is(
    'capacityProved',
    to.authority !== undefined && inForce(to.authority, on),
    to.authority === undefined
      ? `${who}: no paper on file`
      : `${to.authority.document}, ${to.authority.from} to ${to.authority.to ?? 'now'}`,
  );
  into.is('representativeIsAttorney', to.attorney, who);
  into.is('engagedPersonally', to.personally, who);
  into.is('engagedDirectly', to.directly, who);
  into.is(
    'p9Certified',
    to.safeguards !== undefined && to.safeguards <= on,
    to.safeguards === undefined ? `${who}: no certification on file` : `certified on ${to.safeguards}`,
  );
};

const gatherCriminal = ({ criminal }: Proposal, into: Gathering): void => {
  if (criminal === undefined) return;
  const why = 'proposal: criminal matter';
  into.is('complyingUse', criminal.toComply, why);
  into.answer('criminalDoor', criminal.door, `${why}, ${criminal.door ?? ''}`);
  if (criminal.userAgency !== undefined)
    into.is(
      'userWithinDoor',
      criminal.agencies.includes(criminal.userAgency),
      `${why}: user of ${criminal.userAgency}; named: ${criminal.agencies.join(', ')}`,
    );
  into.is('taxpayerReturnInformation', criminal.filedByTaxpayer, why);
  into.is('taxpayerIdentityOnly', criminal.identityOnly, why);
};

/** All that a case shows on one proposal and one item, for the hops after the first. Facts are those of the day of
 * the act; the law is that of `day`, the same unless another is asked for. */
export const laterFacts = (read: Case, proposal: Proposal, item: Item, day: Day): Evidence => {
  const into = gather();
  gatherEdition(day, into);
  gatherHolding(read, item, proposal, into);
  gatherActor(read, proposal, into);
  gatherMatter(read, proposal, into);
  gatherRecipient(read, proposal, into);
  gatherCriminal(proposal, into);
  const { otherProvision } = proposal;
  into.is(
    'otherProvisionInvoked',
    otherProvision !== undefined,
    otherProvision === undefined ? 'proposal: no other provision' : `proposal: ${otherProvision}`,
  );
  into.is(
    'invokesM',
    otherProvision?.startsWith('6103(m)') ?? false,
    `proposal: ${otherProvision ?? 'no other provision'}`,
  );
  gatherFindings(read, [proposal.id], day < proposal.on ? day : proposal.on, into, proposal.holder);
  return into.evidence();
};

/** All that a case shows on a question under a neighbouring section. */
export const neighbourFacts = (read: Case, question: Neighbour, day: Day): Evidence => {
  const into = gather();
  const { to } = question;
  const who = `${to.is} of ${to.office}`;
  into.is('l2Recipient', to.is === 'officer or employee' && ['Labor', 'PBGC'].includes(to.office), who);
  into.is('l2Public', question.publicUnder6104, 'question: open under section 6104');
  into.is('mIdentity', question.identityOnly, 'question: taxpayer identity only');
  const { paragraph } = question;
  if (paragraph !== undefined)
    into.answer(
      'mParagraph',
      /\((2|4|5|7)\)$/.test(paragraph) ? '(m)(2), (4), (5) or (7)' : '(m)(1), (3) or (6)',
      `question: ${paragraph}`,
    );
  into.answer('mRecipient', to.is, who);
  const edition = editionOn(sections.m, day);
  into.is('mContractorIsAgent', edition !== undefined, edition?.id ?? `none in force on ${day}`);
  gatherFindings(read, [question.id], day, into);
  return into.evidence();
};
