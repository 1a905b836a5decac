import { ProblemError } from '../ground/problem.ts';
import type { Database } from './database.ts';
import { logNumber } from './ledger-names.ts';
import { withProblems } from './sqlstate.ts';
import type { LogId } from './types.ts';

// One statement sees one moment, whatever others record meanwhile.
const COUNTS = `
  SELECT (SELECT count(*) FROM waybill.event WHERE log_id = $1) AS events,
         coalesce((SELECT max(size) FROM waybill.head WHERE log_id = $1), 0) AS size`;

/**
 * Whether the database has an event for every entry of a log. The adversary owns the database, and takes out the newest event of
 * a stream: that a title was ended, say. No later event shows the gap, but the number does. Problem `log-altered`.
 */
export const checkWhole = (database: Database, log: LogId): Promise<void> =>
  withProblems(async () => {
    const { rows } = await database.db(log).query<{ events: string; size: string }>(COUNTS, [logNumber(log)]);
    const [{ events, size } = { events: '0', size: '0' }] = rows;
    if (events === size) return;
    throw new ProblemError({
      kind: 'log-altered',
      what: `The database has ${events} events for the ${size} entries of the log.`,
      where: log,
      next: 'Some were taken out or put in: restore the newest backup that is whole, and keep this database for the inspector.',
    });
  });
