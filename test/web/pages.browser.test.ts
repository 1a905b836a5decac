import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Office } from '../../src/custody/entry.ts';
import { reference } from '../node/three.fixture.ts';
import { axeFindings, focusFindings, ownFindings } from './accessible.fixture.ts';
import { NO_CHROMIUM, type Screen, chromiumPath, openChromium, signedIn } from './chromium.fixture.ts';
import { begun, goThrough, inReview } from './gone-through.fixture.ts';
import { openSites } from './site.fixture.ts';

const path = chromiumPath();

/** The pages on which most of the work is done, for who does it. */
const places: readonly (readonly [Office, string, readonly string[]])[] = [
  ['customs', 'jordan-vale', ['/', `/requests/${begun}`, `/cases/${reference}`, `/cases/${reference}/may-i`]],
  ['irs', 'alex-firth', [`/cases/${inReview}/review`, `/cases/${inReview}/review/purchases`]],
  ['justice', 'bea-lorne', ['/desk', `/cases/${reference}/custody`, '/rule/b/3']],
];

const screens: readonly (readonly [string, Screen])[] = [
  ['a desk', {}],
  ['a phone of 320 px', { width: 320, height: 640 }],
  ['a desk at 200 %, in forced colours', { zoom: 2, forcedColors: true }],
];

test(
  'the pages where the work is done, as axe and we judge them',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 600_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    await goThrough(sites.nodes);
    const chromium = await openChromium(t, path);
    for (const [name, screen] of screens)
      await t.test(name, async () => {
        const context = await chromium.at(screen);
        const findings: string[] = [];
        for (const [office, person, addresses] of places) {
          const page = await signedIn(context, sites[office].url, person);
          for (const address of addresses) {
            await page.goto(`${sites[office].url}${address}`);
            const desk = screen.width === undefined && screen.zoom === undefined;
            const found = [
              ...(screen.forcedColors === true ? [] : await axeFindings(page)),
              ...(await ownFindings(page)),
              ...(desk ? await focusFindings(page) : []),
            ];
            findings.push(...found.map((one) => `${address}: ${one}`));
          }
          await page.close();
        }
        assert.deepEqual(findings, []);
      });
  },
);
