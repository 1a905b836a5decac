import { type Day, dayAt } from '../ground/dates.ts';
import type { ChainAct } from './chain.ts';
import type { Life } from './lives.ts';
import type { Span } from './spans.ts';

/** The time that a timeline shows, in POSIX seconds, and where its lines stand. */
export interface Axis {
  readonly first: number;
  readonly last: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** From when to when, in words. */
  readonly words: string;
}

const ZONE = 'America/New_York';
const HOUR = 3600;
const DAY = 24 * HOUR;
/** Lines that have room beside one another with their labels. */
const MOST = 12;
/** How long before the first act the axis may begin, so that a title given years before does not leave the acts a sliver. */
const BEFORE = 60 * DAY;

const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(ZONE);

/** Its first second, in the calendar of Washington. */
export const beginOf = (day: Day): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(ZONE).epochMilliseconds / 1000;

/** The first second after it. */
const endOf = (day: Day): number =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(ZONE).epochMilliseconds / 1000;

/** Both ends of a span; without a last day it does not end. */
export const secondsOf = ({ from, to }: Span): readonly [number, number] => [
  beginOf(from),
  to === undefined ? Infinity : endOf(to),
];

/** When an act was done. Where its day is not that of its hour, the day is what the law counts: it stands at noon of it. */
export const momentOf = ({ on, at }: ChainAct): number => (dayAt(at) === on ? at : beginOf(on) + 12 * HOUR);

const clock = (at: number, seconds: boolean): string =>
  zoned(at)
    .toPlainTime()
    .toString({ smallestUnit: seconds ? 'second' : 'minute' });

const STEPS = [
  1,
  2,
  5,
  10,
  30,
  ...[1, 2, 5, 10, 30].map((n) => n * 60),
  ...[1, 2, 3, 6].map((n) => n * HOUR),
];

/** Hours, minutes or seconds, as many as tell the acts apart. */
const ofOneDay = (from: number, to: number): Axis => {
  const step = from === to ? 600 : (STEPS.find((one) => (to - from) / one <= MOST - 2) ?? 6 * HOUR);
  const midnight = beginOf(dayAt(from));
  const first = midnight + (Math.floor((from - midnight) / step) - (from === to ? 3 : 0)) * step;
  const last = midnight + (Math.floor((to - midnight) / step) + (from === to ? 3 : 1)) * step;
  const ticks = [];
  for (let at = first; at <= last; at += step) ticks.push({ at, label: clock(at, step < 60) });
  const [one, other] = [dayAt(first), dayAt(last)];
  const end = `${one === other ? '' : `${other} `}${clock(last, step < 60)}`;
  return { first, last, ticks, words: `${one} ${clock(first, step < 60)} to ${end}, hours of Washington` };
};

const dayLines = (from: Day, to: Day): Axis['ticks'] => {
  const [start, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const days = start.until(end, { largestUnit: 'day' }).days + 1;
  const every = [1, 2, 7].find((one) => days / one <= MOST);
  if (every !== undefined)
    return Array.from({ length: Math.ceil(days / every) }, (_, n) => {
      const label = start.add({ days: n * every }).toString() as Day;
      return { at: beginOf(label), label };
    });
  const months = start.until(end, { largestUnit: 'month' }).months + 1;
  const skip = [1, 2, 3, 6, 12].find((one) => months / one <= MOST) ?? Math.ceil(months / MOST / 12) * 12;
  const lines = [];
  for (
    let one = start.with({ day: 1 }).add({ months: 1 });
    one.toString() <= to;
    one = one.add({ months: skip })
  )
    lines.push({ at: beginOf(one.toString() as Day), label: one.toString().slice(0, 7) });
  return lines;
};

const ofDays = (from: number, to: number): Axis => {
  const [one, other] = [dayAt(from), dayAt(to - 1)];
  return { first: from, last: to, ticks: dayLines(one, other), words: `${one} to ${other}` };
};

/**
 * What a timeline spans. Acts of one day or so have an axis of hours, and whatever was given before or ends after goes on past
 * it; unless an act stands outside of its span, which is then shown with it. Undefined where there is nothing to show.
 */
export const axisOf = (lives: readonly Life[]): Axis | undefined => {
  const acts = lives.flatMap((life) => life.acts);
  const moments = acts.map(({ act }) => momentOf(act)).sort((a, b) => a - b);
  const [earliest, latest] = [moments[0], moments.at(-1)];
  const lapsed = acts.some(({ standing }) => standing === 'before' || standing === 'after a lapse');
  if (earliest !== undefined && latest !== undefined && latest - earliest <= 1.5 * DAY && !lapsed)
    return ofOneDay(earliest, latest);
  const ends = lives
    .flatMap(({ spans }) => spans.flatMap((span): readonly number[] => secondsOf(span)))
    .filter(Number.isFinite);
  const days = [...acts.map(({ act }) => beginOf(act.on)), ...ends].sort((a, b) => a - b);
  const start = earliest ?? days[0];
  if (start === undefined) return undefined;
  const first = days.find((one) => one >= start - BEFORE) ?? start;
  const last = Math.max(...acts.map(({ act }) => endOf(act.on)), ...ends, first + DAY);
  return ofDays(Math.min(first, start), last);
};
