import { getCookie, setCookie } from 'hono/cookie';
import { ProblemError } from '../ground/problem.ts';
import type { Node } from '../office/node.ts';
import type { Request } from './reception.ts';
import { type Session, type Values, cookieName, cookieOptions, openSessions } from './sessions.ts';
import type { Settings } from './settings.ts';

/** One request’s hold on its session. */
export interface Sitting {
  readonly id: string;
  readonly session: Session;
  /** Whether the browser has to be told its cookie anew. */
  readonly fresh: boolean;
}

const sessionOver = new ProblemError({
  kind: 'not-signed-in',
  what: 'Your session is over, or went on in another window.',
  next: 'Sign in again.',
});

/** Sessions as cookies, one office’s apart from another’s: browsers do not tell ports apart. */
export const openSittings = (node: Node, { now, origin }: Settings) => {
  const sessions = openSessions({ now });
  const place = { office: node.office, secure: origin.startsWith('https:') };
  const name = cookieName(place);
  const notices = new WeakMap<Session, string>();

  const begun = (): Sitting => ({ ...sessions.begin(), fresh: true });

  return {
    /** The session of a request; a new one for who brings none, or one whose time is over. `polled`: nobody need be there. */
    of: (c: Request, polled = false): Sitting => {
      const id = getCookie(c, name);
      const session = id === undefined ? undefined : polled ? sessions.peek(id) : sessions.read(id);
      return id === undefined || session === undefined ? begun() : { id, session, fresh: false };
    },
    /**
     * The same session under another id, with other values: the id that was known before is dead at once. Where it is dead
     * already, another request of the same session came first, and this one changes nothing.
     */
    changed: ({ id }: Sitting, values: Values): Sitting => {
      const rotated = sessions.rotate(id, values);
      if (rotated === undefined) throw sessionOver;
      return { ...rotated, fresh: true };
    },
    ended: ({ id }: Sitting): Sitting => {
      sessions.end(id);
      return begun();
    },
    /** Tells the browser, where it has something to be told. */
    settle: (c: Request, { id, fresh }: Sitting): void => {
      if (fresh) setCookie(c, name, id, cookieOptions(place));
    },
    /** What the next page has to say, once. */
    say: ({ session }: Sitting, words: string): void => void notices.set(session, words),
    said: ({ session }: Sitting): string | undefined => {
      const words = notices.get(session);
      notices.delete(session);
      return words;
    },
    size: sessions.size,
  };
};

export type Sittings = ReturnType<typeof openSittings>;
