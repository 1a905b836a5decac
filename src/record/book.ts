import { type RecordedEvent, caseOfEvent, listAt, textAt, textsAt, valueAt } from './event.ts';
import { type Party, nobody, partyOf } from './party.ts';

/** What the record says of an item: never a value of it. */
export interface RecordItem {
  readonly id: string;
  /** `Form 1125-A, line 2`; the item's id where nothing else is known. */
  readonly what: string;
  /** The taxpayer's id in the request, as the office names it. Never a TIN. */
  readonly taxpayer: string;
  readonly taxpayerName: string;
  readonly period: string;
}

/** One taxpayer of a request. */
export interface BookTaxpayer {
  readonly id: string;
  readonly name: string;
  readonly tin: string;
}

export interface CaseBook {
  readonly audit: string;
  /** The entries of the audit, as far as the request lists them. */
  readonly entries: readonly string[];
  readonly titles: readonly string[];
  readonly signer: Party;
  readonly dated: string;
  readonly taxpayers: ReadonlyMap<string, BookTaxpayer>;
  readonly items: ReadonlyMap<string, RecordItem & { readonly purpose: string; readonly necessity: string }>;
}

/** The cases by reference. */
export type Book = ReadonlyMap<string, CaseBook>;

export const emptyCase: CaseBook = {
  audit: '',
  entries: [],
  titles: [],
  signer: nobody,
  dated: '',
  taxpayers: new Map(),
  items: new Map(),
};

const formWords = (item: unknown): string => {
  const [form, line, path] = [textAt(item, 'form'), textAt(item, 'line'), textAt(item, 'path')];
  const named = /^\d/.test(form) ? `Form ${form}` : form;
  const where = /^[0-9]+[a-z0-9()]*$/i.test(line) ? `line ${line}` : line;
  const said = [named, where].filter((part) => part !== '').join(', ') || path;
  const adjusts = textAt(item, 'adjusts');
  return adjusts === '' ? said : `IRS adjustment of ${said === '' ? adjusts : said}`;
};

const periodWords = (item: unknown): string => {
  const [from, to] = [textAt(item, 'period', 'from'), textAt(item, 'period', 'to')];
  return from === '' ? textAt(item, 'date') || textAt(item, 'period') : `${from} to ${to}`;
};

type BookItem = CaseBook['items'] extends ReadonlyMap<string, infer One> ? One : never;

const itemOf = (id: string, item: unknown, taxpayers: CaseBook['taxpayers']): BookItem => {
  const taxpayer = textAt(item, 'taxpayer') || textAt(item, 'taxpayer', 'id');
  return {
    id,
    what: formWords(item) || id,
    taxpayer,
    taxpayerName: taxpayers.get(taxpayer)?.name ?? '',
    period: periodWords(item),
    purpose: textAt(item, 'purpose'),
    necessity: textAt(item, 'necessity'),
  };
};

/** What a letter or a draft says: `request`, `audit`, `taxpayers`, `items`. */
const withDocument = (book: CaseBook, document: unknown): CaseBook => {
  const taxpayers = new Map(
    listAt(document, 'taxpayers').map((one) => {
      const [id, name, tin] = [textAt(one, 'id'), textAt(one, 'name'), textAt(one, 'tin')];
      return [id, { id, name, tin }];
    }),
  );
  const items = new Map(
    listAt(document, 'items').map((one) => {
      const id = textAt(one, 'id');
      return [id, itemOf(id, one, taxpayers)];
    }),
  );
  const signature = valueAt(document, 'request', 'signature');
  return {
    audit: textAt(document, 'audit', 'reference') || book.audit,
    entries: textsAt(document, 'audit', 'entries'),
    titles: textsAt(document, 'request', 'titles'),
    signer: signature === undefined ? book.signer : partyOf(signature),
    dated: textAt(document, 'request', 'dated') || book.dated,
    // A later referral describes other items of the same case; what was described stays.
    taxpayers: new Map([...book.taxpayers, ...taxpayers]),
    items: new Map([...book.items, ...items]),
  };
};

/** An item requested has its own words; of one received, the conditions that came with it are what may be known. */
const withItem = (book: CaseBook, id: string, data: unknown): CaseBook => {
  const audit = book.audit || textAt(data, 'conditions', 'audit');
  const item = valueAt(data, 'item');
  if (item === undefined && book.items.has(id)) return { ...book, audit };
  const read = itemOf(id, item, book.taxpayers);
  const purpose = read.purpose || textAt(data, 'conditions', 'purpose');
  return { ...book, audit, items: new Map(book.items).set(id, { ...read, purpose }) };
};

const learn = (book: CaseBook, event: RecordedEvent): CaseBook => {
  const { kind, data, item } = event;
  if (kind === 'request-drafted') return withDocument(book, valueAt(data, 'document'));
  if (kind === 'request-received') return withDocument(book, valueAt(data, 'body'));
  if (kind === 'request-signed')
    return { ...book, signer: partyOf(valueAt(data, 'signature')), dated: textAt(data, 'dated') };
  if (kind === 'referral-received') return withDocument(book, valueAt(data, 'document'));
  return item !== undefined && /^item-(requested|received|referred|disclosed)$/.test(kind)
    ? withItem(book, item, data)
    : book;
};

/** What the events say of each case. Events of several offices may be given: the first to describe an item names it. */
export const bookOf = (events: readonly RecordedEvent[]): Book => {
  const book = new Map<string, CaseBook>();
  for (const event of events) {
    if (event.data === null) continue;
    const reference = caseOfEvent(event);
    if (reference === '') continue;
    book.set(reference, learn(book.get(reference) ?? emptyCase, event));
  }
  return book;
};

export const caseIn = (book: Book, reference: string): CaseBook => book.get(reference) ?? emptyCase;

export const itemIn = (book: Book, reference: string, id: string): BookItem =>
  caseIn(book, reference).items.get(id) ?? {
    id,
    what: id,
    taxpayer: '',
    taxpayerName: '',
    period: '',
    purpose: '',
    necessity: '',
  };
