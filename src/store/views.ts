import { proveConsistency } from '../custody/consistency.ts';
import { sameBytes } from '../custody/hash.ts';
import { parseTilePath, tileWidth } from '../custody/tile.ts';
import { ProblemError } from '../ground/problem.ts';
import { entriesOf } from './accounts.ts';
import type { Database } from './database.ts';
import { readHead } from './ledger-head.ts';
import { logNumber, namesOf } from './ledger-names.ts';
import type { Names } from './ledger-names.ts';
import { accountsOf } from './ledger-prepare.ts';
import { readReceipt } from './ledger-receipt.ts';
import { readBundle, tilesOf } from './ledger-tiles.ts';
import { int8Array } from './ledger-wire.ts';
import type { StoreSecrets } from './ledger-writer.ts';
import { withProblems } from './sqlstate.ts';
import type { LogId, StoredEvent, Views } from './types.ts';
import { readEvents, storedEvent } from './views-events.ts';
import type { ReadEvent } from './views-events.ts';
import { exhibitsOf } from './views-exhibit.ts';
import { notOfTheStream, openStreams } from './views-streams.ts';
import type { Streams } from './views-streams.ts';
import { openTiles } from './views-tiles.ts';
import type { Tiles } from './views-tiles.ts';

const noHead = (log: LogId): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: 'The log has no entries yet, so that there is nothing to prove.',
    where: log,
    next: 'Ask again after the first act.',
  });

/** Who owns the database can put an entry into another taxpayer's index, or take its event away. */
const notOfTheAccount = (log: LogId, seq: number): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: 'The index by taxpayer names an entry that is not of the account, or not in the database.',
    where: `${log}, entry ${seq}`,
    next: 'Export and verify the log to see what was changed, and restore the newest backup that is whole.',
  });

/**
 * Events of several streams, each believed only as a whole: from its first event on, without a gap, and under the name that
 * the database's keyed one was made of. In the order of the log.
 */
const wholeStreams = (
  log: LogId,
  events: readonly ReadEvent[],
  keyed: (stream: string) => Buffer,
): StoredEvent[] => {
  const streams = new Map<string, { name: string; count: number }>();
  const streamAt = ({ stream }: ReadEvent) => {
    const key = stream.toString('hex');
    const known = streams.get(key) ?? { name: '', count: 0 };
    streams.set(key, known);
    return known;
  };
  for (const event of events) streamAt(event).name ||= event.part?.event.stream ?? '';
  return events.map((event) => {
    const { seq, version, stream, part } = event;
    const known = streamAt(event);
    known.count++;
    const isOfIt =
      part === undefined || (part.event.stream === known.name && sameBytes(keyed(known.name), stream));
    if (version !== known.count || !isOfIt) throw notOfTheStream(log, seq);
    return storedEvent(log, event, known.name);
  });
};

const fileOf = async (db: Database, log: LogId, path: string): Promise<Uint8Array | undefined> => {
  const pool = db.db(log);
  const head = await readHead(pool, log);
  if (head === undefined) return undefined;
  if (path === 'checkpoint') return Buffer.from(head.checkpoint);
  const place = parseTilePath(path);
  if (place === undefined) return undefined;
  const { level, index, width } = place;
  if (tileWidth(head.size, level === 'entries' ? 0 : level, index) < width) return undefined;
  return level === 'entries' ? readBundle(pool, log, index, width) : tilesOf(pool, log)(level, index, width);
};

/**
 * Reads an office's logs. Whatever is read of an event is what its entry commits to (`log-altered` otherwise). All
 * problems: `log-altered`, `proof-refused`, `shredded`, `key-missing`, `store-down`.
 */
export const openViews = ({
  db,
  keys,
  nameKey,
  accountKey,
}: StoreSecrets & { readonly db: Database }): Views => {
  const account = accountsOf(accountKey);
  const named = new Map<LogId, Names>();
  const streamOf = (log: LogId, name: string): Buffer => {
    const names = named.get(log) ?? namesOf(nameKey, log);
    named.set(log, names);
    return names.stream(name);
  };

  const opened = new Map<LogId, Tiles>();
  const tilesIn = (log: LogId): Tiles => {
    const tiles = opened.get(log) ?? openTiles(db.db(log), log);
    opened.set(log, tiles);
    return tiles;
  };

  const streams = new Map<LogId, Streams>();
  const streamsIn = (log: LogId): Streams => {
    const known = streams.get(log) ?? openStreams(db.db(log), log, keys, (name) => streamOf(log, name));
    streams.set(log, known);
    return known;
  };

  const exhibits: Views['exhibits'] = (log, seqs, open, head) =>
    withProblems(async () => {
      const pool = db.db(log);
      const checkpoint = head ?? (await readHead(pool, log))?.checkpoint;
      if (checkpoint === undefined) throw noHead(log);
      return exhibitsOf({ db: pool, log, keys, account, tiles: tilesIn(log) }, seqs, open, checkpoint);
    });

  return {
    stream: (log, name, after = 0) => withProblems(() => streamsIn(log).since(name, after)),

    // The database cannot tell a prefix from keyed HMACs, so all first events are opened; there is one for each case.
    firsts: (log, prefix) =>
      withProblems(async () => {
        const which = { name: 'firsts', where: 'e.version = 1', values: [] };
        const events = await readEvents(db.db(log), log, keys, which);
        return events
          .map((event) => storedEvent(log, event))
          .filter(({ stream }) => stream.startsWith(prefix));
      }),

    streamsBetween: (log, from, to) =>
      withProblems(async () => {
        const which = { name: 'between', where: 'e.seq >= $2 AND e.seq < $3', values: [from, to] };
        const events = await readEvents(db.db(log), log, keys, which);
        return [...new Set(events.flatMap(({ part }) => part?.event.stream ?? []))];
      }),

    event: (log, seq) =>
      withProblems(async () => {
        const which = { name: 'seq', where: 'e.seq = $2', values: [seq] };
        const [event] = await readEvents(db.db(log), log, keys, which);
        return event && storedEvent(log, event);
      }),

    receipt: (log, act) => withProblems(() => readReceipt(db.db(log), log, keys, act)),

    head: (log) => withProblems(async () => (await readHead(db.db(log), log))?.checkpoint),

    headAt: (log, size) =>
      withProblems(async () => {
        const { rows } = await db
          .db(log)
          .query<{ checkpoint: string }>(
            'SELECT checkpoint FROM waybill.head WHERE log_id = $1 AND size = $2',
            [logNumber(log), size],
          );
        return rows[0]?.checkpoint;
      }),

    file: (log, path) => withProblems(() => fileOf(db, log, path)),

    exhibit: async (log, seq, open, head) => {
      const [exhibit = ''] = (await exhibits(log, [seq], open, head)).values();
      return exhibit;
    },

    exhibits,

    consistency: (log, from, to) =>
      withProblems(async () => {
        if (!(from >= 0 && from <= to && to <= ((await readHead(db.db(log), log))?.size ?? 0)))
          throw noHead(log);
        return proveConsistency(from, to, tilesOf(db.db(log), log));
      }),

    account: (log, taxpayer) =>
      withProblems(async () => {
        const pool = db.db(log);
        const size = (await readHead(pool, log))?.size ?? 0;
        const seqs = await entriesOf(pool, log, account(taxpayer).name, size);
        const events = await readEvents(pool, log, keys, {
          name: 'seqs',
          where: 'e.seq = ANY($2::int8[])',
          values: [int8Array(seqs)],
        });
        return events.map((event) => storedEvent(log, event));
      }),

    entriesOf: (log, taxpayer) =>
      withProblems(async () => {
        const pool = db.db(log);
        const size = (await readHead(pool, log))?.size ?? 0;
        return entriesOf(pool, log, account(taxpayer).name, size);
      }),

    streamsOf: (log, taxpayer) =>
      withProblems(async () => {
        const pool = db.db(log);
        const size = (await readHead(pool, log))?.size ?? 0;
        const { name } = account(taxpayer);
        const own = await entriesOf(pool, log, name, size);
        const events = await readEvents(pool, log, keys, {
          name: 'streams',
          where: `e.stream = ANY(ARRAY(SELECT stream FROM waybill.event WHERE log_id = $1 AND seq = ANY($2::int8[])))`,
          values: [int8Array(own)],
        });
        const isOwn = ({ part }: ReadEvent) =>
          part === undefined || account(part.event.taxpayer ?? '').name === name;
        const bySeq = new Map(events.map((event) => [event.seq, event]));
        for (const seq of own) {
          const event = bySeq.get(seq);
          if (event === undefined || !isOwn(event)) throw notOfTheAccount(log, seq);
        }
        return { own, events: wholeStreams(log, events, (stream) => streamOf(log, stream)) };
      }),
  };
};
