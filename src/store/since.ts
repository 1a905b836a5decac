import type pg from 'pg';
import type { Database } from './database.ts';
import type { MasterKeys } from './keys.ts';
import { logNumber } from './ledger-names.ts';
import { withProblems } from './sqlstate.ts';
import type { LogId, StoredEvent } from './types.ts';
import { readEvents, storedEvent } from './views-events.ts';

/** Events read at once. */
const STEP = 2_000;

const SPAN = `
  SELECT coalesce((SELECT upto FROM waybill.watermark WHERE log_id = $1 AND projection = $2), 0) AS since,
         coalesce((SELECT max(size) FROM waybill.head WHERE log_id = $1), 0) AS size`;

// Two processes may be at it: neither takes the other's mark back.
const MARK = `
  INSERT INTO waybill.watermark (log_id, projection, upto) VALUES ($1, $2, $3)
  ON CONFLICT (log_id, projection) DO UPDATE SET upto = excluded.upto WHERE watermark.upto < excluded.upto`;

const spanOf = async (db: pg.Pool, log: LogId, projection: string) => {
  const { rows } = await db.query<{ since: string; size: string }>({
    name: 'waybill-since',
    text: SPAN,
    values: [logNumber(log), projection],
  });
  return { since: Number(rows[0]?.since), size: Number(rows[0]?.size) };
};

/**
 * Gives `take` every event of a log that it has not been given yet, in the order of the log, some at a time; the watermark of
 * that name goes forward when they are taken. If we crash in between they are given again, so `take` does nothing twice that
 * cannot be done twice. Problems: `log-altered`, `key-missing`, `store-down`.
 */
export const eachSince = (
  database: Database,
  log: LogId,
  keys: MasterKeys,
  projection: string,
  take: (events: readonly StoredEvent[]) => Promise<void>,
): Promise<void> =>
  withProblems(async () => {
    const db = database.db(log);
    const { since, size } = await spanOf(db, log, projection);
    for (let from = since; from < size; from += STEP) {
      const to = Math.min(from + STEP, size);
      const which = { name: 'since', where: 'e.seq >= $2 AND e.seq < $3', values: [from, to] };
      await take((await readEvents(db, log, keys, which)).map((event) => storedEvent(log, event)));
      await db.query(MARK, [logNumber(log), projection, to]);
    }
  });
