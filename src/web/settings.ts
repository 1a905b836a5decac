import type { Logger } from 'pino';
import type { Office } from '../custody/entry.ts';
import type { Login } from './login/login.ts';

/** What a site is told when it starts; nothing of it is read from the environment further in. */
export interface Settings {
  /** Where browsers find it, such as `http://127.0.0.1:6104`: forms are taken from there only. */
  readonly origin: string;
  readonly login: Login;
  /** How a packet goes to another office: `https`, or a folder; the outbox where none is named. */
  readonly channels: Readonly<Partial<Record<Office, string>>>;
  /** The IRS’s folder of returns, from which a release takes items. */
  readonly returns?: string;
  /** Proxies of the agency’s before the site: what they say of where a request comes from is believed. */
  readonly proxies?: readonly string[];
  /** POSIX milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
}
