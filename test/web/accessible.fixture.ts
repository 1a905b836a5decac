import { AxeBuilder } from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What axe finds on a page, each in a line with the element. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

const script = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');

/** Runs one of the checks of in-page.js in the page. */
const inPage = (page: Page, check: string): Promise<unknown> => page.evaluate(`${script}; inPage.${check}()`);

/** What axe misses: order of headings, size of targets, names that tell apart, and a page wider than its window. */
export const ownFindings = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const check of ['headings', 'targets', 'names', 'wider'])
    found.push(...((await inPage(page, check)) as string[]));
  return found;
};

interface Focused {
  readonly at: number;
  readonly seen: boolean;
  readonly what: string;
}

/** Tabs through a page: every stop can be seen, and they come in the order of the document. */
export const focusFindings = async (page: Page): Promise<string[]> => {
  const count = (await inPage(page, 'watchFocus')) as number;
  for (let n = 0; n < Math.min(count, 300); n++) await page.keyboard.press('Tab');
  const found: string[] = [];
  const places = await page.evaluate<Focused[]>('inPage.focusSeen()');
  const [first] = places;
  for (const [n, { at, seen, what }] of places.entries()) {
    // Past the last stop, the browser begins again.
    if (n > 0 && at === first?.at) break;
    if (n > 0 && at < (places[n - 1]?.at ?? 0)) found.push(`the focus goes back to ${what}`);
    if (!seen) found.push(`the focus cannot be seen at ${what}`);
  }
  return found;
};
