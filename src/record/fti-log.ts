import { bookOf, caseIn, itemIn } from './book.ts';
import {
  type EntryName,
  type OfficeId,
  type RecordedEvent,
  caseOfEvent,
  dayOfEvent,
  inOrder,
  ofOffices,
  textAt,
  valueAt,
} from './event.ts';
import { actorOf, partyOf } from './party.ts';

/**
 * One line of the log of federal tax information that a holder keeps (IRS Publication 1075): what came in, where it is, who
 * has access, and how it ended. It holds no such information itself: the taxpayer is named by the case and the request’s own
 * id, neither by name nor by number.
 */
export interface FtiLogRow {
  readonly entry: EntryName;
  readonly taxpayer: string;
  readonly years: string;
  readonly type: string;
  readonly reason: string;
  readonly requested: string;
  readonly received: string;
  readonly location: string;
  readonly access: string;
  readonly disposed: string;
  readonly method: string;
}

const unique = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text !== ''))].join('; ');

const isReceipt = ({ kind, data }: RecordedEvent): boolean =>
  kind === 'item-received' && ['', 'disclosed'].includes(textAt(data, 'outcome')) && data !== null;

interface Place {
  readonly office: OfficeId;
  readonly all: readonly RecordedEvent[];
  /** The events about this item in this office. */
  readonly own: readonly RecordedEvent[];
  readonly titles: readonly string[];
}

/** Customs has titles designated, (b)(4); Justice has people engaged, (g). Whoever looked is named beside them. */
const accessOf = ({ office, all, own, titles }: Place): string => {
  const looked = own.filter(({ kind }) => kind === 'item-opened').map((event) => actorOf(event).name);
  const engaged = all
    .filter(({ kind }) => kind === 'person-engaged')
    .map(({ data }) => partyOf(valueAt(data, 'person')).name);
  return unique([
    ...(office === 'justice' ? engaged : titles.map((title) => `title ${title}`)),
    ...(looked.length === 0 ? [] : [`opened by ${unique(looked)}`]),
  ]);
};

const locationOf = (receipt: RecordedEvent, own: readonly RecordedEvent[]): string => {
  const content = textAt(receipt.data, 'content');
  return unique([
    content === '' ? 'vault of this office’s node' : `vault of this office’s node, content ${content}`,
    ...own
      .map(({ data }) => textAt(data, 'workpaper'))
      .map((paper) => (paper === '' ? '' : `workpaper ${paper}`)),
  ]);
};

/** Ended by an end of use, or by what this office itself answered to a recall. */
const isDisposal = ({ kind, data, log }: RecordedEvent): boolean =>
  kind === 'use-ended' ||
  (kind === 'recall-answered' &&
    textAt(data, 'holder') === { customs: 'Customs', justice: 'Justice' }[log] &&
    ['returned', 'made undisclosable'].includes(textAt(data, 'how')));

const disposalOf = (own: readonly RecordedEvent[]): Pick<FtiLogRow, 'disposed' | 'method'> => {
  const ends = own.filter(isDisposal);
  return {
    disposed: unique(ends.map(dayOfEvent)),
    method: unique(ends.map(({ data }) => textAt(data, 'way') || textAt(data, 'how'))),
  };
};

/** The log of one holder, Customs or Justice: a line for each item disclosed to it, in the order in which they came. */
export const ftiLogOf = (office: OfficeId, events: readonly RecordedEvent[]): readonly FtiLogRow[] => {
  const own = inOrder(ofOffices(events, office));
  const book = bookOf(own);
  return own.filter(isReceipt).map((receipt) => {
    const reference = caseOfEvent(receipt);
    const id = receipt.item ?? '';
    const ofCase = own.filter((event) => caseOfEvent(event) === reference);
    const ofItem = ofCase.filter(({ item }) => item === id);
    const asked = ofItem.find(({ kind }) => kind === 'item-requested');
    const item = itemIn(book, reference, id);
    return {
      entry: { log: receipt.log, seq: receipt.seq },
      taxpayer: [reference, item.taxpayer].filter((text) => text !== '').join('/'),
      years: item.period,
      type: item.what,
      reason: item.purpose || textAt(receipt.data, 'conditions', 'purpose'),
      requested: asked === undefined ? '' : textAt(asked.data, 'dated') || dayOfEvent(asked),
      received: dayOfEvent(receipt),
      location: locationOf(receipt, ofItem),
      access: accessOf({ office, all: ofCase, own: ofItem, titles: caseIn(book, reference).titles }),
      ...disposalOf(ofItem),
    };
  });
};
