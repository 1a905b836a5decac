import type { Day } from '../../ground/dates.ts';
import { caseOfEvent, dayOfEvent, entryName, textAt } from '../event.ts';
import type { RecordedEvent } from '../event.ts';
import { DAY, type Found, type Rule, found, grouped, list } from './world.ts';

interface Span {
  readonly from: string;
  readonly to: string;
}

const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();

/** The spans in which each person of a log held each title, from its directory. */
const directoryOf = (events: readonly RecordedEvent[]): ReadonlyMap<string, readonly Span[]> => {
  const held = new Map<string, Span[]>();
  for (const { kind, log, data } of events) {
    if (kind !== 'title-given' && kind !== 'title-ended') continue;
    const key = `${log}\n${textAt(data, 'person')}\n${textAt(data, 'title')}`;
    const spans = held.get(key) ?? [];
    const from = textAt(data, 'from');
    held.set(
      key,
      kind === 'title-given'
        ? [...spans, { from, to: textAt(data, 'to') || '9999-12-31' }]
        : spans.map((span) => (from <= span.to ? { ...span, to: dayBefore(from) } : span)),
    );
  }
  return held;
};

/** Only logs whose directory was given are judged: without it every title would look lapsed. */
export const titleLapsed: Rule = ({ events }) => {
  const directory = directoryOf(events);
  const known = new Set([...directory.keys()].map((key) => key.split('\n')[0]));
  return events
    .filter((event) => known.has(event.log) && event.person !== '' && event.title !== '')
    .flatMap((event): Found[] => {
      const day: Day = dayOfEvent(event);
      // The directory knows people by their ids; two may have one name.
      const who = textAt(event.data, 'by', 'id') || event.person;
      const spans = directory.get(`${event.log}\n${who}\n${event.title}`) ?? [];
      if (spans.some(({ from, to }) => from <= day && day <= to)) return [];
      const why = spans.length === 0 ? 'was never given to the person' : 'was not in force';
      return [
        found(
          `Entry ${entryName(event)} was made under the title “${event.title}”, which ${why} on ${day}.`,
          event,
        ),
      ];
    });
};

/** The cases in which a person is engaged; the same case twice is one. */
export const engagedInMany: Rule = ({ events, limits }) => {
  const mine = events.filter(({ kind }) => kind === 'person-engaged' || kind === 'person-disengaged');
  return grouped(mine, ({ log, data }) => `${log}\n${textAt(data, 'person')}`).flatMap((all): Found[] => {
    const open = new Map<string, RecordedEvent & { readonly until: string }>();
    let most: readonly RecordedEvent[] = [];
    for (const event of all) {
      const day = dayOfEvent(event);
      const reference = caseOfEvent(event);
      for (const [of, { until }] of open) if (until < day) open.delete(of);
      if (event.kind === 'person-disengaged') open.delete(reference);
      else open.set(reference, { ...event, until: textAt(event.data, 'to') || '9999-12-31' });
      if (open.size > most.length) most = [...open.values()];
    }
    return most.length <= limits.engagements
      ? []
      : [
          found(
            `One person is engaged, personally and directly, in ${most.length} cases at once: entries ${list(most)}.`,
            ...most,
          ),
        ];
  });
};

const isRefusal = ({ kind, data }: RecordedEvent): boolean =>
  kind === 'packet-refused' || (kind === 'may-i-answered' && textAt(data, 'verdict') === 'refused');

/** Clusters of one person: runs in which each attempt lies within the window of the one that many before it. */
export const refusedClusters: Rule = ({ events, limits: { refusals, refusalDays } }) => {
  const groups = grouped(events.filter(isRefusal), ({ log, person, kind }) =>
    kind === 'packet-refused' ? `${log}\npackets` : `${log}\n${person}`,
  );
  return groups.flatMap((all): Found[] => {
    const inCluster = new Set<RecordedEvent>();
    all.forEach((event, at) => {
      const first = all[at - refusals + 1];
      if (refusals > 0 && first !== undefined && event.time - first.time <= refusalDays * DAY)
        for (const one of all.slice(at - refusals + 1, at + 1)) inCluster.add(one);
    });
    const cluster = all.filter((event) => inCluster.has(event));
    if (cluster.length === 0) return [];
    const what =
      cluster[0]?.kind === 'packet-refused' ? 'packets were refused' : 'attempts of one person were refused';
    return [
      found(
        `${cluster.length} ${what}, ${refusals} or more within ${refusalDays} days: entries ${list(cluster)}.`,
        ...cluster,
      ),
    ];
  });
};
