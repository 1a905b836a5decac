import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../ground/problem.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-embedded-'));
  folders.push(folder);
  return folder;
};

/** The data folder that most tests share: making a cluster takes a second. mkdtemp closes it to all but its owner. */
let dataDir = '';
before(async () => {
  dataDir = await newFolder();
});
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const pidFile = (dir = dataDir): string => join(dir, 'postgres', 'cluster', 'postmaster.pid');
const serverPid = (dir = dataDir): number => Number.parseInt(readFileSync(pidFile(dir), 'utf8'), 10);

const withDatabase = async <T>(work: (db: Database) => Promise<T>, dir = dataDir): Promise<T> => {
  const db = await openDatabase({ dataDir: dir });
  return work(db).finally(() => db.close());
};

const record = (db: Database, name: string) =>
  db
    .db('customs')
    .query(`insert into waybill.log select coalesce(max(log_id), 0) + 1, $1, '' from waybill.log`, [name]);

const recorded = async (db: Database): Promise<string[]> => {
  const { rows } = await db
    .db('customs')
    .query<{ name: string }>('select name from waybill.log order by log_id');
  return rows.map(({ name }) => name);
};

const DATABASE = new URL('database.ts', import.meta.url).href;

/** Another process that opens the database, does `work` with it (as `db`) and closes it. */
const otherProcess = (work: string, dir = dataDir, as: { uid?: number; gid?: number } = {}): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { openDatabase } from ${JSON.stringify(DATABASE)};
       const db = await openDatabase({ dataDir: ${JSON.stringify(dir)} });
       ${work}
       await db.close();`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...as },
  );

const exit = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

/** Resolves when the process has ended well, and fails with what it said if it did not. */
const success = async (child: ChildProcess): Promise<void> => {
  let said = '';
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  assert.equal(await exit(child), 0, said);
};

const firstWord = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())));

test('the first start makes a database, the second finds it as it was left, and closing stops the server', async () => {
  await withDatabase((db) => record(db, 'first'));
  assert.ok(!existsSync(pidFile()));
  await withDatabase(async (db) => assert.deepEqual(await recorded(db), ['first']));
  assert.ok(!existsSync(pidFile()));
});

test('nobody else can reach it: a closed folder, a closed socket, no port', async () => {
  await withDatabase(async ({ owner }) => {
    const home = await stat(join(dataDir, 'postgres'));
    assert.equal(home.mode & 0o777, 0o700);
    assert.equal((await stat(join(dataDir, 'postgres', '.s.PGSQL.5432'))).mode & 0o777, 0o700);
    const { rows } = await owner.query('show listen_addresses');
    assert.deepEqual(rows, [{ listen_addresses: '' }]);
  });
});

test('it keeps what it has acknowledged: fsync, full pages, checksums, synchronous commits', async () => {
  await withDatabase(async (db) => {
    for (const setting of ['fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit']) {
      const { rows } = await db.db('irs').query<Record<string, string>>(`show ${setting}`);
      assert.equal(rows[0]?.[setting], 'on', setting);
    }
  });
});

test('the application owns nothing, cannot change the past and cannot become the owner by RESET ROLE', async () => {
  await withDatabase(async (db) => {
    const refused = { code: '42501' };
    const client = await db.db('irs').connect();
    try {
      await client.query('reset role');
      const { rows } = await client.query('select current_user');
      assert.deepEqual(rows, [{ current_user: 'waybill_app' }]);
      for (const sql of [
        'create table waybill.t (x int)',
        'truncate waybill.head',
        `update waybill.head set checkpoint = ''`,
        'delete from waybill.bundle',
        'drop table waybill.tile',
        'insert into waybill.migration (name, digest) values ($$x$$, $$x$$)',
      ])
        await assert.rejects(client.query(sql), refused, sql);
    } finally {
      client.release();
    }
  });
});

test('the server’s log tells nothing that it was asked', async () => {
  await withDatabase(async ({ owner }) => {
    await assert.rejects(owner.query(`select 'PLANTED-NAME'::int`));
    await assert.rejects(
      owner.query(`insert into waybill.log values (99, 'PLANTED-NAME', ''), (99, 'PLANTED-NAME', '')`),
    );
  });
  assert.ok(!readFileSync(join(dataDir, 'postgres', 'server.log'), 'utf8').includes('PLANTED-NAME'));
});

test('several processes make and use a new folder at once, and the last one out stops the server', async () => {
  const dir = await newFolder();
  const work = `await db.db('irs').query("insert into waybill.head values ($1, 1, 0, 'x')", [process.pid % 30000]);`;
  await Promise.all([1, 2, 3, 4].map(() => success(otherProcess(work, dir))));
  assert.ok(!existsSync(pidFile(dir)));
  assert.deepEqual((await readdir(join(dir, 'postgres'))).sort(), ['cluster', 'server.log']);
  await withDatabase(async (db) => {
    const { rows } = await db.owner.query('select count(*)::int as count from waybill.head');
    assert.deepEqual(rows, [{ count: 4 }]);
  }, dir);
});

test('who started the server may leave first: the others go on, with new connections too', async () => {
  const first = await openDatabase({ dataDir });
  const second = await openDatabase({ dataDir });
  await first.close();
  await Promise.all(Array.from({ length: 8 }, () => second.db('irs').query('select pg_sleep(0.05)')));
  assert.ok(existsSync(pidFile()));
  await second.close();
  assert.ok(!existsSync(pidFile()));
});

test('coming and going at once, everyone gets in', async () => {
  const visit = async (i: number): Promise<void> => {
    for (let n = 0; n < 4; n++) {
      await withDatabase((db) => db.db('irs').query('select 1'));
      await wait(i * 7);
    }
  };
  await Promise.all([1, 2, 3].map(visit));
  assert.ok(!existsSync(pidFile()));
});

test('a server that a killed process left running is used, and stopped by the next one', async () => {
  const child = otherProcess(`console.log('open'); await new Promise((r) => setTimeout(r, 60000));`);
  await firstWord(child);
  const left = serverPid();
  const gone = exit(child);
  child.kill('SIGKILL');
  await gone;
  await withDatabase(async () => assert.equal(await Promise.resolve(serverPid()), left));
  assert.ok(!existsSync(pidFile()));
});

/** Does it until it succeeds, as a caller who is told `store-down` does. */
const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let turn = 0; ; turn++)
    try {
      return await work();
    } catch (error) {
      if (turn === 300) throw error;
      await wait(100);
    }
};

test('a server that is killed comes back by itself, with all that it had acknowledged', async () => {
  await withDatabase(async (db) => {
    await record(db, 'before the kill');
    const killed = serverPid();
    process.kill(killed, 'SIGKILL');
    // Sessions of the killed server live on for a moment; only when they are gone can there be another.
    while (existsSync(pidFile()) && serverPid() === killed) await wait(20);
    const names = await again(() => recorded(db));
    assert.equal(names.at(-1), 'before the kill');
    await record(db, 'after the kill');
  });
  assert.ok(!existsSync(pidFile()));
});

test('killed again and again under writes: what was acknowledged is there, and nobody had to start it', async () => {
  await withDatabase(async (db) => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill++) {
      const killed = serverPid();
      for (let n = 0; n < 20; n++) {
        if (n === 10) process.kill(killed, 'SIGKILL');
        const name = `kill ${kill}, row ${n}`;
        await record(db, name).then(
          () => acknowledged.push(name),
          () => wait(20),
        );
      }
      while (existsSync(pidFile()) && serverPid() === killed) await wait(20);
      const names = new Set(await again(() => recorded(db)));
      assert.deepEqual(
        acknowledged.filter((name) => !names.has(name)),
        [],
      );
    }
    assert.ok(acknowledged.length >= 30);
  });
});

test('killed together with its process, it recovers at the next start past the stale postmaster.pid', async () => {
  const child = otherProcess(`
    await db.db('irs').query("insert into waybill.log select max(log_id) + 1, 'both killed', '' from waybill.log");
    console.log('open'); await new Promise((r) => setTimeout(r, 60000));`);
  await firstWord(child);
  const gone = exit(child);
  child.kill('SIGKILL');
  process.kill(serverPid(), 'SIGKILL');
  await gone;
  assert.ok(existsSync(pidFile()));
  await withDatabase(async (db) => assert.equal((await recorded(db)).at(-1), 'both killed'));
});

test('a half-made cluster is never taken for a whole one', async () => {
  const dir = await newFolder();
  const child = otherProcess('', dir);
  const home = join(dir, 'postgres');
  while (!existsSync(home) || !(await readdir(home)).some((name) => name.startsWith('making-')))
    await wait(5);
  const gone = exit(child);
  child.kill('SIGKILL');
  await gone;
  // initdb itself outlives its caller by a moment; what it leaves is not the cluster.
  assert.ok(!existsSync(join(home, 'cluster')));
  await mkdir(join(home, 'making-left'));
  await writeFile(join(home, 'making-left', 'PG_VERSION'), '18\n');
  await withDatabase(async (db) => assert.deepEqual(await recorded(db), []), dir);
  assert.ok(!existsSync(join(home, 'making-left')));
});

test('a folder too deep for a socket has it elsewhere, closed as well', async () => {
  const deep = join(await newFolder(), 'a-folder-with-a-long-name-'.repeat(4));
  await mkdir(deep);
  // Moved there ready made: what is tested is the way to it, not its making.
  await rename(join(dataDir, 'postgres'), join(deep, 'postgres'));
  try {
    await withDatabase(async ({ owner }) => {
      const { rows } = await owner.query<{ at: string }>('select current_setting($1) as at', [
        'unix_socket_directories',
      ]);
      const at = rows[0]?.at ?? '';
      folders.push(at);
      assert.ok(at.startsWith(join(tmpdir(), 'waybill-')), at);
      assert.equal((await stat(at)).mode & 0o777, 0o700);
    }, deep);
  } finally {
    await rename(join(deep, 'postgres'), join(dataDir, 'postgres'));
  }
});

const unfit = (what: RegExp) => (error: unknown) => {
  if (!(error instanceof ProblemError)) return false;
  const [{ kind, what: found, next }] = error.problems;
  assert.equal(kind, 'store-unfit');
  assert.match(found, what);
  assert.match(next, /DATABASE_URL/);
  return true;
};

test('a data folder that is a file is named as such', async () => {
  const file = join(await newFolder(), 'file');
  await writeFile(file, '');
  await assert.rejects(openDatabase({ dataDir: file }), unfit(/cannot hold a database \((EEXIST|ENOTDIR)\)/));
});

test('a cluster that does not start is reported with the place of its log', async () => {
  const version = join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
  const right = readFileSync(version, 'utf8');
  await writeFile(version, '9\n');
  await assert.rejects(openDatabase({ dataDir }), unfit(/does not start/));
  await writeFile(version, right);
  await withDatabase(async (db) => assert.ok((await recorded(db)).length > 0));
});

const NOBODY = 65534;

test('an ordinary user has a database of his own, which root then serves as him', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('every test here has run as an ordinary user already');
  const as = { uid: NOBODY, gid: NOBODY };
  const canRead = spawn(process.execPath, ['-e', `await import(${JSON.stringify(DATABASE)})`], {
    ...as,
    stdio: 'ignore',
    cwd: '/',
  });
  if ((await exit(canRead)) !== 0) return t.skip('an ordinary user cannot read this folder');
  const dir = await newFolder();
  chownSync(dir, NOBODY, NOBODY);
  chmodSync(dir, 0o700);
  const work = `await db.db('irs').query("insert into waybill.log values (1, 'his', '')");`;
  await success(otherProcess(work, dir, as));
  await withDatabase(async (db) => assert.deepEqual(await recorded(db), ['his']), dir);
  assert.equal((await stat(join(dir, 'postgres'))).uid, NOBODY);
  await success(otherProcess('', dir, as));
});

test('another user’s database is refused', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root can make another user’s folder');
  const as = { uid: NOBODY, gid: NOBODY };
  const open = join(await newFolder(), 'data');
  await mkdir(join(open, 'postgres'), { recursive: true, mode: 0o755 });
  chmodSync(join(open, '..'), 0o755);
  await assert.rejects(success(otherProcess('', open, as)), /belongs to another user/);
});
