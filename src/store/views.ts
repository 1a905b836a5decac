import { proveConsistency } from '../custody/consistency.ts';
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
import type { LogId, Views } from './types.ts';
import { readEvents, storedEvent } from './views-events.ts';
import { exhibitOf } from './views-exhibit.ts';

const noHead = (log: LogId): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: 'The log has no entries yet, so that there is nothing to prove.',
    where: log,
    next: 'Ask again after the first act.',
  });

/** Who owns the database can move an event to another case, or take one out; what follows from the rest would be false. */
const notOfTheStream = (log: LogId, seq: number): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: 'The database has an event where it does not belong, or one before it is missing.',
    where: `${log}, entry ${seq}`,
    next: 'Export and verify the log to see what was changed, and restore the newest backup that is whole.',
  });

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

  return {
    stream: (log, name, after = 0) =>
      withProblems(async () => {
        const values = [streamOf(log, name), after];
        const which = { where: 'e.stream = $2 AND e.version > $3', values };
        const events = await readEvents(db.db(log), log, keys, which);
        const strange = events.find(
          ({ version, part }, n) =>
            version !== after + n + 1 || (part !== undefined && part.event.stream !== name),
        );
        if (strange !== undefined) throw notOfTheStream(log, strange.seq);
        return events.map((event) => storedEvent(log, event, name));
      }),

    // The database cannot tell a prefix from keyed HMACs, so all first events are opened; there is one for each case.
    firsts: (log, prefix) =>
      withProblems(async () => {
        const events = await readEvents(db.db(log), log, keys, { where: 'e.version = 1', values: [] });
        return events
          .map((event) => storedEvent(log, event))
          .filter(({ stream }) => stream.startsWith(prefix));
      }),

    event: (log, seq) =>
      withProblems(async () => {
        const [event] = await readEvents(db.db(log), log, keys, { where: 'e.seq = $2', values: [seq] });
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

    exhibit: (log, seq, open, head) =>
      withProblems(async () => {
        const checkpoint = head ?? (await readHead(db.db(log), log))?.checkpoint;
        if (checkpoint === undefined) throw noHead(log);
        return exhibitOf({ db: db.db(log), log, keys, account }, seq, open, checkpoint);
      }),

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
          where: 'e.seq = ANY($2::int8[])',
          values: [int8Array(seqs)],
        });
        return events.map((event) => storedEvent(log, event));
      }),
  };
};
