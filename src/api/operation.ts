import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Actor } from '../casework/acts/people.ts';
import type { Office } from '../custody/entry.ts';
import type { Order } from '../office/act.ts';
import type { Need } from '../office/door.ts';
import type { Node } from '../office/node.ts';

/** Where the API stands on a site. Problem types are named by it, so it does not change. */
export const BASE = '/api';

/** What an API is told when it starts; nothing of it is read from the environment further in. */
export interface Around {
  /**
   * Whose token a request carries, and the title chosen for it, if any. Undefined, or a ProblemError `not-signed-in`, where it
   * carries none that holds.
   */
  readonly who: (
    request: Request,
  ) => Promise<{ readonly person: string; readonly title?: string } | undefined>;
  /**
   * Counts one request: of a person, or, where nobody stands behind it, of where it comes from. Gives the seconds to wait where
   * it is one too many.
   */
  readonly wait: (person: string | undefined, c: Context) => Promise<number | undefined>;
  /** How a packet goes to another office: `https`, or a folder; the outbox where none is named. */
  readonly channels: Readonly<Partial<Record<Office, string>>>;
  /** The IRS’s folder of returns, from which a release takes items. */
  readonly returns?: string;
  readonly log: Logger;
  /** Addresses of the style sheets of the reference page. */
  readonly styles?: readonly string[];
}

/** A request that was let in. */
export interface Call {
  readonly node: Node;
  readonly around: Around;
  /** The path's parts: `/cases/{case}` gives `case`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Read by the operation's schema; empty where it takes none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Who acts, under which title. Both are there where the operation needs a title. */
  readonly order: Order;
  readonly actor?: Actor;
}

export interface Reply {
  readonly body: unknown;
  /** 200 where left out. */
  readonly status?: number;
  /** Of a text that is no JSON. */
  readonly media?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One line of the table of all operations: who may ask or do what, in which office, and by which paragraph. */
export interface Operation {
  /** `operationId` of the OpenAPI document. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/cases/{case}`. */
  readonly path: string;
  readonly offices: readonly Office[];
  readonly need: Need;
  readonly cite: string;
  readonly summary: string;
  /** Whether it takes an idempotency key, and the version expected: the acts. */
  readonly acts: boolean;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** What it answers with; text where left out. */
  readonly answer?: z.ZodType;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

export const everywhere: readonly Office[] = ['irs', 'customs', 'justice'];
export const holders: readonly Office[] = ['customs', 'justice'];

/** `/cases/{case}` as the router writes it. */
export const routePath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The operation in this house's own words: what a refused attempt is recorded under. */
export const nameOf = ({ method, path }: Operation): string => `${method.toUpperCase()} ${BASE}${path}`;
