import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { cast, keepers } from '../../src/cli/demo/people.ts';
import type { Office } from '../../src/custody/entry.ts';
import { offices } from '../../src/office/gate.ts';
import { routes } from '../../src/web/routes.ts';
import { addressesOf, goThrough } from './gone-through.fixture.ts';
import { type Browser, browserAt, openSites } from './site.fixture.ts';

/**
 * Who is let in where: a line for each route and office, with everyone of the demo's people who is. It is written down and
 * read by people, so that a route that lets in somebody new is seen. `node test/web/doors.test.ts --write` writes it anew.
 */
const table = new URL('doors.txt', import.meta.url);
const write = process.argv.includes('--write');

const everyone = (office: Office) => [keepers[office], ...cast[office]].map(({ id }) => id);

/** Whether the door itself turned somebody away: what an act behind it says is another matter. */
const isTurnedAway = (status: number, text: string) =>
  status === 403 && /This is for a title that|You hold no title today/.test(text);

/** Pages that tell of a command on purpose: who takes a record away verifies it with no site at all. */
const tellsOfCommands = (path: string) => path === '/desk' || path.startsWith('/desk/');

const sealOf = async (browser: Browser) => {
  const { html } = await browser.get('/title');
  return /name="seal" value="([^"]+)"/.exec(html)?.[1] ?? '';
};

test('every route, for every person of every office', { timeout: 600_000 }, async (t) => {
  const sites = await openSites(t);
  await goThrough(sites.nodes);
  const lines: string[] = [];
  for (const office of offices) {
    const addresses = await addressesOf(sites.nodes, office);
    const people = await Promise.all(
      everyone(office).map(async (id) => {
        const browser = await sites[office].signIn(id);
        return { id, browser, seal: await sealOf(browser) };
      }),
    );
    const stranger = browserAt(sites[office].url);
    for (const route of routes) {
      const [path = '/'] = addresses(route.path);
      const sent = (seal: string): RequestInit =>
        route.method === 'GET'
          ? {}
          : { method: 'POST', body: new URLSearchParams({ seal }), headers: { origin: sites[office].url } };
      const outside = await stranger.send(path, sent(''));
      if (!route.offices.includes(office)) {
        const [first] = people;
        if (!routes.some((one) => one.path === route.path && one.offices.includes(office)))
          assert.equal(
            (await first?.browser.send(path, sent(first.seal)))?.status,
            404,
            `${office}: ${path}`,
          );
        continue;
      }
      assert.ok(
        route.method === 'GET' ? outside.location?.startsWith('/sign-in?') === true : outside.status === 401,
        `${route.method} ${route.path}: nobody is let in without signing in`,
      );
      const admitted: string[] = [];
      for (const { id, browser, seal } of people) {
        const { status, text, html } = await browser.send(path, sent(seal));
        const asked = `${route.method} ${path}, ${id}`;
        assert.notEqual(status, 500, asked);
        assert.ok(!html.includes('./waybill') || tellsOfCommands(path), `a command is told: ${asked}`);
        if (!isTurnedAway(status, text)) admitted.push(id);
        else assert.match(html, /Ask a colleague[^<]*\s*<a [^>]*href="\/people">People and titles</, asked);
      }
      lines.push(
        `${office.padEnd(8)} ${route.method.padEnd(4)} ${route.path.padEnd(46)} ${admitted.join(' ')}`,
      );
    }
  }
  const now = `${lines.join('\n')}\n`;
  if (write) writeFileSync(table, now);
  assert.equal(now, readFileSync(table, 'utf8'));
});

test('no two lines of the table are the same door', () => {
  const doors = routes.flatMap(({ method, path, offices: at }) =>
    at.map((office) => `${office} ${method} ${path}`),
  );
  assert.deepEqual(
    doors.filter((door, n) => doors.indexOf(door) !== n),
    [],
  );
});
