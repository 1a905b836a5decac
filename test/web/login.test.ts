import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type JWK, type JWTPayload, SignJWT, UnsecuredJWT, importJWK } from 'jose';
import { ProblemError, type ProblemKind } from '../../src/ground/problem.ts';
import { visitorOf } from '../../src/office/door.ts';
import { day } from '../../src/ground/dates.ts';
import { bearerOf, challenge } from '../../src/web/login/bearer.ts';
import { demoLogin } from '../../src/web/login/demo.ts';
import { type Pending, type ProviderLogin, localPath } from '../../src/web/login/login.ts';
import { oidcLogin } from '../../src/web/login/oidc.ts';
import type { OidcSettings } from '../../src/web/login/provider.ts';
import { openSessions } from '../../src/web/sessions.ts';
import {
  Browser,
  type Forger,
  type Served,
  clientSecret,
  keyPair,
  openForger,
  openProvider,
} from './provider.fixture.ts';
import { cookie, serveSite, siteWith } from './login-site.fixture.ts';

const isProblem = (kind: ProblemKind, words?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProblemError, String(error));
  assert.equal(error.problems[0].kind, kind);
  if (words !== undefined) assert.match(error.message, words);
  assert.equal(error.cause, undefined, 'what the library threw holds tokens');
  return true;
};

const refused = isProblem('not-signed-in', /^The answer of the sign-in provider was refused\.$/);
const seconds = () => Math.floor(Date.now() / 1000);

const MOST = 50;
const sessions = openSessions({ now: Date.now, most: MOST });
let login: ProviderLogin;
let site: Served;
let provider: Awaited<ReturnType<typeof openProvider>>;
let clientKeys: Awaited<ReturnType<typeof keyPair>>;
let codes: string[] = [];

const settings = (more: Partial<OidcSettings> = {}): OidcSettings => ({
  issuer: provider.url,
  clientId: 'by-secret',
  credential: { secret: clientSecret },
  redirectUri: new URL('/sign-in/back', site.url),
  note: (code) => codes.push(code),
  ...more,
});

/** As far as the answer that the provider sends the browser back with. */
const answerFor = async (by: ProviderLogin): Promise<{ readonly url: URL; readonly pending: Pending }> => {
  const { location, pending } = await by.begin('/cases');
  const { url } = await new Browser().follow(location, ({ origin }) => origin === site.url.origin);
  return { url, pending };
};

before(async () => {
  clientKeys = await keyPair('ES256', 'site');
  site = await serveSite(siteWith(() => login, sessions, new Set(['ann'])));
  provider = await openProvider(new URL('/sign-in/back', site.url), clientKeys.open);
  login = await oidcLogin(settings());
});
after(() => Promise.all([site.close(), provider.close()]));
beforeEach(() => {
  codes = [];
  provider.at.account = { sub: 'ann' };
});

describe('signing in at a real provider', () => {
  it('goes from the page that was wanted to the provider and back to that page', async () => {
    const browser = new Browser();
    const { url, answer } = await browser.follow(new URL('/sign-in?to=/cases/2024-1%3Fitem=3', site.url));
    assert.equal(url.href, new URL('/cases/2024-1?item=3', site.url).href);
    assert.equal(await answer?.text(), '/cases/2024-1 for ann');
  });

  it('asks with PKCE, state and nonce, others each time', async () => {
    const [one, two] = await Promise.all([login.begin('/'), login.begin('/')]);
    const ask = one.location.searchParams;
    assert.equal(ask.get('code_challenge_method'), 'S256');
    assert.equal(ask.get('response_type'), 'code');
    for (const name of ['state', 'nonce', 'code_challenge'])
      assert.notEqual(ask.get(name), two.location.searchParams.get(name), name);
    assert.ok(!one.location.href.includes(one.pending.verifier));
    assert.equal(login.provider, provider.url.origin);
  });

  it('takes a site that proves itself by its own key', async () => {
    const byKey = await oidcLogin(settings({ clientId: 'by-key', credential: { key: clientKeys.own } }));
    const { url, pending } = await answerFor(byKey);
    assert.equal((await byKey.finish(url, pending)).person, 'ann');
  });

  it('leaves an id planted before the sign-in with nothing', async () => {
    const [attacker, victim] = [new Browser(), new Browser()];
    await attacker.follow(new URL('/', site.url));
    const planted = attacker.cookies(site.url).get(cookie) ?? assert.fail();
    victim.cookies(site.url).set(cookie, planted);
    const { answer } = await victim.follow(new URL('/sign-in', site.url));
    assert.equal(await answer?.text(), 'ann');
    assert.notEqual(victim.cookies(site.url).get(cookie), planted);
    assert.equal(await (await attacker.get(new URL('/', site.url))).text(), 'nobody');
    assert.equal(sessions.read(planted), undefined);
  });

  it('signs in nobody with an answer to somebody else’s sign-in', async () => {
    const [attacker, victim] = [new Browser(), new Browser()];
    const back = (url: URL) => url.pathname === '/sign-in/back';
    const { url } = await attacker.follow(new URL('/sign-in', site.url), back);
    await victim.follow(new URL('/sign-in', site.url), back);
    assert.equal((await victim.get(url)).status, 403);
    assert.equal(await (await victim.get(new URL('/', site.url))).text(), 'nobody');
  });

  it('uses an answer once', async () => {
    const browser = new Browser();
    const back = (url: URL) => url.pathname === '/sign-in/back';
    const { url } = await browser.follow(new URL('/sign-in', site.url), back);
    const jar = new Map(browser.cookies(site.url));
    assert.equal((await browser.get(url)).status, 302);
    const thief = new Browser();
    for (const [name, value] of jar) thief.cookies(site.url).set(name, value);
    assert.equal((await thief.get(url)).status, 403);
    assert.equal((await browser.get(url)).status, 403);
  });

  it('goes on to sign out at the provider', async () => {
    const browser = new Browser();
    await browser.follow(new URL('/sign-in', site.url));
    const id = browser.cookies(site.url).get(cookie) ?? '';
    const { url, answer } = await browser.follow(new URL('/sign-out', site.url));
    assert.equal(url.origin, provider.url.origin);
    assert.equal(answer?.status, 200);
    assert.equal(url.searchParams.get('post_logout_redirect_uri'), site.url.href);
    assert.equal(sessions.read(id), undefined);
  });

  it('lets in nobody whom the directory does not know', async () => {
    provider.at.account = { sub: 'stranger' };
    const browser = new Browser();
    const { answer } = await browser.follow(new URL('/sign-in', site.url));
    assert.equal(answer?.status, 403);
    assert.equal(await (await browser.get(new URL('/', site.url))).text(), 'nobody');
    assert.deepEqual(visitorOf(new Map(), 'stranger', undefined, day('2025-01-02')), { titles: [] });
  });

  it('says so plainly when the person did not go through with it', async () => {
    provider.at.account = undefined;
    const { url, pending } = await answerFor(login);
    assert.equal(url.searchParams.get('error'), 'access_denied');
    await assert.rejects(
      login.finish(url, pending),
      isProblem('not-signed-in', /^The provider did not sign you in\.$/),
    );
  });
});

describe('an answer that does not fit', () => {
  for (const [name, spoil] of [
    ['another state', (url: URL) => url.searchParams.set('state', 'x')],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['two states', (url: URL) => url.searchParams.append('state', 'x')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['no issuer', (url: URL) => url.searchParams.delete('iss')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x')],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['an error beside another state', (url: URL) => (url.search = '?error=access_denied&state=x')],
  ] as const)
    it(`is refused: ${name}`, async () => {
      const { url, pending } = await answerFor(login);
      spoil(url);
      await assert.rejects(login.finish(url, pending), refused);
      assert.equal(codes.length, 1);
    });

  for (const name of ['nonce', 'verifier', 'state'] as const)
    it(`is refused: begun with another ${name}`, async () => {
      const { url, pending } = await answerFor(login);
      const other = (await login.begin('/')).pending;
      await assert.rejects(login.finish(url, { ...pending, [name]: other[name] }), refused);
    });

  it('is refused: a code that was used before', async () => {
    const { url, pending } = await answerFor(login);
    assert.equal((await login.finish(url, pending)).person, 'ann');
    await assert.rejects(login.finish(url, pending), refused);
  });

  it('is refused: a code got with another client’s secret', async () => {
    const other = await oidcLogin(settings({ credential: { secret: 'x'.repeat(43) } }));
    const { url, pending } = await answerFor(other);
    await assert.rejects(other.finish(url, pending), refused);
  });

  it('names no host of its own: who sends the browser back elsewhere gets nothing', async () => {
    const { url, pending } = await answerFor(login);
    const elsewhere = new URL(`http://evil.example/other${url.search}`);
    assert.equal((await login.finish(elsewhere, pending)).person, 'ann');
  });
});

describe('what an office may ask of a sign-in', () => {
  it('its card: less is refused, and the person told', async () => {
    const byCard = await oidcLogin(settings({ acr: 'piv' }));
    for (const acr of ['password', undefined]) {
      provider.at.account = { sub: 'ann', ...(acr === undefined ? {} : { acr }) };
      const { url, pending } = await answerFor(byCard);
      await assert.rejects(
        byCard.finish(url, pending),
        isProblem('not-signed-in', /did not sign in the way/),
      );
    }
    provider.at.account = { sub: 'ann', acr: 'piv' };
    const { url, pending } = await answerFor(byCard);
    assert.equal((await byCard.begin('/')).location.searchParams.get('acr_values'), 'piv');
    assert.equal((await byCard.finish(url, pending)).person, 'ann');
  });

  it('that it is fresh: a sign-in of yesterday is refused', async () => {
    const fresh = await oidcLogin(settings({ maxAge: 3600 }));
    const { url, pending } = await answerFor(fresh);
    assert.equal((await fresh.finish(url, pending)).person, 'ann');
    // A provider that was asked for max_age and does not keep to it.
    provider.at.account = { sub: 'ann', provedAt: seconds() - 86_400 };
    const { location, pending: later } = await fresh.begin('/');
    location.searchParams.delete('max_age');
    const stale = await new Browser().follow(location, ({ origin }) => origin === site.url.origin);
    await assert.rejects(fresh.finish(stale.url, later), refused);
  });

  it('the directory’s own id, which the provider’s UserInfo has', async () => {
    const byEmployee = await oidcLogin(settings({ claim: 'employee', scope: 'openid profile' }));
    provider.at.account = { sub: 'x-1', claims: { employee: 'ann' } };
    const { url, pending } = await answerFor(byEmployee);
    assert.equal((await byEmployee.finish(url, pending)).person, 'ann');
  });

  it('and an answer without that id, or with one that is no text, is refused', async () => {
    const byEmployee = await oidcLogin(settings({ claim: 'employee', scope: 'openid profile' }));
    for (const employee of [undefined, '', 7, ['ann'], { id: 'ann' }, null, 'x'.repeat(201)]) {
      provider.at.account = { sub: 'ann', claims: { employee } };
      const { url, pending } = await answerFor(byEmployee);
      await assert.rejects(byEmployee.finish(url, pending), refused);
    }
  });

  it('an address of mail only where the provider verified it', async () => {
    const byMail = await oidcLogin(settings({ claim: 'email', scope: 'openid email' }));
    for (const [email_verified, good] of [
      [true, true],
      [false, false],
      ['true', false],
      [undefined, false],
    ] as const) {
      provider.at.account = { sub: 'x-1', claims: { email: 'ann@customs.example', email_verified } };
      const { url, pending } = await answerFor(byMail);
      if (good) assert.equal((await byMail.finish(url, pending)).person, 'ann@customs.example');
      else await assert.rejects(byMail.finish(url, pending), refused);
    }
  });
});

describe('a provider that lies', () => {
  let forger: Forger;
  let keys: Awaited<ReturnType<typeof keyPair>>;
  let others: typeof keys;
  let forged: ProviderLogin;

  const sign = async (claims: JWTPayload, key: JWK = keys.own, alg = 'ES256') =>
    new SignJWT(claims).setProtectedHeader({ alg, kid: 'forger' }).sign(await importJWK(key, alg));

  /** The claims of an honest ID token. */
  const honest = ({ nonce }: Pending): JWTPayload => ({
    iss: forger.url.origin,
    aud: 'by-secret',
    sub: 'ann',
    nonce,
    iat: seconds(),
    exp: seconds() + 300,
  });

  const answered = async (mint: (claims: JWTPayload) => string | Promise<string>): Promise<string> => {
    const { pending } = await forged.begin('/');
    const id_token = await mint(honest(pending));
    forger.token = () => ({ status: 200, body: { access_token: 'x', token_type: 'Bearer', id_token } });
    const { origin } = forger.url;
    const query = new URLSearchParams({ code: 'c', state: pending.state, iss: origin });
    return (await forged.finish(new URL(`/sign-in/back?${query.toString()}`, site.url), pending)).person;
  };

  before(async () => {
    forger = await openForger();
    [keys, others] = [await keyPair('ES256', 'forger'), await keyPair('ES256', 'forger')];
    forger.keys = [keys.open];
    forged = await oidcLogin(settings({ issuer: forger.url }));
  });
  after(() => forger.close());

  it('is believed as long as it does not', async () => {
    assert.equal(await answered((claims) => sign(claims)), 'ann');
  });

  const publicKeyAsSecret = (): JWK => ({
    kty: 'oct',
    k: Buffer.from(
      createPublicKey({ key: keys.open, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
    ).toString('base64url'),
  });
  const resealed = async (claims: JWTPayload) => {
    const [head, , signature] = (await sign(claims)).split('.');
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'bea' })).toString('base64url');
    return `${head}.${changed}.${signature}`;
  };
  for (const [name, mint] of [
    ['signed with another key', (claims: JWTPayload) => sign(claims, others.own)],
    ['changed after it was signed', resealed],
    ['not signed: alg none', (claims: JWTPayload) => new UnsecuredJWT(claims).encode()],
    [
      'not signed: alg none, with a signature',
      (claims: JWTPayload) => `${new UnsecuredJWT(claims).encode()}AAAA`,
    ],
    [
      'sealed with the public key as a secret',
      (claims: JWTPayload) => sign(claims, publicKeyAsSecret(), 'HS256'),
    ],
    [
      'sealed with the client’s secret',
      (claims: JWTPayload) =>
        sign(claims, { kty: 'oct', k: Buffer.from(clientSecret).toString('base64url') }, 'HS256'),
    ],
    ['expired', (claims: JWTPayload) => sign({ ...claims, exp: seconds() - 11 })],
    ['without an end', ({ exp: _exp, ...claims }: JWTPayload) => sign(claims)],
    ['not in force yet', (claims: JWTPayload) => sign({ ...claims, nbf: seconds() + 3600 })],
    ['for another client', (claims: JWTPayload) => sign({ ...claims, aud: 'other' })],
    ['for others too', (claims: JWTPayload) => sign({ ...claims, aud: ['by-secret', 'other'] })],
    ['of another issuer', (claims: JWTPayload) => sign({ ...claims, iss: 'https://evil.example' })],
    ['with another nonce', (claims: JWTPayload) => sign({ ...claims, nonce: 'x' })],
    ['without a nonce', ({ nonce: _nonce, ...claims }: JWTPayload) => sign(claims)],
    ['without a subject', ({ sub: _sub, ...claims }: JWTPayload) => sign(claims)],
    ['no token', () => 'x'],
    ['an empty token', () => ''],
    ['two dots', () => '..'],
  ] as const)
    it(`is refused: an ID token ${name}`, async () => {
      await assert.rejects(answered(mint), refused);
      assert.equal(codes.length, 1);
      assert.match(codes[0] ?? '', /^(OAUTH_[A-Z_]+|ERR_[A-Z_]+)$/);
    });

  it('is not one that is down: who signs in is told to wait', async () => {
    for (const status of [500, 503]) {
      const { pending } = await forged.begin('/');
      forger.token = () => ({ status, body: {} });
      const query = new URLSearchParams({ code: 'c', state: pending.state, iss: forger.url.origin });
      await assert.rejects(
        forged.finish(new URL(`/sign-in/back?${query.toString()}`, site.url), pending),
        isProblem('login-unfit', /^The sign-in provider does not answer\.$/),
      );
    }
  });

  it('keeps a site from starting: metadata of another issuer, without endpoints, or with one in clear', async () => {
    const good = forger.metadata;
    for (const [metadata, words] of [
      [{ ...good, issuer: 'https://evil.example' }, /did not say what it is/],
      [{ ...good, token_endpoint: undefined }, /names no token_endpoint/],
      [{ ...good, jwks_uri: undefined }, /names no jwks_uri/],
      [{ ...good, authorization_endpoint: 'javascript:alert(1)' }, /not https/],
      [{ ...good, token_endpoint: 'http://provider.example/token' }, /not https/],
    ] as const) {
      forger.metadata = metadata;
      await assert.rejects(oidcLogin(settings({ issuer: forger.url })), isProblem('login-unfit', words));
    }
    forger.metadata = good;
  });
});

describe('a site that cannot sign anybody in does not start', () => {
  for (const [name, more, words] of [
    ['an issuer in clear', { issuer: new URL('http://provider.example') }, /not https/],
    ['localhost, which is not always this machine', { issuer: new URL('http://localhost:1') }, /not https/],
    ['an answer in clear', { redirectUri: new URL('http://customs.example/back') }, /not https/],
    ['nobody there', { issuer: new URL('http://127.0.0.1:1') }, /did not say what it is/],
    ['a key that is none', { credential: { key: { kty: 'EC', alg: 'ES256' } } }, /not a private JWK/],
    ['a shared secret as key', { credential: { key: { kty: 'oct', k: 'AAAA' } } }, /not a private JWK/],
  ] as const)
    it(name, () => assert.rejects(oidcLogin(settings(more)), isProblem('login-unfit', words)));

  it('a public key', async () => {
    await assert.rejects(
      oidcLogin(settings({ credential: { key: clientKeys.open } })),
      isProblem('login-unfit', /not a private JWK/),
    );
  });
});

describe('the demo login', () => {
  const people = [{ id: 'ann', name: 'Ann Example (fictional)', title: 'Auditor' }];

  it('signs in whom one chooses of its list, and nobody else', () => {
    const demo = demoLogin({ hostname: '127.0.0.1', people });
    assert.equal(demo.kind, 'demo');
    assert.deepEqual(demo.choose('ann'), { person: 'ann' });
    for (const id of ['', 'bea', '__proto__'])
      assert.throws(() => demo.choose(id), isProblem('not-signed-in', /no such person/));
  });

  it('is there on literal loopback addresses alone', () => {
    for (const hostname of ['127.0.0.1', '127.1.2.3', '::1', '[::1]'])
      assert.equal(demoLogin({ hostname, people }).people.length, 1, hostname);
    const elsewhere = [
      ...['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '126.255.255.255', '::2', 'fe80::1', ''],
      ...[
        'localhost',
        'LOCALHOST',
        'waybill.example',
        '127.0.0.1.evil.example',
        '127.1',
        '0x7f000001',
        '[127.0.0.1',
      ],
    ];
    for (const hostname of elsewhere)
      assert.throws(
        () => demoLogin({ hostname, people }),
        isProblem('login-unfit', /nobody’s identity/),
        hostname,
      );
  });
});

describe('an access token', () => {
  const issuer = 'https://provider.example';
  const audience = 'https://customs.example/api';
  let keys: Awaited<ReturnType<typeof keyPair>>;
  let bearer: ReturnType<typeof bearerOf>;

  const claims = (more: JWTPayload = {}): JWTPayload => ({
    iss: issuer,
    aud: audience,
    sub: 'ann',
    client_id: 'a program',
    jti: 'j-1',
    iat: seconds(),
    exp: seconds() + 300,
    ...more,
  });
  const mint = async (payload: JWTPayload, header: object = {}, key: JWK = keys.own, alg = 'ES256') =>
    new SignJWT(payload)
      .setProtectedHeader({ alg, typ: 'at+jwt', kid: 'issuer', ...header })
      .sign(await importJWK(key, alg));

  before(async () => {
    keys = await keyPair('ES256', 'issuer');
    bearer = bearerOf({ issuer, audience, jwks: { keys: [keys.open] } });
  });

  it('says who asks', async () => {
    const token = await mint(claims());
    assert.deepEqual(await bearer(`Bearer ${token}`), { person: 'ann' });
    assert.deepEqual(await bearer(`bearer ${token}`), { person: 'ann' });
    const typed = await mint(claims({ aud: ['other', audience] }), { typ: 'application/at+jwt' });
    assert.deepEqual(await bearer(`Bearer ${typed}`), { person: 'ann' });
  });

  it('is missed where there is none, and the challenge says no more than that', async () => {
    await assert.rejects(bearer(undefined), isProblem('not-signed-in', /carries no access token/));
    assert.equal(challenge(undefined), 'Bearer');
    assert.equal(challenge('Bearer x'), 'Bearer error="invalid_token"');
  });

  const without = (name: string) => () =>
    mint(Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name)));
  const oct = (text: string): JWK => ({ kty: 'oct', k: Buffer.from(text).toString('base64url') });
  const spki = () =>
    createPublicKey({ key: keys.open, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  for (const [name, forge] of [
    ['signed with another key', async () => mint(claims(), {}, (await keyPair('ES256', 'issuer')).own)],
    ['with another kid', () => mint(claims(), { kid: 'other' })],
    ['expired', () => mint(claims({ exp: seconds() - 1 }))],
    ['not in force yet', () => mint(claims({ nbf: seconds() + 60 }))],
    ['for another audience', () => mint(claims({ aud: 'https://irs.example/api' }))],
    ['of another issuer', () => mint(claims({ iss: 'https://evil.example' }))],
    ['of the same issuer, written otherwise', () => mint(claims({ iss: `${issuer}/` }))],
    ['of another type: an ID token', () => mint(claims(), { typ: 'JWT' })],
    ['without a type', () => mint(claims(), { typ: undefined })],
    ['not signed: alg none', () => new UnsecuredJWT(claims()).encode()],
    [
      'not signed: alg none, of the right type',
      () => {
        const head = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
        return `${head}.${new UnsecuredJWT(claims()).encode().split('.')[1]}.`;
      },
    ],
    ['sealed with the public key (PEM) as secret', () => mint(claims(), {}, oct(String(spki())), 'HS256')],
    [
      'sealed with the public key (JWK) as secret',
      () => mint(claims(), {}, oct(JSON.stringify(keys.open)), 'HS256'),
    ],
    [
      'with its own key in its head',
      async () => {
        const own = await keyPair('ES256', 'issuer');
        return mint(claims(), { jwk: own.open }, own.own);
      },
    ],
    ['whose person is no text', () => mint(claims({ sub: 7 as unknown as string }))],
    ['whose person is empty', () => mint(claims({ sub: '' }))],
    [
      'with something it calls critical',
      () => {
        const head = Buffer.from('{"alg":"ES256","typ":"at+jwt","crit":["x"],"x":1}').toString('base64url');
        return `${head}.e30.AAAA`;
      },
    ],
    ...['iss', 'aud', 'exp', 'sub', 'client_id', 'iat', 'jti'].map(
      (name) => [`without ${name}`, without(name)] as const,
    ),
    ['too long', () => mint(claims({ more: 'x'.repeat(10_000) }))],
    ['no token', () => 'x'],
    ['nothing', () => ''],
  ] as const)
    it(`is not accepted: ${name}`, async () => {
      await assert.rejects(
        bearer(`Bearer ${await forge()}`),
        isProblem('not-signed-in', /^The access token is not accepted \(invalid_token\)\.$/),
      );
    });

  it('is not accepted with one letter of it changed', async () => {
    const token = await mint(claims());
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_'), async (at, letter) => {
        // The last letter of a part carries bits that base64url does not use.
        fc.pre(token[at] !== letter && token[at] !== '.' && token[at + 1] !== '.' && at !== token.length - 1);
        await assert.rejects(
          bearer(`Bearer ${token.slice(0, at)}${letter}${token.slice(at + 1)}`),
          isProblem('not-signed-in', /invalid_token/),
        );
      }),
    );
  });

  it('is not accepted by another scheme, or as anything else', async () => {
    const token = await mint(claims());
    for (const header of [token, `Basic ${token}`, `Bearer${token}`, `Bearer ${token} ${token}`, 'Bearer'])
      await assert.rejects(bearer(header), isProblem('not-signed-in', /invalid_token/));
    await fc.assert(
      fc.asyncProperty(fc.string(), (header) => assert.rejects(bearer(header), isProblem('not-signed-in'))),
    );
  });

  it('is judged by keys that the issuer serves; where it does not, nobody is told that a token is wrong', async () => {
    const forger = await openForger();
    forger.keys = [keys.open];
    const remote = bearerOf({ issuer, audience, jwks: new URL('/jwks', forger.url) });
    assert.deepEqual(await remote(`Bearer ${await mint(claims())}`), { person: 'ann' });
    await forger.close();
    const silent = bearerOf({ issuer, audience, jwks: new URL('/jwks', forger.url) });
    await assert.rejects(
      silent(`Bearer ${await mint(claims())}`),
      isProblem('login-unfit', /does not answer/),
    );
    assert.throws(
      () => bearerOf({ issuer, audience, jwks: new URL('http://provider.example/jwks') }),
      isProblem('login-unfit', /not https/),
    );
  });

  it('has the person in the claim that the office names', async () => {
    const byEmployee = bearerOf({ issuer, audience, claim: 'employee', jwks: { keys: [keys.open] } });
    const good = await mint(claims({ sub: 'x-1', employee: 'ann' }));
    assert.deepEqual(await byEmployee(`Bearer ${good}`), { person: 'ann' });
    await assert.rejects(byEmployee(`Bearer ${await mint(claims())}`), isProblem('not-signed-in'));
  });
});

describe('the page that was wanted', () => {
  it('is a path of this site', () => {
    for (const path of ['/', '/cases', '/cases/2024-1?item=3&x=%2F%2F#gate', '/rule/b/3', '/a:b@c'])
      assert.equal(localPath(path), path);
  });

  it('is never another site', () => {
    const elsewhere = [
      ...['//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '\\/evil.example'],
      ...[
        '/\t/evil.example',
        '/\n/evil.example',
        '/\r\nSet-Cookie: a=b',
        '\t//evil.example',
        ' //evil.example',
      ],
      ...[
        'https://evil.example',
        'https:evil.example',
        'javascript:alert(1)',
        'data:text/html,x',
        'evil.example',
      ],
      ...[
        '',
        '.',
        '..',
        '?x',
        '#x',
        '/.//evil.example',
        '/..//evil.example',
        '/x/..//evil.example',
        '/%2e//evil.example',
      ],
      ...['/\u0000', '/é', '/\u2028', '/a b', `/${'x'.repeat(512)}`],
    ];
    for (const given of elsewhere) assert.equal(localPath(given), '/', JSON.stringify(given));
  });

  it('is on this site as every browser reads it, whatever is given', () => {
    const odd = fc.constantFrom(...'/\\.\t\n@:?#', '..', '%2f', 'evil.example', 'http:');
    const any = fc.oneof(
      fc.string(),
      fc.array(odd).map((parts) => parts.join('')),
    );
    const here = 'https://customs.example';
    fc.assert(
      fc.property(any, (given) => {
        const { origin, pathname } = new URL(localPath(given), `${here}/sign-in/back`);
        return origin === here && new URL(pathname, here).origin === here;
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a crowd', () => {
  it('of a thousand that begins to sign in at once leaves the bound and who is signed in', async () => {
    const worker = new Browser();
    await worker.follow(new URL('/sign-in', site.url));
    const app = siteWith(() => login, sessions, new Set(['ann']));
    const answers = await Promise.all(Array.from({ length: 1000 }, async () => app.request('/sign-in')));
    assert.ok(answers.every(({ status }) => status === 302));
    assert.equal(new Set(answers.map((answer) => answer.headers.get('set-cookie'))).size, 1000);
    assert.ok(sessions.size() <= 2 * MOST, `${sessions.size()} sessions`);
    assert.equal(await (await worker.get(new URL('/', site.url))).text(), 'ann');
  });

  it('that signs in to the end at once gets a session each', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const { answer } = await new Browser().follow(new URL('/sign-in', site.url));
        return answer?.text();
      }),
    );
    assert.deepEqual(new Set(all), new Set(['ann']));
  });
});
