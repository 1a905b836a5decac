import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { apiOf } from '../../src/api/api.ts';
import { keepers } from '../../src/cli/demo/people.ts';
import { serveSite } from '../../src/cli/sites.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { demoLogin } from '../../src/web/login/demo.ts';
import { openLimits } from '../../src/web/limits.ts';
import { threeOffices } from '../node/three.fixture.ts';

const FEW = 5;

/** The tokens of two fictional people; anything else holds for nobody. */
const people: Readonly<Record<string, string>> = {
  'Bearer first-of-jordan': 'jordan-vale',
  'Bearer second-of-jordan': 'jordan-vale',
  'Bearer of-val': 'val-oakes',
};
const bearer = (authorization: string | undefined) => {
  const person = people[authorization ?? ''];
  if (person !== undefined) return Promise.resolve({ person });
  return Promise.reject(
    new ProblemError({ kind: 'not-signed-in', what: 'The token does not hold.', next: 'Get another.' }),
  );
};

test('the API answers each person, and each stranger, so often and no more', async (t) => {
  const { customs, clock } = await threeOffices(t);
  const rate = { points: FEW, duration: 60 };
  const site = await serveSite(customs, {
    port: 0,
    operatorPort: 0,
    login: () => Promise.resolve(demoLogin({ hostname: '127.0.0.1', people: [keepers.customs] })),
    channels: {},
    bearer,
    limits: openLimits({ asked: rate, strange: rate }),
    log: pino({ level: 'silent' }),
    now: () => clock.now,
  });
  t.after(site.close);
  const ask = (path: string, token?: string, init: RequestInit = {}) =>
    fetch(`${site.url}/api${path}`, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });

  /** One too many: said as problem details, and when to come again. */
  const waits = async (response: Response) => {
    assert.equal(response.status, 429);
    assert.match(response.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const { type, status, next } = (await response.json()) as Record<string, unknown>;
    assert.deepEqual([type, status], ['/api/problems/too-often', 429]);
    assert.match(String(next), /^Wait \d+ seconds/);
  };

  await t.test('a person, with whatever token', async () => {
    for (let n = 0; n < FEW; n++)
      assert.equal((await ask('/people', n % 2 === 0 ? 'first-of-jordan' : 'second-of-jordan')).status, 200);
    await waits(await ask('/people', 'first-of-jordan'));
    await waits(await ask('/people', 'second-of-jordan'));
    assert.equal((await ask('/people', 'of-val')).status, 200, 'nobody waits for somebody else');
  });

  await t.test('an act that has to wait was not done', async () => {
    const before = await customs.views.head('customs');
    const drafted = {
      method: 'POST',
      body: JSON.stringify({ document: {} }),
      headers: { 'content-type': 'application/json' },
    };
    await waits(await ask('/cases/CBP-2026-0900/acts/draft', 'first-of-jordan', drafted));
    assert.equal(await customs.views.head('customs'), before);
  });

  await t.test(
    'whoever guesses tokens, and whoever reads what is open to all, by where they come from',
    async () => {
      for (let n = 0; n < FEW - 1; n++) assert.equal((await ask('/people', `guess-${n}`)).status, 401);
      assert.equal((await ask('/openapi.json')).status, 200);
      await waits(await ask('/people', 'another-guess'));
      await waits(await ask('/people'));
      await waits(await ask('/openapi.json'));
      await waits(await ask('/'));
      await waits(await ask('/items'));
      assert.equal(
        (await ask('/people', 'of-val')).status,
        200,
        'a token that holds is answered all the same',
      );
    },
  );

  await t.test('every operation says so in the OpenAPI document', async () => {
    const app = apiOf(customs, {
      who: () => Promise.resolve(undefined),
      wait: () => Promise.resolve(undefined),
      channels: {},
      log: pino({ level: 'silent' }),
    });
    const { paths } = (await (await app.request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, { headers?: object }> }>>;
    };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    assert.ok(operations.length > 20);
    for (const { responses } of operations)
      assert.deepEqual(Object.keys(responses['429']?.headers ?? {}), ['Retry-After']);
  });
});
