import { hash } from 'node:crypto';
import { ProblemError } from '../ground/problem.ts';
import { open, seal } from './seal.ts';

/** Whose data key it is; it opens as no other's. */
export interface KeyContext {
  /** `log_id` of its row. */
  readonly log: number;
  /** `scope` of its row, of any length. */
  readonly scope: Uint8Array;
}

export interface WrappedKey {
  /** Id of the master key that wraps it. */
  readonly master: string;
  readonly wrapped: Uint8Array;
}

/** An office's master keys: the first wraps, the others only unwrap what a rotation has not come to yet. */
export interface MasterKeys {
  /** Id of the first. */
  readonly current: string;
  readonly ids: readonly string[];
  wrap(dataKey: Uint8Array, context: KeyContext): WrappedKey;
  /** Problem `key-missing` names the id of the master key that is needed. */
  unwrap(key: WrappedKey, context: KeyContext): Uint8Array;
}

export const keyMissing = (what: string, next: string, where?: string): ProblemError =>
  new ProblemError({ kind: 'key-missing', what, next, ...(where === undefined ? {} : { where }) });

const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** 16 hex digits that name a master key and tell nothing of it. */
const masterId = (key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from('waybill master key\n'), key]), 'hex').slice(0, 16);

// The scope comes last, so that no two contexts make the same bytes.
const aadOf = ({ log, scope }: KeyContext): Buffer =>
  Buffer.concat([Buffer.from(`waybill data key\n${log}\n`), scope]);

/** Reads keys of 32 random bytes, each in base64, separated by white space. Problem `key-missing` never quotes them. */
export const masterKeys = (text: string, where?: string): MasterKeys => {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0 || !words.every((word) => KEY.test(word)))
    throw keyMissing(
      'This is no master key: it must be 32 random bytes in base64 (44 characters), or several such, one a line.',
      'Give the key that this office’s node was made with.',
      where,
    );
  const keys = new Map(
    words.map((word) => Buffer.from(word, 'base64')).map((key) => [masterId(key), key] as const),
  );
  const [[current, first]] = [...keys] as [[string, Buffer]];
  return {
    current,
    ids: [...keys.keys()],
    wrap: (dataKey, context) => ({ master: current, wrapped: seal(first, aadOf(context), dataKey) }),
    unwrap: ({ master, wrapped }, context) => {
      const key = keys.get(master);
      if (key === undefined)
        throw keyMissing(
          `The data is sealed under master key ${master}, which is not here; here is ${[...keys.keys()].join(', ')}.`,
          `Give master key ${master} too, in WAYBILL_MASTER_KEY or the key file, on a line after the present one.`,
        );
      return open(key, aadOf(context), wrapped);
    },
  };
};
