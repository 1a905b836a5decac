import { createHmac } from 'node:crypto';
import type { LogId } from './types.ts';

/** The number of each log in the database. Fixed: a number that meant another log tomorrow would mix two histories. */
const NUMBERS: Readonly<Record<LogId, number>> = { irs: 1, 'irs-review': 2, customs: 3, justice: 4 };

export const logNumber = (log: LogId): number => NUMBERS[log];

/** Bytes of an HMAC-SHA-256 truncated as RFC 2104 section 5 allows: half of it. */
const NAME_SIZE = 16;
const REMEMBERED = 20_000;

/** The names that the database knows streams and scopes by. They may name a case, so only a keyed HMAC is stored. */
export interface Names {
  stream(name: string): Buffer;
  scope(name: string): Buffer;
}

/** `nameKey` is 32 secret bytes of the office; the same name in two logs is two names. */
export const namesOf = (nameKey: Uint8Array, log: LogId): Names => {
  const remembering = (what: string) => {
    const known = new Map<string, Buffer>();
    return (name: string): Buffer => {
      const before = known.get(name);
      if (before !== undefined) return before;
      const mac = createHmac('sha256', nameKey).update(`waybill ${what} v1\n${log}\n${name}`).digest();
      const short = Buffer.from(mac.subarray(0, NAME_SIZE));
      if (known.size >= REMEMBERED) known.clear();
      known.set(name, short);
      return short;
    };
  };
  return { stream: remembering('stream'), scope: remembering('scope') };
};
