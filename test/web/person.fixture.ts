import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

type Words = string | RegExp;

/** Somebody at a screen who knows what stands on it and nothing else: no address, no command, no markup. */
export interface Person {
  readonly page: Page;
  /** Signs in by name; whoever sat here before signs out first. */
  readonly signIn: (name: string) => Promise<void>;
  /** What is read on the page has these words, each of them. */
  readonly sees: (...words: readonly RegExp[]) => Promise<void>;
  readonly seesNot: (...words: readonly RegExp[]) => Promise<void>;
  /** Reads the page until these words come: long work is under way. */
  readonly waitsFor: (words: RegExp) => Promise<void>;
  readonly follow: (words: Words) => Promise<void>;
  readonly press: (words: Words) => Promise<void>;
  /** Where several say the same, each in a row of its own: the uppermost. */
  readonly pressFirst: (words: Words) => Promise<void>;
  /** Presses what gives a file instead of a page; its media type. */
  readonly take: (words: Words) => Promise<string>;
  readonly type: (label: Words, text: string) => Promise<void>;
  /** What is in a field before anybody types. */
  readonly offered: (label: Words) => Promise<string>;
  /** One of a box that opens. */
  readonly pick: (label: Words, choice: RegExp) => Promise<void>;
  /** One or several of those that stand under a question. */
  readonly mark: (question: Words, ...choices: readonly Words[]) => Promise<void>;
  /** Opens what is folded up. */
  readonly unfold: (words: Words) => Promise<void>;
  /** Opens what is shown beside the page, and closes it. */
  readonly open: (words: Words) => Promise<void>;
  readonly close: () => Promise<void>;
  /** The same person, who for a while looks at one part of the page only, by its name. */
  readonly within: (part: Words) => Person;
}

const named = (words: Words) => (typeof words === 'string' ? { name: words, exact: true } : { name: words });

/** Links with the same words lead to the same place, or the words do not say where. */
const onlyOne = async (all: Locator, words: Words): Promise<Locator> => {
  await all.first().waitFor();
  const places = new Set(await Promise.all((await all.all()).map((one) => one.getAttribute('href'))));
  assert.equal(places.size, 1, `“${String(words)}” leads to ${[...places].join(' and to ')}`);
  return all.first();
};

/** Sits down at a page that shows the sign-in of an office. */
export const personAt = (page: Page, part?: Words): Person => {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');
  /** What lies over the page is all that there is while it is open. */
  const here = async (): Promise<Page | Locator> => {
    const at = (await dialog.isVisible()) ? dialog : page;
    return part === undefined ? at : at.getByRole('region', named(part));
  };

  /** The page is another one afterwards; or, in what lies over it, its heading is. */
  const going = async (act: () => Promise<void>): Promise<void> => {
    if (!(await dialog.isVisible())) {
      await Promise.all([page.waitForEvent('framenavigated'), act()]);
      return page.waitForLoadState();
    }
    const before = await dialog.getByRole('heading', { level: 2 }).first().elementHandle();
    await act();
    await before?.waitForElementState('hidden');
  };
  const follow: Person['follow'] = async (words) => {
    const link = await onlyOne((await here()).getByRole('link', named(words)), words);
    await going(() => link.click());
  };
  const press: Person['press'] = async (words) => {
    const button = (await here()).getByRole('button', named(words));
    await going(() => button.click());
  };
  const read = async (): Promise<string> => (await main.innerText()).replace(/\s+/g, ' ');

  return {
    page,
    signIn: async (name) => {
      if (await page.getByRole('button', { name: 'Sign out' }).isVisible()) {
        await press('Sign out');
        await follow('Sign in again');
      }
      await press(new RegExp(`^${name}`));
    },
    sees: async (...words) => {
      const seen = await read();
      for (const one of words) assert.match(seen, one);
    },
    seesNot: async (...words) => {
      const seen = await read();
      for (const one of words) assert.doesNotMatch(seen, one);
    },
    waitsFor: (words) => main.getByText(words).first().waitFor(),
    follow,
    press,
    pressFirst: async (words) => {
      const button = (await here()).getByRole('button', named(words)).first();
      await going(() => button.click());
    },
    take: async (words) => {
      const button = (await here()).getByRole('button', named(words));
      const [response] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST'),
        button.click(),
      ]);
      const { 'content-type': type = '' } = await response.allHeaders();
      // The browser shows it in the page’s place: back from there, as everybody goes.
      await page.waitForLoadState();
      await page.goBack();
      return type;
    },
    type: async (label, typed) => (await here()).getByLabel(label).fill(typed),
    offered: async (label) => (await here()).getByLabel(label).inputValue(),
    pick: async (label, choice) => {
      const box = (await here()).getByLabel(label);
      const option = box.getByRole('option', { name: choice, includeHidden: true });
      await box.selectOption({ label: (await option.innerText()).trim() });
    },
    mark: async (question, ...choices) => {
      const group = (await here()).getByRole('group', { name: question });
      const role = (await group.getByRole('radio').count()) > 0 ? 'radio' : 'checkbox';
      for (const one of choices) {
        const found = group.getByRole(role, { name: one });
        await found.focus();
        await page.keyboard.press('Space');
        assert.ok(await found.isChecked(), `${String(one)} is chosen`);
      }
    },
    unfold: async (words) => (await here()).getByText(words).click(),
    open: async (words) => {
      const link = await onlyOne(page.getByRole('link', named(words)), words);
      await link.click();
      await dialog.getByRole('heading', { level: 2 }).first().waitFor();
    },
    close: async () => {
      await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    within: (name) => personAt(page, name),
  };
};
