import { notAnEntry } from './problems.ts';
import { sameBytes, sha256Bytes, sha256Into } from './hash.ts';

/*
 * Entry format v1: 320 bytes, the same for every act of every office.
 *
 *     0   7 bytes  "waybill" in ASCII
 *     7   1 byte   version, 0x01
 *     8   8 bytes  office in ASCII (irs, customs, justice), then zero bytes
 *    16   8 bytes  time, POSIX seconds, big-endian
 *    24   8 bytes  zero
 *    32  32 bytes  commitment to each of the nine fields, in the order of `FIELDS`
 *
 * The adversary reads the whole log: Customs may, and must not learn from it that the IRS was barred by paragraph (e).
 * So an act that has no item or no packet commits to the empty text with a fresh salt, and looks like every other act;
 * the length is no hint either. Whoever writes entries must see that their number and hour tell nothing.
 */
export const ENTRY_SIZE = 320;
export const SALT_SIZE = 32;

export type Office = 'irs' | 'customs' | 'justice';
const OFFICES: readonly Office[] = ['irs', 'customs', 'justice'];

/**
 * What an entry commits to, each a text that may be empty: the kind of act, the paragraph behind it, the person and the
 * title acted under, the case, the particular item, the taxpayer (the account of `accountOf`, never a TIN), the digest
 * of the packet sent or received, and the SHA-256 of the whole event in canonical JSON.
 */
export const FIELDS = [
  'kind',
  'cite',
  'person',
  'title',
  'case',
  'item',
  'taxpayer',
  'packet',
  'event',
] as const;
export type Field = (typeof FIELDS)[number];

/** Bytes of fresh randomness that one entry needs: a salt for each field, in the order of `FIELDS`. */
export const SALTS_SIZE = FIELDS.length * SALT_SIZE;

export interface Act {
  readonly office: Office;
  /** POSIX seconds. */
  readonly time: number;
  /** A field left out is empty. */
  readonly fields: Readonly<Partial<Record<Field, string>>>;
}

/** What anyone can read of an entry. */
export interface Entry {
  readonly office: Office;
  /** POSIX seconds. */
  readonly time: number;
  /** 32 bytes for each field. */
  readonly commitments: Readonly<Record<Field, Uint8Array>>;
}

const HEADERS = new Map(
  OFFICES.map((office) => [
    office,
    Buffer.concat([Buffer.from('waybill\x01'), Buffer.from(office.padEnd(8, '\0')), Buffer.alloc(16)]),
  ]),
);

/** The text whose SHA-256 is the commitment: `<salt in lower-case hex>:<field>:<value>`, so that any tool can check it. */
const preimage = (saltHex: string, field: Field, value: string): string => `${saltHex}:${field}:${value}`;

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/**
 * The entry of an act. `salts` is `SALTS_SIZE` fresh random bytes, never used again, and kept outside of the log: who
 * has a salt can open its field, and when it is destroyed nobody can.
 */
export const encodeEntry = ({ office, time, fields }: Act, salts: Uint8Array): Uint8Array => {
  const header = HEADERS.get(office);
  if (header === undefined) throw new RangeError('an entry is by the irs, customs or justice');
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError('a time is in whole POSIX seconds');
  if (salts.length !== SALTS_SIZE) throw new RangeError(`an entry needs ${SALTS_SIZE} bytes of salt`);
  const entry = Buffer.allocUnsafe(ENTRY_SIZE);
  entry.set(header);
  entry.writeUInt32BE(Math.floor(time / 2 ** 32), 16);
  entry.writeUInt32BE(time % 2 ** 32, 20);
  const saltsHex = hex(salts);
  let at = 0;
  for (const field of FIELDS) {
    const value = fields[field] ?? '';
    // An unpaired surrogate has no UTF-8: two different values would come to one commitment.
    if (!value.isWellFormed()) throw new RangeError(`the ${field} of an act is not well-formed Unicode`);
    const saltHex = saltsHex.slice(at * 64, at * 64 + 64);
    sha256Into(preimage(saltHex, field, value), entry, 32 + at * 32);
    at++;
  }
  return entry;
};

const officeOf = (entry: Uint8Array): Office | undefined => {
  for (const [office, header] of HEADERS) {
    if (sameBytes(entry.subarray(0, 16), header.subarray(0, 16))) return office;
  }
  return undefined;
};

/** Why the bytes are not an entry of v1; `undefined` if they are. */
export const entryFault = (entry: Uint8Array): string | undefined => {
  if (entry.length !== ENTRY_SIZE) return `The entry does not have ${ENTRY_SIZE} bytes.`;
  if (officeOf(entry) === undefined)
    return 'The entry is not of version 1, or not by one of the three offices.';
  if (
    entry.subarray(24, 32).some((byte) => byte !== 0) ||
    (entry[16] ?? 0) !== 0 ||
    (entry[17] ?? 0) > 0x1f
  ) {
    return 'The header of the entry has bytes set that version 1 keeps zero.';
  }
  return undefined;
};

/** Reads an entry. A ProblemError `not-an-entry` if it is not one of v1. */
export const decodeEntry = (entry: Uint8Array): Entry => {
  const fault = entryFault(entry);
  const office = officeOf(entry);
  if (fault !== undefined || office === undefined) throw notAnEntry(fault ?? 'The bytes are not an entry.');
  const view = new DataView(entry.buffer, entry.byteOffset);
  const commitments = Object.fromEntries(
    FIELDS.map((field, at) => [field, entry.slice(32 + at * 32, 64 + at * 32)]),
  ) as Record<Field, Uint8Array>;
  return { office, time: view.getUint32(16) * 2 ** 32 + view.getUint32(20), commitments };
};

/** Whether the salt opens this field of the entry as this value. */
export const opens = (entry: Uint8Array, field: Field, salt: Uint8Array, value: string): boolean => {
  if (entry.length !== ENTRY_SIZE || salt.length !== SALT_SIZE || !value.isWellFormed()) return false;
  const at = 32 + FIELDS.indexOf(field) * 32;
  return sameBytes(sha256Bytes(preimage(hex(salt), field, value)), entry.subarray(at, at + 32));
};

/** The salt of one field within the salts of an entry. */
export const saltOf = (salts: Uint8Array, field: Field): Uint8Array => {
  const at = FIELDS.indexOf(field) * SALT_SIZE;
  return salts.slice(at, at + SALT_SIZE);
};
