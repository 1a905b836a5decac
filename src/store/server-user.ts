import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { storeUnfit } from './sqlstate.ts';

export const run = promisify(execFile);

export const OWN_SERVER = 'Set DATABASE_URL to a PostgreSQL server of your own.';

/** Nothing of the caller's environment reaches the server: PGDATA, PGOPTIONS or a locale would change what it does. */
export const serverEnvironment = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** Whom the server runs as, and how its programs are started as him. */
export interface ServerUser {
  /** Undefined: as whoever runs this. */
  readonly ids: Ids | undefined;
  /** What goes before a program and its arguments; it, and not the caller, then becomes the user. */
  readonly prefix: readonly string[];
}

const idsOf = async (user: string): Promise<Ids | undefined> => {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
};

/** The folders on the way to `path` that the user cannot pass. */
const closedTo = async (ids: Ids, path: string): Promise<string[]> => {
  const parent = dirname(path);
  if (parent === path) return [];
  const { uid, gid, mode } = await stat(parent);
  const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
  return [...(await closedTo(ids, parent)), ...(mode & bit ? [] : [parent])];
};

/**
 * util-linux setpriv keeps one capability of root's, the right to pass closed folders, and gives up all others. Without
 * `no_setuid_fixup` access(2), by which PostgreSQL looks at its own program, would not heed it.
 */
const keeping = ({ uid, gid }: Ids, capability: string): string[] => [
  ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'],
  ...['inh-caps', 'ambient-caps', 'bounding-set'].map((set) => `--${set}=-all,+${capability}`),
  '--securebits=+no_setuid_fixup',
];

/** A container's root often lacks the first; the second also writes past modes, so it is the last resort. */
const CAPABILITIES = ['dac_read_search', 'dac_override'];

/**
 * PostgreSQL refuses to run as root, so for root it is the user `postgres` or else `nobody`; a folder that is someone's
 * already stays his. `home` is the folder to be served, `program` the server's.
 */
export const serverUser = async (home: string, program: string): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return { ids: undefined, prefix: [] };
  const { uid, gid } = await stat(home);
  const ids = uid === 0 ? ((await idsOf('postgres')) ?? (await idsOf('nobody'))) : { uid, gid };
  if (ids === undefined)
    throw storeUnfit(
      'PostgreSQL does not run as root, and this machine has no user “postgres” or “nobody” to run it as.',
      `Start Waybill as an ordinary user, or: ${OWN_SERVER}`,
    );
  const closed = [...(await closedTo(ids, home)), ...(await closedTo(ids, program))];
  if (closed[0] === undefined) return { ids, prefix: [] };
  for (const capability of CAPABILITIES) {
    const [file = '', ...args] = [...keeping(ids, capability), program, '--version'];
    const passes = await run(file, args, { env: serverEnvironment, cwd: '/' }).catch(() => undefined);
    if (passes) return { ids, prefix: keeping(ids, capability) };
  }
  throw storeUnfit(
    'PostgreSQL does not run as root, and the user that it runs as instead cannot enter this folder.',
    `Open the folder to it (chmod o+x), move Waybill and its data elsewhere, or: ${OWN_SERVER}`,
    closed[0],
  );
};

/** Program, arguments and options for `spawn` and `execFile`, to start a program as the server's user. */
export const asUser = (
  { ids, prefix }: ServerUser,
  program: string,
  args: readonly string[],
): [string, string[], { env: typeof serverEnvironment; cwd: string; uid?: number; gid?: number }] => {
  const [file = program, ...rest] = [...prefix, program, ...args];
  return [file, rest, { env: serverEnvironment, cwd: '/', ...(prefix.length === 0 ? ids : {}) }];
};
