import type { Database } from './database.ts';
import type { MasterKeys } from './keys.ts';
import { int8Array } from './ledger-wire.ts';
import { withProblems } from './sqlstate.ts';
import type { LogId } from './types.ts';
import { readEvents } from './views-events.ts';

/** An event as its entry commits to it, and where it stands; without the document where its key was destroyed. */
export interface Document {
  readonly seq: number;
  readonly act: string;
  readonly version: number;
  /** Canonical JSON (RFC 8785); the entry commits to its SHA-256 as `event`. */
  readonly json: string | undefined;
}

/** The events of these entries in full, in the order of the log. Problems: `log-altered`, `key-missing`, `store-down`. */
export const documentsOf = (
  database: Database,
  log: LogId,
  keys: MasterKeys,
  seqs: readonly number[],
): Promise<readonly Document[]> =>
  withProblems(async () => {
    const values = [int8Array(seqs)];
    const which = { name: 'seqs', where: 'e.seq = ANY($2::int8[])', values };
    const events = await readEvents(database.db(log), log, keys, which);
    return events.map(({ seq, act, version, part }) => ({ seq, act, version, json: part?.json }));
  });
