import pg from 'pg';
import { openServer } from './embedded.ts';
import type { Server } from './embedded.ts';
import { migrate } from './migrate.ts';
import { APP_ROLE, prepareServer } from './role.ts';
import { asProblem, isTaken, sqlstate, storeUnfit } from './sqlstate.ts';
import type { LogId } from './types.ts';

/** One office's database. */
export interface Database {
  /** Runs migrations, backups and restores as the owner of the tables. Nothing that serves an act uses it. */
  readonly owner: pg.Pool;
  /** Where a log is kept. Its sessions run as `waybill_app`, which owns no table. One pool for all logs today. */
  db(log: LogId): pg.Pool;
  close(): Promise<void>;
}

const poolOf = (config: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool({ connectionTimeoutMillis: 30_000, keepAlive: true, ...config });
  // An idle session that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
};

/**
 * The role is a setting of the session's start, so that RESET ROLE comes back to it. A receipt promises a durable
 * commit, whatever the server's default.
 */
const APP_OPTIONS = `-c role=${APP_ROLE} -c synchronous_commit=on`;

interface Way {
  readonly owner: pg.PoolConfig;
  readonly app: pg.PoolConfig;
}

const byUrl = (url: string): Way => {
  // pg takes anything else for the name of a database on this machine.
  if (!/^(postgres|postgresql|socket):/.test(url))
    throw storeUnfit(
      'DATABASE_URL is no URL of a PostgreSQL database.',
      'Write it as postgresql://user@host:5432/database, or leave it out to use one in the data folder.',
    );
  const [, given = ''] = /[?&]options=([^&]*)/.exec(url) ?? [];
  const options = encodeURIComponent(
    `${decodeURIComponent(given.replaceAll('+', ' '))} ${APP_OPTIONS}`.trim(),
  );
  // Of two parameters of one name the later counts.
  return {
    owner: { connectionString: url, application_name: 'waybill' },
    app: {
      connectionString: `${url}${url.includes('?') ? '&' : '?'}options=${options}`,
      application_name: 'waybill',
    },
  };
};

const DATABASE = 'waybill';

const byServer = async (server: Server): Promise<Way> => {
  const client = new pg.Client(server.connection('postgres'));
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0)
      await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
        if (!isTaken(error)) throw error;
      });
  } finally {
    await client.end();
  }
  const connection = server.connection(DATABASE);
  return { owner: { ...connection, options: '' }, app: { ...connection, options: APP_OPTIONS } };
};

const unreachable = (): Error =>
  storeUnfit(
    'The PostgreSQL server of DATABASE_URL cannot be reached.',
    'See that it runs and that DATABASE_URL is right, or leave DATABASE_URL out to use one in the data folder.',
  );

/** The first connection: what goes wrong here without an answer of the server is the address or the way to it. */
const reach = async (owner: pg.Pool): Promise<void> => {
  try {
    await owner.query('select');
  } catch (error) {
    throw sqlstate(error) === undefined ? unreachable() : error;
  }
};

/** Where the database is: a server of your own (`url`), or else one that Waybill keeps in `dataDir/postgres`. */
export interface Whereabouts {
  readonly url?: string;
  readonly dataDir?: string;
}

/**
 * Opens an office's database and brings its schema up to date. Problem `store-unfit` where there can be none, the
 * server is too old or not to be reached, its user may not create the role, or the schema is not one of ours.
 */
export const openDatabase = async ({ url, dataDir }: Whereabouts): Promise<Database> => {
  if (url === undefined && dataDir === undefined)
    throw storeUnfit('No database is named.', 'Set DATABASE_URL, or name a data folder.');
  const server = url === undefined ? await openServer(dataDir ?? '') : undefined;
  const pools: pg.Pool[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server?.close();
  };
  try {
    const way = server ? await byServer(server) : byUrl(url ?? '');
    const owner = poolOf({ ...way.owner, max: 2 });
    const app = poolOf({ ...way.app, max: 10 });
    pools.push(owner, app);
    await reach(owner);
    await prepareServer(owner);
    await migrate(owner);
    return { owner, db: () => app, close };
  } catch (error) {
    await close();
    throw asProblem(error);
  }
};
