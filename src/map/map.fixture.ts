import { sha256 } from '../ground/digest.ts';
import type { ChainEvent, EventsByOffice, OfficeId } from './chain.ts';

/** Fictional people, as the demo has them. */
const people = {
  vale: { id: 'jordan-vale', name: 'Jordan Vale', title: 'Supervisory Auditor, Trade Regulatory Audit' },
  alder: { id: 'robin-alder', name: 'Robin Alder', title: 'Acting Commissioner' },
  reed: { id: 'sal-reed', name: 'Sal Reed', title: 'Auditor, Trade Regulatory Audit' },
  holt: { id: 'kim-holt', name: 'Kim Holt', title: 'Import Specialist' },
  lund: { id: 'ash-lund', name: 'Ash Lund', title: 'Senior Trial Counsel' },
  moor: { id: 'casey-moor', name: 'Casey Moor', title: 'Disclosure Manager' },
  brook: { id: 'toni-brook', name: 'Toni Brook', title: 'Trial Attorney' },
} as const;
export type Cast = keyof typeof people;

/** What an act wrote: a kind with its fields. */
export type Written = Partial<Pick<ChainEvent, 'cite' | 'item' | 'packet'>> & {
  readonly kind: string;
  /** Fields of the body whose names the event has too. */
  readonly says?: object;
  readonly [field: string]: unknown;
};

/** Collects events as three offices would record them: numbers, acts and hours are given here. */
export class Story {
  readonly #events: Record<OfficeId, ChainEvent[]> = { irs: [], customs: [], justice: [] };
  #acts = 0;

  act(office: OfficeId, who: Cast, day: string, ...written: readonly Written[]): this {
    const { id, name, title } = people[who];
    const at = Date.parse(`${day}T15:00:00Z`) / 1000 + this.#acts;
    this.#acts++;
    for (const { kind, cite = '', item, packet, says, ...body } of written)
      this.#events[office].push({
        log: office,
        seq: this.#events[office].length + 3,
        kind,
        cite,
        case: 'CBP-2026-0147',
        ...(item === undefined ? {} : { item }),
        ...(packet === undefined ? {} : { packet }),
        act: `act-${this.#acts}`,
        person: id,
        title,
        time: at,
        data: { by: { id, name, title }, on: day, at, ...body, ...says },
      });
    return this;
  }

  get events(): EventsByOffice {
    return this.#events;
  }
}

export const digest = (n: number): string => sha256(`packet ${n}`);

const each = (items: readonly string[], kind: string, body: object = {}): readonly Written[] =>
  items.map((item) => ({ kind, item, ...body }));

const asked = [
  'purchases',
  'cost-of-goods-sold',
  'related-purchases',
  'royalties',
  'sister-purchases',
  'sister-sales',
];
const disclosed = ['purchases', 'related-purchases', 'royalties', 'sister-purchases'];
const outcomes = asked.map((item) => ({
  item,
  outcome: disclosed.includes(item) ? 'disclosed' : 'not disclosed',
}));
const both = ['purchases', 'sister-purchases'];
const expert = { is: 'expert', name: 'Marin Oake' };
const lawyer = { is: 'importer’s representative', name: 'Dana Pell', importer: 'harbor-lamp' };
const RECALL = { recall: '01a2b3c4-0000-7000-8000-000000000001' };

const refusedQuestion = (items: readonly string[], cite: string, proposal: object): Written => ({
  kind: 'may-i-answered',
  cite,
  verdict: 'refused',
  items,
  proposal: { items, ...proposal },
});

/** The harbor-lamp case from its request to the end of use. */
export const harborLamp = (): Story =>
  new Story()
    .act('customs', 'vale', '2026-03-02', { kind: 'request-drafted', cite: '(b)' })
    .act('customs', 'alder', '2026-03-02', { kind: 'request-signed', cite: '(b)', packet: digest(1) })
    .act(
      'customs',
      'vale',
      '2026-03-03',
      { kind: 'packet-sent', packet: digest(1), says: { kind: 'request' } },
      { kind: 'request-sent', cite: '(b)', packet: digest(1) },
      ...each(asked, 'item-requested', { cite: '6103(p)(4)(A)', packet: digest(1) }),
    )
    .act(
      'irs',
      'moor',
      '2026-03-05',
      { kind: 'request-received', cite: '(b)', packet: digest(1) },
      ...each(asked, 'item-asked', { cite: '(b)', packet: digest(1) }),
    )
    .act(
      'irs',
      'moor',
      '2026-03-20',
      { kind: 'answered', cite: '(a)', packet: digest(2) },
      ...outcomes.map(({ item, outcome }) => ({
        kind: 'item-answered',
        cite: '(a)',
        item,
        packet: digest(2),
        outcome,
      })),
    )
    .act(
      'customs',
      'vale',
      '2026-03-20',
      { kind: 'answer-received', cite: '6103(p)(4)(A)', packet: digest(2) },
      ...outcomes.map(({ item, outcome }) => ({
        kind: 'item-received',
        cite: '6103(p)(4)(A)',
        item,
        packet: digest(2),
        outcome,
      })),
    )
    .act('customs', 'vale', '2026-04-20', {
      kind: 'paper-filed',
      cite: '(f)',
      says: { kind: 'appearance' },
      paper: 'pell-appearance',
      of: 'Dana Pell',
      from: '2026-02-01',
      to: '2026-04-30',
      document: 'notice of appearance',
    })
    .act(
      'customs',
      'vale',
      '2026-04-21',
      { kind: 'letter-opened', cite: '(f)' },
      ...each(both, 'item-opened', { cite: '(f)' }),
    )
    .act(
      'customs',
      'vale',
      '2026-04-22',
      refusedQuestion(['purchases'], '(j)', { act: 'look or use', for: { matter: 'another audit' } }),
    )
    .act(
      'customs',
      'vale',
      '2026-04-23',
      { kind: 'may-i-answered', cite: '(f)', verdict: 'permitted' },
      ...each(both, 'item-used', { cite: '(f)', workpaper: 'WP-7', entries: ['B76-0324527-8'] }),
    )
    .act(
      'customs',
      'vale',
      '2026-04-25',
      { kind: 'may-i-answered', cite: '(f)', verdict: 'permitted' },
      ...each(['sister-purchases'], 'item-disclosed', { cite: '(f)', to: lawyer, shown: 'the total' }),
    )
    .act(
      'customs',
      'vale',
      '2026-04-25',
      refusedQuestion(['sister-purchases'], '(f)', {
        act: 'disclose',
        to: { is: 'taxpayer', name: 'Lantern Works Holdings' },
        for: { matter: 'the audit' },
      }),
    )
    // The appearance on file had ended: the timeline shows it.
    .act(
      'customs',
      'vale',
      '2026-05-04',
      ...each(['purchases'], 'item-disclosed', { cite: '(f)', to: lawyer }),
    )
    .act('justice', 'brook', '2026-05-18', {
      kind: 'person-engaged',
      cite: '(g)',
      person: 'toni-brook',
      from: '2026-05-18',
    })
    .act(
      'customs',
      'vale',
      '2026-05-20',
      { kind: 'may-i-answered', cite: '(g)', verdict: 'permitted' },
      ...each(both, 'item-referred', {
        cite: '(g)',
        to: { is: 'Justice officer', name: 'Toni Brook' },
        packet: digest(3),
      }),
    )
    .act(
      'justice',
      'brook',
      '2026-05-21',
      { kind: 'referral-received', cite: '(g)', packet: digest(3) },
      ...each(both, 'item-received', { cite: '(g)', packet: digest(3) }),
    )
    .act(
      'justice',
      'brook',
      '2026-06-05',
      { kind: 'may-i-answered', cite: '(h)', verdict: 'permitted' },
      ...each(both, 'item-disclosed', { cite: '(h)', to: expert }),
    )
    .act(
      'justice',
      'brook',
      '2026-06-10',
      refusedQuestion(['purchases'], '(i)', { act: 'look or use', for: { matter: 'criminal' } }),
      ...each(['purchases'], 'item-locked', { cite: '(i)', door: '6103(i)(1) or (2)' }),
    )
    .act('justice', 'brook', '2026-06-12', ...each(['purchases'], 'item-used-for-6103i', { cite: '(i)' }))
    .act(
      'irs',
      'moor',
      '2026-07-01',
      { kind: 'recall-made', packet: digest(4), ...RECALL },
      ...each(['sister-purchases'], 'item-recalled', { packet: digest(4) }),
    )
    .act(
      'customs',
      'vale',
      '2026-07-01',
      { kind: 'recall-received', packet: digest(4), ...RECALL },
      ...each(['sister-purchases'], 'item-recalled', { packet: digest(4) }),
    )
    .act('customs', 'vale', '2026-07-02', ...each(['sister-purchases'], 'notice-drafted', { to: lawyer }))
    .act('customs', 'vale', '2026-07-02', { kind: 'recall-forwarded', packet: digest(5), ...RECALL })
    .act(
      'justice',
      'brook',
      '2026-07-03',
      { kind: 'recall-received', packet: digest(5), ...RECALL },
      ...each(['sister-purchases'], 'item-recalled', { packet: digest(5) }),
    )
    .act(
      'justice',
      'brook',
      '2026-07-06',
      ...each(['sister-purchases'], 'recall-answered', {
        holder: 'Marin Oake',
        how: 'returned',
        packet: digest(6),
      }),
    )
    .act(
      'customs',
      'vale',
      '2026-07-06',
      ...each(['sister-purchases'], 'recall-answered', { holder: 'Dana Pell', how: 'cannot be got back' }),
    )
    .act(
      'customs',
      'vale',
      '2026-09-30',
      ...each(['purchases'], 'use-ended', { cite: '6103(p)(4)(F)', way: 'made undisclosable' }),
      ...each(['royalties'], 'use-ended', { cite: '6103(p)(4)(F)', way: 'safeguards continue' }),
    );

const given = (who: Cast, from: string, to?: string): readonly Written[] => [
  { kind: 'person-added', id: people[who].id, name: people[who].name, office: 'Customs' },
  {
    kind: 'title-given',
    person: people[who].id,
    title: people[who].title,
    from,
    ...(to === undefined ? {} : { to }),
    duties: [],
  },
];

/** The streams `people` of the three offices. Jordan Vale’s title ends before the end of use is recorded. */
export const directories = (): EventsByOffice =>
  new Story()
    .act(
      'customs',
      'alder',
      '2026-01-02',
      ...given('alder', '2026-01-02'),
      ...given('vale', '2026-01-05', '2026-08-31'),
    )
    .act('irs', 'moor', '2026-01-02', ...given('moor', '2025-06-01'))
    .act('justice', 'brook', '2026-01-02', ...given('brook', '2024-01-01')).events;
