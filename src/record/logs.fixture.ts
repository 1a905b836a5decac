import type { OfficeId, RecordedEvent } from './event.ts';

/*
 * A fictional case through three offices, by hand: every kind of event once at least. People, companies and numbers are
 * made up. `PLANTED` is a value of return information, written wherever an act could have put one: no export may show it.
 */
export const PLANTED = '48151623';
export const LAMP_TIN = '07-1234567';
export const PERSON_SSN = '000-12-3456';
export const CASE = 'CBP-1';

export const people: Readonly<
  Record<string, { name: string; title: string; office: string; log: OfficeId }>
> = {
  pat: { name: 'Pat Reed', title: 'Registrar', office: 'Customs', log: 'customs' },
  dana: { name: 'Dana Holt', title: 'Analyst', office: 'Customs', log: 'customs' },
  robin: { name: 'Robin Alder', title: 'Acting Commissioner', office: 'Customs', log: 'customs' },
  jordan: { name: 'Jordan Vale', title: 'Auditor', office: 'Customs', log: 'customs' },
  ira: { name: 'Ira Knoll', title: 'Intake Clerk', office: 'IRS', log: 'irs' },
  uma: { name: 'Uma Grove', title: 'Disclosure Manager', office: 'IRS', log: 'irs' },
  lee: { name: 'Lee Marsh', title: 'Trial Attorney', office: 'Justice', log: 'justice' },
};

export interface Fields {
  readonly item?: string;
  readonly cite?: string;
  readonly packet?: string;
  readonly taxpayer?: string;
  readonly stream?: string;
  readonly case?: string;
  readonly act?: string;
  readonly [name: string]: unknown;
}

const DAY = 86_400;
/** Noon of 2 March 2026 in Washington. */
export const START = 1_772_470_800;

/** Writes events one after another, each log with numbers of its own. */
export class Logs {
  readonly events: RecordedEvent[] = [];
  readonly #sizes = new Map<string, number>();
  #acts = 0;

  /** An event on a day (0 is 2 March 2026) at so many minutes past noon. Returns its number in its log. */
  add(by: string, kind: string, day: number, fields: Fields = {}, minutes = 0): number {
    const person = people[by];
    if (person === undefined) throw new Error(`no such person: ${by}`);
    const { item, cite = '', packet, taxpayer, stream, case: reference = CASE, act, ...data } = fields;
    const { log, title, name, office } = person;
    const seq = this.#sizes.get(log) ?? 0;
    this.#sizes.set(log, seq + 1);
    const time = START + day * DAY + minutes * 60;
    this.events.push({
      log,
      seq,
      stream: stream ?? `case/${reference}`,
      kind,
      cite,
      ...(stream === undefined ? { case: reference } : {}),
      ...(item === undefined ? {} : { item }),
      ...(taxpayer === undefined ? {} : { taxpayer }),
      ...(packet === undefined ? {} : { packet }),
      act: act ?? `act-${this.#acts++}`,
      person: by,
      title,
      time,
      data: {
        by: { id: by, name, title, office },
        on: new Date(time * 1000).toISOString().slice(0, 10),
        at: time,
        ...data,
      },
    });
    return seq;
  }
}

/** An event whose data key was destroyed, as the store gives it back. */
export const shredded = (event: RecordedEvent): RecordedEvent => {
  const { log, seq, stream, act, time } = event;
  return { log, seq, stream, act, time, kind: '', cite: '', person: '', title: '', data: null };
};

/** The first event of a kind in a log, of an item if one is named. */
export const find = (
  events: readonly RecordedEvent[],
  log: OfficeId,
  kind: string,
  item?: string,
): RecordedEvent => {
  const event = events.find(
    (one) => one.log === log && one.kind === kind && (item === undefined || one.item === item),
  );
  if (event === undefined) throw new Error(`no ${kind} in ${log}`);
  return event;
};
