import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import { within } from '../ground/dates.ts';
import { type Evidence, type Gathering, gather, gatherEdition } from './evidence.ts';
import { gatherFindings } from './findings.ts';
import { periodOf } from './items.ts';
import { chapterAnswer } from './chapters.ts';
import type { Case, Item } from './schema.ts';

/** Paragraph (b): what the letter says, and what it does not say is not in it. */
const gatherLetter = (read: Case, into: Gathering): void => {
  const { request } = read;
  if (request === undefined) return;
  into.is('writtenRequest', request.form === 'written', `request ${request.reference}, ${request.form}`);
  if (request.received === undefined)
    into.is('requestReceived', false, 'request: no day of receipt by the IRS');
  else
    into.is(
      'requestReceived',
      request.received <= read.decideOn,
      `received by the IRS on ${request.received}`,
    );
  const { signature, titles } = request;
  if (signature === undefined) into.is('signedByCommissioner', false, 'request: no signature');
  else
    into.is(
      'signedByCommissioner',
      signature.office === 'Customs' && signature.capacity !== 'delegate',
      `signed by ${signature.name}, ${signature.title}, ${signature.office}, as ${signature.capacity}`,
    );
  into.is(
    'titlesDesignated',
    titles.length > 0,
    titles.length > 0 ? `request designates ${titles.join('; ')}` : 'request: no titles',
  );
  const { recipient } = read;
  if (recipient === undefined) return;
  const who = `recipient ${recipient.title}, ${recipient.office}`;
  into.is('recipientDesignated', titles.includes(recipient.title), who);
  into.is(
    'customsReceives',
    recipient.office === 'Customs' && !recipient.contractor,
    recipient.contractor ? `${who}, a contractor` : who,
  );
};

const gatherAudit = (read: Case, into: Gathering): void => {
  const { audit } = read;
  if (audit === undefined) return;
  const why = `${audit.kind} ${audit.reference}, ${audit.stage}`;
  into.is('section509Audit', audit.kind === 'section 509 audit' && audit.stage !== 'dropped', why);
  into.is('auditInitiated', audit.stage === 'initiated', why);
  into.is(
    'dueAndOwing',
    audit.determined !== undefined && audit.determined <= read.decideOn,
    audit.determined === undefined
      ? `${audit.reference}: nothing determined due`
      : `determined due on ${audit.determined}`,
  );
};

/** (b)(2), (b)(4) and (c): who the taxpayer is, what is certified of it, and how it stands to the audit. */
const gatherTaxpayer = (read: Case, item: Item, into: Gathering): void => {
  const taxpayer = read.taxpayers.find((one) => one.id === item.taxpayer);
  into.is(
    'taxpayerParticular',
    taxpayer !== undefined,
    taxpayer === undefined ? 'item: no taxpayer' : `item: ${taxpayer.name}`,
  );
  into.answer(
    'certification',
    taxpayer?.certified ?? 'nothing',
    `request certifies ${taxpayer?.certified ?? 'nothing'}`,
  );
  const { audit } = read;
  if (audit === undefined || taxpayer === undefined) return;
  const { relationship } = taxpayer;
  if (audit.subject === taxpayer.id) {
    const standing = audit.stage === 'initiated' ? 'subject' : 'intended subject';
    into.answer('standing', standing, `${standing} of ${audit.reference}`);
  } else if (relationship !== undefined && relationship.with === audit.subject)
    into.answer('standing', 'related', `request states ${relationship.kind} relationship with the subject`);
  else into.answer('standing', 'none', 'request states no relationship with the subject of the audit');
};

const gatherItem = (read: Case, item: Item, catalogue: Catalogue, into: Gathering): void => {
  const particular = item.path !== undefined || (item.form !== undefined && item.line !== undefined);
  into.is('itemParticular', particular, particular ? 'item: form and line' : 'item: no form and line');
  into.is(
    'returnInformation',
    item.copyOf === undefined,
    item.copyOf === undefined ? 'item: a datum' : `item: a copy of the ${item.copyOf}`,
  );
  const period = periodOf(item);
  into.is(
    'periodStated',
    period !== undefined,
    period === undefined ? 'item: no period or date' : 'item: period or date',
  );
  into.is(
    'purposeStated',
    item.purpose !== undefined,
    item.purpose === undefined ? 'item: no purpose' : 'item: purpose',
  );
  into.is(
    'necessityExplained',
    item.necessity !== undefined,
    item.necessity === undefined ? 'item: no explanation' : 'item: explanation',
  );
  const says = (purpose: (typeof item.purposes)[number]) => item.purposes.includes(purpose);
  const purposes = `item: ${item.purposes.length === 0 ? 'no purpose named' : item.purposes.join(', ')}`;
  into.is('purposeCorrectness', says('correctness of an entry'), purposes);
  into.is('purposeRecovery', says('recovery of what is due'), purposes);
  into.is('purposeOther', says('other'), purposes);
  into.answer(
    'statedSubject',
    item.relatesTo ?? 'something else',
    item.relatesTo ? `item: relates to ${item.relatesTo}` : 'item: not said',
  );
  const chapter = chapterAnswer(catalogue, item);
  const apa = item.matter !== undefined || chapter.apa;
  into.is(
    'asksForApa',
    apa,
    apa ? 'item: asks for Advance Pricing Agreement matter' : 'item: a line of a return',
  );
  into.answer('chapter', chapter.answer, chapter.why);

  into.is(
    'isAdjustment',
    item.adjusts !== undefined,
    item.adjusts === undefined ? 'item: as filed' : 'item: an adjustment by the IRS',
  );
  const adjusted = read.items.find((one) => one.id === item.adjusts);
  if (adjusted === undefined) return;
  const own = chapterAnswer(catalogue, adjusted);
  const inScope =
    adjusted.relatesTo !== undefined &&
    adjusted.relatesTo !== 'something else' &&
    adjusted.matter === undefined &&
    adjusted.copyOf === undefined &&
    !own.apa &&
    own.answer !== 'another chapter';
  into.is(
    'adjustsItemInScope',
    own.answer === undefined ? undefined : inScope,
    `adjusts ${adjusted.id}: ${own.why}`,
  );
};

/** (b)(2), (b)(3) and (d): the record that the item would come from. */
const gatherRecord = (read: Case, item: Item, into: Gathering): void => {
  const record = read.records.find((one) => one.id === item.record);
  if (record === undefined) return;
  into.is(
    'recordIsTaxpayers',
    record.taxpayer === undefined ? undefined : record.taxpayer === item.taxpayer,
    `record ${record.id}`,
  );
  const period = periodOf(item);
  into.is(
    'recordCoversPeriod',
    period === undefined ? undefined : within(period, record.period),
    `record ${record.id}, ${record.period.from} to ${record.period.to}`,
  );
  into.is('apaMatter', record.source === 'APA', `record ${record.id}: ${record.source} file`);
};

/** All that a case shows on one item of the request, for the hop IRS → Customs. */
export const requestFacts = (read: Case, item: Item, catalogue: Catalogue, day: string): Evidence => {
  const into = gather();
  gatherEdition(day, into);
  const { sender } = read;
  if (sender !== undefined)
    into.is('irsDiscloses', sender.office === 'IRS', `sender ${sender.title}, ${sender.office}`);
  gatherLetter(read, into);
  gatherAudit(read, into);
  gatherTaxpayer(read, item, into);
  gatherItem(read, item, catalogue, into);
  gatherRecord(read, item, into);
  gatherFindings(read, [item.id], day, into);
  return into.evidence();
};
