import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Office } from '../../src/custody/entry.ts';
import { reference } from '../node/three.fixture.ts';
import { axeFindings, focusFindings, ownFindings } from './accessible.fixture.ts';
import type { Page } from 'playwright-core';
import { NO_CHROMIUM, type Screen, chromiumPath, openChromium, signedIn } from './chromium.fixture.ts';
import { addressesOf, begun, goThrough, inReview } from './gone-through.fixture.ts';
import { openSites } from './site.fixture.ts';
import { offices } from '../../src/office/gate.ts';

const path = chromiumPath();

/** The pages on which most of the work is done, for who does it. */
const places: readonly (readonly [Office, string, readonly string[]])[] = [
  ['customs', 'jordan-vale', ['/', `/requests/${begun}`, `/cases/${reference}`, `/cases/${reference}/may-i`]],
  ['irs', 'alex-firth', [`/cases/${inReview}/review`, `/cases/${inReview}/review/purchases`]],
  ['justice', 'bea-lorne', ['/desk', `/cases/${reference}/custody`, '/rule/b/3']],
];

test(
  'the pages where the work is done, gone through with Tab',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 600_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    await goThrough(sites.nodes);
    const context = await (await openChromium(t, path)).at();
    const findings: string[] = [];
    for (const [office, person, addresses] of places) {
      const page = await signedIn(context, sites[office].url, person);
      for (const address of addresses) {
        await page.goto(`${sites[office].url}${address}`);
        findings.push(...(await focusFindings(page)).map((one) => `${address}: ${one}`));
      }
      await page.close();
    }
    assert.deepEqual(findings, []);
  },
);

/** The pages of an office, each with somebody who is let in: of the people of the route × role table one after another. */
const doorsOf = (office: Office): readonly (readonly [pattern: string, person: string])[] =>
  readFileSync(new URL('doors.txt', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split(/\s+/))
    .filter(([of, method]) => of === office && method === 'GET')
    .map(([, , pattern = '/', ...admitted], n) => [pattern, admitted[n % admitted.length] ?? ''] as const)
    .filter(([, person]) => person !== '');

const walks: readonly (readonly [string, Screen, (page: Page) => Promise<string[]>])[] = [
  ['a desk, by axe', {}, async (page) => [...(await axeFindings(page)), ...(await ownFindings(page))]],
  ['a phone of 320 px', { width: 320, height: 640 }, ownFindings],
  ['a desk at 200 %, in forced colours', { zoom: 2, forcedColors: true }, ownFindings],
];

test(
  'every page of every office, with every role by turns',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 900_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    await goThrough(sites.nodes);
    const chromium = await openChromium(t, path);
    for (const [name, screen, judge] of walks)
      await t.test(name, async () => {
        const findings: string[] = [];
        const seen = new Set<string>();
        for (const office of offices) {
          const { url } = sites[office];
          const addresses = await addressesOf(sites.nodes, office);
          const pages = new Map<string, Page>();
          for (const [pattern, person] of doorsOf(office)) {
            const page = pages.get(person) ?? (await signedIn(await chromium.at(screen), url, person));
            pages.set(person, page);
            const [address = '/'] = addresses(pattern);
            // What is saved as a file, or goes on for ever, is no page.
            const head = await page.request.head(`${url}${address}`);
            if (!(head.headers()['content-type'] ?? '').startsWith('text/html')) continue;
            await page.goto(`${url}${address}`);
            seen.add(`${office} ${pattern}`);
            findings.push(...(await judge(page)).map((one) => `${office}, ${person}, ${address}: ${one}`));
          }
        }
        assert.ok(seen.size > 100, `${seen.size} pages were seen`);
        assert.deepEqual(findings, []);
      });
  },
);
