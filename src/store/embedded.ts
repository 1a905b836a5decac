import { spawn } from 'node:child_process';
import { closeSync, fchownSync, openSync, readFileSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { clusterAt, PORT, SUPERUSER } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { asUser } from './server-user.ts';
import { asProblem, isConnectionLost, isNotReady, storeUnfit } from './sqlstate.ts';

/** A running PostgreSQL server of a data folder. */
export interface Server {
  /** How to connect to one of its databases as its superuser. */
  connection(database: string): pg.ClientConfig;
  /** Leaves the server; whoever leaves last stops it. */
  close(): Promise<void>;
}

const settings = (c: Cluster): string[] =>
  Object.entries({
    listen_addresses: '',
    unix_socket_directories: c.socket,
    unix_socket_permissions: '0700',
    port: String(PORT),
    max_connections: '50',
    shared_buffers: '128MB',
    wal_compression: 'on',
    max_wal_size: '2GB',
    jit: 'off',
    // The server's own log tells how it is, never what it was asked: statements and their errors quote rows.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const LOG_LIMIT = 1_000_000;

/**
 * Starts the server as a process of its own: it outlives this one, so that a Ctrl-C or kill -9 here is no crash there.
 * Resolves when it has exited, which is soon where another server has the folder: the lock is PostgreSQL's own.
 */
const start = async (c: Cluster): Promise<void> => {
  const path = join(c.home, 'server.log');
  const size = await stat(path).then(
    (s) => s.size,
    () => 0,
  );
  const log = openSync(path, size > LOG_LIMIT ? 'w' : 'a', 0o600);
  const { ids } = c.user;
  if (ids) fchownSync(log, ids.uid, ids.gid);
  const [program, args, options] = asUser(c.user, c.postgres, ['-D', c.data, ...settings(c)]);
  const server = spawn(program, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  server.unref();
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.once('exit', () => resolve());
  });
};

const whyNot = async (c: Cluster): Promise<Error> => {
  const { bavail, bsize } = await statfs(c.home);
  return bavail * bsize < 32_000_000
    ? storeUnfit('The disk of the data folder is full.', 'Free space on it, then start again.', c.home)
    : storeUnfit(
        'The PostgreSQL server of the data folder does not start.',
        'Its log, server.log in this folder, says why; or set DATABASE_URL to a PostgreSQL server of your own.',
        c.home,
      );
};

const connectionTo = (c: Cluster, database: string): pg.ClientConfig => ({
  host: c.socket,
  port: PORT,
  user: SUPERUSER,
  database,
  password: '',
  ssl: false,
  application_name: 'waybill',
});

const connect = async (c: Cluster): Promise<pg.Client> => {
  const client = new pg.Client({ ...connectionTo(c, 'postgres'), options: '' });
  client.on('error', () => {});
  await client.connect();
  return client;
};

/** Everyone who uses the server holds this lock shared; who gets it alone may stop the server. */
const LOCK = 0x77_61_79_62;

/**
 * A session that holds the shared lock, on a server that is not about to stop: the one who leaves last stops it while
 * he has the lock alone, so a second session that comes in under our lock shows that he did not.
 */
const enter = async (c: Cluster): Promise<pg.Client> => {
  const seat = await connect(c);
  try {
    await seat.query('select pg_advisory_lock_shared($1)', [LOCK]);
    await (await connect(c)).end();
    return seat;
  } catch (error) {
    await seat.end().catch(() => {});
    throw error;
  }
};

const PAUSE = 25;
const STARTS = 40;
/** Ten minutes: a recovery after a crash reads the whole of the WAL. */
const PATIENCE = 600_000 / PAUSE;

/** Enters the server, and starts it where none answers. */
const enterOrStart = async (c: Cluster): Promise<pg.Client> => {
  let running = false;
  let starts = 0;
  for (let turn = 0; turn < PATIENCE; turn++) {
    try {
      return await enter(c);
    } catch (error) {
      if (!isNotReady(error)) {
        if (!isConnectionLost(error)) throw asProblem(error);
        if (!running && starts++ === STARTS) throw await whyNot(c);
        if (!running) {
          running = true;
          const over = () => (running = false);
          start(c).then(over, over);
        }
      }
    }
    await wait(PAUSE);
  }
  throw await whyNot(c);
};

const serverPid = (c: Cluster): number | undefined => {
  try {
    return Number.parseInt(readFileSync(join(c.data, 'postmaster.pid'), 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
};

/** Gives the lock back, and stops the server if nobody else is on it: other Waybills have the lock, a psql is seen. */
const leave = async (c: Cluster, seat: pg.Client): Promise<void> => {
  await seat.query('select pg_advisory_unlock_shared($1)', [LOCK]);
  const { rows } = await seat.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [LOCK]);
  const { rowCount: guests } = await seat.query(
    `select from pg_stat_activity where backend_type = 'client backend' and application_name <> 'waybill'`,
  );
  // Our session shows that the server lives, so that the number in its file is its own and no stranger's.
  const pid = rows[0]?.alone && guests === 0 ? serverPid(c) : undefined;
  // SIGTERM is the smart shutdown: sessions that came in meanwhile end in their own time.
  if (pid !== undefined) process.kill(pid, 'SIGTERM');
  await seat.end();
  for (let turn = 0; pid !== undefined && pid === serverPid(c) && turn < 400; turn++) await wait(PAUSE);
};

/**
 * The server of a data folder: made, started or joined. Several processes may use it at once. If it dies while we are
 * on it, it is started again.
 */
export const openServer = async (dataDir: string): Promise<Server> => {
  const c = await clusterAt(dataDir);
  let closing = false;
  const sit = async (): Promise<pg.Client> => {
    const seat = await enterOrStart(c);
    seat.once('end', () => {
      if (!closing) seated = sitAgain();
    });
    return seat;
  };
  /** However often it takes: a full disk may be freed, and nobody else starts the server. */
  const sitAgain = async (): Promise<pg.Client | undefined> => {
    while (!closing)
      try {
        return await sit();
      } catch {
        await wait(1000);
      }
    return undefined;
  };
  let seated: Promise<pg.Client | undefined> = Promise.resolve(await sit());
  return {
    connection: (database) => connectionTo(c, database),
    close: async () => {
      if (closing) return;
      closing = true;
      const seat = await seated;
      // A server that is gone by now needs no stopping.
      if (seat) await leave(c, seat).catch(() => {});
    },
  };
};
