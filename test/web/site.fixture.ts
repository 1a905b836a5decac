import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pino from 'pino';
import { cast, keepers } from '../../src/cli/demo/people.ts';
import type { Office } from '../../src/custody/entry.ts';
import { offices } from '../../src/office/gate.ts';
import { listen } from '../../src/web/listen.ts';
import { demoLogin } from '../../src/web/login/demo.ts';
import type { Settings } from '../../src/web/settings.ts';
import { siteOf } from '../../src/web/site.ts';
import { type Clock, type Three, returns, threeOffices } from '../node/three.fixture.ts';

/** A page as a person has it before them. */
export interface Seen {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
  /** What can be read on it, white space run together. */
  readonly text: string;
  readonly headers: Headers;
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
const decoded = (text: string): string =>
  text.replace(/&(lt|gt|quot|amp|#39);/g, (one) => entities[one] ?? one);

const textOf = (html: string): string =>
  decoded(
    html
      .replace(/<(script|style|head)\b[^]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' '),
  );

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
};

/** What the form with this action on a page carries along unseen. */
const hiddenOf = (html: string, action: string): [string, string][] => {
  const forms = [...html.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)].map(([form]) => form);
  const form = forms.find((one) => attribute(one, 'action') === action) ?? '';
  return [...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name') ?? '',
    attribute(tag, 'value') ?? '',
  ]);
};

export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** A browser without script: it keeps cookies, and sends the forms of the page it has before it. */
export const browserAt = (url: string) => {
  const cookies = new Map<string, string>();
  let last = '';
  const cookieLine = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  const send = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(new URL(path, url), {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.headers as Record<string, string>),
        cookie: cookieLine(),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const html = await response.text();
    if (html !== '') last = html;
    return {
      status: response.status,
      location: response.headers.get('location') ?? undefined,
      html,
      text: textOf(html),
      headers: response.headers,
    };
  };

  return {
    cookies,
    send,
    get: (path: string) => send(path),
    /** A file, as it would be saved. */
    bytes: async (path: string): Promise<ArrayBuffer> =>
      (await fetch(new URL(path, url), { headers: { cookie: cookieLine() } })).arrayBuffer(),
    /** Sends the form of the page before it that goes to `path`, with what was typed; then follows to the next page. */
    post: async (path: string, typed: Typed = {}, page = last): Promise<Seen> => {
      const body = new URLSearchParams(hiddenOf(page, path));
      for (const [name, value] of Object.entries(typed)) {
        body.delete(name);
        for (const one of [value].flat()) body.append(name, one);
      }
      const answer = await send(path, { method: 'POST', body, headers: { origin: url } });
      return answer.status === 303 && answer.location?.startsWith('/') === true
        ? { ...(await send(answer.location)), location: answer.location }
        : answer;
    },
  };
};
export type Browser = ReturnType<typeof browserAt>;

export interface Site {
  readonly url: string;
  readonly signIn: (person: string) => Promise<Browser>;
}

/** The sites of three offices with the demo's people, on free ports; closed after the test. All are fictional. */
export const openSites = async (
  t: TestContext,
  { nodes, clock }: { readonly nodes?: Three; readonly clock?: Clock } = {},
): Promise<Readonly<Record<Office, Site>> & { readonly nodes: Three }> => {
  const three = nodes ?? (await threeOffices(t, clock));
  const sites = {} as Record<Office, Site>;
  for (const office of offices) {
    const others = offices.filter((one) => one !== office);
    // The port is known only once somebody listens: forms are taken from there, and so the site is told it after.
    const settings: Settings & { origin: string } = {
      origin: '',
      login: demoLogin({ hostname: '127.0.0.1', people: [keepers[office], ...cast[office]] }),
      channels: Object.fromEntries(others.map((one) => [one, join(three[one].dir, 'inbox')])),
      returns,
      now: () => three.clock.now,
      log: pino({ level: 'silent' }),
    };
    const site = await listen(siteOf(three[office], settings).app.fetch, 0);
    settings.origin = site.url;
    t.after(site.close);
    sites[office] = {
      url: site.url,
      signIn: async (person) => {
        const browser = browserAt(site.url);
        await browser.get('/sign-in');
        const home = await browser.post('/sign-in', { person });
        assert.equal(home.status, 200, `${person} is signed in`);
        return browser;
      },
    };
  }
  return { ...sites, nodes: three };
};
