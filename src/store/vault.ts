import { ProblemError } from '../ground/problem.ts';
import type { Database } from './database.ts';
import type { MasterKeys } from './keys.ts';
import { contentAad } from './ledger-compose.ts';
import { logNumber } from './ledger-names.ts';
import { open } from './seal.ts';
import { withProblems } from './sqlstate.ts';
import type { Json, Receipt, Vault } from './types.ts';
import { readEvents } from './views-events.ts';
import { shredded } from './views-exhibit.ts';

/** Whether `content: <id>` stands anywhere in the data of an event. */
const names = (data: Json | undefined, content: string): boolean =>
  typeof data === 'object' &&
  data !== null &&
  Object.entries(data).some(
    ([key, value]: [string, Json | undefined]) =>
      (key === 'content' && value === content) || names(value, content),
  );

const notEntitled = (act: string): ProblemError =>
  new ProblemError({
    kind: 'not-entitled',
    what: 'The receipt is not of an act that opens this content.',
    where: `act ${act}`,
    next: 'Record the opening first, by the one road; its receipt opens what its event names.',
  });

interface Row {
  readonly sealed: Buffer;
  readonly master: string | null;
  readonly scope: Buffer | null;
  readonly wrapped: Buffer | null;
}

const CONTENT = `
  SELECT c.sealed, k.master, k.scope, k.wrapped
    FROM waybill.content c
    LEFT JOIN LATERAL (SELECT master, scope, wrapped FROM waybill.data_key
                        WHERE log_id = c.log_id AND key = c.key ORDER BY master = ANY($3) DESC LIMIT 1) k ON true
   WHERE c.log_id = $1 AND c.content = $2`;

/**
 * The vault of an office. A receipt made up by hand opens nothing: its act is looked up in the log. Problems:
 * `not-entitled`, `shredded`, `key-missing`, `log-altered`.
 */
export const openVault = ({ db, keys }: { readonly db: Database; readonly keys: MasterKeys }): Vault => ({
  open: ({ log, act, first, count }: Receipt, content) =>
    withProblems(async () => {
      const pool = db.db(log);
      const events = await readEvents(pool, log, keys, { name: 'act', where: 'e.act = $2', values: [act] });
      const same = events[0]?.seq === first && events.length === count;
      if (!same) throw notEntitled(act);
      if (!events.some(({ part }) => names(part?.event.data, content)))
        throw events.some(({ part }) => part === undefined) ? shredded(`act ${act}`) : notEntitled(act);
      const { rows } = await pool.query<Row>(CONTENT, [logNumber(log), content, keys.ids]);
      const [row] = rows;
      if (row === undefined)
        throw new ProblemError({
          kind: 'log-altered',
          what: 'The vault does not have the content that an event names.',
          where: `${log}, entry ${first}`,
          next: 'Restore the newest backup that has it, and verify the log.',
        });
      const { sealed, master, scope, wrapped } = row;
      if (master === null || scope === null || wrapped === null) throw shredded(`content ${content}`);
      const key = keys.unwrap({ master, wrapped }, { log: logNumber(log), scope });
      return open(key, contentAad(log, content), sealed);
    }),
});
