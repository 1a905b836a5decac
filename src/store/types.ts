import type { Field, Office } from '../custody/entry.ts';

/** The IRS keeps two logs: `irs`, which Customs may read, and `irs-review`, which it may not (DESIGN 5.1). */
export type LogId = 'irs' | 'irs-review' | 'customs' | 'justice';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What happened, as an act hands it over. One entry of the log commits to it. */
export interface NewEvent {
  /** The stream's name, such as `case/CBP-2026-0147`. Stored only as a keyed HMAC, for it may name a case. */
  readonly stream: string;
  readonly kind: string;
  /** The paragraph behind it, or `''`. */
  readonly cite: string;
  readonly case?: string;
  readonly item?: string;
  /** What names the taxpayer in this office. Stored only as the account of `accountOf`. */
  readonly taxpayer?: string;
  /** SHA-256 (hex) of the packet sent or received. */
  readonly packet?: string;
  /** Whose data key seals it; the stream's where it is left out. Destroying that key makes the event undisclosable. */
  readonly scope?: string;
  readonly data: Json;
}

/** Something for the vault: sealed under the data key of its scope, in the act's own transaction. */
export interface NewContent {
  /** UUIDv7. */
  readonly id: string;
  readonly scope: string;
  readonly bytes: Uint8Array;
}

/** Everything that one act writes: all of it is committed together, or none. */
export interface ActRecord {
  /** UUIDv7, the idempotency key: the same act given twice has one effect and one receipt. */
  readonly id: string;
  /** SHA-256 (hex) of what was asked, hour left out: an id that comes again with another digest is `act-repeated`. */
  readonly asked: string;
  readonly log: LogId;
  readonly office: Office;
  /** Who acted and under which title. */
  readonly person: string;
  readonly title: string;
  /** POSIX seconds. */
  readonly time: number;
  /** How many events each stream must have before this act; every stream written to is named once. */
  readonly expect: Readonly<Record<string, number>>;
  readonly events: readonly [NewEvent, ...NewEvent[]];
  readonly contents?: readonly NewContent[];
}

/** An event as it is read back, opened. */
export interface StoredEvent extends NewEvent {
  readonly log: LogId;
  /** Its entry's number in the log. */
  readonly seq: number;
  /** 1 for the first of its stream. */
  readonly version: number;
  readonly act: string;
  readonly person: string;
  readonly title: string;
  readonly time: number;
}

/** Given after COMMIT, never before. Its entries are `first` … `first + count - 1`. */
export interface Receipt {
  readonly act: string;
  readonly log: LogId;
  readonly first: number;
  readonly count: number;
  /** The signed head of the commit that has these entries. */
  readonly checkpoint: string;
  /** Of the act, as recorded. */
  readonly asked: string;
  /** Whether the act had been recorded before, and this is the receipt of that time. */
  readonly repeated: boolean;
}

/** The only writer. */
export interface Ledger {
  /**
   * Records one act; acts given at the same time share a transaction. Problems: `moved-on` (a stream is not at the
   * expected version), `act-repeated` (this id was used for another act), `store-down` (nothing was recorded, or it is
   * not known whether it was: give the same act again).
   */
  append(act: ActRecord): Promise<Receipt>;
}

/** The only reader. */
export interface Views {
  /** The events of a stream after a version (0), oldest first; bodies whose key was destroyed are left out of `data` (it is null). */
  stream(log: LogId, name: string, after?: number): Promise<readonly StoredEvent[]>;
  /** The first event of every stream of a log whose name begins with `prefix`, such as `case/`. */
  firsts(log: LogId, prefix: string): Promise<readonly StoredEvent[]>;
  /** The streams that have one of the entries `from` … `to - 1`, each once; not those of which all of these can no longer be read. */
  streamsBetween(log: LogId, from: number, to: number): Promise<readonly string[]>;
  event(log: LogId, seq: number): Promise<StoredEvent | undefined>;
  receipt(log: LogId, act: string): Promise<Receipt | undefined>;
  /** The newest signed head; undefined before the first entry. */
  head(log: LogId): Promise<string | undefined>;
  /** The signed head of exactly this size, if the log was ever at it. */
  headAt(log: LogId, size: number): Promise<string | undefined>;
  /** A file of the static log (`checkpoint`, `tile/…`), as C2SP tlog-tiles has it; undefined where the log has none. */
  file(log: LogId, path: string): Promise<Uint8Array | undefined>;
  /** An exhibit of one entry that opens these fields, under the newest head or an older signed one. Problem `shredded` where its salts were destroyed. */
  exhibit(log: LogId, seq: number, open: readonly Field[], head?: string): Promise<string>;
  /** Exhibits of several entries, as `exhibit` makes each of them, by the entry's number. What they have in common is read once. */
  exhibits(
    log: LogId,
    seqs: readonly number[],
    open: readonly Field[],
    head?: string,
  ): Promise<ReadonlyMap<number, string>>;
  /** RFC 6962 proof that the newest head goes on from `from` entries. */
  consistency(log: LogId, from: number, to: number): Promise<readonly Uint8Array[]>;
  /** A taxpayer's events, oldest first. Waits for the projection, so that it is never silently short. */
  account(log: LogId, taxpayer: string): Promise<readonly StoredEvent[]>;
  /** The numbers of a taxpayer's entries, in order. Waits as `account` does. */
  entriesOf(log: LogId, taxpayer: string): Promise<readonly number[]>;
  /**
   * The whole of every stream in which the taxpayer has an event, in the order of the log, and the numbers of the entries that
   * are the taxpayer's own. Waits as `account` does, and reads no other stream.
   */
  streamsOf(
    log: LogId,
    taxpayer: string,
  ): Promise<{ readonly own: readonly number[]; readonly events: readonly StoredEvent[] }>;
}

/** Opens what is sealed, to a receipt only: the receipt's act must have an event whose data says `content: <id>`. */
export interface Vault {
  open(receipt: Receipt, content: string): Promise<Uint8Array>;
}
