import { type OfficeId, type RecordedEvent, caseOfEvent, officeOfLog, textAt } from '../event.ts';

/** A packet as the two offices have it: the sender's entry and the receiver's, found by the digest of what was signed. */
export interface Pair {
  readonly packet: string;
  readonly case: string;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly sent: RecordedEvent | undefined;
  readonly received: RecordedEvent | undefined;
}

type Other = (event: RecordedEvent) => OfficeId | undefined;

const always =
  (office: OfficeId): Other =>
  () =>
    office;

const named = (text: string): OfficeId | undefined =>
  (({ IRS: 'irs', Customs: 'customs', Justice: 'justice' }) as const)[text];

const downstream: Other = ({ log }) =>
  log === 'irs' ? 'customs' : log === 'customs' ? 'justice' : undefined;
const upstream: Other = ({ log }) => (log === 'justice' ? 'customs' : log === 'customs' ? 'irs' : undefined);
const saysFrom: Other = ({ data }) => named(textAt(data, 'from'));

/** The office with which the entry exchanged a packet, by the stream it stands in. */
const exchanged: Other = ({ stream }) =>
  stream.startsWith('exchange/') ? officeOfLog(stream.slice('exchange/'.length)) : undefined;

/** To whom an entry says that a packet went; an answer to a recall that came from another office was not sent by this one. */
const sends: Readonly<Record<string, Other>> = {
  'packet-sent': exchanged,
  'request-sent': always('irs'),
  'request-withdrawn': always('irs'),
  answered: always('customs'),
  'item-referred': always('justice'),
  'recall-made': downstream,
  'recall-forwarded': always('justice'),
  'recall-answered': (event) => (saysFrom(event) === undefined ? upstream(event) : undefined),
};

/** From whom an entry says that a packet came. */
const receives: Readonly<Record<string, Other>> = {
  'packet-received': exchanged,
  'request-received': always('customs'),
  'withdrawal-received': always('customs'),
  'answer-received': always('irs'),
  'referral-received': always('customs'),
  'recall-received': saysFrom,
  'recall-answered': saysFrom,
};

export const packetOf = ({ packet, data }: RecordedEvent): string => packet ?? textAt(data, 'packet');

const isExchange = ({ kind }: RecordedEvent): boolean => kind === 'packet-sent' || kind === 'packet-received';

/** Every packet that an entry of these offices tells of, in the order of their first entries. */
export const pairsOf = (events: readonly RecordedEvent[]): readonly Pair[] => {
  const pairs = new Map<string, Pair>();
  const add = (
    event: RecordedEvent,
    from: OfficeId | undefined,
    to: OfficeId | undefined,
    side: 'sent' | 'received',
  ) => {
    const packet = packetOf(event);
    if (packet === '' || from === undefined || to === undefined) return;
    const key = `${from}>${to}:${packet}`;
    const before = pairs.get(key) ?? {
      packet,
      case: caseOfEvent(event),
      from,
      to,
      sent: undefined,
      received: undefined,
    };
    // The entry of the case tells more than that of the exchange; a packet with nothing but a head has only the latter.
    const known = before[side];
    pairs.set(key, { ...before, [side]: known === undefined || isExchange(known) ? event : known });
  };
  for (const event of events) {
    const own = officeOfLog(event.log);
    add(event, own, Object.hasOwn(sends, event.kind) ? sends[event.kind]?.(event) : undefined, 'sent');
    add(
      event,
      Object.hasOwn(receives, event.kind) ? receives[event.kind]?.(event) : undefined,
      own,
      'received',
    );
  }
  return [...pairs.values()];
};
