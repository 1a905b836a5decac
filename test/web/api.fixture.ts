import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pino from 'pino';
import { apiOf } from '../../src/api/api.ts';
import { BASE, type Around, type Operation } from '../../src/api/operation.ts';
import { problemShape } from '../../src/api/shapes.ts';
import { operations } from '../../src/api/table.ts';
import type { Office } from '../../src/custody/entry.ts';
import { changeDirectory } from '../../src/office/directory.ts';
import { offices } from '../../src/office/gate.ts';
import { receiveWaiting, waiting } from '../../src/office/inbox.ts';
import { keepers } from '../../src/cli/demo/people.ts';
import { type Clock, type Three, reference, returns, threeOffices } from '../node/three.fixture.ts';
import { Hono } from 'hono';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** As it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

/** A client with one person’s token; without a person, with none. */
export type Client = ReturnType<typeof clientOf>;

const clientOf = (app: { request: Hono['request'] }, person: string | undefined) => {
  const send = async (path: string, { method, headers = {}, body, raw }: Sending = {}): Promise<Answered> => {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await app.request(`${BASE}${path}`, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: {
        ...(person === undefined ? {} : { authorization: `Bearer ${person}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
    };
  };
  return {
    send,
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    post: (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      send(path, { body, headers }),
    /** An act on the example’s case. */
    act: (name: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      send(`/cases/${reference}/acts/${name}`, { body, headers }),
  };
};

export interface Apis {
  readonly nodes: Three;
  readonly at: (office: Office, person?: string) => Client;
  /** Where each office’s packets go; may be changed. */
  readonly channels: Record<Office, Partial<Record<Office, string>>>;
  /** Receives all that waits in an office’s inbox. */
  readonly receives: (office: Office, person: string) => Promise<void>;
  /** What the operators’ logs say. */
  readonly logged: string[];
}

/** A title without a duty, such as an inspector’s. */
export const READER = 'reader';
/** Whoever held a title until yesterday. */
export const FORMER = 'former';
/** Whoever holds two titles: the Commissioner’s deputy at Customs, and the like. */
export const BOTH = 'both-hats';

const addFurther = async (nodes: Three, office: Office): Promise<void> => {
  const order = { person: keepers[office].id };
  const node = nodes[office];
  const { day } = node.when();
  const give = async (id: string, titles: readonly Record<string, unknown>[]) => {
    await changeDirectory(node, order, { act: 'add person', id, name: `${id} (fictional)` });
    for (const title of titles)
      await changeDirectory(node, order, { act: 'give title', person: id, from: day, ...title });
  };
  await give(READER, [{ title: 'Inspector' }]);
  await give(FORMER, [{ title: 'Retired Officer', from: '2026-01-01', to: '2026-02-01' }]);
  await give(BOTH, [
    { title: 'Inspector' },
    { title: 'Gérant des dossiers', duties: office === 'irs' ? ['receives requests'] : ['receives'] },
  ]);
};

/** The APIs of three offices with the demo’s people and a few more, over real nodes. All are fictional. */
export const openApis = async (t: TestContext, clock?: Clock): Promise<Apis> => {
  const nodes = await threeOffices(t, clock);
  const channels = {} as Record<Office, Partial<Record<Office, string>>>;
  const apps = {} as Record<Office, Hono>;
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  for (const office of offices) {
    await addFurther(nodes, office);
    channels[office] = Object.fromEntries(
      offices.filter((one) => one !== office).map((one) => [one, join(nodes[one].dir, 'inbox')]),
    );
    const around: Around = {
      who: (request) => {
        if (request.headers.get('authorization') === 'Bearer BROKEN') throw new TypeError('inner words');
        const person = /^Bearer ([a-z-]+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
        return Promise.resolve(person === undefined ? undefined : { person });
      },
      wait: () => Promise.resolve(undefined),
      channels: channels[office],
      returns,
      log,
      styles: ['/assets/waybill.css'],
    };
    apps[office] = new Hono().route(BASE, apiOf(nodes[office], around));
  }
  return {
    nodes,
    channels,
    logged,
    at: (office, person) => clientOf(apps[office], person),
    receives: async (office, person) => {
      for (const { id } of await waiting(nodes[office])) await receiveWaiting(nodes[office], { person }, id);
    },
  };
};

/** The answer of an operation that was let in, of the shape that the document says it has. */
export const good = (id: string, answered: Answered): Record<string, unknown> => {
  const operation = operations.find((one: Operation) => one.id === id);
  assert.ok(operation, `there is an operation ${id}`);
  assert.equal(answered.status, 200, `${id}: ${answered.text.slice(0, 600)}`);
  assert.equal(answered.headers.get('cache-control'), 'no-store');
  operation.answer?.parse(answered.json);
  return answered.json;
};

/** Problem details of this status, in the shape of RFC 9457 and of this API. */
export const problem = (answered: Answered, status: number): Record<string, unknown> => {
  const { json, headers, text } = answered;
  assert.equal(answered.status, status, text.slice(0, 600));
  assert.equal(headers.get('content-type'), 'application/problem+json');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  problemShape.parse(json);
  assert.equal(json['status'], status);
  assert.match(String(json['type']), /^(about:blank|\/api\/problems\/[a-z-]+)$/);
  assert.doesNotMatch(
    text,
    /\bat .*\.ts:\d+|node_modules|\/tmp\/|Error:/,
    'no trace and no path of this machine',
  );
  return json;
};
