import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserAt, openSites } from './site.fixture.ts';

test('signing in, out, and what a form has to bring', async (t) => {
  const sites = await openSites(t);
  const { customs } = sites;

  await t.test('who is not signed in is asked to, and comes back to the page wanted', async () => {
    const browser = browserAt(customs.url);
    const away = await browser.get('/?page=2');
    assert.equal(away.status, 303);
    assert.equal(away.location, '/sign-in?to=%2F%3Fpage%3D2');
    const page = await browser.get('/sign-in?to=/');
    assert.match(page.text, /nobody’s identity is checked/);
    const home = await browser.post('/sign-in', { person: 'jordan-vale' });
    assert.equal(home.status, 200);
    assert.match(home.text, /Jordan Vale, Supervisory Auditor, Trade Regulatory Audit/);
  });

  await t.test('the session known before the sign-in is dead after it', async () => {
    const browser = browserAt(customs.url);
    await browser.get('/sign-in');
    const planted = new Map(browser.cookies);
    await browser.post('/sign-in', { person: 'jordan-vale' });
    const attacker = browserAt(customs.url);
    for (const [name, value] of planted) attacker.cookies.set(name, value);
    assert.equal((await attacker.get('/')).status, 303);
    assert.equal((await browser.get('/')).status, 200);
  });

  await t.test('a form without its seal, or from another site, does nothing', async () => {
    const jordan = await customs.signIn('jordan-vale');
    const bare = await jordan.send('/sign-out', { method: 'POST', headers: { origin: customs.url } });
    assert.equal(bare.status, 403);
    const page = await jordan.get('/');
    const seal = /name="seal" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const foreign = await jordan.send('/sign-out', {
      method: 'POST',
      body: new URLSearchParams({ seal }),
      headers: { origin: 'http://evil.example' },
    });
    assert.equal(foreign.status, 403);
    assert.equal((await jordan.get('/')).status, 200, 'still signed in');
    await jordan.post('/sign-out', {}, page.html);
    assert.equal((await jordan.get('/')).status, 303);
  });

  await t.test('each form that is not ours is on record, and not only the first', async () => {
    const jordan = await customs.signIn('jordan-vale');
    const recorded = async () =>
      (await sites.nodes.customs.views.stream('customs', 'gate')).filter(
        ({ kind }) => kind === 'door-refused',
      ).length;
    const before = await recorded();
    for (let n = 0; n < 2; n++) {
      const forged = new URLSearchParams({ seal: 'forged' });
      const { status } = await jordan.send('/requests/new', { method: 'POST', body: forged });
      assert.equal(status, 403);
    }
    assert.equal(await recorded(), before + 2);
  });

  await t.test('a session of one office is nothing at another', async () => {
    const jordan = await customs.signIn('jordan-vale');
    const elsewhere = browserAt(sites.irs.url);
    for (const [, value] of jordan.cookies) elsewhere.cookies.set('waybill-irs', value);
    assert.equal((await elsewhere.get('/')).status, 303);
  });

  await t.test('a person whom the directory does not know is told whom to ask', async () => {
    const browser = browserAt(customs.url);
    await browser.get('/sign-in');
    const refused = await browser.post('/sign-in', { person: 'casey-moor' });
    assert.equal(refused.status, 401);
    assert.match(refused.text, /no such person/);
  });

  await t.test('a site answers to its own name only', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) =>
      request(`${customs.url}/sign-in`, { headers: { host: 'rebound.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on('error', reject)
        .end(),
    );
    assert.equal(status, 421);
  });

  await t.test('fifteen minutes without a page end the session', async () => {
    const jordan = await customs.signIn('jordan-vale');
    sites.nodes.clock.now += 15 * 60_000;
    assert.equal((await jordan.get('/')).status, 303);
  });

  await t.test('nothing inline may run, and nothing is kept', async () => {
    const { headers } = await (await customs.signIn('jordan-vale')).get('/');
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-frame-options'), 'DENY');
  });
});
