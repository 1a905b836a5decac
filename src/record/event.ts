import { dayAt, readDay } from '../ground/dates.ts';
import type { Day } from '../ground/dates.ts';

/**
 * An event as this folder reads it: what the ledger stores, by shape alone. The body is whatever the act wrote; a field
 * that is not there, or is of another kind than expected, reads as empty, so that a newer act's event still has its row.
 */
export interface RecordedEvent {
  readonly log: string;
  /** Its entry's number in the log. */
  readonly seq: number;
  readonly stream: string;
  /** Empty where the event's key was destroyed. */
  readonly kind: string;
  readonly cite: string;
  readonly case?: string;
  readonly item?: string;
  /** What names the taxpayer in this office: the TIN's digits, or the name (`accountName`). */
  readonly taxpayer?: string;
  /** SHA-256 (hex) of the packet sent or received. */
  readonly packet?: string;
  readonly act: string;
  readonly person: string;
  readonly title: string;
  /** POSIX seconds. */
  readonly time: number;
  readonly data: unknown;
}

/** One entry of one log. */
export interface EntryName {
  readonly log: string;
  readonly seq: number;
}

export type OfficeId = 'irs' | 'customs' | 'justice';

export const officeNames: Readonly<Record<OfficeId, string>> = {
  irs: 'Internal Revenue Service',
  customs: 'U.S. Customs Service',
  justice: 'Department of Justice',
};

/**
 * Whose log it is; undefined for `irs-review`. How many steps a review took, and when, would tell what it found, and a record
 * may be shown to others: this folder never reads that log.
 */
export const officeOfLog = (log: string): OfficeId | undefined =>
  log === 'irs' || log === 'customs' || log === 'justice' ? log : undefined;

/** The events of these offices’ own logs, without the review’s. */
export const ofOffices = <Event extends RecordedEvent>(
  events: readonly Event[],
  ...offices: readonly OfficeId[]
): readonly Event[] =>
  events.filter(({ log }) => {
    const office = officeOfLog(log);
    return office !== undefined && (offices.length === 0 || offices.includes(office));
  });

export const entryName = ({ log, seq }: EntryName): string => `${log}/${seq}`;

type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The text at a path of field names; empty where there is none. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = path.reduce<unknown>((at, name) => fieldsOf(at)[name], value);
  return typeof found === 'string' ? found : '';
};

export const valueAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => fieldsOf(at)[name], value);

/** The texts of a list. */
export const textsAt = (value: unknown, ...path: readonly string[]): readonly string[] => {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
};

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? (found as unknown[]) : [];
};

/** The case's reference: as the event says, or as its stream is named. */
export const caseOfEvent = ({ case: reference, stream }: RecordedEvent): string =>
  reference ?? /^(?:case|review)\/(.+)$/.exec(stream)?.[1] ?? '';

/** The day in the office's own calendar. */
export const dayOfEvent = ({ data, time }: RecordedEvent): Day => readDay(textAt(data, 'on')) ?? dayAt(time);

/**
 * One order for the events of several logs: each log in its own, and between logs by the hour. Where a clock was put back,
 * an entry counts as no earlier than those before it, so that the order is the same however the events come.
 */
export const inOrder = <Event extends RecordedEvent>(events: readonly Event[]): readonly Event[] => {
  const latest = new Map<string, number>();
  return [...events]
    .sort((a, b) => a.seq - b.seq)
    .map((event) => {
      const at = Math.max(event.time, latest.get(event.log) ?? 0);
      latest.set(event.log, at);
      return { event, at };
    })
    .sort(
      (a, b) =>
        a.at - b.at ||
        (a.event.log < b.event.log ? -1 : a.event.log > b.event.log ? 1 : 0) ||
        a.event.seq - b.event.seq,
    )
    .map(({ event }) => event);
};
