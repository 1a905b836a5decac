import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import pino from 'pino';
import { changeDirectory } from '../../src/office/directory.ts';
import { type Fetch, listen } from '../../src/web/listen.ts';
import { oidcLogin } from '../../src/web/login/oidc.ts';
import { siteOf } from '../../src/web/site.ts';
import { threeOffices } from '../node/three.fixture.ts';
import { Browser as AtProvider, clientSecret, keyPair, openProvider } from './provider.fixture.ts';
import { type Browser, type Seen, browserAt } from './site.fixture.ts';

/** The whole site of Customs, with people who sign in at a real OpenID provider. All are fictional. */
const openedWithProvider = async (t: TestContext) => {
  const { customs, clock } = await threeOffices(t);
  let fetch: Fetch = () => new Response('', { status: 503 });
  const listening = await listen((request, env) => fetch(request, env), 0);
  t.after(listening.close);
  const redirectUri = new URL('/sign-in/back', listening.url);
  const provider = await openProvider(redirectUri, (await keyPair('ES256', 'site')).open);
  let isOpen = true;
  const closeProvider = async () => {
    if (isOpen) await provider.close();
    isOpen = false;
  };
  t.after(closeProvider);
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const site = siteOf(customs, {
    origin: listening.url,
    login: await oidcLogin({
      issuer: provider.url,
      clientId: 'by-secret',
      credential: { secret: clientSecret },
      redirectUri,
    }),
    channels: {},
    now: () => clock.now,
    log,
  });
  fetch = site.app.fetch;
  return { customs, clock, url: listening.url, provider, closeProvider, logged };
};

type Opened = Awaited<ReturnType<typeof openedWithProvider>>;

const cookieOf = ({ cookies }: Browser): string => [...cookies.values()].join();

/** A browser with this cookie and nothing else: whoever has an old id. */
const withCookie = ({ url }: Opened, of: Browser, value: string): Browser => {
  const other = browserAt(url);
  for (const name of of.cookies.keys()) other.cookies.set(name, value);
  return other;
};

/** From a page that was wanted as far as the provider: its address, as the site sends the browser there. */
const toProvider = async (browser: Browser, wanted = '/cases'): Promise<URL> => {
  const closed = await browser.get(wanted);
  assert.equal(closed.status, 303);
  const page = await browser.get(closed.location ?? '');
  assert.match(page.text, /You sign in with your agency’s own card or account/);
  const link = /href="(\/sign-in\/begin[^"]*)"/.exec(page.html)?.[1] ?? '';
  const away = await browser.get(link);
  assert.equal(away.status, 303);
  return new URL(away.location ?? '');
};

/** At the provider, and back: the path that it sends the browser to. */
const answered = async ({ url }: Opened, at: URL): Promise<string> => {
  const back = await new AtProvider().follow(at, ({ origin }) => origin === url);
  return `${back.url.pathname}${back.url.search}`;
};

const signedIn = async (opened: Opened, sub: string, wanted?: string) => {
  opened.provider.at.account = { sub };
  const browser = browserAt(opened.url);
  const back = await answered(opened, await toProvider(browser, wanted));
  return { browser, back, after: await browser.get(back) };
};

/** Nobody: every page but the sign-in sends them there. */
const assertNobody = async (browser: Browser) => {
  assert.match((await browser.get('/cases')).location ?? '', /^\/sign-in\?/);
};

const assertRefused = (page: Seen, words: RegExp) => {
  assert.equal(page.status, 403);
  assert.match(page.text, words);
  assert.match(page.html, /href="\/sign-in\/begin/, 'and can be tried again');
};

test('signing in at a real provider, through the whole site', { timeout: 300_000 }, async (t) => {
  const opened = await openedWithProvider(t);
  const { customs, clock, url, provider, logged } = opened;

  await t.test('leads to the page that was wanted, as the person whom the directory knows', async () => {
    const { after, browser } = await signedIn(opened, 'jordan-vale', '/cases?q=lamp&page=1');
    assert.deepEqual([after.status, after.location], [303, '/cases?q=lamp&page=1']);
    const page = await browser.get(after.location ?? '');
    assert.equal(page.status, 200);
    assert.match(page.text, /Jordan Vale/);
    assert.match(page.html, /value="lamp"/);
    assert.doesNotMatch(page.text, /demonstration/i, 'there is no demo login here');
    assert.equal((await browser.send('/sign-in', { method: 'POST' })).status, 403);
  });

  await t.test('gives the session another id at each step, and the old ones are dead', async () => {
    provider.at.account = { sub: 'jordan-vale' };
    const browser = browserAt(url);
    await browser.get('/sign-in');
    const planted = cookieOf(browser);
    const at = await toProvider(browser);
    const waiting = cookieOf(browser);
    await browser.get(await answered(opened, at));
    const inside = cookieOf(browser);
    assert.equal(new Set([planted, waiting, inside]).size, 3);
    for (const old of [planted, waiting]) await assertNobody(withCookie(opened, browser, old));
    assert.equal((await withCookie(opened, browser, inside).get('/cases')).status, 200);
  });

  await t.test('lets in nobody whom the directory does not know', async () => {
    const head = await customs.views.head('customs');
    const { after, browser } = await signedIn(opened, 'stranger-at-the-door');
    assertRefused(after, /this office’s directory has nobody by that name/);
    assert.doesNotMatch(after.html, /stranger-at-the-door/);
    await assertNobody(browser);
    assert.equal(await customs.views.head('customs'), head, 'nobody here has no act to be recorded under');
    assert.doesNotMatch(logged.join(''), /stranger-at-the-door/);
  });

  await t.test('lets in nobody who did not go through with it', async () => {
    provider.at.account = undefined;
    const browser = browserAt(url);
    const page = await browser.get(await answered(opened, await toProvider(browser)));
    assertRefused(page, /The provider did not sign you in/);
    await assertNobody(browser);
  });

  for (const [what, spoilt] of [
    ['state', (at: URL) => at.searchParams.set('state', 'x'.repeat(43))],
    ['nonce', (at: URL) => at.searchParams.set('nonce', 'x'.repeat(43))],
    ['code challenge', (at: URL) => at.searchParams.set('code_challenge', 'x'.repeat(43))],
  ] as const)
    await t.test(`refuses an answer to another ${what} than this session’s`, async () => {
      provider.at.account = { sub: 'jordan-vale' };
      const browser = browserAt(url);
      const at = await toProvider(browser);
      spoilt(at);
      const page = await browser.get(await answered(opened, at));
      assertRefused(page, /The answer of the sign-in provider was refused/);
      await assertNobody(browser);
    });

  await t.test('uses an answer once, also one that failed', async () => {
    const { browser, back } = await signedIn(opened, 'jordan-vale');
    assert.deepEqual((await browserAt(url).get(back)).location, '/sign-in');
    assert.deepEqual((await browser.get(back)).location, '/sign-in', 'no sign-in is under way any more');
    const second = browserAt(url);
    const honest = await answered(opened, await toProvider(second));
    assertRefused(await second.get(honest.replace(/state=[^&]*/, 'state=x')), /was refused/);
    assert.equal((await second.get(honest)).location, '/sign-in');
    await assertNobody(second);
  });

  await t.test('signs in nobody with an answer to somebody else’s sign-in', async () => {
    provider.at.account = { sub: 'val-oakes' };
    const attacker = browserAt(url);
    const back = await answered(opened, await toProvider(attacker));
    const victim = browserAt(url);
    await toProvider(victim);
    assertRefused(await victim.get(back), /was refused/);
    await assertNobody(victim);
  });

  await t.test('goes on to no other site afterwards', async () => {
    provider.at.account = { sub: 'jordan-vale' };
    for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/sign-in/back']) {
      const browser = browserAt(url);
      const away = await browser.get(`/sign-in/begin?to=${encodeURIComponent(to)}`);
      const page = await browser.get(await answered(opened, new URL(away.location ?? '')));
      assert.ok(page.location?.startsWith('/') === true && !page.location.startsWith('//'), to);
      assert.doesNotMatch(page.location, /evil/);
    }
  });

  await t.test('asks who holds several titles for one, and goes on under another id', async () => {
    const { day } = customs.when();
    await changeDirectory(
      customs,
      { person: 'nell-quay' },
      { act: 'give title', person: 'val-oakes', title: 'Deputy Inspector', from: day, duties: ['inspects'] },
    );
    const { browser, after } = await signedIn(opened, 'val-oakes', '/desk/verify');
    const asks = await browser.get(after.location ?? '');
    assert.match(asks.location ?? '', /^\/title\?to=/);
    const before = cookieOf(browser);
    await browser.get(asks.location ?? '');
    const page = await browser.post('/title', { title: 'Deputy Inspector' });
    assert.equal(page.status, 200);
    assert.match(page.text, /Deputy Inspector.*Verify the log/);
    await assertNobody(withCookie(opened, browser, before));
  });

  await t.test('is over after 15 minutes without a request', async () => {
    const { browser } = await signedIn(opened, 'jordan-vale');
    const begun = clock.now;
    clock.now = begun + 14 * 60_000;
    assert.equal((await browser.get('/cases')).status, 200);
    clock.now += 15 * 60_000;
    await assertNobody(browser);
    clock.now = begun;
  });

  await t.test('ends here at the sign-out, and goes on to the provider’s own', async () => {
    const { browser } = await signedIn(opened, 'jordan-vale');
    await browser.get('/cases');
    const inside = cookieOf(browser);
    const page = await browser.post('/sign-out');
    assert.match(page.text, /You are signed out.*may still be signed in at your agency’s provider/);
    for (const one of [browser, withCookie(opened, browser, inside)]) await assertNobody(one);
    const link = /href="([^"]*)"[^>]*>Sign out there too/.exec(page.html)?.[1] ?? '';
    const end = new URL(link.replaceAll('&amp;', '&'));
    assert.equal(end.origin, provider.url.origin);
    assert.equal(end.searchParams.get('post_logout_redirect_uri'), `${url}/`);
    assert.equal((await new AtProvider().follow(end)).answer?.status, 200);
  });

  await t.test('writes neither codes nor tokens into the log', () => {
    assert.ok(logged.some((line) => line.includes('a sign-in was refused')));
    assert.doesNotMatch(logged.join(''), /code=|state=|eyJ|id_token/);
  });

  await t.test('says so where the provider does not answer, and lets in nobody', async () => {
    provider.at.account = { sub: 'jordan-vale' };
    const browser = browserAt(url);
    const back = await answered(opened, await toProvider(browser));
    await opened.closeProvider();
    const page = await browser.get(back);
    assert.equal(page.status, 503);
    assert.match(page.text, /provider does not answer/);
    await assertNobody(browser);
  });
});
