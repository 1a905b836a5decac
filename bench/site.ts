/*
 * How fast an office's site is: 50 people at once, 10,000 cases in the store, and a review board of 2,000 items.
 * `node bench/site.ts [cases] [seconds]`
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pino from 'pino';
import { fileURLToPath } from 'node:url';
import { documentOf } from '../src/cli/request.ts';
import { cast, keepers } from '../src/cli/demo/people.ts';
import { type Nodes, raise } from '../src/cli/demo/stage.ts';
import { draftRequest, sendRequest, signRequest } from '../src/office/customs.ts';
import { offices } from '../src/office/gate.ts';
import { review } from '../src/office/irs.ts';
import { receive } from '../src/office/receive.ts';
import { readPacketFile } from '../src/packet/packet-file.ts';
import { carry } from '../src/cli/demo/stage.ts';
import { listen } from '../src/web/listen.ts';
import { demoLogin } from '../src/web/login/demo.ts';
import type { Settings } from '../src/web/settings.ts';
import { siteOf } from '../src/web/site.ts';
import type { Times, Visits } from './site-crowd.ts';
import { signIn } from './site-visitor.ts';

const [cases = 10_000, seconds = 20] = process.argv.slice(2).map(Number);
const reference = 'CBP-2026-0147';
const USERS = 50;
const ITEMS = 2_000;
/** Between two pages of one person. Nobody reads faster, so this is the harder case. */
const THINKS_MS = 1_000;

const quantile = (values: readonly number[], of: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * of))] ?? NaN;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const site = async (nodes: Nodes, office: 'irs' | 'customs') => {
  const settings: Settings & { origin: string } = {
    origin: '',
    login: demoLogin({ hostname: '127.0.0.1', people: [keepers[office], ...cast[office]] }),
    channels: {},
    now: Date.now,
    log: pino({ level: 'silent' }),
  };
  const listening = await listen(siteOf(nodes[office], settings).app.fetch, 0);
  settings.origin = listening.url;
  return listening;
};

/** A page as somebody signed in gets it. */
const get = async (url: string, cookie: string, path: string): Promise<void> => {
  const response = await fetch(new URL(path, url), { redirect: 'manual', headers: { cookie } });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
};

const exampleDocument = () => {
  const { document } = documentOf(
    fileURLToPath(new URL('../examples/harbor-lamp/case.yaml', import.meta.url)),
  );
  return { ...document, items: document.items.filter(({ id }) => id === 'purchases') };
};

const drafted = async ({ customs }: Nodes): Promise<void> => {
  const document = exampleDocument();
  let next = 0;
  const one = async () => {
    for (let n = next++; n < cases; n = next++) {
      const as = `CBP-2026-${String(100_000 + n)}`;
      await draftRequest(customs, { person: 'jordan-vale' }, as, {
        ...document,
        request: { ...document.request, reference: as },
      });
    }
  };
  await Promise.all(Array.from({ length: 32 }, one));
};

const pages = [
  '/',
  '/cases',
  '/cases?page=7',
  '/cases?q=CBP-2026-1077',
  '/cases/CBP-2026-100500',
  '/requests/CBP-2026-100500',
  '/requests/CBP-2026-100500/items/purchases',
  '/requests/CBP-2026-100500/letter',
  '/may-i',
  '/rule/b/3',
  '/law',
  '/people',
];

/** People at the site, in a process of their own. */
const crowdAt = async (url: string, person: string) => {
  const child = fork(new URL('site-crowd.ts', import.meta.url), [url, person, String(USERS)]);
  const answer = async <T>(): Promise<T> => {
    const [message] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the crowd went away');
      }),
    ])) as [T];
    return message;
  };
  await answer();
  return {
    visits: (thinks: number): Promise<Times> => {
      child.send({ pages, seconds, thinks } satisfies Visits);
      return answer<Times>();
    },
    leave: () => child.kill(),
  };
};

const told = (name: string, times: Times): void => {
  const all = Object.values(times).flat();
  console.log(
    `\n${name}: ${all.length} pages, p50 ${ms(quantile(all, 0.5))}, p95 ${ms(quantile(all, 0.95))}`,
  );
  for (const [page, own] of Object.entries(times))
    console.log(
      `  ${page.padEnd(44)} p50 ${ms(quantile(own, 0.5)).padStart(9)}  p95 ${ms(quantile(own, 0.95)).padStart(9)}`,
    );
};

/** What a page and all that it loads weigh on the way, compressed. */
const weighed = async (url: string, person: string, paths: readonly string[]): Promise<void> => {
  const cookie = await signIn(url, person);
  const headers = { cookie, 'accept-encoding': 'br, gzip' };
  const { request } = await import('node:http');
  const bytesOf = (path: string) =>
    new Promise<Buffer>((resolve, reject) =>
      request(new URL(path, url), { headers }, (response) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => resolve(Buffer.concat(parts)));
      })
        .on('error', reject)
        .end(),
    );
  for (const path of paths) {
    const page = await bytesOf(path);
    const html = gunzipSync(page).toString('utf8');
    const loaded = [...html.matchAll(/(?:href|src|data-script)="(\/assets\/[^"]+)"/g)].map(
      ([, at]) => at ?? '',
    );
    const style = loaded.find((at) => at.endsWith('uswds.min.css'));
    // The two faces that every page sets its text in.
    const fonts = ['regular', 'bold'].map(
      (face) =>
        style?.replace('css/uswds.min.css', `fonts/source-sans-pro/sourcesanspro-${face}-webfont.woff2`) ??
        '',
    );
    const rest = await Promise.all([...new Set([...loaded, ...fonts])].map(bytesOf));
    const whole = page.length + rest.reduce((sum, { length }) => sum + length, 0);
    console.log(
      `  ${path.padEnd(44)} ${kB(page.length).padStart(9)} itself, ${kB(whole).padStart(9)} with all it loads`,
    );
  }
};

const boardOf = async (nodes: Nodes): Promise<void> => {
  const document = exampleDocument();
  const [item] = document.items;
  const { form: _form, line: _line, ...rest } = item ?? {};
  const income = nodes.customs.catalogue.items().filter(({ chapter }) => chapter?.standing === 'in');
  const paths = [...new Set(income.map(({ path }) => path))];
  // Every element of the catalogue, in one year after another.
  const items = [2024, 2023, 2022, 2021]
    .flatMap((year) =>
      paths.map((path) => ({ ...rest, path, period: { from: `${year}-01-01`, to: `${year}-12-31` } })),
    )
    .slice(0, ITEMS)
    .map((one, n) => ({ ...one, id: `item-${n + 1}` }));
  if (items.length < ITEMS) throw new Error('the catalogue has too few lines');
  await draftRequest(nodes.customs, { person: 'jordan-vale' }, reference, { ...document, items });
  await signRequest(nodes.customs, { person: 'robin-alder' }, reference);
  const receipt = await sendRequest(nodes.customs, { person: 'jordan-vale' }, reference);
  await receive(
    nodes.irs,
    { person: 'casey-moor' },
    await readPacketFile(await carry(nodes, 'customs', 'irs', receipt)),
  );
};

const dir = mkdtempSync(join(tmpdir(), 'waybill-bench-site-'));
const nodes = await raise(dir, () => ({ now: Date.now }));
try {
  const began = performance.now();
  await drafted(nodes);
  console.log(`${cases} cases drafted in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const customs = await site(nodes, 'customs');
  const first = performance.now();
  const jordan = await signIn(customs.url, 'jordan-vale');
  await get(customs.url, jordan, '/');
  console.log(`first inbox after the start: ${ms(performance.now() - first)}`);
  for (const page of pages) await get(customs.url, jordan, page);
  const crowd = await crowdAt(customs.url, 'jordan-vale');
  told(`${USERS} people, a page a second each`, await crowd.visits(THINKS_MS));
  told(`${USERS} people without a pause`, await crowd.visits(0));
  crowd.leave();
  console.log('\nweight');
  await weighed(customs.url, 'jordan-vale', pages);

  await boardOf(nodes);
  const irs = await site(nodes, 'irs');
  const alex = await signIn(irs.url, 'alex-firth');
  const times = { save: [] as number[], row: [] as number[], item: [] as number[], board: [] as number[] };
  const timed = async (of: keyof typeof times, work: () => Promise<unknown>) => {
    const from = performance.now();
    await work();
    times[of].push(performance.now() - from);
  };
  for (let n = 1; n <= 9; n++) {
    const item = `item-${n}`;
    const found = {
      act: 'finding',
      case: reference,
      finds: 'necessary to determination',
      answer: true,
    } as const;
    await timed('save', () =>
      review(nodes.irs, { person: 'alex-firth' }, { ...found, of: [item], reason: 'Looked at.' }),
    );
    // The first page after a save is the one that has to fold and determine what is new.
    await timed('row', () => get(irs.url, alex, `/cases/${reference}/review?only=${item}`));
    await timed('item', () => get(irs.url, alex, `/cases/${reference}/review/${item}`));
    await timed('board', () => get(irs.url, alex, `/cases/${reference}/review`));
  }
  const middle = (of: keyof typeof times) => ms(quantile(times[of], 0.5));
  console.log(
    `\nreview board of ${ITEMS} items: a finding is recorded in ${middle('save')}, its row comes after ${middle('row')}; an item ${middle('item')}, the whole board ${middle('board')}`,
  );
  await weighed(irs.url, 'alex-firth', [`/cases/${reference}/review`]);
  await customs.close();
  await irs.close();
} finally {
  await Promise.all(offices.map((office) => nodes[office].close()));
  rmSync(dir, { recursive: true, force: true });
}
