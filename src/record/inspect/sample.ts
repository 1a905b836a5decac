import { sha256 } from '../../ground/digest.ts';
import {
  type EntryName,
  type OfficeId,
  type RecordedEvent,
  caseOfEvent,
  entryName,
  ofOffices,
  officeOfLog,
} from '../event.ts';
import { type Journey, follow } from './follow.ts';

/** How a sample is drawn, so that anyone can draw it again with a list of the entries and `sha256sum`. */
export const algorithm =
  'The population is every entry that names an item, of every log given, each once. Each entry has the rank SHA-256(seed, a line feed, log, “/”, number), all in UTF-8; the sample is the n entries with the lowest ranks, read as hexadecimal.';

export interface Pick extends EntryName {
  readonly rank: string;
  readonly journey: Journey;
}

export interface Sample {
  readonly algorithm: string;
  readonly seed: string;
  readonly population: number;
  readonly picks: readonly Pick[];
}

export const rankOf = (seed: string, entry: EntryName): string => sha256(`${seed}\n${entryName(entry)}`);

/**
 * Draws `n` entries of up to three offices and follows the item of each from its request to its end. The office cannot
 * choose what is drawn: the inspector brings the seed, and the entries were numbered before. More entries or a larger `n`
 * never change the order of those drawn.
 */
export const sample = (
  events: readonly RecordedEvent[],
  { n, seed }: { readonly n: number; readonly seed: string },
): Sample => {
  const own = ofOffices(events);
  const given = new Set<OfficeId>(own.flatMap(({ log }) => officeOfLog(log) ?? []));
  const population = new Map(
    own.filter(({ item }) => item !== undefined).map((event) => [entryName(event), event]),
  );
  const cases = new Map<string, RecordedEvent[]>();
  for (const event of own) {
    const reference = caseOfEvent(event);
    const events_ = cases.get(reference);
    if (events_ === undefined) cases.set(reference, [event]);
    else events_.push(event);
  }
  const picks = [...population.values()]
    .map((event) => ({ event, rank: rankOf(seed, event) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, Math.max(0, n))
    .map(({ event, rank }) => {
      const reference = caseOfEvent(event);
      const journey = follow(cases.get(reference) ?? [], reference, event.item ?? '', given);
      return { log: event.log, seq: event.seq, rank, journey };
    });
  return { algorithm, seed, population: population.size, picks };
};
