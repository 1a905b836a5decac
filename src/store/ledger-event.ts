import { randomFillSync } from 'node:crypto';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import { ENTRY_SIZE, SALTS_SIZE, encodeEntry } from '../custody/entry.ts';
import type { Field, Office } from '../custody/entry.ts';
import type { ActRecord, Json, NewContent, NewEvent } from './types.ts';

/**
 * The whole event, as its entry commits to it and as it lies sealed in the database. The first event of an act also
 * says what was asked, and the digest of each content, so that the log commits to the vault as well.
 */
export interface EventDocument extends NewEvent {
  readonly log: string;
  readonly office: Office;
  readonly act: string;
  readonly person: string;
  readonly title: string;
  readonly time: number;
  readonly version: number;
  readonly asked?: string;
  readonly contents?: Readonly<Record<string, string>>;
}

/** Whether JSON.stringify writes the value as RFC 8785 does: names in order, nothing that has no JSON. */
const isInOrder = (value: Json | undefined): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = '';
  for (const [name, member] of Object.entries(value)) {
    if ((before !== '' && name <= before) || !name.isWellFormed() || !isInOrder(member)) return false;
    before = name;
  }
  return true;
};

const digestsOf = (contents: readonly NewContent[]): Record<string, string> =>
  Object.fromEntries(contents.map(({ id, bytes }): [string, string] => [id, sha256(bytes)]).sort());

/**
 * The document of an event in canonical JSON. The names of its members stand in order here, so that only where those of
 * `data` do not is all of it sorted, which takes many times as long.
 */
export const eventJson = (act: ActRecord, event: NewEvent, version: number): string => {
  const isFirst = event === act.events[0];
  const document = {
    act: act.id,
    asked: isFirst ? act.asked : undefined,
    case: event.case,
    cite: event.cite,
    contents: isFirst && act.contents?.length ? digestsOf(act.contents) : undefined,
    data: event.data,
    item: event.item,
    kind: event.kind,
    log: act.log,
    office: act.office,
    packet: event.packet,
    person: act.person,
    scope: event.scope,
    stream: event.stream,
    taxpayer: event.taxpayer,
    time: act.time,
    title: act.title,
    version,
  };
  return isInOrder(event.data) ? JSON.stringify(document) : canonicalJson(document);
};

/** The texts that the entry of an event commits to. `account` is of `accountOf`, or empty. */
export const fieldsOf = (
  { person, title }: Pick<ActRecord, 'person' | 'title'>,
  event: NewEvent,
  json: string,
  account: string,
): Record<Field, string> => ({
  kind: event.kind,
  cite: event.cite,
  person,
  title,
  case: event.case ?? '',
  item: event.item ?? '',
  taxpayer: account,
  packet: event.packet ?? '',
  event: sha256(json),
});

// One call of the random generator for many salts; a call for each costs as much as the hashes.
const salts = Buffer.alloc(SALTS_SIZE * 256);
let used = salts.length;
const takeSalts = (out: Buffer, at: number): void => {
  if (used === salts.length) {
    randomFillSync(salts);
    used = 0;
  }
  salts.copy(out, at, used, (used += SALTS_SIZE));
};

const LENGTH = 4;
const BODY = LENGTH + SALTS_SIZE;

/**
 * What opens one entry: the length of the rest as a uint32, the entry's salts, the event in canonical JSON. The salts are
 * fresh random bytes and nothing else says them: when the data key of their scope is destroyed, no field can be opened
 * any more, not even by guessing its value.
 */
export type Part = Buffer;

/** The entry of an event (v1) and the part that opens it. `account` is of `accountOf`, or empty. */
export const encodeEvent = (
  act: ActRecord,
  event: NewEvent,
  version: number,
  account: string,
): { entry: Uint8Array; part: Part } => {
  const json = eventJson(act, event, version);
  const length = Buffer.byteLength(json);
  const part = Buffer.allocUnsafe(BODY + length);
  part.writeUInt32BE(SALTS_SIZE + length, 0);
  takeSalts(part, LENGTH);
  part.write(json, BODY);
  const { office, time } = act;
  const fields = fieldsOf(act, event, json, account);
  return { entry: encodeEntry({ office, time, fields }, part.subarray(LENGTH, BODY)), part };
};

export interface OpenedPart {
  readonly salts: Uint8Array;
  readonly json: string;
  readonly event: EventDocument;
}

/** The nth of the parts that were sealed together; undefined if there are not so many. */
export const openPart = (parts: Buffer, nth: number): OpenedPart | undefined => {
  let at = 0;
  for (let skip = nth; skip > 0 && at + LENGTH <= parts.length; skip--) at += LENGTH + parts.readUInt32BE(at);
  if (at + BODY > parts.length) return undefined;
  const json = parts.toString('utf8', at + BODY, at + LENGTH + parts.readUInt32BE(at));
  const event = JSON.parse(json) as EventDocument & { data: Json };
  return { salts: parts.subarray(at + LENGTH, at + BODY), json, event };
};

/** An entry's bytes in a bundle: its length and itself. */
export const FRAMED_ENTRY = 2 + ENTRY_SIZE;
