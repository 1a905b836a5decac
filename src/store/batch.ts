import type pg from 'pg';
import { STEP, project } from './accounts.ts';
import { copyEvents } from './batch-copy.ts';
import { groupsOf } from './batch-source.ts';
import { actRepeated, movedOn, readAsked } from './ledger-receipt.ts';
import { writeCommit } from './ledger-commit.ts';
import type { Conditions, Outcome } from './ledger-commit.ts';
import { compose } from './ledger-compose.ts';
import type { Commit } from './ledger-compose.ts';
import { planGroup } from './ledger-group.ts';
import type { Stand } from './ledger-head.ts';
import { logNumber } from './ledger-names.ts';
import { patiently } from './ledger-patience.ts';
import { scopesOf } from './ledger-prepare.ts';
import type { Prepared } from './ledger-prepare.ts';
import { openWriter } from './ledger-writer.ts';
import type { LedgerOptions, Writer } from './ledger-writer.ts';
import { withProblems } from './sqlstate.ts';
import { inTransaction } from './transaction.ts';
import type { ActRecord, LogId } from './types.ts';

/** Given after COMMIT. Its new entries are `first` … `first + count - 1`. */
export interface BatchReceipt {
  readonly first: number;
  readonly count: number;
  /** Acts of the batch that had been recorded before; they are no new entries. */
  readonly repeated: number;
  /** The signed head of the commit. */
  readonly checkpoint: string;
}

export interface BatchOptions extends LedgerOptions {
  /** Events of one transaction. */
  readonly events?: number;
}

const EVENTS = 8192;
const STREAMS_REMEMBERED = 100_000;

/**
 * Records many acts, as `Ledger.append` would one after another: as durable, signed and indexed by taxpayer, many to a
 * transaction, one batch hashed while the one before it is written. Each receipt is for the next acts of the iterable.
 * Problems as of `append`; a batch with an act that is refused is not recorded, those before it are. After a crash give
 * the same acts again: those that are in the log are known by their ids.
 */
export async function* recordBatch(
  options: BatchOptions,
  acts: Iterable<ActRecord> | AsyncIterable<ActRecord>,
): AsyncGenerator<BatchReceipt, void> {
  const writer = await openWriter(options);
  const bulk = new Bulk(writer);
  let writing: Promise<BatchReceipt> | undefined;
  try {
    for await (const group of groupsOf(writer, acts, options.events ?? EVENTS)) {
      const ready = await bulk.ready(group);
      if (writing !== undefined) yield await writing;
      writing = bulk.write(group, ready);
      // A failure is thrown where it is awaited; until then it is no unhandled one.
      writing.catch(() => {});
    }
    if (writing !== undefined) yield await writing;
    writing = undefined;
  } finally {
    // Who stops early leaves no transaction behind that is still being written.
    await writing?.catch(() => {});
    await bulk.index();
  }
}

/** A batch composed for a certain head. */
interface Ready {
  readonly on: Stand;
  readonly commit: Commit;
}

class Bulk {
  /** The index by taxpayer, taking in what is committed, and the size of the log at which it last began to. */
  #indexed: Promise<unknown> = Promise.resolve();
  #indexedAt = 0;
  readonly #writer: Writer;
  /** Versions of streams, which hold as long as nobody else writes. */
  readonly #known = new Map<string, number>();
  /** Where the log will stand when what is being written is durable. */
  #next: Stand | undefined;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Composes a batch for the head that the batch being written will come to, if it does. */
  ready(group: readonly Prepared[]): Promise<Ready> {
    return withProblems(() =>
      patiently(this.#writer.patience, async () =>
        this.#compose(group, this.#next ?? (await this.#writer.stand())),
      ),
    );
  }

  write(group: readonly Prepared[], ready: Ready): Promise<BatchReceipt> {
    return withProblems(() =>
      patiently(this.#writer.patience, async () => {
        try {
          return await this.#record(group, ready);
        } catch (error) {
          // If the connection broke during COMMIT, the batch may be in the log: the next try finds its acts there.
          this.#doubt();
          throw error;
        }
      }),
    );
  }

  #doubt(): void {
    this.#writer.doubt();
    this.#known.clear();
    this.#next = undefined;
  }

  async #compose(group: readonly Prepared[], on: Stand): Promise<Ready> {
    const { log, pool, keys, signer } = this.#writer;
    const scopes = scopesOf(group);
    await keys.need(pool, scopes);
    const commit = compose(log, on.tree, group, [...scopes.keys()], keys, signer);
    this.#next = commit;
    return { on, commit };
  }

  async #record(all: readonly Prepared[], ready: Ready): Promise<BatchReceipt> {
    let group = all;
    let { on, commit } = ready;
    for (;;) {
      const stand = await this.#writer.stand();
      if (group.length === 0) {
        const { tree, checkpoint = '' } = stand;
        return { first: tree.size, count: 0, repeated: all.length, checkpoint };
      }
      // Another writer, or a batch that was not made, came between: the same acts at the head as it is now.
      if (stand.tree !== on.tree) ({ on, commit } = await this.#compose(group, stand));
      const { committed, moved, repeated, destroyed } = await this.#try(group, commit, stand);
      if (committed) {
        this.#durable(group, commit);
        const { prev, tree, checkpoint } = commit;
        return { first: prev, count: tree.size - prev, repeated: all.length - group.length, checkpoint };
      }
      const left = await this.#without(group, repeated);
      // An act that is in the log already says nothing of where its streams are now.
      if (left.length === group.length) for (const [, version] of moved) throw movedOn(version);
      group = left;
      this.#writer.keys.forget(new Set(destroyed));
      this.#doubt();
    }
  }

  async #try(group: readonly Prepared[], commit: Commit, stand: Stand): Promise<Outcome> {
    const { pool, log, secrets } = this.#writer;
    const plan = planGroup(group, this.#known);
    const [refused] = plan.refused;
    if (refused !== undefined) {
      const asked = await readAsked(
        pool,
        log,
        secrets.keys,
        plan.refused.map(({ prepared }) => prepared.id),
      );
      const moved = new Map([[0, refused.version]]);
      return { committed: false, moved, repeated: [...asked.keys()], destroyed: [] };
    }
    const { streams, acts } = plan.conditions;
    const conditions = {
      head: stand.checkpoint,
      streams: streams.filter((_, place) => !this.#known.has(plan.names[place] ?? '')),
      acts: (await anyBetween(pool, log, acts)) ? acts : [],
    };
    return this.#transaction(commit, conditions);
  }

  /** The head and the entries in one statement, what opens them by COPY. */
  async #transaction(commit: Commit, conditions: Conditions): Promise<Outcome> {
    const { pool, log, keys } = this.#writer;
    return inTransaction(pool, 'BEGIN', async (client) => {
      const outcome = await writeCommit(client, log, commit, keys.split(commit.scopes), conditions, [
        'body',
        'event',
      ]);
      if (outcome.committed) await copyEvents(client, logNumber(log), commit);
      return outcome;
    });
  }

  #durable(group: readonly Prepared[], commit: Commit): void {
    const { keys } = this.#writer;
    this.#writer.advance(commit);
    keys.stored(commit.scopes);
    if (this.#known.size > STREAMS_REMEMBERED) this.#known.clear();
    for (const { expect } of group) for (const { name, after } of expect) this.#known.set(name, after);
    // Many entries at once make one long row of an account instead of one for each batch.
    if (commit.tree.size - this.#indexedAt < STEP) return;
    this.#indexedAt = commit.tree.size;
    void this.index();
  }

  /** Takes into the index what is committed. Should it fail, who reads the index first takes in the rest. */
  index(): Promise<unknown> {
    const { pool, log } = this.#writer;
    this.#indexed = this.#indexed.then(() => project(pool, log)).catch(() => {});
    return this.#indexed;
  }

  /** The acts that are not in the log yet. Problem `act-repeated` if one is there and asked for something else. */
  async #without(group: readonly Prepared[], repeated: readonly string[]): Promise<readonly Prepared[]> {
    const { pool, log, secrets } = this.#writer;
    const asked = await readAsked(pool, log, secrets.keys, repeated);
    const other = group.find((act) => (asked.get(act.id) ?? act.asked) !== act.asked);
    if (other !== undefined) throw actRepeated(other.id);
    return group.filter(({ id }) => !asked.has(id));
  }
}

/**
 * Whether the log has any act between the first and the last of these ids: one probe instead of one for each, where they
 * are new, for they are made in the order of time. If another writer records one right after, he moves the head.
 */
const anyBetween = async (db: pg.Pool, log: LogId, acts: readonly string[]): Promise<boolean> => {
  const [low, high] = acts.reduce(([a, z], id) => [id < a ? id : a, id > z ? id : z], [acts[0] ?? '', '']);
  const { rows } = await db.query<{ any: boolean }>({
    name: 'waybill-acts-between',
    text: 'SELECT EXISTS (SELECT FROM waybill.event WHERE log_id = $1 AND act BETWEEN $2 AND $3) AS any',
    values: [logNumber(log), low, high],
  });
  return rows[0]?.any ?? true;
};
