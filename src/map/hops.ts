import type { Hop, HopKind, HoldingEnd, Note, OfficeId, Outcome } from './chain.ts';
import { type Crossing, matchOf } from './crossings.ts';
import { type Holders, toOf } from './holders.ts';
import { type Told, entriesOf, groupBy, itemsOf, namedItems, text, unique } from './read.ts';
import { plain } from './plain.ts';

/** A row before all rows are known and numbered by time. */
export type Unnumbered = Omit<Hop, 'n'> | Omit<Note, 'n'>;

const hopKinds: Readonly<Record<string, HopKind>> = {
  'item-opened': 'look',
  'item-used': 'use',
  'item-used-for-6103i': 'compliance with 6103(i)',
  'item-disclosed': 'disclosure',
  'item-referred': 'referral',
  'item-received': 'answer',
  'item-locked': 'lock',
  'item-unlocked': 'unlock',
  'notice-drafted': 'notice',
  'recall-answered': 'recall answer',
  'item-recalled': 'recall',
  'use-ended': 'end of use',
};

const QUESTION = 'may-i-answered';

/** A criminal matter that is not permitted locks, (i): whether it locks just now, or found the item locked. */
const isCriminal = ({ event: { data } }: Told): boolean =>
  text(data, 'proposal', 'for', 'matter') === 'criminal';

const outcomeOf = (question: Told | undefined, kind: HopKind): Outcome => {
  if (kind === 'lock') return 'locked';
  return kind === 'question'
    ? text(question?.event.data, 'verdict') === 'not yet'
      ? 'not yet'
      : 'refused'
    : 'done';
};

const passed = (all: readonly Told[]): readonly Told[] =>
  all.filter(({ event: { data } }) => ['', 'disclosed'].includes(text(data, 'outcome')));

const count = (all: readonly string[], of: string): string => {
  const n = all.filter((one) => one === of).length;
  return n === 0 ? '' : `${n} ${of}`;
};

/** An item that did not pass has the one outcome that everybody may know, and no reason. */
const notPassed = (all: readonly Told[]): string => {
  const outcomes = all.map(({ event }) => text(event.data, 'outcome'));
  return ['returned for cure', 'not disclosed']
    .map((outcome) => count(outcomes, outcome))
    .filter((words) => words !== '')
    .join(', ');
};

/** Items have events of their own; a recall of what was only passed on names them in its body. */
const carried = (all: readonly Told[]): readonly string[] => {
  const items = itemsOf(all);
  return items.length > 0 ? items : unique(all.flatMap(({ event }) => namedItems(event)));
};

export const crossingHop = (
  crossing: Crossing,
  holders: Holders,
  read: readonly OfficeId[],
): Unnumbered[] => {
  const { kind, packet, sent, received } = crossing;
  const [sender, receiver] = [sent[0], received[0]];
  const teller = sender ?? receiver;
  if (teller === undefined) return [];
  const fullest = itemsOf(sent).length > 0 ? sent : received;
  const addressee = sent.map(({ event }) => toOf(event.data)).find((to) => to !== undefined);
  const cite = [...sent, ...received].find(({ event }) => event.cite !== '')?.event.cite ?? '';
  return [
    {
      kind,
      outcome: 'done',
      cite: plain(cite),
      from: sender === undefined ? holders.office(crossing.from) : holders.actor(sender.by),
      to:
        receiver === undefined
          ? ((kind === 'referral' ? holders.recipient(addressee) : undefined) ?? holders.office(crossing.to))
          : holders.actor(receiver.by),
      items: kind === 'answer' ? itemsOf(passed(fullest)) : carried(fullest),
      on: teller.on,
      at: teller.at,
      by: teller.by,
      note: kind === 'answer' ? notPassed(fullest) : howOf(fullest),
      packet,
      sent: entriesOf(sent),
      received: entriesOf(received),
      receivedBy: receiver?.by,
      match: matchOf(crossing, read),
      ends: kind === 'recall answer' ? endsOf(fullest, holders) : [],
    },
  ];
};

/** Every field that is shown has few values that the rules know; what was written freely stays in the record. */
const howOf = (all: readonly Told[]): string =>
  unique(
    all.map(({ event: { data } }) => text(data, 'how') || text(data, 'way')).filter((how) => how !== ''),
  ).join(', ');

/** Each event that says how a holding ended; whose it was is named, or is the office that says so. */
const endsOf = (all: readonly Told[], holders: Holders): readonly HoldingEnd[] =>
  all.flatMap(({ by, event: { item, data } }) => {
    const how = text(data, 'how') || text(data, 'way');
    if (item === undefined || how === '') return [];
    return [{ holder: holders.recipient(text(data, 'holder')) ?? holders.actor(by), item: plain(item), how }];
  });

const noteOf = (kind: HopKind, all: readonly Told[], question: Told | undefined): string => {
  if (kind === 'lock') return 'until 6103(i)(1) or (2) is met';
  if (kind === 'question') return text(question?.event.data, 'proposal', 'for', 'matter');
  return howOf(all);
};

/** A notice, and an answer to a recall, name a holder; everything else has a recipient or none. */
const partnerOf = (kind: HopKind, one: Told, holders: Holders): string | undefined => {
  const { data } = one.event;
  if (kind === 'recall answer') return holders.recipient(text(data, 'holder'));
  return holders.recipient(toOf(data));
};

const localHop = (
  kind: HopKind,
  all: readonly Told[],
  riders: readonly Told[],
  holders: Holders,
  read: readonly OfficeId[],
): Unnumbered[] => {
  const [first] = all;
  if (first === undefined) return [];
  const question = riders.find(({ event }) => event.kind === QUESTION);
  const self = holders.actor(first.by);
  const partner = partnerOf(kind, kind === 'lock' && question !== undefined ? question : first, holders);
  // What a recipient answers goes up to the officer who recorded it; all else goes out from the officer.
  const up = kind === 'recall answer' && partner !== undefined && !partner.endsWith(':');
  return [
    {
      kind,
      outcome: outcomeOf(question, kind),
      cite: plain((kind === 'lock' ? undefined : question?.event.cite) || first.event.cite),
      from: up ? partner : self,
      to: up ? self : kind === 'recall answer' ? self : (partner ?? self),
      items: carried(all),
      on: first.on,
      at: first.at,
      by: first.by,
      note: noteOf(kind, all, question ?? first),
      packet: undefined,
      sent: entriesOf([...riders, ...all]),
      received: [],
      receivedBy: undefined,
      // A referral crosses offices: without a packet it can meet no other side.
      match: kind !== 'referral' ? 'within' : read.includes('justice') ? 'unmatched' : 'one side',
      ends: kind === 'recall answer' || kind === 'end of use' ? endsOf(all, holders) : [],
    },
  ];
};

const wordsOf = ({ event: { kind, data } }: Told): string => {
  if (data === null || kind === '') return 'made undisclosable: the entry alone is left';
  switch (kind) {
    case QUESTION:
      return 'asked, and permitted';
    case 'paper-filed':
      return `${text(data, 'kind')} filed`;
    case 'audit-changed':
      return `the audit is ${text(data, 'stage') || 'determined'}`;
    case 'entry-corrected': {
      const seq = (data as { seq?: unknown }).seq;
      return typeof seq === 'number' ? `corrects entry ${seq}` : 'corrects an entry';
    }
    case 'packet-sent':
    case 'packet-received':
      return `${kind.replace('-', ' ')}: ${text(data, 'kind')}`;
    default:
      return plain(kind.replaceAll('-', ' '));
  }
};

const noteRow = (one: Told): Unnumbered => ({
  kind: plain(one.event.kind),
  cite: plain(one.event.cite),
  items: itemsOf([one]),
  on: one.on,
  at: one.at,
  by: one.by,
  note: wordsOf(one),
  entries: entriesOf([one]),
});

const hopKey = (kind: HopKind, { event: { data } }: Told): string =>
  kind === 'disclosure' || kind === 'notice' || kind === 'recall answer'
    ? `${kind}|${JSON.stringify([toOf(data) ?? null, text(data, 'holder'), text(data, 'how')])}`
    : kind;

/** Rows of one act: one hop for each kind and recipient; what else the act wrote rides with the first of them. */
const actRows = (act: readonly Told[], holders: Holders, read: readonly OfficeId[]): Unnumbered[] => {
  const deeds: { kind: HopKind; one: Told }[] = [];
  const riders: Told[] = [];
  for (const one of act) {
    const kind = one.event.data === null ? undefined : hopKinds[one.event.kind];
    if (kind === undefined) riders.push(one);
    else deeds.push({ kind, one });
  }
  const asked = riders.find(({ event }) => event.kind === QUESTION);
  if (deeds.length === 0 && asked !== undefined && text(asked.event.data, 'verdict') !== 'permitted') {
    deeds.push({ kind: isCriminal(asked) ? 'lock' : 'question', one: asked });
    riders.splice(riders.indexOf(asked), 1);
  }
  // The entries of a question or a letter belong to the deed; papers and lists have rows of their own.
  const withDeed = riders.filter(({ event: { kind } }) => kind === QUESTION || kind === 'letter-opened');
  const rides = deeds.length > 0 ? withDeed : [];
  const groups = groupBy(deeds, ({ kind, one }) => hopKey(kind, one));
  return [
    ...[...groups.values()].flatMap((group, n) =>
      localHop(
        group[0]?.kind ?? 'use',
        group.map(({ one }) => one),
        n === 0 ? rides : [],
        holders,
        read,
      ),
    ),
    ...riders.filter((one) => !rides.includes(one)).map(noteRow),
  ];
};

export const localRows = (
  local: readonly Told[],
  holders: Holders,
  read: readonly OfficeId[],
): Unnumbered[] =>
  [...groupBy(local, ({ office, event: { act, log } }) => `${office}|${log}|${act}`).values()].flatMap(
    (act) => actRows(act, holders, read),
  );
