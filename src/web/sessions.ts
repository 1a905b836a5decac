import { hash, randomBytes } from 'node:crypto';
import type { Office } from '../custody/entry.ts';
import type { Pending } from './login/login.ts';

/** What a site keeps of a browser between two requests. */
export interface Values {
  /** The id in this office's directory of who is signed in. */
  readonly person?: string;
  /** The title chosen, where the person holds several. */
  readonly title?: string;
  /** The sign-in under way. */
  readonly login?: Pending;
  /** Where signing out goes on. */
  readonly endSession?: URL;
}

export interface Session extends Values {
  /** 256 bits that each form of this session proves to know. Others after each rotation: a form of before is of no use. */
  readonly csrf: string;
  /** POSIX milliseconds. */
  readonly signedInAt?: number;
}

/** The id is for the cookie and for nothing else: it is kept nowhere here. */
export interface Opened {
  readonly id: string;
  readonly session: Session;
}

export interface Sessions {
  readonly begin: (values?: Values) => Opened;
  /** The session, its idle time begun anew; undefined where there is none, or its time is over. */
  readonly read: (id: string) => Session | undefined;
  /** The session, its idle time running on: for what a page asks by itself while nobody need be there. */
  readonly peek: (id: string) => Session | undefined;
  /**
   * A new id for a session whose standing changes: at each step of signing in, and at a change of title. The old id is dead
   * at once. `values` replace those before; without them they stay. The whole time goes on, unless another person signs in.
   */
  readonly rotate: (id: string, values?: Values) => Opened | undefined;
  readonly end: (id: string) => void;
  /** How many are in memory: those that are over leave it within a minute of the next request. */
  readonly size: () => number;
}

interface Kept {
  readonly session: Session;
  /** Whose whole time runs since when, and when it was last used. POSIX milliseconds. */
  readonly began: number;
  readonly used: number;
}

const MINUTE = 60_000;
/** How long a session may rest, and how long it may last: milliseconds. */
export const IDLE = 15 * MINUTE;
export const WHOLE = 8 * 60 * MINUTE;
const secret = (): string => randomBytes(32).toString('base64url');

/** Only the digest of an id is kept: who reads this memory (a dump, a debugger) cannot sign in with it. */
const keyOf = (id: string): string => (/^[\w-]{43}$/.test(id) ? hash('sha256', id) : '');

const valuesOf = ({ csrf: _csrf, signedInAt: _signedInAt, ...values }: Session): Values => values;

/** Makes room for a sixteenth at once: to look for the oldest one by one would cost a crowd's every visitor a walk through all. */
const makeRoom = <T>(room: Map<string, T>, most: number): void => {
  if (room.size <= most) return;
  for (const key of room.keys()) {
    if (room.size <= most - Math.floor(most / 16)) return;
    room.delete(key);
  }
};

/**
 * Sessions in memory: a restart ends them all. Who is signed in and who is not are kept apart, at most `most` of each, so that
 * a million visitors who begin to sign in push out each other, and nobody who works here. Times in milliseconds.
 */
export const openSessions = ({
  now,
  idle = IDLE,
  whole = WHOLE,
  most = 20_000,
}: {
  readonly now: () => number;
  readonly idle?: number;
  readonly whole?: number;
  readonly most?: number;
}): Sessions => {
  // Both in the order of last use: whose idle time is over stands at the head, and is swept out without a timer.
  const strangers = new Map<string, Kept>();
  const people = new Map<string, Kept>();
  const roomOf = ({ person }: Values) => (person === undefined ? strangers : people);

  const isOver = ({ began, used }: Kept, at: number): boolean => at - used >= idle || at - began >= whole;

  let swept = now();
  const sweep = (at: number): void => {
    swept = at;
    for (const room of [strangers, people])
      for (const [key, kept] of room) {
        if (!isOver(kept, at)) break;
        room.delete(key);
      }
  };

  const kept = (key: string): Kept | undefined => people.get(key) ?? strangers.get(key);

  /** Takes a session out; undefined where its time is over. */
  const take = (id: string, at: number): Kept | undefined => {
    const key = keyOf(id);
    const found = kept(key);
    people.delete(key);
    strangers.delete(key);
    return found === undefined || isOver(found, at) ? undefined : found;
  };

  const keep = (id: string, kept: Kept): void => {
    if (kept.used - swept >= MINUTE) sweep(kept.used);
    const room = roomOf(kept.session);
    room.set(keyOf(id), kept);
    makeRoom(room, most);
  };

  const open = (values: Values, began: number, used: number): Opened => {
    const id = secret();
    const session: Session = {
      ...values,
      csrf: secret(),
      ...(values.person === undefined ? {} : { signedInAt: began }),
    };
    keep(id, { session, began, used });
    return { id, session };
  };

  return {
    begin: (values = {}) => {
      const at = now();
      return open(values, at, at);
    },
    read: (id) => {
      const at = now();
      const kept = take(id, at);
      if (kept !== undefined) keep(id, { ...kept, used: at });
      return kept?.session;
    },
    peek: (id) => {
      const found = kept(keyOf(id));
      return found === undefined || isOver(found, now()) ? undefined : found.session;
    },
    rotate: (id, values) => {
      const at = now();
      const kept = take(id, at);
      if (kept === undefined) return undefined;
      const next = values ?? valuesOf(kept.session);
      return open(next, next.person === kept.session.person ? kept.began : at, at);
    },
    end: (id) => void take(id, now()),
    size: () => strangers.size + people.size,
  };
};

/** Which office's site, and whether browsers reach it by https. */
export interface CookiePlace {
  readonly office: Office;
  readonly secure: boolean;
}

/**
 * Cookies are kept by host, not by port, so each office has its own name. `__Host-` (RFC 6265bis section 4.1.3) keeps another
 * host of the same domain from setting it, and so from giving a visitor a session that the attacker knows.
 */
export const cookieName = ({ office, secure }: CookiePlace): string =>
  `${secure ? '__Host-' : ''}waybill-${office}`;

/** `Lax`, for the redirect from the provider has to bring it; without an age, so that it goes when the browser is closed. */
export const cookieOptions = ({ secure }: CookiePlace) =>
  ({ httpOnly: true, sameSite: 'Lax', path: '/', secure }) as const;
