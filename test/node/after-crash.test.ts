import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Office } from '../../src/custody/entry.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { holdingOf } from '../../src/office/after.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { irsState } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { listPackets } from '../../src/packet/transport-folder.ts';
import { CLOCK, type Crash, actId } from './crash-child.ts';
import {
  AUDIT,
  appearance,
  caseEvents,
  disclosed,
  engaged,
  logsHold,
  looks,
  problemsOf,
  shown,
  sizeOf,
} from './after.fixture.ts';
import { type Three, reference, threeOffices } from './three.fixture.ts';

/*
 * The table of failure points of what comes after the release. Each command is a process of its own that is killed with
 * SIGKILL, is given again, and must end where it would have ended.
 */

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const NOW = Date.UTC(2026, 2, 16, 15);

interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const urlOf = (node: Node): string => String(node.database.owner.options.connectionString);

/** `waybill` on that node, which dies where it is told to. */
const waybill = (node: Node, crash: Crash | null, args: readonly string[]): Promise<Ended> => {
  const { NODE_TEST_CONTEXT: _runner, ...rest } = process.env;
  const env = { ...rest, [CLOCK]: String(NOW), DATABASE_URL: urlOf(node) };
  const command = [CHILD, 'cli', JSON.stringify(crash), ...args, '--data', node.dir];
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, out, err }));
  });
};

const inbox = (node: Node): string => join(node.dir, 'inbox');
const waiting = async (node: Node): Promise<number> => (await listPackets(inbox(node))).length;

/** The kinds of a case's events after the first so many. */
const kinds = async (node: Node, from: number): Promise<readonly string[]> =>
  (await caseEvents(node)).slice(from).map(({ kind }) => kind);

interface Kill {
  readonly crash: Crash;
  /** Whether the log has grown since the command was first given. */
  readonly grown: boolean;
  /** Packets in the receiver's inbox. */
  readonly packets: number;
}

interface Step {
  readonly name: string;
  readonly office: Office;
  readonly args: readonly string[];
  /** Whose inbox its packet goes to. */
  readonly to?: Office;
  readonly kills: readonly Kill[];
  /** Packets in that inbox at the end. */
  readonly packets: number;
  /** What the command has recorded of the case in the end, however often it was given. */
  readonly records: readonly string[];
}

const PART = '\\.part$';
const ARRIVES = '/inbox/[^/]+\\.waybill$';
const FILED = '/received/';
const before: Kill = { crash: { commit: 1, when: 'before' }, grown: false, packets: 0 };
const recorded: Kill = { crash: { commit: 1, when: 'after' }, grown: true, packets: 0 };

/** Every head that was seen, of each log: none of them is ever lost. */
const heads = new Map<string, string[]>();

const hold = async (node: Node): Promise<void> => {
  const head = (await node.views.head(node.log)) ?? '';
  const known = [...(heads.get(node.log) ?? []).filter((one) => one !== head), head];
  heads.set(node.log, known);
  const report = await verifyLog((path) => node.views.file(node.log, path), {
    log: node.signer(node.log).verifier,
    known,
  });
  assert.deepEqual(report.findings, []);
  assert.equal(report.goesOnFrom, known.length);
};

const walk = async (nodes: Three, step: Step): Promise<void> => {
  const { name, office, args, to = office, kills, packets, records } = step;
  const node = nodes[office];
  const [size, events] = [await sizeOf(node), (await caseEvents(node)).length];
  for (const kill of kills) {
    const where = `${name}, killed ${kill.crash.when} ${kill.crash.file ?? `commit ${kill.crash.commit}`}`;
    const end = await waybill(node, kill.crash, args);
    assert.ok(end.killed, `${where}: not killed (exit ${end.code}) ${end.err}`);
    await hold(node);
    assert.equal((await sizeOf(node)) > size, kill.grown, where);
    assert.equal(await waiting(nodes[to]), kill.packets, where);
  }
  const end = await waybill(node, null, args);
  assert.equal(end.code, 0, `${name}: ${end.err}`);
  await hold(node);
  assert.equal(await waiting(nodes[to]), packets, name);
  assert.deepEqual(await kinds(node, events), records, name);
};

const referring = ({ justice }: Three, items: readonly string[]): readonly string[] => [
  ...['may-i', reference, '--do', ...items.flatMap((item) => ['--item', item])],
  ...['--to', 'Justice officer', '--name', 'Toni Brook', '--personally', '--directly'],
  ...['--matter', 'civil judicial', '--audit', AUDIT, '--stage', 'preparation'],
  ...['--aim', 'advocacy', '--aim', 'recovery', '--because', 'The suit rests on it.'],
  ...['--as', 'jordan-vale', '--where', inbox(justice)],
];

const recalling = ({ customs }: Three, item: string): readonly string[] => [
  ...['recall', reference, '--item', item, '--reason', 'Disclosed in error.'],
  ...['--as', 'casey-moor', '--where', inbox(customs)],
];

/** Every content that a case has ever had of an item, with the receipt of a look that once opened it. */
const seen = async (node: Node, item: string) => {
  const { receipt, bytes } = await looks(node, item);
  const [content = ''] = (await holdingOf(node, reference)).items.get(item)?.contents ?? [];
  assert.ok(bytes.length > 0);
  return { receipt, content };
};

const isGone = async (node: Node, { receipt, content }: Awaited<ReturnType<typeof seen>>): Promise<boolean> =>
  node.vault.open(receipt, content).then(
    () => false,
    (error: unknown) => {
      assert.match(String(error), /key was destroyed/);
      return true;
    },
  );

/** Somebody opens the node, does nothing, and closes it. */
const openedAndClosed = async ({ dir, database }: Node): Promise<void> => {
  const url = String(database.owner.options.connectionString);
  const node = await openNode(dir, { databaseUrl: url, now: () => NOW });
  assert.equal(node.undestroyed, undefined);
  await node.close();
};

const referral = async (t: TestContext, nodes: Three) => {
  const looked: Kill = { crash: { commit: 1, when: 'after' }, grown: true, packets: 0 };
  await t.test('referral recorded, its packet not yet written: with the act’s id', () =>
    walk(nodes, {
      name: 'refer',
      office: 'customs',
      to: 'justice',
      args: [...referring(nodes, ['purchases', 'sister-purchases']), '--act', actId(reference, 'refer')],
      kills: [
        // The look at the first item, the look at the second, and then the referral.
        looked,
        looked,
        recorded,
        { crash: { file: PART, when: 'during' }, grown: true, packets: 0 },
      ],
      packets: 1,
      records: [
        'item-opened',
        'item-opened',
        'may-i-answered',
        'item-asked-about',
        'item-asked-about',
        'item-referred',
        'item-referred',
      ],
    }),
  );
  await t.test('and without it: the same words make the same packet', () =>
    walk(nodes, {
      name: 'refer again',
      office: 'customs',
      to: 'justice',
      args: referring(nodes, ['royalties']),
      kills: [{ crash: { commit: 2, when: 'after' }, grown: true, packets: 1 }],
      packets: 2,
      records: ['item-opened', 'may-i-answered', 'item-referred'],
    }),
  );
  await t.test('referral received, and put away', () =>
    walk(nodes, {
      name: 'receive the referrals',
      office: 'justice',
      args: ['receive', '--as', 'toni-brook'],
      kills: [
        { ...recorded, packets: 2 },
        { crash: { file: FILED, when: 'after' }, grown: true, packets: 2 },
      ],
      packets: 0,
      records: ['referral-received', 'item-received', 'item-received', 'referral-received', 'item-received'],
    }),
  );
};

const recallDown = async (t: TestContext, nodes: Three) => {
  const sent = async () => (await exchangeWith(nodes.irs, 'customs')).sent.length;
  const [was, recalls] = [
    await sent(),
    async () => (await irsState(nodes.irs, reference)).given.recalls.size,
  ];
  await t.test('recall recorded, its packet not yet written', async () => {
    await walk(nodes, {
      name: 'recall',
      office: 'irs',
      to: 'customs',
      args: [...recalling(nodes, 'purchases'), '--act', actId(reference, 'recall')],
      kills: [before, recorded, { crash: { file: PART, when: 'during' }, grown: true, packets: 0 }],
      packets: 1,
      records: ['recall-made', 'item-recalled'],
    });
    assert.deepEqual([await sent(), await recalls()], [was + 1, 1]);
  });
  await t.test('and by the same words, without the act’s id', async () => {
    await walk(nodes, {
      name: 'recall again',
      office: 'irs',
      to: 'customs',
      args: recalling(nodes, 'royalties'),
      kills: [{ ...recorded, packets: 1 }],
      packets: 2,
      records: ['recall-made', 'item-recalled'],
    });
    assert.deepEqual([await sent(), await recalls()], [was + 2, 2]);
  });
  await t.test('recall received and recorded, and put away', async () => {
    const one = ['recall-received', 'item-recalled', 'notice-drafted'];
    await walk(nodes, {
      name: 'receive the recalls',
      office: 'customs',
      args: ['receive', '--as', 'jordan-vale'],
      kills: [
        { ...before, packets: 2 },
        { ...recorded, packets: 2 },
        { crash: { file: FILED, when: 'after' }, grown: true, packets: 2 },
      ],
      packets: 0,
      // Of royalties the importer's attorney was told too.
      records: [...one, ...one, 'notice-drafted'],
    });
    const [first] = await problemsOf(looks(nodes.customs, 'purchases'));
    assert.match(first.what, /was recalled/);
  });
  await t.test('recall forwarded to Justice', async () => {
    const args = [
      ...['recall', reference, '--forward', '--as', 'jordan-vale'],
      ...['--where', inbox(nodes.justice)],
    ];
    await walk(nodes, {
      name: 'forward',
      office: 'customs',
      to: 'justice',
      args,
      kills: [
        recorded,
        // The packet of the first is written now; then it dies before that of the second is.
        { crash: { commit: 1, when: 'after' }, grown: true, packets: 0 },
        { crash: { file: ARRIVES, when: 'after' }, grown: true, packets: 1 },
      ],
      packets: 2,
      records: ['recall-forwarded', 'recall-forwarded'],
    });
    const one = ['recall-received', 'item-recalled'];
    await walk(nodes, {
      name: 'receive at Justice',
      office: 'justice',
      args: ['receive', '--as', 'toni-brook'],
      kills: [{ ...recorded, packets: 2 }],
      packets: 0,
      records: [...one, ...one],
    });
    // Told again and received again: once.
    assert.equal((await waybill(nodes.customs, null, args)).code, 0);
    const events = (await caseEvents(nodes.justice)).length;
    assert.equal((await waybill(nodes.justice, null, ['receive', '--as', 'toni-brook'])).code, 0);
    assert.equal((await caseEvents(nodes.justice)).length, events);
  });
};

const destruction = async (
  t: TestContext,
  nodes: Three,
  looked: Readonly<Record<string, Awaited<ReturnType<typeof seen>>>>,
) => {
  const { customs, justice, irs } = nodes;
  const ending = (item: string, as: string): readonly string[] => [
    ...['end-use', reference, '--item', item, '--way', 'made undisclosable'],
    ...['--reason', 'Recalled.', '--as', as],
  ];
  const at = (key: string) => looked[key] ?? assert.fail(key);
  const id = [...(await irsState(irs, reference)).given.recalls.keys()][0] ?? '';

  await t.test('end of use recorded, keys not yet destroyed: opening the node is enough', async () => {
    const args = ending('purchases', 'toni-brook');
    const { killed, err } = await waybill(justice, { commit: 1, when: 'after' }, args);
    assert.ok(killed, err);
    assert.ok((await holdingOf(justice, reference)).items.get('purchases')?.ended !== undefined);
    assert.equal(await isGone(justice, at('justice')), false, 'the crash came too late to show anything');
    await openedAndClosed(justice);
    assert.equal(await isGone(justice, at('justice')), true);
    // Given again it is refused: there is nothing left to destroy.
    const again = await waybill(justice, null, args);
    assert.equal(again.code, 2, again.out);
    assert.match(again.err, /was made undisclosable on/);
    await hold(justice);
  });

  await t.test('the same command, with its id, is done once and destroys', async () => {
    const events = (await caseEvents(customs)).length;
    const args = [...ending('purchases', 'jordan-vale'), '--act', actId(reference, 'end')];
    for (const crash of [
      { commit: 1, when: 'before' },
      { commit: 1, when: 'after' },
    ] as const) {
      assert.ok((await waybill(customs, crash, args)).killed);
      assert.equal(await isGone(customs, at('customs')), false);
    }
    assert.equal((await waybill(customs, null, args)).code, 0);
    assert.equal(await isGone(customs, at('customs')), true);
    assert.deepEqual(await kinds(customs, events), ['use-ended']);
    await hold(customs);
  });

  await t.test('answer recorded, its packet not yet written; and what it says is true by then', async () => {
    const answering = (node: Node, up: Node, as: string, item: string): readonly string[] => [
      ...['answer-recall', reference, '--recall', id, '--item', item, '--as', as],
      ...['--holder', node === justice ? 'Justice' : 'Customs', '--how', 'made undisclosable'],
      ...['--where', inbox(up)],
    ];
    await walk(nodes, {
      name: 'answer of Justice',
      office: 'justice',
      to: 'customs',
      args: answering(justice, customs, 'toni-brook', 'purchases'),
      kills: [recorded],
      packets: 1,
      records: ['recall-answered'],
    });
    await walk(nodes, {
      name: 'receive the answer',
      office: 'customs',
      args: ['receive', '--as', 'jordan-vale'],
      kills: [{ ...recorded, packets: 1 }],
      packets: 0,
      records: ['recall-answered'],
    });
    await walk(nodes, {
      name: 'answer of Customs',
      office: 'customs',
      to: 'irs',
      args: answering(customs, irs, 'jordan-vale', 'purchases'),
      kills: [recorded],
      packets: 1,
      records: ['recall-answered'],
    });
    await walk(nodes, {
      name: 'receive the answers',
      office: 'irs',
      args: ['receive', '--as', 'casey-moor'],
      kills: [],
      packets: 0,
      records: ['recall-answered', 'recall-answered'],
    });
    const { answers = [] } = (await irsState(irs, reference)).given.recalls.get(id) ?? {};
    assert.deepEqual(answers.map(({ holder, how }) => `${holder} ${how}`).sort(), [
      'Customs made undisclosable',
      'Justice made undisclosable',
    ]);
  });

  await t.test('nothing that was made undisclosable opens, and the logs verify whole', async () => {
    for (const [node, key] of [
      [customs, 'customs'],
      [justice, 'justice'],
    ] as const) {
      assert.match((await problemsOf(looks(node, 'purchases')))[0].what, /recalled|ended/);
      assert.equal(await isGone(node, at(key)), true);
      // Nor in a packet or letter that showed it.
      for (const content of (await holdingOf(node, reference)).carried)
        await assert.rejects(node.vault.open(at(key).receipt, content));
    }
    await logsHold(nodes);
  });
};

test('kill -9 after the release', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  await disclosed(nodes);
  await engaged(nodes);
  await appearance(nodes);
  await shown(nodes, 'royalties');
  // The fixture's own packets were received from where they lie.
  for (const office of ['irs', 'customs'] as const)
    for (const name of await listPackets(inbox(nodes[office]))) rmSync(join(inbox(nodes[office]), name));
  const customs = await seen(nodes.customs, 'purchases');
  await t.test('the way to Justice', (t) => referral(t, nodes));
  const justice = await seen(nodes.justice, 'purchases');
  await t.test('a recall', (t) => recallDown(t, nodes));
  await t.test('destruction', (t) => destruction(t, nodes, { customs, justice }));
});
