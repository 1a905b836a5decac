import type pg from 'pg';
import { decodeEntry, encodeEntry } from '../custody/entry.ts';
import { sameBytes } from '../custody/hash.ts';
import { ProblemError } from '../ground/problem.ts';
import type { MasterKeys } from './keys.ts';
import { bodyAad } from './ledger-compose.ts';
import { FRAMED_ENTRY, fieldsOf, openPart } from './ledger-event.ts';
import type { OpenedPart } from './ledger-event.ts';
import { logNumber } from './ledger-names.ts';
import { int8Array } from './ledger-wire.ts';
import { open } from './seal.ts';
import type { LogId, StoredEvent } from './types.ts';

/** Which events: a condition on `e`, with parameters from $2 on. Both are written in this folder, never given from outside. */
export interface Which {
  /** Of the condition: the server plans each but once. */
  readonly name: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

export interface ReadEvent {
  readonly seq: number;
  readonly version: number;
  readonly act: string;
  /** As the database names it. */
  readonly stream: Buffer;
  readonly entry: Uint8Array;
  /** Undefined where the data key was destroyed. */
  readonly part: OpenedPart | undefined;
  /** The data key that `part` was opened with, as the database names it. */
  readonly key: string | undefined;
  /** The body that it lies in, and what both look like as they lie there. */
  readonly body: string;
  readonly prints: { readonly event: bigint; readonly body: bigint };
}

interface EventRow {
  readonly seq: string;
  readonly body: string;
  readonly nth: number;
  readonly version: number;
  readonly act: string;
  readonly stream: Buffer;
  readonly account: Buffer | null;
  readonly entry: Buffer;
  readonly print: string;
}

interface BodyRow {
  readonly first: string;
  readonly sealed: Buffer;
  readonly print: string;
  readonly key: string;
  readonly master: string | null;
  readonly scope: Buffer | null;
  readonly wrapped: Buffer | null;
}

/** The bytes of entry `seq`, where `b` is the piece of a bundle that has it. */
const entryOf = (seq: string) =>
  `substring(b.entries FROM (${FRAMED_ENTRY} * (${seq} - b.first) + 3)::int4 FOR ${FRAMED_ENTRY - 2}) AS entry`;
const pieceOf = (seq: string) =>
  `JOIN LATERAL (SELECT first, entries FROM waybill.bundle
                  WHERE log_id = $1 AND first <= ${seq} ORDER BY first DESC LIMIT 1) b ON true`;

const EVENTS = `
  SELECT e.seq, e.body, e.nth, e.version, e.act, e.stream, e.account, ${entryOf('e.seq')},
         hash_record_extended(e, 0) AS print
    FROM waybill.event e ${pieceOf('e.seq')}
   WHERE e.log_id = $1 AND`;

const ENTRIES = `SELECT seq, ${entryOf('seq')} FROM unnest($2::int8[]) seq ${pieceOf('seq')}`;

// While a rotation is under way a key stands once for each master key; one that we have is taken if there is one.
const BODIES = `
  SELECT b.first, b.sealed, hashbyteaextended(b.sealed, 0) AS print, b.key, k.master, k.scope, k.wrapped
    FROM waybill.body b
    LEFT JOIN LATERAL (SELECT master, scope, wrapped FROM waybill.data_key
                        WHERE log_id = b.log_id AND key = b.key ORDER BY master = ANY($3) DESC LIMIT 1) k ON true
   WHERE b.log_id = $1 AND b.first = ANY($2::int8[])`;

const notTheEntry = (log: LogId, seq: number): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: 'What the database holds of an entry is not what the entry commits to.',
    where: `${log}, entry ${seq}`,
    next: 'Export and verify the log to see what was changed, and restore the newest backup that is whole.',
  });

/**
 * Reads events in the order of the log and opens them. What is read is believed only if the entry commits to it: who
 * exchanges two sealed bodies, or writes one of his own, is found here (`log-altered`). Problem `key-missing` if the
 * master key is not here.
 */
export const readEvents = async (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  { name, where, values }: Which,
): Promise<ReadEvent[]> => {
  const { rows } = await db.query<EventRow>({
    name: `waybill-events-${name}`,
    text: `${EVENTS} ${where} ORDER BY e.seq`,
    values: [logNumber(log), ...values],
  });
  const bodies = await readBodies(db, log, keys, [...new Set(rows.map(({ body }) => Number(body)))]);
  return rows.map((row) => {
    const { body, nth, version, act, stream, account, entry } = row;
    const seq = Number(row.seq);
    const { parts, key, print } = bodies.get(body) ?? notThere;
    const prints = { event: BigInt(row.print), body: print };
    const read = { seq, version, act, stream, entry, body, prints };
    if (parts === undefined) return { ...read, part: undefined, key: undefined };
    const part = openPart(parts, nth);
    if (
      part === undefined ||
      !isOpenedBy(entry, part, account) ||
      part.event.version !== version ||
      part.event.act !== act
    )
      throw notTheEntry(log, seq);
    return { ...read, part, key };
  });
};

const PRINTED = `
  WITH e AS MATERIALIZED (SELECT * FROM waybill.event WHERE log_id = $1 AND stream = $2 AND version <= $3)
  SELECT (SELECT coalesce(sum(hash_record_extended(e, 0)), 0)::text FROM e) AS events,
         (SELECT coalesce(sum(hashbyteaextended(sealed, 0)), 0)::text
            FROM waybill.body WHERE log_id = $1 AND first IN (SELECT body FROM e)) AS bodies,
         (SELECT count(DISTINCT key)::int FROM waybill.data_key
           WHERE log_id = $1 AND key = ANY($4::uuid[]) AND master = ANY($5)) AS keys`;

/** What a stream looks like as it lies in the database: sums of the prints of its events and of their bodies. */
export interface Fingerprint {
  readonly events: bigint;
  readonly bodies: bigint;
  /** How many of the data keys asked about are there, under a master key that is here. */
  readonly keys: number;
}

/**
 * The fingerprint of a stream up to a version. It tells what was changed since, and does not prove that nothing was: who owns
 * the database answers what he likes, but what is then gone on from is what the entries commit to.
 */
export const fingerprint = async (
  db: pg.Pool,
  log: LogId,
  masters: MasterKeys,
  of: { readonly stream: Buffer; readonly to: number; readonly keys: ReadonlySet<string> },
): Promise<Fingerprint> => {
  const { rows } = await db.query<{ events: string; bodies: string; keys: number }>({
    name: 'waybill-printed',
    text: PRINTED,
    values: [logNumber(log), of.stream, of.to, [...of.keys], masters.ids],
  });
  const { events = '0', bodies = '0', keys = 0 } = rows[0] ?? {};
  return { events: BigInt(events), bodies: BigInt(bodies), keys };
};

/** The bytes of these entries, by their numbers; those that the database does not have are not there. */
export const readEntries = async (
  db: pg.Pool,
  log: LogId,
  seqs: readonly number[],
): Promise<Map<number, Uint8Array>> => {
  const { rows } = await db.query<{ seq: string; entry: Buffer }>({
    name: 'waybill-entries',
    text: ENTRIES,
    values: [logNumber(log), int8Array(seqs)],
  });
  return new Map(rows.map(({ seq, entry }) => [Number(seq), entry]));
};

/** Whether the entry is the one that this part makes: office, hour and all nine commitments. */
const isOpenedBy = (
  entry: Uint8Array,
  { event, json, salts }: OpenedPart,
  account: Buffer | null,
): boolean => {
  const { office, time } = event;
  const fields = fieldsOf(event, event, json, account?.toString('hex') ?? '');
  return sameBytes(encodeEntry({ office, time, fields }, salts), entry);
};

interface Opened {
  /** Undefined where the key was destroyed. */
  readonly parts: Buffer | undefined;
  readonly key: string;
  readonly print: bigint;
}

const notThere: Opened = { parts: undefined, key: '', print: 0n };

/** The parts of each body, opened. */
const readBodies = async (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  firsts: readonly number[],
): Promise<Map<string, Opened>> => {
  if (firsts.length === 0) return new Map();
  const { rows } = await db.query<BodyRow>({
    name: 'waybill-bodies',
    text: BODIES,
    values: [logNumber(log), int8Array(firsts), keys.ids],
  });
  const aad = bodyAad(log);
  const opened = new Map<string, Opened>();
  // The bodies of a case lie under one key.
  const unwrapped = new Map<string, Uint8Array>();
  for (const { first, sealed, print, key: id, master, scope, wrapped } of rows) {
    const lies = { key: id, print: BigInt(print) };
    if (master === null || scope === null || wrapped === null) {
      opened.set(first, { ...lies, parts: undefined });
      continue;
    }
    const name = `${master} ${scope.toString('hex')} ${wrapped.toString('hex')}`;
    const key = unwrapped.get(name) ?? keys.unwrap({ master, wrapped }, { log: logNumber(log), scope });
    unwrapped.set(name, key);
    opened.set(first, { ...lies, parts: open(key, aad, sealed) });
  }
  return opened;
};

/** An event as the rest of the house sees it. `stream` is its name, for where its own copy of it was destroyed. */
export const storedEvent = (
  log: LogId,
  { seq, version, act, entry, part }: ReadEvent,
  stream = '',
): StoredEvent => {
  if (part === undefined) {
    const { time } = decodeEntry(entry);
    return { log, seq, version, act, time, stream, kind: '', cite: '', person: '', title: '', data: null };
  }
  const { office: _office, asked: _asked, contents: _contents, ...event } = part.event;
  return { ...event, log, seq };
};
