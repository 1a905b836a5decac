import type { Day } from '../ground/dates.ts';
import { type Evidence, gather, type Gathering } from './evidence.ts';
import { gatherFindings } from './findings.ts';
import type { Case, Item, Neighbour, Proposal } from './schema.ts';

type Span = { readonly document: string; readonly from: Day; readonly to?: Day | undefined };

const inForce = (span: Span, day: Day) => span.from <= day && (span.to === undefined || day <= span.to);

/** Nothing given, nothing permitted: an item is held only where a release with its receipt says so. */
const gatherHolding = (read: Case, item: Item, proposal: Proposal, into: Gathering): void => {
  for (const [fact, office] of [
    ['heldByCustoms', 'Customs'],
    ['heldByJustice', 'Justice'],
  ] as const) {
    const release = read.releases.find(
      (one) => one.to === office && one.items.includes(item.id) && one.on <= proposal.on,
    );
    into.is(
      fact,
      release !== undefined,
      release === undefined
        ? `no release to ${office} on file`
        : `released to ${office} on ${release.on}, receipt ${release.receipt}`,
    );
  }
};

const gatherActor = (read: Case, { by, engagement, on }: Proposal, into: Gathering): void => {
  const who = `${by.name}, ${by.title}, ${by.office}`;
  into.is('actorCustomsOfficer', by.office === 'Customs', who);
  into.is('actorJusticeOfficer', by.office === 'Justice', who);
  if (read.request !== undefined)
    into.is(
      'actorDesignated',
      by.office === 'Customs' && read.request.titles.includes(by.title),
      `title “${by.title}”, against those the request designates`,
    );
  into.is(
    'actorEngaged',
    engagement !== undefined && inForce(engagement, on),
    engagement === undefined
      ? 'not on the list of those engaged'
      : `${engagement.document}, ${engagement.from} to ${engagement.to ?? 'now'}`,
  );
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
  if (audit !== undefined)
    into.is(
      'dueAndOwing',
      audit.determined !== undefined && audit.determined <= on,
      audit.determined === undefined
        ? `${audit.reference}: nothing determined due`
        : `determined due on ${audit.determined}`,
    );
  into.is('civil', use.matter !== 'criminal', why);
  if (use.stage !== undefined) into.is('judicial', use.stage !== 'administrative', `proposal: ${use.stage}`);
  into.is(
    'refundSuit',
    use.refundSuit,
    use.refundSuit ? 'proposal: a suit for refund' : 'proposal: no suit for refund',
  );
};

const gatherRecipient = ({ to, on }: Proposal, into: Gathering): void => {
  if (to === undefined) return;
  const who = `proposal: ${to.is}${to.name === undefined ? '' : `, ${to.name}`}`;
  into.answer('recipient', to.is, who);
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

/** All that a case shows on one proposal and one item, for the hops after the first. The day is that of the act. */
export const laterFacts = (read: Case, proposal: Proposal, item: Item): Evidence => {
  const into = gather();
  gatherHolding(read, item, proposal, into);
  gatherActor(read, proposal, into);
  gatherMatter(read, proposal, into);
  gatherRecipient(proposal, into);
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
  gatherFindings(read, [proposal.id], proposal.on, into);
  return into.evidence();
};

/** All that a case shows on a question under a neighbouring section. */
export const neighbourFacts = (read: Case, question: Neighbour): Evidence => {
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
  gatherFindings(read, [question.id], read.decideOn, into);
  return into.evidence();
};
