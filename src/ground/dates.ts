/** A calendar date, `YYYY-MM-DD`. Strings of this form sort as the days do, so they are compared with `<`. */
export type Day = string & { readonly day: unique symbol };

/** A taxable period, both ends included. A single date is a period of one day. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Reads a date that exists in the calendar; `undefined` for anything else (2023-02-29, 1/2/2023, '2023-1-2'). */
export const readDay = (text: string): Day | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as Day;
  } catch {
    return undefined;
  }
};

/** The same, for constants in the code; throws a RangeError on a date that does not exist. */
export const day = (text: string): Day => {
  const read = readDay(text);
  if (read === undefined) throw new RangeError(`not a date of the calendar: ${text}`);
  return read;
};

export const within = (inner: Period, outer: Period): boolean =>
  outer.from <= inner.from && inner.to <= outer.to;

/** The day of a POSIX time in the calendar of Washington, the seat of the three offices: titles run from day to day there. */
export const dayAt = (seconds: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
    .toZonedDateTimeISO('America/New_York')
    .toPlainDate()
    .toString() as Day;
