import { caseIn } from '../book.ts';
import { type RecordedEvent, caseOfEvent, dayOfEvent, entryName, textAt, textsAt } from '../event.ts';
import { openRecalls } from '../recalls.ts';
import { lateIncidents } from '../summary.ts';
import { DAY, type Found, type Rule, byItem, found, itemName } from './world.ts';

const uses: readonly string[] = ['item-used', 'item-used-for-6103i', 'item-disclosed', 'item-referred'];

export const lookWithoutUse: Rule = (world) =>
  byItem(world).flatMap((events) =>
    events
      .filter(({ kind }) => kind === 'item-opened')
      .filter(
        (look) =>
          world.at - look.time > world.limits.lookDays * DAY &&
          !events.some(
            ({ kind, seq, time }) =>
              uses.includes(kind) && seq > look.seq && time - look.time <= world.limits.lookDays * DAY,
          ),
      )
      .map((look) =>
        found(
          `Entry ${entryName(look)} opened ${itemName(look)}, and no use of it is on record in the ${world.limits.lookDays} days after.`,
          look,
        ),
      ),
  );

/** An entry number may be written with or without its hyphens. */
const bare = (entry: string): string => entry.replace(/[\s-]/g, '').toUpperCase();

const auditOf = (event: RecordedEvent, questions: ReadonlyMap<string, unknown>): string =>
  textAt(event.data, 'for', 'audit') ||
  textAt(questions.get(`${event.log}/${event.act}`), 'proposal', 'for', 'audit');

export const outsideAudit: Rule = ({ events, book }) => {
  const questions = new Map(
    events
      .filter(({ kind }) => kind === 'may-i-answered')
      .map(({ log, act, data }) => [`${log}/${act}`, data]),
  );
  return events
    .filter(({ kind }) => kind === 'item-opened' || uses.includes(kind))
    .flatMap((event): Found[] => {
      const { audit, entries } = caseIn(book, caseOfEvent(event));
      const used = textsAt(event.data, 'entries');
      const allowed = new Set(entries.map(bare));
      const outside = used.filter((entry) => !allowed.has(bare(entry)));
      const other = auditOf(event, questions);
      return [
        ...(allowed.size > 0 && outside.length > 0
          ? [
              found(
                `Entry ${entryName(event)} used ${itemName(event)} on ${outside.length} customs entries that the request’s audit does not list.`,
                event,
              ),
            ]
          : []),
        ...(audit !== '' && other !== '' && other !== audit
          ? [
              found(
                `Entry ${entryName(event)} names another audit than the one for which ${itemName(event)} was requested.`,
                event,
              ),
            ]
          : []),
      ];
    });
};

/** A door that closes on an item, and how it opens again. Only 6103(i) may be complied with through a lock. */
const closes: Readonly<Record<string, string>> = {
  'item-recalled': 'was recalled',
  'item-locked': 'was locked for a criminal matter',
  'use-ended': 'had its use ended',
};

export const usedAfterEnd: Rule = (world) =>
  byItem(world).flatMap((events) => {
    let shut: RecordedEvent | undefined;
    const late: Found[] = [];
    for (const event of events) {
      if (event.kind === 'item-unlocked' && shut?.kind === 'item-locked') shut = undefined;
      // A new disclosure of the same item is a new holding.
      else if (event.kind === 'item-received') shut = undefined;
      else if (Object.hasOwn(closes, event.kind)) shut = event;
      else if (
        shut !== undefined &&
        (uses.includes(event.kind) || event.kind === 'item-opened') &&
        !(shut.kind === 'item-locked' && event.kind === 'item-used-for-6103i')
      )
        late.push(
          found(
            `Entry ${entryName(event)} has ${itemName(event)} in use after it ${closes[shut.kind] ?? ''} by entry ${entryName(shut)}.`,
            event,
            shut,
          ),
        );
    }
    return late;
  });

/** Dropped, the audit is no ground for any use, (j). */
export const usedAfterDropped: Rule = ({ events }) => {
  const dropped = new Map<string, RecordedEvent>();
  return events.flatMap((event): Found[] => {
    const key = `${event.log}\n${caseOfEvent(event)}`;
    const stage = textAt(event.data, 'stage');
    if (event.kind === 'audit-changed' && stage === 'dropped') dropped.set(key, event);
    else if (event.kind === 'audit-changed' && stage !== '') dropped.delete(key);
    const since = dropped.get(key);
    return since !== undefined && (uses.includes(event.kind) || event.kind === 'item-opened')
      ? [
          found(
            `Entry ${entryName(event)} has ${itemName(event)} in use after the audit was dropped by entry ${entryName(since)}.`,
            event,
            since,
          ),
        ]
      : [];
  });
};

export const recallUnanswered: Rule = ({ events, at, limits }) =>
  openRecalls(events)
    .filter(({ since }) => at - since > limits.recallDays * DAY)
    .map(({ entry, item, case: reference, since }) =>
      found(
        `The recall of ${reference}/${item} by entry ${entryName(entry)} has had no answer of one of its holders for ${Math.floor((at - since) / DAY)} days.`,
        entry,
      ),
    );

export const incidentLate: Rule = ({ events }) =>
  lateIncidents(events).map(({ entry, due, reported }) =>
    found(
      `Entry ${entryName(entry)} put an incident on record ${Math.ceil((reported - due) / 3600)} hours after its deadline.`,
      entry,
    ),
  );

/** A day written in an entry that is not the day of its hour: one of the two was not the clock’s. */
export const dayNotOfHour: Rule = ({ events }) =>
  events
    .filter((event) => {
      const off = Math.abs(Date.parse(`${dayOfEvent(event)}T12:00:00-05:00`) / 1000 - event.time);
      return off > 1.5 * DAY;
    })
    .map((event) => found(`Entry ${entryName(event)} says a day that is not that of its hour.`, event));
