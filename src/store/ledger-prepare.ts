import { accountOf } from '../custody/account.ts';
import { encodeEvent } from './ledger-event.ts';
import type { Part } from './ledger-event.ts';
import type { Names } from './ledger-names.ts';
import type { ActRecord, NewContent } from './types.ts';

/** An event ready for any place in the log: nothing in it depends on its entry's number. */
export interface PreparedEvent {
  readonly entry: Uint8Array;
  readonly part: Part;
  readonly scope: string;
  readonly stream: Buffer;
  readonly version: number;
  readonly account: Buffer | undefined;
}

/** What a stream must be at before an act, and what it is at after it. */
export interface Expectation {
  readonly name: string;
  readonly stream: Buffer;
  readonly version: number;
  readonly after: number;
}

/** What is kept of an act until it is committed; the act itself may go, for a batch is thousands of them. */
export interface Prepared {
  readonly id: string;
  readonly asked: string;
  readonly contents: readonly NewContent[];
  readonly expect: readonly Expectation[];
  readonly events: readonly PreparedEvent[];
}

const REMEMBERED = 20_000;

export interface Account {
  /** 64 hex digits, of `accountOf`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** `accountKey` is the office's, of `accountOf`. */
export const accountsOf = (accountKey: Uint8Array): ((taxpayer: string) => Account) => {
  const known = new Map<string, Account>();
  return (taxpayer) => {
    const before = known.get(taxpayer);
    if (before !== undefined) return before;
    const name = accountOf(accountKey, taxpayer);
    const account = { name, bytes: Buffer.from(name, 'hex') };
    if (known.size >= REMEMBERED) known.clear();
    known.set(taxpayer, account);
    return account;
  };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A RangeError says what the caller did wrong; it never reaches the database, where it would fail others' acts too. */
const check = ({ id, events, contents = [], expect }: ActRecord): void => {
  if (![id, ...contents.map((content) => content.id)].every((uuid) => UUID.test(uuid)))
    throw new RangeError('the id of an act or a content is not a UUID in lower case');
  if (new Set(contents.map((content) => content.id)).size < contents.length)
    throw new RangeError('two contents of an act have one id');
  if (!Object.values(expect).every((version) => Number.isSafeInteger(version) && version >= 0))
    throw new RangeError('an expected version is a number from 0');
  // An unpaired surrogate has no UTF-8: two names would come to one.
  if (
    !events.every(({ stream, scope = '', taxpayer = '' }) =>
      `${stream}\n${scope}\n${taxpayer}`.isWellFormed(),
    )
  )
    throw new RangeError('a name in an act is not well-formed Unicode');
  if (events.some(({ stream }) => expect[stream] === undefined))
    throw new RangeError('an act names the expected version of each stream it writes to');
};

const NONE: readonly NewContent[] = [];

/** Makes an act's entries and what opens them. A RangeError if the act is none. */
export const prepareAct = (
  act: ActRecord,
  names: Names,
  accountOfTaxpayer: (taxpayer: string) => Account,
): Prepared => {
  check(act);
  const expect = Object.keys(act.expect).map((name) => {
    const version = act.expect[name] ?? 0;
    return { name, stream: names.stream(name), version, after: version };
  });
  const events = act.events.map((event): PreparedEvent => {
    const { stream, taxpayer, scope = stream } = event;
    const at = expect.find(({ name }) => name === stream);
    const version = at === undefined ? 1 : ++at.after;
    const account = taxpayer === undefined ? undefined : accountOfTaxpayer(taxpayer);
    const { entry, part } = encodeEvent(act, event, version, account?.name ?? '');
    return {
      entry,
      part,
      scope,
      stream: at?.stream ?? names.stream(stream),
      version,
      account: account?.bytes,
    };
  });
  return { id: act.id, asked: act.asked, contents: act.contents ?? NONE, expect, events };
};

/** The scopes that acts seal under. One that began with these acts has no key yet. */
export const scopesOf = (acts: readonly Prepared[]): Map<string, { isNew: boolean }> => {
  const scopes = new Map<string, { isNew: boolean }>();
  for (const { expect, contents, events } of acts) {
    for (const { scope } of events)
      if (!scopes.has(scope))
        // The scope of a stream that has its first event now: only that can be told without asking.
        scopes.set(scope, { isNew: expect.some(({ name, version }) => name === scope && version === 0) });
    for (const { scope } of contents) if (!scopes.has(scope)) scopes.set(scope, { isNew: false });
  }
  return scopes;
};
