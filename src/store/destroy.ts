import type { Database } from './database.ts';
import { logNumber, namesOf } from './ledger-names.ts';
import { withProblems } from './sqlstate.ts';
import type { LogId } from './types.ts';

/** What is to be made undisclosable: all that is sealed for these scopes, and these contents of the vault. */
export interface Doomed {
  readonly scopes: readonly string[];
  /** UUIDs. */
  readonly contents: readonly string[];
}

const DESTROY = `
  DELETE FROM waybill.data_key k
   WHERE k.log_id = $1
     AND (k.scope = ANY($2::bytea[])
          OR k.key IN (SELECT c.key FROM waybill.content c WHERE c.log_id = $1 AND c.content = ANY($3::uuid[])))`;

/**
 * Destroys data keys: what they seal can never be opened again, and every proof still verifies. The act that says so must be on
 * record before. Safe to do again. The adversary keeps old backups: what is destroyed here opens from one of those, until it
 * is destroyed too.
 */
export const destroyKeys = (
  database: Database,
  log: LogId,
  nameKey: Uint8Array,
  { scopes, contents }: Doomed,
): Promise<void> =>
  withProblems(async () => {
    const names = namesOf(nameKey, log);
    const values = [logNumber(log), scopes.map((scope) => names.scope(scope)), [...contents]];
    // A rotation under way may put a key in again, under its new wrapping, while the first statement waits for it.
    for (;;) {
      const { rowCount } = await database.db(log).query(DESTROY, values);
      if ((rowCount ?? 0) === 0) return;
    }
  });
