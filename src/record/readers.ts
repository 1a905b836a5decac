import type { RecordRow, RowKind } from './row.ts';
import { type RecordedEvent, textAt, textsAt, valueAt } from './event.ts';
import { type Party, isNobody, office, partyOf } from './party.ts';
import type { CaseBook } from './book.ts';

/** What the columns of a row are read from: the event, and what is known of its case and of its act. */
export interface Source {
  readonly event: RecordedEvent;
  readonly by: Party;
  readonly book: CaseBook;
  /** Purpose and necessity of the item, from the request. */
  readonly asked: string;
  /** The question that was answered in the same act: what was proposed, to whom, and why. */
  readonly question: unknown;
}

export type Columns = Partial<Pick<RecordRow, 'direction' | 'from' | 'to' | 'why' | 'note' | 'verdict'>> & {
  readonly kind: RowKind;
  readonly act: string;
};

export type Reader = (source: Source) => Columns;

export const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('; ');

export const said = (label: string, text: string): string => (text === '' ? '' : `${label} ${text}`);

const standards: Readonly<Record<string, string>> = {
  N1: 'to the extent necessary',
  N2: 'cannot otherwise properly be accomplished',
};

/** The reason as the act gives it, and otherwise the purpose for which the item was asked. */
const because = ({ event: { data }, asked }: Source): string =>
  textAt(data, 'because') || textAt(data, 'reason') || textAt(data, 'conditions', 'purpose') || asked;

const conditions = ({ event: { data }, question }: Source): string =>
  joined(
    said(
      'audit',
      textAt(data, 'conditions', 'audit') ||
        textAt(data, 'for', 'audit') ||
        textAt(question, 'proposal', 'for', 'audit'),
    ),
    said('standard:', standards[textAt(data, 'conditions', 'necessity')] ?? ''),
  );

const useNote = (source: Source): string => {
  const { data } = source.event;
  const entries = textsAt(data, 'entries');
  return joined(
    conditions(source),
    said('workpaper', textAt(data, 'workpaper')),
    entries.length === 0 ? '' : `entries ${entries.join(', ')}`,
  );
};

export const span = (data: unknown): string => {
  const [from, to] = [textAt(data, 'from'), textAt(data, 'to')];
  return from === '' ? '' : `from ${from}${to === '' ? '' : ` to ${to}`}`;
};

export const plain =
  (kind: RowKind, act: string, note?: (data: unknown) => string): Reader =>
  ({ event: { data } }) => ({
    kind,
    act,
    why: textAt(data, 'reason') || textAt(data, 'because'),
    ...(note === undefined ? {} : { note: note(data) }),
  });

const commissioner = ({ book, by }: Source): Party => (isNobody(book.signer) ? by : book.signer);

/** Those whom the request designates, (b)(4): titles, not people. */
const designated = ({ book }: Source): Party => ({
  ...office('customs'),
  title: book.titles.join(' or '),
});

const dated = (letter: string, { event: { data } }: Source): string =>
  said('letter dated', textAt(data, 'dated') || letter);

export const received: Reader = (source) => {
  const { event, by, asked } = source;
  const outcome = textAt(event.data, 'outcome');
  const from = partyOf(valueAt(event.data, 'from'));
  const sender = event.log === 'justice' ? office('customs') : office('irs');
  const parties = {
    from: isNobody(from) ? sender : { ...from, office: from.office || sender.office },
    to: by,
  };
  if (outcome !== '' && outcome !== 'disclosed')
    return {
      kind: 'answer',
      act: `answered: ${outcome}`,
      ...parties,
      direction: 'to this office',
      why: asked,
    };
  return {
    kind: 'disclosure',
    act: 'received',
    direction: 'to this office',
    ...parties,
    why: textAt(event.data, 'conditions', 'purpose') || asked,
    note: conditions(source),
  };
};

export const answered: Reader = (source) => {
  const outcome = textAt(source.event.data, 'outcome');
  const parties = {
    from: source.by,
    to: designated(source),
    direction: 'by this office',
    why: source.asked,
  } as const;
  return outcome === 'disclosed'
    ? { kind: 'disclosure', act: 'disclosed', ...parties }
    : { kind: 'answer', act: `answered: ${outcome}`, ...parties };
};

export const given =
  (act: string, to?: Party): Reader =>
  (source) => {
    const person = partyOf(valueAt(source.event.data, 'to'));
    return {
      kind: 'disclosure',
      act,
      direction: 'by this office',
      from: source.by,
      to: to === undefined ? person : { ...person, capacity: '', office: to.office },
      why: because(source),
      note: joined(
        conditions(source),
        textsAt(source.event.data, 'papers')
          .map((paper) => `paper ${paper}`)
          .join(', '),
        textAt(source.event.data, 'again') === '' ? '' : 'once more',
      ),
    };
  };

export const used =
  (act: string): Reader =>
  (source) => ({
    kind: 'use',
    act,
    why: because(source),
    note: useNote(source),
  });

export const looked =
  (act: string): Reader =>
  (source) => ({
    kind: 'look',
    act,
    why: because(source),
    note: conditions(source),
  });

/** The rules' words are the law's; what the person pleaded for it stays in the entry. */
export const question: Reader = ({ event: { data } }) => {
  const verdict = textAt(data, 'verdict');
  const audit = textAt(data, 'proposal', 'for', 'audit');
  return {
    kind: 'question',
    act: `asked whether it may: ${verdict === '' ? 'no answer on record' : verdict}`,
    to: partyOf(valueAt(data, 'proposal', 'to')),
    why: textAt(data, 'proposal', 'for', 'matter'),
    verdict,
    note: joined(
      said('hop', textAt(data, 'hop')),
      said('audit', audit),
      said('rules', textsAt(data, 'rules').join(', ')),
    ),
  };
};

export const requested =
  (direction: 'by this office' | 'to this office', act: string): Reader =>
  (source) => ({
    kind: 'request',
    act,
    direction,
    from: commissioner(source),
    to: office('irs'),
    why: source.asked,
    note: joined(dated(source.book.dated, source), said('audit', source.book.audit)),
  });
