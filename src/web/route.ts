import type { SSEStreamingApi } from 'hono/streaming';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Actor, Person } from '../casework/acts/people.ts';
import type { Office } from '../custody/entry.ts';
import type { ProblemError } from '../ground/problem.ts';
import type { Way } from '../ground/ways.ts';
import type { Order, When } from '../office/act.ts';
import type { Need } from '../office/door.ts';
import type { Node } from '../office/node.ts';
import type { Form } from './form.ts';
import type { Jobs } from './jobs.ts';
import type { Session } from './sessions.ts';
import type { Settings } from './settings.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Link {
  readonly to: string;
  /** They say where it leads, read by themselves too. */
  readonly words: string;
}

/** A request to a page, with everything a handler may know of it. */
export interface Visit {
  readonly node: Node;
  readonly settings: Settings;
  /** The pattern's parts: `/cases/:case` gives `case`. */
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
  readonly query: URLSearchParams;
  /** What was typed; empty for GET. */
  readonly form: Form;
  /** Files that were sent, where the route takes any. */
  readonly files: readonly File[];
  /** Of a form that comes back: what was wrong with it. */
  readonly problem?: ProblemError;
  readonly session: Session;
  readonly person?: Person;
  /** Who acts, under which title. There where the route needs a title. */
  readonly actor?: Actor;
  readonly titles: readonly string[];
  readonly when: When;
  /** Hidden fields that every form carries: the proof that it is ours, and the act’s id, so that sent twice is done once. */
  readonly seal: () => Html;
  /** The page to which a problem sends; undefined where this office has none that is open to whoever asks. */
  readonly wayTo: (way: Way) => Link | undefined;
  /** Long work of this site. */
  readonly jobs: Jobs;
  /** Answers with server-sent events, until `send` is done or the browser has gone. */
  readonly events: (send: (stream: SSEStreamingApi) => Promise<void>) => Response;
}

/** A page: what stands between header and footer. */
export interface Page {
  readonly title: string;
  readonly main: Html;
  readonly status?: 200 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;
  /** Whether return information stands on it: the label goes on screen and print. */
  readonly fti?: boolean;
  /** The way here: address and words, from the office’s first page on. */
  readonly trail?: readonly (readonly [string, string])[];
  /** Without script: after how many seconds the page is asked for again, and where. */
  readonly refresh?: { readonly seconds: number; readonly to: string };
}

/** After an act: where to go, and what to say there. */
export interface Onward {
  readonly to: string;
  readonly say?: string;
}

export type Answer = Page | Onward | Response;
export type Handler = (visit: Visit) => Promise<Answer> | Answer;

/** One line of the table of all routes: who may use what, in which office, and by which paragraph. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly offices: readonly Office[];
  readonly need: Need;
  readonly cite: string;
  readonly handle: Handler;
  /** Of a POST: the page that shows the form again, with what was typed and what was wrong. */
  readonly again?: Handler;
  /** Of a POST: whether it takes files, and so may be as large as a packet. */
  readonly files?: true;
  /** Asked by the page itself, again and again: the session’s idle time runs on. */
  readonly polled?: true;
}

export const everywhere: readonly Office[] = ['irs', 'customs', 'justice'];
export const holders: readonly Office[] = ['customs', 'justice'];

/** Who acts, for the road below. Where a route needs a title there is one. */
export const orderOf = ({ actor, form }: Visit): Order => {
  if (actor === undefined) throw new TypeError('a route that acts needs a title');
  const [id, expect] = [form.get('act-id'), form.get('expect')];
  return {
    person: actor.id,
    title: actor.title,
    ...(id === undefined ? {} : { id }),
    ...(expect === undefined ? {} : { expect: Number(expect) }),
  };
};
