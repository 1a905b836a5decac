import type { StoredEvent } from '../../src/store/types.ts';

/*
 * A second reading of “who holds what”, from the law and the events of the three offices as they are recorded, in the slow
 * and obvious way: no rulebook, no fold, no state kept from one question to the next.
 *
 *   (a)  the IRS discloses an item to Customs                           item-answered at the IRS, item-received at Customs
 *   (f)  Customs uses it in the audit, shows it to the importer         item-used, item-disclosed at Customs
 *   (g)  Customs discloses it to the officers of Justice engaged        item-referred at Customs, item-received at Justice
 *   (h)  Justice shows it on                                            item-disclosed at Justice
 *   (i)  asked for in a criminal matter, it is barred                   item-locked
 *   (j)  nothing else, and for no other audit                           audit-changed: dropped
 *   6103(p)(4)(F)  returned, made undisclosable, or safeguards go on    use-ended
 */

export interface Books {
  readonly irs: readonly StoredEvent[];
  readonly customs: readonly StoredEvent[];
  readonly justice: readonly StoredEvent[];
}
export type Holder = 'customs' | 'justice';

export interface Held {
  readonly item: string;
  /** An office, or the name of a person. */
  readonly holder: string;
  /** The paragraph by which it came to that holder. */
  readonly cite: string;
}

type Body = Readonly<Record<string, unknown>>;
const body = ({ data }: StoredEvent): Body => (data ?? {}) as Body;
const nameIn = (one: StoredEvent): string => String((body(one)['to'] as { name?: string } | undefined)?.name);
const of = (events: readonly StoredEvent[], kind: string, item: string): readonly StoredEvent[] =>
  events.filter((one) => one.kind === kind && one.item === item);

/** Returned or made undisclosable: it is not here any more. Safeguards that go on are another thing. */
const gone = (events: readonly StoredEvent[], item: string): boolean =>
  of(events, 'use-ended', item).some((one) => body(one)['way'] !== 'safeguards continue');

export const officeHolds = (books: Books, office: Holder, item: string): boolean =>
  of(books[office], 'item-received', item).some((one) => body(one)['content'] !== undefined) &&
  !gone(books[office], item);

/** Everyone who was shown the item by that office, and has not given it back or destroyed it. */
const peopleHold = (books: Books, office: Holder, item: string): readonly string[] =>
  of(books[office], 'item-disclosed', item)
    .map(nameIn)
    .filter(
      (name) =>
        !of(books[office], 'recall-answered', item).some(
          (one) =>
            body(one)['holder'] === name &&
            ['returned', 'made undisclosable'].includes(String(body(one)['how'])),
        ),
    );

/** Who holds which item at this moment, and by which paragraph. */
export const heldNow = (books: Books, items: readonly string[]): readonly Held[] =>
  items.flatMap((item) => [
    ...(officeHolds(books, 'customs', item) ? [{ item, holder: 'Customs', cite: '(a)' }] : []),
    ...(officeHolds(books, 'justice', item) ? [{ item, holder: 'Justice', cite: '(g)' }] : []),
    ...peopleHold(books, 'customs', item).map((holder) => ({ item, holder, cite: '(f)' })),
    ...peopleHold(books, 'justice', item).map((holder) => ({ item, holder, cite: '(h)' })),
  ]);

const onTheList = (events: readonly StoredEvent[], person: string): boolean => {
  // One day passes in these walks: who was taken off the list today is not on it today.
  const last = events.findLast(
    (one) => ['person-engaged', 'person-disengaged'].includes(one.kind) && body(one)['person'] === person,
  );
  return last?.kind === 'person-engaged';
};

/** The paragraph that stands against every use of an item by a person of that office; undefined where none does. */
export const bar = (books: Books, office: Holder, item: string, person: string): string | undefined => {
  const events = books[office];
  if (of(events, 'item-received', item).length === 0) return office === 'customs' ? '(a)' : '(g)';
  if (of(events, 'item-recalled', item).length > 0) return '(j)';
  if (of(events, 'use-ended', item).length > 0) return '6103(p)(4)(F)';
  const lock = events.findLast(
    (one) => one.item === item && ['item-locked', 'item-unlocked'].includes(one.kind),
  );
  if (lock?.kind === 'item-locked') return '(i)';
  if (events.some((one) => one.kind === 'audit-changed' && body(one)['stage'] === 'dropped')) return '(j)';
  if (office === 'justice' && !onTheList(events, person)) return '(g)';
  return undefined;
};

/** A paper on file that day, not withdrawn. */
export const onFile = (books: Books, office: Holder, paper: string): boolean =>
  books[office].findLast(
    (one) => ['paper-filed', 'paper-withdrawn'].includes(one.kind) && body(one)['paper'] === paper,
  )?.kind === 'paper-filed';

const uses = ['item-opened', 'item-used', 'item-disclosed', 'item-referred'];

/** Whatever was done with an item was lawful when it was done: asked of each event, of all that came before it. */
const unlawful = (books: Books, office: Holder): readonly string[] =>
  books[office].flatMap((event, n) => {
    if (!uses.includes(event.kind) || event.item === undefined) return [];
    const then = { ...books, [office]: books[office].slice(0, n) };
    const by = body(event)['by'] as { id: string };
    const cite = bar(then, office, event.item, by.id);
    return cite === undefined ? [] : [`${office}: ${event.kind} of ${event.item} against ${cite}`];
  });

/** Redisclosed ⊆ disclosed, along every chain: what each office has came from the one before it, by a packet on both books. */
const unfounded = (books: Books): readonly string[] => [
  ...books.customs
    .filter((one) => one.kind === 'item-received' && body(one)['content'] !== undefined)
    .filter(
      ({ item = '' }) =>
        !of(books.irs, 'item-answered', item).some((one) => body(one)['outcome'] === 'disclosed'),
    )
    .map(({ item = '' }) => `Customs has ${item}, which the IRS has not disclosed`),
  ...books.justice
    .filter(({ kind }) => kind === 'item-received')
    .filter(
      ({ item = '', packet }) =>
        !of(books.customs, 'item-referred', item).some((one) => one.packet === packet),
    )
    .map(({ item = '' }) => `Justice has ${item}, which Customs has not referred`),
  ...(['customs', 'justice'] as const).flatMap((office) =>
    books[office]
      .filter(({ kind }) => kind === 'item-disclosed' || kind === 'item-referred')
      .filter(({ item = '' }) => of(books[office], 'item-received', item).length === 0)
      .map(({ item = '' }) => `${office} gave on ${item}, which it was not given`),
  ),
];

/** Recalls that an office has told of or been told of, with what each takes back. */
const recallsOf = (events: readonly StoredEvent[]) =>
  events.flatMap((one, n) =>
    one.kind === 'recall-made' || one.kind === 'recall-received'
      ? [{ n, id: String(body(one)['recall']), items: (body(one)['items'] ?? []) as readonly string[] }]
      : [],
  );

/** Whoever had a recalled item from an office by then, and has no notice of that recall. */
const unnoticed = (books: Books, office: Holder): readonly string[] =>
  recallsOf(books[office]).flatMap(({ n, id, items }) =>
    items.flatMap((item) =>
      of(books[office].slice(0, n), 'item-disclosed', item)
        .map(nameIn)
        .filter(
          (name) =>
            !of(books[office], 'notice-drafted', item).some(
              (one) => body(one)['to'] === name && body(one)['recall'] === id,
            ),
        )
        .map((name) => `${name} has ${item} from ${office}, and no notice of its recall`),
    ),
  );

export const faults = (books: Books): readonly string[] => [
  ...unfounded(books),
  ...(['customs', 'justice'] as const).flatMap((office) => [
    ...unlawful(books, office),
    ...unnoticed(books, office),
  ]),
];

/** Items that Justice has from Customs, that Customs knows to be recalled, and that Justice has not been told of. */
export const untold = (books: Books): readonly string[] =>
  recallsOf(books.customs).flatMap(({ id, items }) =>
    items
      .filter((item) => of(books.customs, 'item-referred', item).length > 0)
      .filter((item) => of(books.justice, 'item-received', item).length > 0)
      .filter(
        (item) =>
          !of(books.justice, 'item-recalled', item).some((one) => body(one)['recall'] === id) &&
          of(books.justice, 'item-recalled', item).length === 0,
      ),
  );
