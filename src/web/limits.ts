import { isIP } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many in so many seconds. */
export interface Rate {
  readonly points: number;
  readonly duration: number;
}

export interface Limits {
  /**
   * Counts one step of signing in from an address. Gives the seconds to wait (`Retry-After`, RFC 9110 section 10.2.3) where it
   * is one too many.
   */
  readonly signIn: (address: string) => Promise<number | undefined>;
  /** Counts one act of a person, in all their sessions: another sign-in or title does not begin anew. */
  readonly act: (person: string) => Promise<number | undefined>;
  /** Counts one request to the API of a person, whatever token it came with: another token does not begin anew. */
  readonly ask: (person: string) => Promise<number | undefined>;
  /** Counts one request to the API behind which nobody stands: a token that does not hold, or a question open to anyone. */
  readonly strange: (address: string) => Promise<number | undefined>;
}

/** `::ffff:192.0.2.1` is how a listener for both families writes 192.0.2.1. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Who is at the other end. What `X-Forwarded-For` says is anyone's to write, so it counts only from a proxy that the settings
 * name, and of it only what that proxy added: the last address that is no proxy of ours.
 */
export const addressOf = (
  socket: string | undefined,
  forwardedFor: string | undefined,
  proxies: readonly string[] = [],
): string => {
  const peer = plain(socket ?? '');
  if (!proxies.includes(peer)) return peer;
  const last = (forwardedFor ?? '')
    .split(',')
    .map(plain)
    .findLast((one) => !proxies.includes(one));
  return last !== undefined && isIP(last) !== 0 ? last : peer;
};

const groupsOf = (half: string): readonly string[] => half.split(':').filter((group) => group !== '');

/** An IPv6 address's /64, or an IPv4 address: who has one IPv6 address has the 2^64 beside it too. */
const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail)];
  const gap = Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...gap, ...last].slice(0, 4).join(':');
};

/** How many are counted one by one in a window. Whoever comes after shares one count, so that no crowd exhausts memory. */
const ONE_BY_ONE = 50_000;
const CROWD = 'the rest';

const limiterOf = (rate: Rate): ((key: string) => Promise<number | undefined>) => {
  const memory = new RateLimiterMemory(rate);
  let known = new Set<string>();
  let since = Date.now();
  const placeOf = (key: string): string => {
    if (Date.now() - since >= rate.duration * 1000) {
      known = new Set();
      since = Date.now();
    }
    if (known.size >= ONE_BY_ONE && !known.has(key)) return CROWD;
    known.add(key);
    return key;
  };
  return async (key) => {
    try {
      await memory.consume(placeOf(key));
      return undefined;
    } catch (full) {
      if (!(full instanceof RateLimiterRes)) throw full;
      return Math.max(1, Math.ceil(full.msBeforeNext / 1000));
    }
  };
};

/**
 * Limits in memory. Many people of an agency may come from one address; nobody who works by hand comes near that for acts, and
 * a program that asks ten times a second can wait.
 */
export const openLimits = ({
  signIn = { points: 60, duration: 60 },
  acts = { points: 240, duration: 60 },
  asked = { points: 600, duration: 60 },
  strange = { points: 120, duration: 60 },
}: {
  readonly signIn?: Rate;
  readonly acts?: Rate;
  readonly asked?: Rate;
  readonly strange?: Rate;
} = {}): Limits => {
  const [ofAddress, ofStranger] = [limiterOf(signIn), limiterOf(strange)];
  return {
    signIn: (address) => ofAddress(networkOf(address)),
    act: limiterOf(acts),
    ask: limiterOf(asked),
    strange: (address) => ofStranger(networkOf(address)),
  };
};
