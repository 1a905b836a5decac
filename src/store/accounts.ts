import type pg from 'pg';
import { logNumber } from './ledger-names.ts';
import type { LogId } from './types.ts';

/** How many entries one step of the projection takes in: one short transaction. */
export const STEP = 65_536;

/*
 * The index by taxpayer: for each account the numbers of its entries. It is written after the log's own commit, from the
 * events alone, and by whoever comes first: a step that is done twice, or by two at once, leaves the same rows, for each
 * begins where all before it is taken in. If we crash before the watermark, the step is done again.
 */
const PROJECT = `
WITH span AS MATERIALIZED (
  SELECT m.upto AS since, least(h.size, m.upto + ${STEP}) AS upto
    FROM (SELECT coalesce(max(upto), 0) AS upto FROM waybill.watermark
           WHERE log_id = $1 AND projection = 'acct') m,
         (SELECT coalesce(max(size), 0) AS size FROM waybill.head WHERE log_id = $1) h
), put AS (
  INSERT INTO waybill.acct (log_id, account, first, seqs)
  SELECT $1, e.account, min(e.seq), array_agg(e.seq ORDER BY e.seq)
    FROM waybill.event e
   WHERE e.log_id = $1 AND e.seq >= (SELECT since FROM span) AND e.seq < (SELECT upto FROM span)
     AND e.account IS NOT NULL
   GROUP BY e.account
  ON CONFLICT (log_id, account, first) DO UPDATE SET seqs = excluded.seqs
   WHERE cardinality(excluded.seqs) > cardinality(acct.seqs)
), mark AS (
  INSERT INTO waybill.watermark (log_id, projection, upto)
  SELECT $1, 'acct', span.upto FROM span WHERE span.upto > span.since
  ON CONFLICT (log_id, projection) DO UPDATE SET upto = excluded.upto
   WHERE watermark.upto = (SELECT since FROM span)
)
SELECT span.upto, span.upto - span.since AS taken FROM span`;

/** Takes in all that the log has. Returns the size of the log up to which the index is complete. */
export const project = async (db: pg.Pool, log: LogId): Promise<number> => {
  for (;;) {
    const { rows } = await db.query<{ upto: string; taken: string }>({
      name: 'waybill-project',
      text: PROJECT,
      values: [logNumber(log)],
    });
    if (Number(rows[0]?.taken) < STEP) return Number(rows[0]?.upto);
  }
};

const DELAY = 250;
const soon = new WeakMap<pg.Pool, Set<LogId>>();

/** Takes in what was just committed, a little later, so that single acts do not pay for it. Who reads takes in the rest. */
export const projectSoon = (db: pg.Pool, log: LogId): void => {
  const due = soon.get(db) ?? new Set();
  soon.set(db, due);
  if (due.has(log)) return;
  due.add(log);
  setTimeout(() => {
    due.delete(log);
    if (!db.ending) project(db, log).catch(() => {});
  }, DELAY).unref();
};

/** Empties what is made from the events by taxpayer and makes the index again. Who reads meanwhile waits. */
export const rebuildAccounts = async (db: pg.Pool, log: LogId): Promise<void> => {
  // The watermark goes back in the same statement, and to nought rather than away: a step of another process that is
  // under way finds it changed and does not put it forward.
  await db.query(
    `WITH emptied AS (DELETE FROM waybill.acct WHERE log_id = $1),
          forgotten AS (DELETE FROM waybill.acct_chain WHERE log_id = $1)
     UPDATE waybill.watermark SET upto = 0 WHERE log_id = $1 AND projection IN ('acct', 'chain')`,
    [logNumber(log)],
  );
  await project(db, log);
};

/** Numbers of an account's entries below `size`, in order; of a log that has as many. Never short: it waits for the index. */
export const entriesOf = async (
  db: pg.Pool,
  log: LogId,
  account: string,
  size: number,
): Promise<number[]> => {
  for (;;) {
    const { rows } = await db.query<{ upto: string; seqs: string[] }>({
      name: 'waybill-account',
      text: `SELECT coalesce(max(upto), 0) AS upto,
                    ARRAY(SELECT DISTINCT unnest(seqs) AS seq FROM waybill.acct
                           WHERE log_id = $1 AND account = $2 ORDER BY seq) AS seqs
               FROM waybill.watermark WHERE log_id = $1 AND projection = 'acct'`,
      values: [logNumber(log), Buffer.from(account, 'hex')],
    });
    if (Number(rows[0]?.upto) >= size) return (rows[0]?.seqs ?? []).map(Number).filter((seq) => seq < size);
    await project(db, log);
  }
};
