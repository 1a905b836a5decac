import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { reference } from '../node/three.fixture.ts';
import { NO_CHROMIUM, chromiumPath, openChromium } from './chromium.fixture.ts';
import { goThrough, inReview } from './gone-through.fixture.ts';
import { type Site, openSites } from './site.fixture.ts';

const path = chromiumPath();

/** What the focus is on, in its own words: its label, or what stands on it. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const label = one?.labels?.[0]?.textContent ?? one?.getAttribute('aria-label') ?? one?.textContent ?? '';
  const group = one?.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
  return (group + ' ' + label).replace(/\\s+/g, ' ').trim();
})()`;

/** Tabs to what has these words on it, as somebody without a mouse does. */
const tabTo = async (page: Page, words: RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let n = 0; n < 250; n++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<string>(FOCUSED);
    if (words.test(at)) return;
    passed.push(at.slice(0, 40));
  }
  assert.fail(`the keyboard does not come to ${String(words)}, only to: ${[...new Set(passed)].join(' | ')}`);
};

const pressed = async (page: Page, words: RegExp): Promise<void> => {
  await tabTo(page, words);
  await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')]);
};

const typed = async (page: Page, words: RegExp, text: string): Promise<void> => {
  await tabTo(page, words);
  await page.keyboard.type(text);
};

/** Chooses one of several: the first is come to with Tab, the others with the arrows. */
const chosen = async (page: Page, group: RegExp, choice: RegExp): Promise<void> => {
  await tabTo(page, group);
  for (let n = 0; n < 20; n++) {
    if (choice.test(await page.evaluate<string>(FOCUSED))) return page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`no choice ${String(choice)}`);
};

const come = async (page: Page, site: Site, name: string): Promise<void> => {
  await page.goto(`${site.url}/sign-in`);
  await pressed(page, new RegExp(name));
  await page.waitForURL(`${site.url}/`);
};

test(
  'each of the five places, by keyboard alone',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 600_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    await goThrough(sites.nodes);
    const chromium = await openChromium(t, path);

    await t.test('request builder: a request is begun', async () => {
      const page = await (await chromium.at()).newPage();
      await come(page, sites.customs, 'Jordan Vale');
      await pressed(page, /^New request$/);
      await page.waitForURL('**/requests/new');
      await typed(page, /reference/i, 'CBP-2026-0199');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/requests/CBP-2026-0199*');
      await pressed(page, /^The audit$/);
      await page.waitForURL('**/audit');
    });

    await t.test('review board: a finding is signed beside the board, without leaving it', async () => {
      const page = await (await chromium.at()).newPage();
      await come(page, sites.irs, 'Alex Firth');
      await page.goto(`${sites.irs.url}/cases/${inReview}/review`);
      await page.waitForSelector('[data-keys]:not([hidden])');
      let loads = 0;
      page.on('load', () => loads++);
      const row = page.locator('#row-purchases');
      const before = await row.textContent();
      await page.keyboard.press('j');
      assert.match(await page.evaluate<string>(FOCUSED), /^purchases/);
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog[open] h2');
      await chosen(page, /no more than is necessary/, /Yes$/);
      await typed(page, /^The reason/, 'The entries are valued from it.');
      await pressed(page, /^Sign the finding/);
      await page.waitForSelector('dialog[open] >> text=The finding is signed and recorded');
      for (let n = 0; (await row.textContent()) === before; n++) {
        assert.ok(n < 100, 'the row says what was found');
        await page.waitForTimeout(100);
      }
      await page.keyboard.press('Escape');
      assert.match(await page.evaluate<string>(FOCUSED), /^purchases/, 'the focus is where it was');
      assert.equal(loads, 0, 'saved without a reload');
    });

    await t.test('May I?: asked and answered, with the paragraph', async () => {
      const page = await (await chromium.at()).newPage();
      await come(page, sites.customs, 'Jordan Vale');
      await page.goto(`${sites.customs.url}/cases/${reference}/may-i`);
      await chosen(page, /What do you want to do/, /use it myself/);
      await tabTo(page, /purchases/);
      await page.keyboard.press('Space');
      await chosen(page, /In what matter/, /audit/i);
      await typed(page, /For which audit/, 'TRA-2026-31');
      await tabTo(page, /To what end/);
      await page.keyboard.press('Space');
      await typed(page, /How is it necessary/, 'It is compared there.');
      await pressed(page, /^May I\?/);
      await page.waitForURL('**/may-i/*');
      assert.match((await page.textContent('main')) ?? '', /Refused[^]*\(j\)/);
    });

    await t.test('custody map: the names are left out', async () => {
      const page = await (await chromium.at()).newPage();
      await come(page, sites.customs, 'Jordan Vale');
      await page.goto(`${sites.customs.url}/cases/${reference}/custody`);
      await pressed(page, /^Leave out the names/);
      await page.waitForURL('**redacted*');
      assert.doesNotMatch((await page.textContent('main')) ?? '', /Toni Brook/);
    });

    await t.test('inspector’s desk: the log is verified, with its progress', async () => {
      const page = await (await chromium.at()).newPage();
      await come(page, sites.customs, 'Val Oakes');
      await pressed(page, /^Inspector’s desk$/);
      await page.waitForURL('**/desk');
      await page.goto(`${sites.customs.url}/desk/verify`);
      await pressed(page, /^Verify/);
      await page.waitForURL('**/jobs/*');
      await page.waitForSelector('main >> text=/whole/i', { timeout: 60_000 });
    });
  },
);
