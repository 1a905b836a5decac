/*
 * The process that crash.test.ts kills. Nothing in src knows of it: it stands between Waybill and what it calls, the
 * database and the file system, and ends itself with SIGKILL where it is told to.
 *
 *     cli <crash> <argument…>      the command line, which dies at one point; see `Crash`
 *     script <arguments…>          several commands one after another, as JSON; after each, its exit code on both streams
 *     acts <dir> <writer> <count>  opens the node and drafts, signs and sends so many requests, each act under an id of its own
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Where to die. */
export interface Crash {
  /** At which commit, counted from 1. */
  readonly commit?: number;
  /** Or at the first file whose new name matches, when it is written, or comes into its place by a rename or link. */
  readonly file?: string;
  /** `during`: the commit is sent and not answered, half of the file is written. */
  readonly when: 'before' | 'during' | 'after';
}

/** POSIX milliseconds at which the clock of the child starts: the day is part of what is decided. */
export const CLOCK = 'WAYBILL_TEST_CLOCK';

/** A UUIDv7 that is the same whenever the same act is given again. */
export const actId = (reference: string, step: string): string => {
  const hex = createHash('sha256').update(`${reference} ${step}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const referenceOf = (writer: string, n: number): string => `CBP-${writer}-${n}`;

/** What the child says of an act that it holds a receipt of. */
export interface Told {
  readonly act: string;
  readonly first: number;
  readonly count: number;
  readonly checkpoint: string;
}

const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

type Callback = (...answer: readonly unknown[]) => void;
type Query = (this: pg.Client, config: { name?: string }, ...rest: unknown[]) => unknown;

/** The ledger's one statement is the commit: there is no transaction around it. */
const dieAtCommit = ({ commit, when }: Crash): void => {
  const query = Reflect.get(pg.Client.prototype, 'query') as unknown as Query;
  let nth = 0;
  const watched: Query = function (config, ...rest) {
    const isCommit = typeof config === 'object' && config.name?.startsWith('waybill-commit') === true;
    if (!isCommit || ++nth !== commit) return query.call(this, config, ...rest);
    if (when === 'before') die();
    const at = rest.findIndex((one) => typeof one === 'function');
    const answered = rest[at] as Callback;
    rest[at] = (...answer: readonly unknown[]) => {
      if (when === 'after') die();
      answered(...answer);
    };
    const pending = query.call(this, config, ...rest);
    if (when === 'during') setImmediate(die);
    return pending;
  };
  pg.Client.prototype.query = watched as unknown as typeof pg.Client.prototype.query;
};

const half = (content: unknown): Uint8Array => {
  const bytes = Buffer.from(content as Uint8Array);
  return bytes.subarray(0, bytes.length / 2);
};

const dieAtFile = ({ file = '', when }: Crash): void => {
  const named = (path: unknown): boolean => typeof path === 'string' && new RegExp(file).test(path);
  const { writeFileSync, renameSync } = fs;
  const { open, rename, link, writeFile } = fsp;
  fs.renameSync = (from, to) => {
    if (named(to) && when === 'before') die();
    renameSync(from, to);
    if (named(to) && when === 'after') die();
  };
  fs.writeFileSync = (path, content, options) => {
    if (!named(path) || when !== 'during') return writeFileSync(path, content, options);
    writeFileSync(path, half(content), options);
    die();
  };
  const placing =
    (place: (from: fs.PathLike, to: fs.PathLike) => Promise<void>) =>
    async (from: fs.PathLike, to: fs.PathLike): Promise<void> => {
      if (named(to) && when === 'before') die();
      await place(from, to);
      if (named(to) && when === 'after') die();
    };
  fsp.writeFile = async (path, content, options) => {
    if (!named(path) || when !== 'during') return writeFile(path, content, options);
    await writeFile(path, half(content), options);
    die();
  };
  fsp.rename = placing(rename);
  fsp.link = placing(link);
  fsp.open = async (path, ...rest) => {
    const handle = await open(path, ...rest);
    if (!named(path) || when !== 'during') return handle;
    const whole = handle.writeFile.bind(handle);
    handle.writeFile = async (content, ...more) => {
      await whole(half(content), ...more);
      await handle.sync();
      die();
    };
    return handle;
  };
  syncBuiltinESMExports();
};

const setClock = (): void => {
  const { now } = Date;
  const ahead = Number(process.env[CLOCK] ?? now()) - now();
  Date.now = () => now() + ahead;
};

/** Set to anything: the last line of standard error is the most memory that the child ever had, in kB. */
export const TELL_MEMORY = 'WAYBILL_TEST_MEMORY';

const cli = async (crash: Crash | null, args: readonly string[]): Promise<void> => {
  if (crash?.commit !== undefined) dieAtCommit(crash);
  if (crash?.file !== undefined) dieAtFile(crash);
  process.argv = [...process.argv.slice(0, 2), ...args];
  if (process.env[TELL_MEMORY] !== undefined)
    process.on('exit', () => fs.writeSync(2, `${process.resourceUsage().maxRSS}\n`));
  await import('../../src/cli/main.ts');
};

/** Between what two commands of a script say. */
export const NEXT = '\u0001';

const script = async (commands: readonly (readonly string[])[]): Promise<void> => {
  const [program = '', self = ''] = process.argv;
  for (const [n, args] of commands.entries()) {
    process.exitCode = 0;
    process.argv = [program, self, ...args];
    // Another name is another copy of the module, which reads the arguments anew.
    await import(`../../src/cli/main.ts?${n}`);
    process.stdout.write(`${process.exitCode}${NEXT}`);
    process.stderr.write(NEXT);
  }
  process.exitCode = 0;
};

/** Whoever works goes on while the database is started again; nobody has to do anything but ask once more. */
export const insisting = async <T>(step: () => Promise<T>): Promise<T> => {
  const { ProblemError } = await import('../../src/ground/problem.ts');
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problems[0].kind !== 'store-down') throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};

const acts = async (dir: string, writer: string, count: number): Promise<void> => {
  const { documentOf } = await import('../../src/cli/request.ts');
  const { surroundings } = await import('../../src/cli/node.ts');
  const { draftRequest, sendRequest, signRequest } = await import('../../src/office/customs.ts');
  const { deliver } = await import('../../src/office/deliver.ts');
  const { openNode } = await import('../../src/office/node.ts');
  const { document } = documentOf(
    fileURLToPath(new URL('../../examples/harbor-lamp/case.yaml', import.meta.url)),
  );
  const node = await openNode(dir, surroundings());
  const tell = ({ act, first, count: many, checkpoint }: Told) =>
    fs.writeSync(1, `${JSON.stringify({ act, first, count: many, checkpoint } satisfies Told)}\n`);
  for (let n = 0; n < count; n++) {
    const reference = referenceOf(writer, n);
    const asked = {
      ...document,
      request: { ...document.request, reference },
      items: document.items.filter(({ id }) => id === 'purchases'),
    };
    const by = (person: string, step: string) => ({ person, id: actId(reference, step) });
    tell(await insisting(() => draftRequest(node, by('jordan-vale', 'draft'), reference, asked)));
    tell(await insisting(() => signRequest(node, by('robin-alder', 'sign'), reference)));
    const sent = await insisting(() => sendRequest(node, by('jordan-vale', 'send'), reference));
    tell(sent);
    await insisting(() => deliver(node, 'irs', sent));
  }
  await node.close();
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setClock();
  const [, , mode, first = '', ...rest] = process.argv;
  if (mode === 'cli') await cli(JSON.parse(first) as Crash | null, rest);
  else if (mode === 'script') await script(JSON.parse(first) as string[][]);
  else await acts(first, rest[0] ?? '', Number(rest[1]));
}
