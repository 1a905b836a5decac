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
  const found: string[] = [];
  let before = -1;
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press('Tab');
    const now = (await inPage(page, 'focused')) as Focused | undefined;
    if (now === undefined) return found;
    if (now.at < before) return [...found, `the focus goes back to ${now.what}`];
    before = now.at;
    if (!now.seen) found.push(`the focus cannot be seen at ${now.what}`);
  }
  return [...found, 'the focus does not leave the page'];
};
