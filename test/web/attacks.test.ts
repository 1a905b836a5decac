import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { routes } from '../../src/web/routes.ts';
import { addressesOf, goThrough, inReview } from './gone-through.fixture.ts';
import { browserAt, openSites } from './site.fixture.ts';

const MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u2028</textarea>{{7*7}}';

/** Names of the fields that a page's forms ask somebody to type into. */
const fieldsIn = (html: string): { action: string; names: string[] }[] =>
  [...html.matchAll(/<form\b[^>]*action="([^"]+)"[^>]*>([^]*?)<\/form>/g)].map(
    ([, action = '', body = '']) => ({
      action: action.replaceAll('&amp;', '&'),
      names: [
        ...body.matchAll(/<(?:input|textarea|select)\b(?![^>]*type="hidden")[^>]*\bname="([^"]+)"/g),
      ].map(([, name = '']) => name),
    }),
  );

const isInert = (html: string) => !/<img src=x|<script>alert/.test(html);

test('who would do harm through a page', { timeout: 600_000 }, async (t) => {
  const sites = await openSites(t);
  await goThrough(sites.nodes);
  const { customs, irs } = sites;
  const working = await customs.signIn('jordan-vale');

  await t.test('markup in every field of every form is text, when it comes back and after', async () => {
    let sent = 0;
    for (const [office, person] of [
      ['customs', 'jordan-vale'],
      ['customs', 'nell-quay'],
      ['irs', 'alex-firth'],
      ['justice', 'max-ferris'],
    ] as const) {
      const browser = await sites[office].signIn(person);
      const addresses = await addressesOf(sites.nodes, office);
      for (const route of routes.filter((one) => one.method === 'GET' && one.offices.includes(office)))
        for (const path of addresses(route.path)) {
          const page = await browser.get(path);
          assert.ok(isInert(page.html), `${path} shows markup that was planted`);
          for (const { action, names } of fieldsIn(page.html)) {
            if (names.length === 0 || action === '/sign-out') continue;
            const typed = Object.fromEntries(names.map((name) => [name, MARKUP]));
            const back = await browser.post(action, typed, page.html);
            sent++;
            assert.notEqual(back.status, 500, `${action} fell over`);
            assert.ok(isInert(back.html), `${action} gives back markup`);
          }
        }
      for (const path of addresses('/cases/:case')) assert.ok(isInert((await browser.get(path)).html));
    }
    assert.ok(sent > 20, `${sent} forms were sent`);
  });

  await t.test('markup and paths in addresses find nothing', async () => {
    const jordan = await customs.signIn('jordan-vale');
    for (const path of [
      `/cases/${encodeURIComponent(MARKUP)}`,
      `/cases?q=${encodeURIComponent(MARKUP)}`,
      '/cases/..%2f..%2fetc%2fpasswd',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/../../../package.json',
      '/rule/%00',
      `/cases/${'x'.repeat(5000)}`,
      '/cases/%E0%A4%A',
      '/inbox/..%2F..%2Fkeys%2Fmaster.key/receive',
    ]) {
      const { status, html } = await jordan.get(path);
      assert.ok(status < 500, `${path.slice(0, 60)}: ${status}`);
      assert.ok(isInert(html), path.slice(0, 60));
      assert.doesNotMatch(html, /"devDependencies"|root:x:0/);
    }
  });

  await t.test('an item of another case is not reached through this one', async () => {
    const toni = await sites.justice.signIn('toni-brook');
    const other = await toni.get(`/cases/${inReview}/open?item=purchases`);
    assert.doesNotMatch(other.text, /Federal Tax Information/);
    const alex = await irs.signIn('alex-firth');
    assert.equal((await alex.get(`/cases/${inReview}/review/no-such-item`)).status, 404);
  });

  await t.test('who sends a body byte by byte does not hold up anyone', async () => {
    const { port } = new URL(customs.url);
    const sockets = Array.from({ length: 50 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100000\r\n\r\nx`);
      return socket;
    });
    const jordan = await customs.signIn('jordan-vale');
    assert.equal((await jordan.get('/')).status, 200);
    for (const socket of sockets) socket.destroy();
  });

  await t.test('a thousand who begin to sign in at once leave those who work in peace', async () => {
    const jordan = await customs.signIn('jordan-vale');
    const crowd = Array.from({ length: 1_000 }, async () => {
      const browser = browserAt(customs.url);
      await browser.get('/sign-in');
      return browser.post('/sign-in', { person: 'robin-alder' });
    });
    const answers = await Promise.all(crowd);
    assert.ok(answers.every(({ status }) => status === 200 || status === 429));
    assert.ok(answers.some(({ status }) => status === 429));
    assert.equal((await jordan.get('/')).status, 200, 'still signed in');
  });

  await t.test('a field of a megabyte is refused, and says so', async () => {
    await working.get('/incidents/new');
    const { status, text } = await working.post('/incidents/new', { 'act.what': 'x'.repeat(1_000_000) });
    assert.equal(status, 413);
    assert.match(text, /too large/);
  });
});
