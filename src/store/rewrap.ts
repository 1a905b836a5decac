import type pg from 'pg';
import type { MasterKeys } from './keys.ts';
import { withProblems } from './sqlstate.ts';

interface Row {
  readonly log_id: number;
  readonly key: string;
  readonly master: string;
  readonly scope: Buffer;
  readonly wrapped: Buffer;
}

const BATCH = 500;

// One statement takes the old wrapping away and puts the new one in. A key that was destroyed meanwhile is not there to
// be taken, and so does not come back.
const EXCHANGE = `
  WITH taken AS (
    DELETE FROM waybill.data_key d
     USING unnest($3::uuid[], $4::bytea[]) AS anew (key, wrapped)
     WHERE d.log_id = $1 AND d.master = $2 AND d.key = anew.key
    RETURNING d.log_id, d.key, d.scope, anew.wrapped
  )
  INSERT INTO waybill.data_key (log_id, key, master, scope, wrapped)
  SELECT log_id, key, $5, scope, wrapped FROM taken
  ON CONFLICT DO NOTHING`;

/**
 * The middle of a rotation: wraps every data key under the first of the master keys. Returns how many it wrapped anew.
 * If we crash here, each key is still wrapped under one of them; run it again to finish. Only then drop the old key.
 */
export const rewrap = (db: pg.Pool, keys: MasterKeys): Promise<number> =>
  withProblems(async () => {
    for (let done = 0; ;) {
      const { rows } = await db.query<Row>(
        `SELECT log_id, key, master, scope, wrapped FROM waybill.data_key
          WHERE (log_id, master) = (SELECT log_id, master FROM waybill.data_key WHERE master <> $1 LIMIT 1)
          LIMIT ${BATCH}`,
        [keys.current],
      );
      const [first] = rows;
      if (!first) return done;
      const anew = rows.map(({ log_id: log, master, scope, wrapped }) => {
        const context = { log, scope };
        return keys.wrap(keys.unwrap({ master, wrapped }, context), context).wrapped;
      });
      await db.query(EXCHANGE, [first.log_id, first.master, rows.map((row) => row.key), anew, keys.current]);
      done += rows.length;
    }
  });

/** Master keys that something is still wrapped under. */
export const mastersInUse = async (db: pg.Pool): Promise<string[]> =>
  withProblems(async () => {
    const { rows } = await db.query<{ master: string }>(
      'SELECT DISTINCT master FROM waybill.data_key ORDER BY master',
    );
    return rows.map(({ master }) => master);
  });
