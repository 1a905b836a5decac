/*
 * People at a site, in a process of their own so that their work is not the server's: `fork`ed by site.ts with the address of the
 * site, and told what to do by messages.
 */
import { signIn } from './site-visitor.ts';

export interface Visits {
  readonly pages: readonly string[];
  readonly seconds: number;
  /** Between two pages of one person, in milliseconds; 0 is as fast as pages come. */
  readonly thinks: number;
}

/** Milliseconds that each page took, by page. */
export type Times = Readonly<Record<string, readonly number[]>>;

const [url = '', person = '', users = '0'] = process.argv.slice(2);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const visit = async (cookies: readonly string[], { pages, seconds, thinks }: Visits): Promise<Times> => {
  const times: Record<string, number[]> = Object.fromEntries(pages.map((page) => [page, []]));
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    cookies.map(async (cookie, n) => {
      if (thinks > 0) await pause(thinks * Math.random());
      for (let at = n; performance.now() < until; at++) {
        const page = pages[at % pages.length] ?? '/';
        const began = performance.now();
        const response = await fetch(new URL(page, url), { redirect: 'manual', headers: { cookie } });
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${page}: ${response.status}`);
        times[page]?.push(performance.now() - began);
        if (thinks > 0) await pause(thinks * (0.5 + Math.random()));
      }
    }),
  );
  return times;
};

if (process.send !== undefined) {
  const cookies: string[] = [];
  for (let n = 0; n < Number(users); n++) cookies.push(await signIn(url, person));
  process.on('message', (asked: Visits) => {
    void visit(cookies, asked).then((times) => process.send?.(times));
  });
  process.send('ready');
}
