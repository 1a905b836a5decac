import { createHmac } from 'node:crypto';
import { sha256Bytes } from './hash.ts';

/*
 * A taxpayer's account in one office: a keyed HMAC, never the TIN. It stands in no entry that can be read: in the entry
 * it is committed to like every other field, so that the log links no two acts to each other. Each office has an account
 * key of its own, so that two offices' accounts of one taxpayer cannot be linked either.
 */

/** The account of a taxpayer, 64 hex digits. `key` is the office's 32 secret bytes; `taxpayer` is what names the taxpayer there. */
export const accountOf = (key: Uint8Array, taxpayer: string): string =>
  createHmac('sha256', key).update(`waybill account v1\n${taxpayer}`).digest('hex');

/**
 * The commitment to the account key that stands in every daily map. An inspector who is shown the key can check with it
 * that an account is that of a taxpayer, and that no other account could be.
 */
export const accountKeyCommitment = (key: Uint8Array): Uint8Array =>
  sha256Bytes(Buffer.concat([Buffer.from('waybill account key v1\n'), key]));

/** What an account's acts come to: how many, and a hash over their leaf hashes in the order of the log. */
export interface AccountRecord {
  readonly count: number;
  /** 32 bytes. */
  readonly chain: Uint8Array;
}

export const EMPTY_RECORD: AccountRecord = { count: 0, chain: Buffer.alloc(32) };

/** The record with one more act: chain′ = SHA-256(chain ‖ leaf hash of the act's entry). */
export const addToRecord = ({ count, chain }: AccountRecord, leaf: Uint8Array): AccountRecord => ({
  count: count + 1,
  chain: sha256Bytes(Buffer.concat([chain, leaf])),
});
