import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Office } from '../../src/custody/entry.ts';
import { routes } from '../../src/web/routes.ts';
import { axeFindings, focusFindings, ownFindings } from './accessible.fixture.ts';
import { NO_CHROMIUM, type Screen, chromiumPath, openChromium, signedIn } from './chromium.fixture.ts';
import { addressesOf, goThrough } from './gone-through.fixture.ts';
import { openSites } from './site.fixture.ts';

const path = chromiumPath();

/** Who sees most at each office. */
const walkers: readonly (readonly [Office, string])[] = [
  ['irs', 'drew-haven'],
  ['irs', 'alex-firth'],
  ['irs', 'ira-fenn'],
  ['customs', 'jordan-vale'],
  ['customs', 'robin-alder'],
  ['customs', 'nell-quay'],
  ['justice', 'toni-brook'],
];

type Judge = (page: Page) => Promise<string[]>;

/** axe does not look at width, zoom or the system’s colours, and the order of focus does not change with them. */
const screens: readonly (readonly [string, Screen, readonly Judge[]])[] = [
  ['a desk', {}, [axeFindings, ownFindings, focusFindings]],
  ['a phone of 320 px', { width: 320, height: 640 }, [ownFindings]],
  ['a desk at 200 %', { zoom: 2 }, [ownFindings]],
  ['a desk in forced colours', { forcedColors: true }, [ownFindings]],
];

test(
  'every page, for everyone who may see it, as axe and we judge it',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 1_200_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    await goThrough(sites.nodes);
    const chromium = await openChromium(t, path);
    for (const [name, screen, judges] of screens)
      await t.test(name, async () => {
        const context = await chromium.at(screen);
        const findings = new Set<string>();
        const seen = new Set<string>();
        for (const [office, person] of walkers) {
          const addresses = await addressesOf(sites.nodes, office);
          const page = await signedIn(context, sites[office].url, person);
          for (const route of routes) {
            if (route.method !== 'GET' || !route.offices.includes(office) || route.path.startsWith('/jobs'))
              continue;
            for (const address of addresses(route.path)) {
              const at = `${office} ${address}`;
              if (seen.has(at)) continue;
              const response = await page.goto(`${sites[office].url}${address}`).catch((error: unknown) => {
                // A document to save, and no page.
                if (String(error).includes('Download is starting')) return null;
                throw error;
              });
              if (response?.headers()['content-type']?.startsWith('text/html') !== true) continue;
              // Another of the walkers may see it; that somebody may not is a page too, and one of them is enough.
              if (response.status() === 403 && seen.has(`${office} 403`)) continue;
              seen.add(response.status() === 403 ? `${office} 403` : at);
              for (const judge of judges) for (const one of await judge(page)) findings.add(`${at}: ${one}`);
            }
          }
          await page.close();
        }
        assert.ok(seen.size > 80, `${seen.size} pages were seen`);
        assert.deepEqual([...findings], []);
      });
  },
);
