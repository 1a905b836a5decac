import { type RecordedEvent, caseOfEvent, entryName, textAt } from '../event.ts';
import { packetOf } from './pairs.ts';
import { DAY, type Found, type Rule, found, grouped, itemName } from './world.ts';

const minutes = (seconds: number): string =>
  seconds < 60 ? `${seconds} seconds` : `${Math.floor(seconds / 60)} minutes`;

/** A packet is received after it is sent: where it is not, one of the two clocks is wrong by that much at least. */
export const clocksApart: Rule = ({ pairs, limits }) =>
  pairs.flatMap(({ sent, received }): Found[] => {
    if (sent === undefined || received === undefined) return [];
    const way = received.time - sent.time;
    if (way < 0)
      return [
        found(
          `Entry ${entryName(received)} received ${minutes(-way)} before entry ${entryName(sent)} sent: the clocks are that far apart at least.`,
          sent,
          received,
        ),
      ];
    return way > limits.packetDays * DAY
      ? [
          found(
            `The packet of entry ${entryName(sent)} was received by entry ${entryName(received)} after ${Math.floor(way / DAY)} days: it was long on its way, or a clock is wrong.`,
            sent,
            received,
          ),
        ]
      : [];
  });

export const clockBack: Rule = ({ events, limits }) =>
  grouped(events, ({ log }) => log).flatMap((log) => {
    let last: RecordedEvent | undefined;
    return log.flatMap((event): Found[] => {
      const before = last;
      last = event;
      return before !== undefined && before.time - event.time > limits.clockMinutes * 60
        ? [
            found(
              `Entry ${entryName(event)} is ${minutes(before.time - event.time)} earlier than entry ${entryName(before)} before it: the clock was put back.`,
              event,
              before,
            ),
          ]
        : [];
    });
  });

export const unmatched: Rule = ({ pairs, given, at, limits }) =>
  pairs.flatMap(({ sent, received, from, to }): Found[] => {
    if (sent !== undefined && received === undefined)
      // A packet with nothing but a head may be lost: the next one says all that it said.
      return given.has(to) && sent.kind !== 'packet-sent' && at - sent.time > limits.packetDays * DAY
        ? [
            found(
              `Entry ${entryName(sent)} sent a packet to ${to}, and ${to} has no entry of receiving it.`,
              sent,
            ),
          ]
        : [];
    return sent === undefined && received !== undefined && given.has(from)
      ? [
          found(
            `Entry ${entryName(received)} received a packet of ${from}, and ${from} has no entry of sending it.`,
            received,
          ),
        ]
      : [];
  });

const told = ({ kind }: RecordedEvent): boolean => kind === 'item-answered' || kind === 'item-received';

/** What the IRS says it answered, and what Customs says it got: disclosed by the one is disclosed to the other. */
export const answersDiffer: Rule = ({ events }) =>
  grouped(
    events.filter((event) => told(event) && event.log !== 'justice' && packetOf(event) !== ''),
    (event) => `${packetOf(event)}\n${caseOfEvent(event)}\n${event.item ?? ''}`,
  ).flatMap((both): Found[] => {
    const [answered, received] = [
      both.find(({ kind }) => kind === 'item-answered'),
      both.find(({ kind }) => kind === 'item-received'),
    ];
    return answered !== undefined &&
      received !== undefined &&
      textAt(answered.data, 'outcome') !== textAt(received.data, 'outcome')
      ? [
          found(
            `Entries ${entryName(answered)} and ${entryName(received)} do not say the same of what was answered for ${itemName(answered)}.`,
            answered,
            received,
          ),
        ]
      : [];
  });
