import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

// The headless shell is the same engine without the windows of a desktop's browser, and draws a page in a sixth of the time.
const places = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Where Chromium is on this machine. `.ci/run` installs it, and then its absence is a failure. */
export const chromiumPath = (): string | undefined => {
  const found = places.find((path) => path !== undefined && existsSync(path));
  if (found === undefined && process.env['WAYBILL_BROWSER'] === 'required')
    throw new Error(
      'WAYBILL_BROWSER=required, and there is no Chromium: apt-get install chromium-headless-shell',
    );
  return found;
};

export const NO_CHROMIUM =
  'no Chromium on this machine: apt-get install chromium-headless-shell, or set CHROMIUM to its path';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  /** Of browser zoom: 2 halves the width that a page has. */
  readonly zoom?: number;
  readonly forcedColors?: boolean;
  readonly script?: boolean;
}

/** A real browser with a new user data folder; closed after the test. `at` opens a window of its own kind. */
export const openChromium = async (t: TestContext, executablePath: string) => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-chromium-'));
  const browser = await chromium.launch({ executablePath, args: [...args, `--crash-dumps-dir=${dir}`] });
  t.after(async () => {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    at: async ({
      width = 1280,
      height = 900,
      zoom = 1,
      forcedColors = false,
      script = true,
    }: Screen = {}) => {
      const context = await browser.newContext({
        viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
        deviceScaleFactor: zoom,
        forcedColors: forcedColors ? 'active' : 'none',
        javaScriptEnabled: script,
      });
      t.after(() => context.close());
      return context;
    },
  };
};

/** Signs in at a demo site, as a person does. */
export const signedIn = async (context: BrowserContext, url: string, person: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForURL(`${url}/`);
  return page;
};
