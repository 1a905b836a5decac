import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { openServer } from './embedded.ts';

interface TestServer {
  /** URL of a database of that name on the server. */
  url(database: string): string;
  close(): Promise<void>;
}

const given = (url: string): TestServer => ({
  url: (database) => {
    const to = new URL(url);
    to.pathname = `/${database}`;
    return to.href;
  },
  close: () => Promise.resolve(),
});

/** A URL of a database on a server of `openServer`. */
export const socketUrl = (connection: pg.ClientConfig): string =>
  `postgresql:///${connection.database}?host=${encodeURIComponent(String(connection.host))}&port=${connection.port}&user=${connection.user}`;

const ownServer = async (): Promise<TestServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  const server = await openServer(folder);
  return {
    url: (database) => socketUrl(server.connection(database)),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

let server: Promise<TestServer> | undefined;

/** One server for each test process: DATABASE_URL, or an embedded one in a folder that goes when the tests are over. */
const testServer = (): Promise<TestServer> => {
  const url = process.env['DATABASE_URL'];
  return (server ??= url === undefined ? ownServer() : Promise.resolve(given(url)));
};

after(async () => (await server)?.close());

const administer = async (on: TestServer, sql: string): Promise<void> => {
  const url = process.env['DATABASE_URL'];
  const client = new pg.Client({ connectionString: url ?? on.url('postgres') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

const fresh = async (): Promise<{ url: string; drop: () => Promise<void> }> => {
  const on = await testServer();
  const name = `waybill_test_${randomBytes(6).toString('hex')}`;
  await administer(on, `create database ${name}`);
  return { url: on.url(name), drop: () => administer(on, `drop database ${name} with (force)`) };
};

/** The URL of a fresh, empty database, which is dropped after the test. */
export const testDatabaseUrl = async (t: TestContext): Promise<string> => {
  const { url, drop } = await fresh();
  t.after(drop);
  return url;
};

/** A fresh database with the newest schema, closed and dropped after the test. */
export const testDatabase = async (t: TestContext): Promise<Database> => {
  const { url, drop } = await fresh();
  const database = await openDatabase({ url });
  t.after(() => database.close().then(drop));
  return database;
};
