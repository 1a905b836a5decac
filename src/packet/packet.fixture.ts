import { randomUUIDv7 } from 'node:crypto';
import { openCheckpoint, signCheckpoint } from '../custody/checkpoint.ts';
import type { OpenedCheckpoint } from '../custody/checkpoint.ts';
import { proveConsistency } from '../custody/consistency.ts';
import { encodeEntry, saltOf } from '../custody/entry.ts';
import type { Field, Office } from '../custody/entry.ts';
import { formatExhibit } from '../custody/exhibit.ts';
import { proveInclusion } from '../custody/inclusion.ts';
import { logOf, readerOf, saltsOf } from '../custody/log.fixture.ts';
import { parseSkey } from '../custody/signer.ts';
import type { Signer } from '../custody/signer.ts';
import { rootOf } from '../custody/tree.ts';
import { day } from '../ground/dates.ts';
import type { OfficeCard } from './card.ts';
import type { CheckContext } from './check.ts';
import { publicPart } from './jwk.ts';
import type { PrivateJwk } from './jwk.ts';
import { newCard, newOfficeKeys, newPersonKey } from './keys.ts';
import type { OfficeKeys } from './keys.ts';
import type { OpenedPacket } from './open.ts';
import type { PacketPayload } from './payload.ts';
import type { Proof } from './seal.ts';
import { signPacket } from './sign.ts';
import type { SignedPacket } from './sign.ts';

/* Fictional offices with logs in memory, for tests. */

/** 2026-03-02, noon in Washington; POSIX seconds. */
export const NOON = Date.UTC(2026, 2, 2, 17) / 1000;
export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

export interface FictionalOffice {
  readonly keys: OfficeKeys;
  readonly card: OfficeCard;
  readonly logSigner: Signer;
  readonly person: PrivateJwk;
  readonly entries: Uint8Array[];
  readonly fields: Partial<Record<Field, string>>[];
}

export const newOffice = async (office: Office): Promise<FictionalOffice> => {
  const keys = await newOfficeKeys(office, `${office}.waybill.example/log`, new Date((NOON - 86_400) * 1000));
  const logSigner = parseSkey(keys.log);
  return { keys, card: newCard(keys), logSigner, person: newPersonKey(), entries: [], fields: [] };
};

/** Writes an entry; its number. */
export const record = (
  { keys, entries, fields }: FictionalOffice,
  written: Partial<Record<Field, string>>,
  time = NOON,
): number => {
  entries.push(encodeEntry({ office: keys.office, time, fields: written }, saltsOf(entries.length)));
  return fields.push(written) - 1;
};

/** The log's signed head after its first `size` entries. */
export const headAt = (office: FictionalOffice, size = office.entries.length): OpenedCheckpoint => {
  const root = rootOf(logOf(office.entries.slice(0, size)).tree);
  const note = signCheckpoint({ origin: office.keys.origin, size, root }, office.logSigner);
  return openCheckpoint(note, office.logSigner.verifier);
};

export const receiptOf = async (
  office: FictionalOffice,
  index: number,
  { size = office.entries.length, open = ['packet'] as readonly Field[] } = {},
): Promise<string> => {
  const { files } = logOf(office.entries.slice(0, size));
  return formatExhibit({
    entry: office.entries[index] ?? new Uint8Array(),
    index,
    path: await proveInclusion(size, index, readerOf(files)),
    checkpoint: headAt(office, size).note,
    open: open.map((field) => ({
      field,
      salt: saltOf(saltsOf(index), field),
      value: office.fields[index]?.[field] ?? '',
    })),
  });
};

export const proofFrom = async (office: FictionalOffice, from: number): Promise<Proof> => {
  const { files } = logOf(office.entries);
  return { from, path: await proveConsistency(from, office.entries.length, readerOf(files)) };
};

export const payloadOf = (
  office: FictionalOffice,
  to: Office,
  more: Partial<PacketPayload> = {},
): PacketPayload => ({
  waybill: 'packet/1',
  id: randomUUIDv7(),
  kind: 'request',
  from: office.keys.office,
  to,
  case: 'CBP-2026-0147',
  at: iso(NOON),
  signer: {
    name: 'Ada Fictional',
    title: 'Commissioner',
    office: office.keys.office,
    from: day('2026-01-01'),
    to: day('2026-12-31'),
    key: publicPart(office.person),
  },
  body: { request: 'a fictional request' },
  ...more,
});

/** Signs, records and proves a packet: what its receiver gets to check. */
export const packetOf = async (
  office: FictionalOffice,
  payload: PacketPayload,
  known: readonly number[] = [0],
): Promise<OpenedPacket & { receipt: string } & SignedPacket> => {
  const signed = await signPacket(payload, office.keys.signing, office.person);
  const index = record(office, { kind: 'sent', packet: signed.digest });
  const consistency = await Promise.all(known.map((from) => proofFrom(office, from)));
  return { ...signed, receipt: await receiptOf(office, index), consistency };
};

/** What an office knows that has received nothing yet. */
export const contextOf = (
  own: FictionalOffice,
  others: readonly FictionalOffice[],
  more: Partial<CheckContext> = {},
): CheckContext => ({
  own: own.keys.office,
  now: NOON + 60,
  cards: others.map(({ card }) => card),
  ownLog: own.logSigner.verifier,
  knownHead: () => Promise.resolve(undefined),
  seen: () => Promise.resolve(undefined),
  ...more,
});
