import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { sha256Bytes } from '../custody/hash.ts';
import { signerFromSeed } from '../custody/signer.ts';
import { verifyLog } from '../custody/verify.ts';
import { ED25519 } from '../custody/vkey.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import type { Database } from './database.ts';
import { testDatabase } from './database.fixture.ts';
import { masterKeys } from './keys.ts';
import { openLedger } from './ledger.ts';
import type { LedgerOptions, StoreSecrets } from './ledger-writer.ts';
import type { ActRecord, Ledger, LogId, NewEvent, Views } from './types.ts';
import { openViews } from './views.ts';

/* A fictional office with keys made from numbers, for tests. */
export const key = (n: number): Uint8Array => sha256Bytes(`store key ${n}`);
export const secrets: StoreSecrets = {
  keys: masterKeys(Buffer.from(key(1)).toString('base64')),
  nameKey: key(2),
  accountKey: key(3),
};
export const signerOf = (log: LogId) => signerFromSeed(`${log}.waybill.example/log`, ED25519, key(4));

export const optionsOf = (db: Database, log: LogId = 'irs'): LedgerOptions => ({
  db,
  log,
  signer: signerOf(log),
  ...secrets,
});

export interface TestOffice {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly views: Views;
}

export const testOffice = async (t: TestContext, log: LogId = 'irs'): Promise<TestOffice> => {
  const db = await testDatabase(t);
  return { db, ledger: await openLedger(optionsOf(db, log)), views: openViews({ db, ...secrets }) };
};

/** UUIDv7 of a time that goes up by one. */
let clock = 1_700_000_000_000;
export const newId = (): string => {
  const time = (clock++).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};

export const eventOf = (stream: string, more: Partial<NewEvent> = {}): NewEvent => ({
  stream,
  kind: 'item-viewed',
  cite: '(f)',
  data: { line: 12 },
  ...more,
});

/** An act that writes these events at these versions. */
export const actOf = (
  expect: Readonly<Record<string, number>>,
  events: readonly [NewEvent, ...NewEvent[]],
  more: Partial<ActRecord> = {},
): ActRecord => ({
  id: newId(),
  asked: sha256(canonicalJson({ expect, events })),
  log: 'irs',
  office: 'irs',
  person: 'p-17',
  title: 'Disclosure Officer',
  time: 1_700_000_000,
  expect,
  events,
  ...more,
});

/** An act of one event. */
export const single = (stream: string, version: number, more: Partial<NewEvent> = {}): ActRecord =>
  actOf({ [stream]: version }, [eventOf(stream, more)]);

/** What `verify` says of the log as it is served. */
export const verified = (views: Views, known: readonly string[] = [], log: LogId = 'irs') =>
  verifyLog((path) => views.file(log, path), { log: signerOf(log).verifier, known });

/** The bytes with one bit turned over. */
export const flipped = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(bytes, (byte, at) => (at === 7 ? byte ^ 1 : byte));
