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
}

interface BodyRow {
  readonly first: string;
  readonly sealed: Buffer;
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
  SELECT e.seq, e.body, e.nth, e.version, e.act, e.stream, e.account, ${entryOf('e.seq')}
    FROM waybill.event e ${pieceOf('e.seq')}
   WHERE e.log_id = $1 AND`;

const ENTRIES = `SELECT seq, ${entryOf('seq')} FROM unnest($2::int8[]) seq ${pieceOf('seq')}`;

// While a rotation is under way a key stands once for each master key; one that we have is taken if there is one.
const BODIES = `
  SELECT b.first, b.sealed, b.key, k.master, k.scope, k.wrapped
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
  return rows.map(({ seq: text, body, nth, version, act, stream, account, entry }) => {
    const seq = Number(text);
    const opened = bodies.get(Number(body));
    if (opened === undefined) return { seq, version, act, stream, entry, part: undefined, key: undefined };
    const part = openPart(opened.parts, nth);
    if (
      part === undefined ||
      !isOpenedBy(entry, part, account) ||
      part.event.version !== version ||
      part.event.act !== act
    )
      throw notTheEntry(log, seq);
    return { seq, version, act, stream, entry, part, key: opened.key };
  });
};

/** Whether all of these data keys are still there, and under a master key that is here. */
export const areKept = async (
  db: pg.Pool,
  log: LogId,
  masters: MasterKeys,
  keys: ReadonlySet<string>,
): Promise<boolean> => {
  if (keys.size === 0) return true;
  const { rows } = await db.query<{ kept: string }>({
    name: 'waybill-kept',
    text: `SELECT count(DISTINCT key) AS kept FROM waybill.data_key
            WHERE log_id = $1 AND key = ANY($2::uuid[]) AND master = ANY($3)`,
    values: [logNumber(log), [...keys], masters.ids],
  });
  return Number(rows[0]?.kept) === keys.size;
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
  readonly parts: Buffer;
  readonly key: string;
}

/** The parts of each body, opened; those whose key was destroyed are not there. */
const readBodies = async (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  firsts: readonly number[],
): Promise<Map<number, Opened>> => {
  if (firsts.length === 0) return new Map();
  const { rows } = await db.query<BodyRow>({
    name: 'waybill-bodies',
    text: BODIES,
    values: [logNumber(log), int8Array(firsts), keys.ids],
  });
  const aad = bodyAad(log);
  const opened = new Map<number, Opened>();
  // The bodies of a case lie under one key.
  const unwrapped = new Map<string, Uint8Array>();
  for (const { first, sealed, key: id, master, scope, wrapped } of rows) {
    if (master === null || scope === null || wrapped === null) continue;
    const name = `${master} ${scope.toString('hex')} ${wrapped.toString('hex')}`;
    const key = unwrapped.get(name) ?? keys.unwrap({ master, wrapped }, { log: logNumber(log), scope });
    unwrapped.set(name, key);
    opened.set(Number(first), { parts: open(key, aad, sealed), key: id });
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
