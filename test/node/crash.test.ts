import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cast, keepers } from '../../src/cli/demo/people.ts';
import type { Nodes } from '../../src/cli/demo/stage.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { people } from '../../src/office/act.ts';
import { chainOf } from '../../src/office/custody.ts';
import { draftRequest, sendRequest, signRequest } from '../../src/office/customs.ts';
import { openItem } from '../../src/office/look.ts';
import { deliver } from '../../src/office/deliver.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { offices } from '../../src/office/gate.ts';
import { init } from '../../src/office/init.ts';
import { locate, review } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { formatCard } from '../../src/packet/card.ts';
import { newCard, newOfficeKeys } from '../../src/packet/keys.ts';
import { listPackets } from '../../src/packet/transport-folder.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import { checkFiles, readManifest } from '../../src/store/manifest.ts';
import type { LogId, StoredEvent } from '../../src/store/types.ts';
import { CLOCK, type Crash, type Told, actId, insisting, referenceOf } from './crash-child.ts';
import { brought, exampleDocument, returns, threeOffices } from './three.fixture.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
/** After the amounts of the example were determined, so that they may be asked for. */
const NOW = Date.UTC(2026, 2, 16, 15);

interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly kill: () => void;
  readonly said: () => string;
  readonly end: Promise<Ended>;
}

const start = (args: readonly string[], url: string | undefined): Running => {
  const { DATABASE_URL: _mine, NODE_TEST_CONTEXT: _runner, ...rest } = process.env;
  const env = { ...rest, [CLOCK]: String(NOW), ...(url === undefined ? {} : { DATABASE_URL: url }) };
  const child = spawn(process.execPath, [CHILD, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  return {
    kill: () => child.kill('SIGKILL'),
    said: () => out,
    end: new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, out, err }));
    }),
  };
};

/** `waybill` with these arguments, which dies where it is told to. */
const waybill = (dir: string, url: string | undefined, crash: Crash | null, args: readonly string[]) =>
  start(['cli', JSON.stringify(crash), ...args, '--data', dir], url).end;

const urlOf = (node: Node): string => String(node.database.owner.options.connectionString);

/** Every head that was ever seen of each log. None of them may be lost, whatever is killed. */
class Heads {
  readonly #seen = new Map<LogId, Set<string>>();

  add(log: LogId, ...notes: readonly string[]): void {
    this.#seen.set(log, new Set([...(this.#seen.get(log) ?? []), ...notes]));
  }

  /** Verifies the log as it would be exported, against all of them. */
  async hold(node: Node): Promise<void> {
    for (const log of node.logs) {
      const head = await node.views.head(log);
      if (head !== undefined) this.add(log, head);
      const known = [...(this.#seen.get(log) ?? [])];
      if (known.length === 0) continue;
      const verifier = node.signer(log).verifier;
      const report = await verifyLog((path) => node.views.file(log, path), { log: verifier, known });
      assert.deepEqual(report.findings, [], `${log} is not whole`);
      assert.equal(report.goesOnFrom, known.length, `${log} does not go on from a head that was seen`);
    }
  }
}

const sizes = async (node: Node): Promise<Map<LogId, number>> => {
  const found = new Map<LogId, number>();
  for (const log of node.logs) {
    const head = await node.views.head(log);
    found.set(log, head === undefined ? 0 : openCheckpoint(head, node.signer(log).verifier).size);
  }
  return found;
};

/** Packets that lie in an inbox, each of which must have its entry in its sender's log. */
const arrived = async (from: Node, to: Node): Promise<string[]> => {
  const names = await listPackets(join(to.dir, 'inbox'));
  const { sent } = await exchangeWith(from, to.office);
  const recorded = sent.map(({ id }) => `${id}.waybill`);
  for (const name of names) assert.ok(recorded.includes(name), 'a packet has left that no log has');
  return names;
};

const filed = (node: Node, folder: string): string[] => {
  const dir = join(node.dir, 'inbox', folder);
  if (!existsSync(dir)) return [];
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(dir, name)))
      .digest('hex');
  return [...new Set(readdirSync(dir).map(digest))];
};

/** What the record of a case says, without what differs from one case to another. */
const story = async (node: Node, reference: string): Promise<unknown> => {
  const chain = await chainOf(node, reference);
  return node.logs.map((log) =>
    chain
      .filter((one) => one.log === log)
      .sort((a, b) => a.seq - b.seq)
      .map(({ kind, cite, item, person, title, stream, version }: StoredEvent) => [
        ...[kind, cite, item, person, title],
        ...(stream.startsWith('exchange/') ? [] : [version]),
      ]),
  );
};

const ITEMS = ['purchases', 'related-purchases'];
const BECAUSE = 'The workpapers compare it.';
const AUDIT = 'TRA-2026-17';

const documentFor = (reference: string) => {
  const document = exampleDocument(ITEMS);
  return { ...document, request: { ...document.request, reference } };
};

/** What the IRS does between receiving and approving. */
const looked = async ({ irs }: Nodes, reference: string): Promise<void> => {
  for (const item of ITEMS)
    await locate(
      irs,
      { person: 'alex-firth' },
      { case: reference, item, source: 'return', file: 'harbor-lamp-2021.xml' },
      returns,
    );
  for (const [person, finds, answer] of [
    ['alex-firth', 'necessary to determination', true],
    ['alex-firth', 'no more than necessary', true],
    ['alex-firth', 'relates to merchandise', true],
    ['sam-torr', 'treaty', 'none'],
    ['lee-carr', 'identifies informant', false],
    ['lee-carr', 'seriously impairs', false],
  ] as const)
    await review(
      irs,
      { person },
      { act: 'finding', case: reference, finds, answer, of: ITEMS, reason: 'Looked at.' },
    );
};

const drafted = async ({ customs }: Nodes, reference: string): Promise<void> => {
  await draftRequest(customs, { person: 'jordan-vale' }, reference, documentFor(reference));
  await signRequest(customs, { person: 'robin-alder' }, reference);
};

/** Up to the approval, without a crash. */
const approved = async (nodes: Nodes, reference: string): Promise<void> => {
  await drafted(nodes, reference);
  const sent = await sendRequest(nodes.customs, { person: 'jordan-vale' }, reference);
  await brought(nodes, 'customs', 'irs', sent, 'casey-moor');
  await looked(nodes, reference);
  await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
};

interface Kill {
  readonly crash: Crash;
  /** Which logs have grown since the step began; left out where either may be. */
  readonly grown?: readonly LogId[];
  /** How many packets are in the receiver's inbox. */
  readonly packets: number;
}

interface Step {
  readonly name: string;
  readonly office: Office;
  readonly args: (nodes: Nodes, reference: string, file: string) => readonly string[];
  /** Between whom a packet of the step travels. */
  readonly way?: readonly [Office, Office];
  readonly kills: readonly Kill[];
  /** Packets there when the command has run to its end. */
  readonly packets: number;
}

const PART = '\\.part$';
const ARRIVES = '/inbox/[^/]+\\.waybill$';
const FILED = '/received/';
const toIrs = ['customs', 'irs'] as const;
const toCustoms = ['irs', 'customs'] as const;
const inboxOf = (node: Node): string => join(node.dir, 'inbox');

/** Step → where it is killed → what must then hold. */
const road: readonly Step[] = [
  {
    name: 'draft',
    office: 'customs',
    args: (_nodes, _reference, file) => ['request', 'new', file, '--as', 'jordan-vale'],
    kills: [
      { crash: { commit: 1, when: 'before' }, grown: [], packets: 0 },
      { crash: { commit: 1, when: 'after' }, grown: ['customs'], packets: 0 },
    ],
    packets: 0,
  },
  {
    name: 'sign',
    office: 'customs',
    args: (_nodes, reference) => ['request', 'sign', reference, '--as', 'robin-alder'],
    kills: [{ crash: { commit: 1, when: 'during' }, packets: 0 }],
    packets: 0,
  },
  {
    name: 'send',
    office: 'customs',
    way: toIrs,
    args: ({ irs }, reference) => [
      ...['request', 'send', reference, '--as', 'jordan-vale'],
      ...['--to', inboxOf(irs)],
    ],
    kills: [
      { crash: { commit: 1, when: 'before' }, grown: [], packets: 0 },
      { crash: { commit: 1, when: 'after' }, grown: ['customs'], packets: 0 },
      { crash: { file: PART, when: 'during' }, grown: ['customs'], packets: 0 },
      { crash: { file: ARRIVES, when: 'after' }, grown: ['customs'], packets: 1 },
    ],
    packets: 1,
  },
  {
    name: 'receive the request',
    office: 'irs',
    way: toIrs,
    args: () => ['receive', '--as', 'casey-moor'],
    kills: [
      { crash: { commit: 1, when: 'before' }, grown: [], packets: 1 },
      { crash: { commit: 1, when: 'after' }, grown: ['irs'], packets: 1 },
      { crash: { file: FILED, when: 'after' }, grown: ['irs'], packets: 1 },
    ],
    packets: 0,
  },
  {
    name: 'approve',
    office: 'irs',
    args: (_nodes, reference) => ['approve', reference, '--as', 'drew-haven'],
    kills: [{ crash: { commit: 1, when: 'during' }, packets: 0 }],
    packets: 0,
  },
  {
    name: 'release',
    office: 'irs',
    way: toCustoms,
    args: ({ customs }, reference) => [
      ...['release', reference, '--as', 'casey-moor', '--returns', returns],
      ...['--to', inboxOf(customs)],
    ],
    kills: [
      { crash: { commit: 1, when: 'before' }, grown: [], packets: 0 },
      // Between the two acts: the review is closed, and Customs can see nothing of it.
      { crash: { commit: 1, when: 'after' }, grown: ['irs-review'], packets: 0 },
      { crash: { commit: 1, when: 'after' }, grown: ['irs', 'irs-review'], packets: 0 },
      { crash: { file: ARRIVES, when: 'after' }, grown: ['irs', 'irs-review'], packets: 1 },
    ],
    packets: 1,
  },
  {
    name: 'receive the answer',
    office: 'customs',
    way: toCustoms,
    args: () => ['receive', '--as', 'jordan-vale'],
    kills: [{ crash: { commit: 1, when: 'after' }, grown: ['customs'], packets: 1 }],
    packets: 0,
  },
  {
    name: 'open an item',
    office: 'customs',
    args: (_nodes, reference) => [
      ...['open', reference, 'purchases', '--as', 'jordan-vale'],
      ...['--because', BECAUSE, '--audit', AUDIT],
    ],
    kills: [
      { crash: { commit: 1, when: 'before' }, grown: [], packets: 0 },
      { crash: { commit: 1, when: 'after' }, grown: ['customs'], packets: 0 },
    ],
    packets: 0,
  },
];

/** A receive takes what lies in the inbox, and a release finishes itself: they need no id to be given again. */
const identified = ({ name }: Step, reference: string): readonly string[] =>
  name.startsWith('receive') ? [] : ['--act', actId(reference, name)];

const approvedAndKilled = async (nodes: Nodes, reference: string): Promise<void> => {
  await approved(nodes, reference);
  const args = ['release', reference, '--as', 'casey-moor', '--returns', returns];
  const { irs } = nodes;
  const { killed, err } = await waybill(irs.dir, urlOf(irs), { commit: 1, when: 'after' }, args);
  assert.ok(killed, err);
};

test('kill -9 of the node', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  const { customs, irs, justice } = nodes;
  const answers = async (reference: string) =>
    (await chainOf(irs, reference)).filter(({ kind }) => kind === 'answered').length;

  await t.test(
    'at each step of the road: nothing acknowledged is lost, nothing unrecorded leaves, and the same command goes on',
    async () => {
      const [killed, whole] = ['CBP-2026-0001', 'CBP-2026-0002'];
      const file = join(nodes.dir, 'case.yaml');
      const heads = new Heads();
      const packet = ({ way }: Step) =>
        way === undefined ? Promise.resolve([]) : arrived(nodes[way[0]], nodes[way[1]]);
      const { request, ...rest } = documentFor(killed);
      const dated = { ...request, form: 'written', dated: '2026-03-16' };
      writeFileSync(
        file,
        JSON.stringify({ waybill: 'case/1', decideOn: '2026-03-16', ...rest, request: dated }),
      );

      for (const step of road) {
        const node = nodes[step.office];
        if (step.name === 'approve') await looked(nodes, killed);
        const args = [...step.args(nodes, killed, file), ...identified(step, killed)];
        const before = await sizes(node);
        for (const { crash, grown, packets } of step.kills) {
          const where = `${step.name}, killed ${crash.when} ${crash.file ?? `commit ${crash.commit}`}`;
          const end = await waybill(node.dir, urlOf(node), crash, args);
          assert.ok(end.killed, `${where}: not killed (exit ${end.code}) ${end.err}`);
          assert.doesNotMatch(
            end.out,
            /Federal Tax Information/,
            `${where}: it showed what it had no receipt for`,
          );
          await heads.hold(node);
          const now = await sizes(node);
          const found = node.logs.filter((log) => now.get(log) !== before.get(log));
          if (grown !== undefined) assert.deepEqual(found, grown, where);
          assert.equal((await packet(step)).length, packets, where);
        }
        const end = await waybill(node.dir, urlOf(node), null, args);
        assert.equal(end.code, 0, `${step.name}: ${end.err}`);
        assert.equal((await packet(step)).length, step.packets, step.name);
        await heads.hold(node);
        if (step.name === 'open an item') assert.match(end.out, /^Federal Tax Information\n/);
      }
      assert.equal(filed(irs, 'received').length, 1);
      assert.equal(filed(customs, 'received').length, 1);

      // What stands in the end is what stands after a road without a crash.
      await approved(nodes, whole);
      const answer = await release(irs, { person: 'casey-moor' }, whole, returns);
      await brought(nodes, 'irs', 'customs', answer, 'jordan-vale');
      const look = { item: 'purchases', because: BECAUSE, audit: AUDIT };
      await openItem(customs, { person: 'jordan-vale' }, { case: whole, ...look });
      for (const node of [customs, irs])
        assert.deepEqual(await story(node, killed), await story(node, whole), node.office);
    },
  );

  await t.test(
    'a request whose sender was killed before its packet was written leaves when the same command comes again, without an act’s id',
    async () => {
      const before = await arrived(customs, irs);
      await drafted(nodes, 'CBP-2026-0003');
      const send = ['request', 'send', 'CBP-2026-0003', '--as', 'jordan-vale', '--to', inboxOf(irs)];
      const killed = await waybill(customs.dir, urlOf(customs), { commit: 1, when: 'after' }, send);
      assert.ok(killed.killed, killed.err);
      const { code, err } = await waybill(customs.dir, urlOf(customs), null, send);
      assert.equal(code, 0, err);
      assert.equal((await arrived(customs, irs)).length, before.length + 1);
    },
  );

  await t.test(
    'a release killed between its acts and then finished by several at once is one answer',
    async () => {
      const reference = 'CBP-2026-0004';
      await approvedAndKilled(nodes, reference);
      const order = { person: 'casey-moor' };
      const sent = (await exchangeWith(irs, 'customs')).sent.length;
      await Promise.allSettled([1, 2, 3].map(() => release(irs, order, reference, returns)));
      assert.equal(await answers(reference), 1);
      assert.equal((await exchangeWith(irs, 'customs')).sent.length, sent + 1);
    },
  );

  await t.test(
    'a release killed between its acts is finished only by one whose title carries it',
    async () => {
      const reference = 'CBP-2026-0005';
      await approvedAndKilled(nodes, reference);
      await assert.rejects(
        release(irs, { person: 'alex-firth' }, reference, returns),
        (error) => error instanceof ProblemError && error.problems[0].kind === 'not-entitled',
      );
      assert.equal(await answers(reference), 0);
    },
  );

  await t.test('a packet that several carry to one folder at once is there once, and whole', async () => {
    const reference = 'CBP-2026-0006';
    await drafted(nodes, reference);
    const receipt = await sendRequest(customs, { person: 'jordan-vale' }, reference);
    const folder = join(nodes.dir, 'stick');
    await Promise.all([1, 2, 3, 4, 5].map(() => deliver(customs, 'irs', receipt, folder)));
    const [name = '', ...more] = readdirSync(folder);
    assert.deepEqual(more, []);
    const received = await receive(irs, { person: 'casey-moor' }, readFileSync(join(folder, name)));
    assert.equal(received.case, reference);
  });

  await t.test('during a backup: there is a whole one or none, and the same command makes it', async () => {
    for (const [n, crash] of (
      [
        { file: 'manifest\\.json$', when: 'during' },
        { file: '/backup-\\d$', when: 'before' },
      ] satisfies Crash[]
    ).entries()) {
      const goal = join(nodes.dir, `backup-${n}`);
      const { killed, err } = await waybill(justice.dir, urlOf(justice), crash, ['backup', goal]);
      assert.ok(killed, `${crash.file}: ${err}`);
      assert.ok(!existsSync(goal), `killed ${crash.when} ${crash.file}`);
      assert.equal((await waybill(justice.dir, urlOf(justice), null, ['backup', goal])).code, 0);
      await checkFiles(join(goal, 'database'), await readManifest(join(goal, 'database')));
    }
  });
});

describe('kill -9 during init: the same command makes the node whole', () => {
  const founding = [
    '--office',
    'customs',
    '--keeper',
    'nell-quay',
    '--name',
    'Nell Quay',
    '--title',
    'Keeper',
  ];
  const crashes: readonly Crash[] = [
    { file: '/master\\.key$', when: 'after' },
    { file: '/office\\.json$', when: 'after' },
    { file: '/node\\.json$', when: 'after' },
    { commit: 1, when: 'after' },
  ];
  for (const crash of crashes)
    test(`killed ${crash.when} ${crash.file ?? 'the first commit'}`, async (t) => {
      const dir = mkdtempSync(join(tmpdir(), 'waybill-init-'));
      t.after(() => rmSync(dir, { recursive: true, force: true }));
      const url = await testDatabaseUrl(t);
      assert.ok((await waybill(dir, url, crash, ['init', ...founding])).killed);
      const { code, err } = await waybill(dir, url, null, ['init', ...founding]);
      // Where the first act was recorded, nothing is left to do, and it says so.
      const done = crash.commit !== undefined && crash.when === 'after';
      assert.equal(code, done ? 2 : 0, err);
      if (done) assert.match(err, /There is a node in this folder already/);
      const node = await openNode(dir, { databaseUrl: url, now: () => NOW });
      try {
        assert.deepEqual([...(await people(node)).keys()], ['nell-quay']);
        const added = { act: 'add person', id: 'jordan-vale', name: 'Jordan Vale' };
        await changeDirectory(node, { person: 'nell-quay' }, added);
        await new Heads().hold(node);
      } finally {
        await node.close();
      }
    });
});

/** Ends the server of a data folder that this test has started, and no other. */
const serverOf = (dir: string) => {
  const file = join(dir, 'postgres', 'cluster', 'postmaster.pid');
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), name);
    } catch {
      // It is not running.
    }
  };
  return { kill: () => signal('SIGKILL'), stop: () => signal('SIGQUIT') };
};

/** An office of Customs with its own server in its data folder, which knows the IRS by its card. */
const customsAlone = async (t: TestContext): Promise<Node> => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-crash-'));
  const opened: Node[] = [];
  t.after(async () => {
    for (const one of opened) await one.close();
    serverOf(dir).stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });
  const order = { person: keepers.customs.id };
  const founding = {
    office: 'customs',
    origin: 'customs.waybill.example/log',
    keeper: keepers.customs,
  } as const;
  const node = await init(dir, founding, { now: () => NOW });
  for (const { id, name, title, duties, capacity } of cast.customs) {
    await changeDirectory(node, order, { act: 'add person', id, name });
    const given = { act: 'give title', person: id, title, from: '2026-03-01', duties };
    await changeDirectory(node, order, { ...given, ...(capacity === undefined ? {} : { capacity }) });
  }
  const irs = newCard(await newOfficeKeys('irs', 'irs.waybill.example/log', new Date(NOW)));
  await addOffice(node, order, formatCard(irs));
  await node.close();
  const reader = await openNode(dir, { now: () => NOW });
  opened.push(reader);
  return reader;
};

/** The receipts in what a child has said; a last line that was cut off is none. */
const told = (out: string): Told[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Told);

/** Finds in the node's log every receipt that was ever given, as it was given, and nothing in the outbox that it has not. */
const holds = async (node: Node, heads: Heads, receipts: ReadonlyMap<string, Told>): Promise<void> => {
  heads.add('customs', ...[...receipts.values()].map(({ checkpoint }) => checkpoint));
  await heads.hold(node);
  for (const [act, { first, count, checkpoint }] of receipts) {
    const found = await node.views.receipt('customs', act);
    assert.deepEqual([found?.first, found?.count, found?.checkpoint], [first, count, checkpoint]);
  }
  const { sent } = await exchangeWith(node, 'irs');
  const recorded = sent.map(({ id }) => `${id}.waybill`);
  assert.equal(new Set(recorded).size, sent.length, 'one request was sent twice');
  for (const name of await listPackets(join(node.dir, 'outbox', 'irs'))) assert.ok(recorded.includes(name));
};

describe('on a data folder with its own server', () => {
  test('two writers both go on, kills of node and server at any moment lose nothing, and the log never forks', async (t) => {
    // Somebody who only reads, and who also has to live with a server that is killed.
    const node = await customsAlone(t);
    const { dir } = node;
    const check = () => insisting(() => holds(node, heads, receipts));
    const heads = new Heads();
    const receipts = new Map<string, Told>();
    const take = (out: string): void => {
      for (const one of told(out)) {
        const before = receipts.get(one.act);
        // The receipt of an act given again is the one that it was given first.
        if (before !== undefined) assert.deepEqual(one, before);
        receipts.set(one.act, one);
      }
    };
    const asked = (writer: string, count: number): string[] =>
      Array.from({ length: count }, (_, n) => referenceOf(writer, n)).flatMap((reference) =>
        ['draft', 'sign', 'send'].map((step) => actId(reference, step)),
      );

    await t.test('two writers of different cases', async () => {
      const [one, two] = await Promise.all(
        ['A', 'B'].map((w) => start(['acts', dir, w, '5'], undefined).end),
      );
      for (const { code, err, out } of [one, two].filter((end) => end !== undefined)) {
        assert.equal(code, 0, err);
        assert.equal(told(out).length, 15);
        take(out);
      }
      await check();
    });

    await t.test(
      'two writers of the same acts: each is recorded once, and both get its receipt',
      async () => {
        const ends = await Promise.all([1, 2].map(() => start(['acts', dir, 'C', '4'], undefined).end));
        for (const { code, err, out } of ends) {
          assert.equal(code, 0, err);
          take(out);
        }
        await check();
      },
    );

    await t.test('killed at any moment', async (t) => {
      let kills = 0;
      const until = performance.now() + 25_000;
      const CASES = 24;
      let ended = false;
      for (let round = 0; round < 24 && !ended && performance.now() < until; round++) {
        const running = start(['acts', dir, 'D', String(CASES)], undefined);
        const begun = receipts.size;
        // Not before it works, and then at any moment: for as long as there are acts left.
        while (running.said() === '' && performance.now() < until)
          await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 1500));
        if (round % 3 === 1) {
          // The server alone: whoever works waits for it, or starts it again, and goes on.
          serverOf(dir).kill();
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 600));
        }
        if (round % 3 === 2) serverOf(dir).kill();
        running.kill();
        kills++;
        const end = await running.end;
        ended = !end.killed && end.code === 0;
        assert.ok(end.killed || ended, end.err);
        take(end.out);
        assert.ok(receipts.size >= begun);
        await check();
      }
      t.diagnostic(`${kills} kills, ${receipts.size} receipts`);
      const last = await start(['acts', dir, 'D', String(CASES)], undefined).end;
      assert.equal(last.code, 0, last.err);
      take(last.out);
      await check();
    });

    const all = [...asked('A', 5), ...asked('B', 5), ...asked('C', 4), ...asked('D', 24)];
    assert.deepEqual([...receipts.keys()].sort(), all.sort(), 'each act has its receipt');
    const again = await openNode(dir, { now: () => NOW });
    await holds(again, heads, receipts).finally(() => again.close());
    assert.equal((await listPackets(join(dir, 'outbox', 'irs'))).length, 38);
    assert.deepEqual(
      offices.filter((one) => one !== 'irs' && existsSync(join(dir, 'outbox', one))),
      [],
    );
  });
});
