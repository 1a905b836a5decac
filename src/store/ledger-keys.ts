import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { MasterKeys } from './keys.ts';
import { logNumber } from './ledger-names.ts';
import type { Names } from './ledger-names.ts';
import { byteaArray } from './ledger-wire.ts';
import type { LogId } from './types.ts';

/** A row of `data_key`. */
export interface KeyRow {
  readonly key: string;
  readonly master: string;
  readonly scope: Buffer;
  readonly wrapped: Uint8Array;
}

/** The key that seals what is written for a scope. */
export interface DataKey {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** To be stored in the transaction that first uses it; undefined once it is. */
  readonly unsaved: KeyRow | undefined;
}

const REMEMBERED = 20_000;

/**
 * The data keys that a writer seals with. It may remember one that was destroyed meanwhile: whoever commits asks the
 * database in the same statement whether the saved ones are still there, and forgets those that are not.
 */
export class DataKeys {
  readonly #masters: MasterKeys;
  readonly #names: Names;
  readonly #log: number;
  #known = new Map<string, DataKey>();
  /** Known before, and not asked for since there were too many: what a batch that is being written may still need. */
  #older = new Map<string, DataKey>();

  constructor(masters: MasterKeys, names: Names, log: LogId) {
    this.#masters = masters;
    this.#names = names;
    this.#log = logNumber(log);
  }

  /** Finds or makes the keys of these scopes; of those that are new there can be none in the database. */
  async need(
    db: pg.Pool | pg.PoolClient,
    scopes: ReadonlyMap<string, { readonly isNew: boolean }>,
  ): Promise<void> {
    if (this.#known.size > REMEMBERED) {
      // The keys of the batch before, which is written while this one is made, are among them: they stay for one time more.
      this.#older = this.#known;
      this.#known = new Map([...this.#older].filter(([, { unsaved }]) => unsaved !== undefined));
    }
    const sought = new Map<string, string>();
    for (const [scope, { isNew }] of scopes)
      if (!isNew && !this.#has(scope)) sought.set(this.#names.scope(scope).toString('hex'), scope);
    if (sought.size > 0) {
      const { rows } = await db.query<KeyRow>({
        name: 'waybill-keys',
        text: `SELECT key, master, scope, wrapped FROM waybill.data_key WHERE log_id = $1 AND scope = ANY($2::bytea[])`,
        values: [this.#log, byteaArray([...sought.keys()].map((name) => Buffer.from(name, 'hex')))],
      });
      // Where a rotation is under way, a key may stand twice; the wrapping that we can open is as good as the other.
      rows.sort((a, b) => this.#rank(a) - this.#rank(b));
      for (const row of rows) {
        const scope = sought.get(row.scope.toString('hex')) ?? '';
        if (this.#known.has(scope)) continue;
        const bytes = this.#masters.unwrap(row, { log: this.#log, scope: row.scope });
        this.#known.set(scope, { id: row.key, bytes, unsaved: undefined });
      }
    }
    for (const scope of scopes.keys()) if (!this.#has(scope)) this.#known.set(scope, this.#make(scope));
  }

  #has(scope: string): boolean {
    const before = this.#known.get(scope) ?? this.#older.get(scope);
    if (before !== undefined) this.#known.set(scope, before);
    return before !== undefined;
  }

  #rank({ master }: KeyRow): number {
    const at = this.#masters.ids.indexOf(master);
    return at < 0 ? Infinity : at;
  }

  #make(name: string): DataKey {
    const bytes = randomBytes(32);
    const scope = this.#names.scope(name);
    const id = randomUUID();
    const unsaved = { key: id, scope, ...this.#masters.wrap(bytes, { log: this.#log, scope }) };
    return { id, bytes, unsaved };
  }

  /** The key of a scope that `need` was asked for. */
  of(scope: string): DataKey {
    const key = this.#known.get(scope) ?? this.#older.get(scope);
    if (key === undefined) throw new RangeError('the key of this scope was not asked for');
    return key;
  }

  /**
   * Which keys a commit has to store, and which must still be there. To be asked right before it: a key that was stored
   * by the commit before and destroyed since must not come back.
   */
  split(scopes: readonly string[]): { unsaved: KeyRow[]; saved: string[] } {
    const keys = scopes.map((scope) => this.of(scope));
    return {
      unsaved: keys.flatMap(({ unsaved }) => unsaved ?? []),
      saved: keys.filter(({ unsaved }) => unsaved === undefined).map(({ id }) => id),
    };
  }

  /** After the commit that stored the keys of these scopes. */
  stored(scopes: readonly string[]): void {
    for (const scope of scopes) {
      const { id, bytes, unsaved } = this.of(scope);
      if (unsaved !== undefined) this.#known.set(scope, { id, bytes, unsaved: undefined });
    }
  }

  forget(ids: ReadonlySet<string>): void {
    for (const keys of [this.#known, this.#older])
      for (const [scope, { id }] of keys) if (ids.has(id)) keys.delete(scope);
  }
}
