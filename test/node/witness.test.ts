import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { parseVkey } from '../../src/custody/vkey.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import type { Order } from '../../src/office/act.ts';
import { backup, restore } from '../../src/office/backup.ts';
import { draftRequest, signRequest, withdrawRequest } from '../../src/office/customs.ts';
import { openItem } from '../../src/office/look.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { offices } from '../../src/office/gate.ts';
import { sendHead } from '../../src/office/heads.ts';
import { locate, review } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { formatCard } from '../../src/packet/card.ts';
import { PacketRefused, type Why } from '../../src/packet/refusal.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import { brought, exampleDocument, reference, requested, returns, threeOffices } from './three.fixture.ts';

const senders: Readonly<Record<Office, Order>> = {
  irs: { person: 'casey-moor' },
  customs: { person: 'jordan-vale' },
  justice: { person: 'toni-brook' },
};
const JORDAN = senders.customs;
const NELL = { person: 'nell-quay' };

const headsOf = ({ logs, views }: Node) => Promise.all(logs.map((log) => views.head(log)));

/** A head in the words that an inspector compares. */
const inWords = (node: Pick<Node, 'card'>, note: string | undefined): string => {
  const { size, root } = openCheckpoint(note ?? '', parseVkey(node.card.vkey));
  return `size ${size}, root ${Buffer.from(root).toString('base64')}`;
};

const headFrom = async (node: Node, to: Office): Promise<Uint8Array> =>
  (await dispatch(node, to, await sendHead(node, senders[node.office], to))).bytes;

const caught = async (attempt: Promise<unknown>): Promise<ProblemError> => {
  const error = await attempt.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  return error;
};

/** Each act is refused because the node has stopped, and leaves no trace. */
const allStopped = async (
  node: Node,
  acts: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<void> => {
  const before = await headsOf(node);
  for (const [what, attempt] of Object.entries(acts)) {
    const [problem] = (await caught(attempt())).problems;
    assert.equal(problem.kind, 'log-forked', `${what}: ${problem.what}`);
    assert.match(problem.what, /This node has stopped|has seen a head of this log/, what);
    assert.deepEqual(await headsOf(node), before, `${what} was recorded`);
  }
};

test('the offices witness one another, and a log that was cut back goes no further', async (t) => {
  const nodes = await threeOffices(t);
  const { irs, customs, justice, dir, clock } = nodes;
  const around = async () => ({ databaseUrl: await testDatabaseUrl(t), now: () => clock.now });
  const restoredFrom = async (from: string, to: string): Promise<Node> => {
    const keyFile = join(customs.dir, 'keys', 'master.key');
    const asked = { from, to: join(dir, to), keyFile, seen: [], without: ['irs', 'justice'] as const };
    const node = await restore(asked, NELL, await around());
    t.after(() => node.close());
    return node;
  };
  const exchanged = async (): Promise<void> => {
    for (const from of offices)
      for (const to of offices)
        if (from !== to) {
          const receipt = await sendHead(nodes[from], senders[from], to);
          await brought(nodes, from, to, receipt, senders[to].person);
        }
  };
  const [first, second] = [join(dir, 'first-backup'), join(dir, 'second-backup')];
  await backup(customs, first);
  await exchanged();
  await backup(customs, second);

  await t.test('each has the others’ cosignature of a head of its own', async () => {
    await exchanged();
    for (let n = 0; n < 2; n++)
      await brought(nodes, 'customs', 'irs', await sendHead(customs, JORDAN, 'irs'), 'casey-moor');
    for (const own of offices)
      for (const other of offices) {
        if (own === other) continue;
        const witness = parseVkey(nodes[other].card.cosigner);
        const log = parseVkey(nodes[own].card.vkey);
        const { acknowledged } = await exchangeWith(nodes[own], other);
        const { seen } = await exchangeWith(nodes[other], own);
        for (const note of [acknowledged, seen]) {
          assert.ok(note !== undefined, `${own}, ${other}`);
          const head = openCheckpoint(note, log, [witness]);
          assert.ok(
            head.by.some(({ key }) => key === witness),
            `${other} has not cosigned a head of ${own}`,
          );
          const kept = await nodes[own].views.headAt(own, head.size);
          assert.equal(inWords(nodes[own], kept), inWords(nodes[own], note));
        }
      }
  });

  // The disk of Customs breaks, and it is restored from before all this: nobody asks the others what they have seen.
  const restored = await restoredFrom(second, 'restored');
  const seen = (await exchangeWith(irs, 'customs')).seen ?? '';
  const { size: known } = openCheckpoint(seen, parseVkey(customs.card.vkey));
  const restoredSize = async () =>
    openCheckpoint((await restored.views.head('customs')) ?? '', parseVkey(customs.card.vkey)).size;
  const refusedByIrs = async (why: Why): Promise<void> => {
    const bytes = await headFrom(restored, 'irs');
    const shown = inWords(restored, await restored.views.head('customs'));
    const gate = (await irs.views.stream('irs', 'gate')).length;
    const error = await caught(receive(irs, senders.irs, bytes));
    assert.ok(error instanceof PacketRefused, error.message);
    assert.equal(error.why, why);
    assert.ok(error.message.includes(inWords(customs, seen)), `the head known: ${error.message}`);
    assert.ok(error.message.includes(shown), `the head shown: ${error.message}`);
    assert.match(error.problems[0].next, /inspector/);
    assert.equal((await exchangeWith(irs, 'customs')).seen, seen, 'the head known stays');
    const [recorded] = (await irs.views.stream('irs', 'gate')).slice(gate);
    assert.equal((recorded?.data as { why?: string }).why, why);
  };

  await t.test('a sender whose log is shorter than it was', async () => {
    assert.ok((await restoredSize()) + 1 < known);
    await refusedByIrs('rolled-back');
  });

  await t.test('a sender whose log has grown again to the size it had', async () => {
    while ((await restoredSize()) + 1 < known) await sendHead(restored, JORDAN, 'irs');
    await refusedByIrs('forked');
  });

  await t.test('a sender whose log has grown beyond it', () => refusedByIrs('forked'));

  await t.test('a head that was cosigned stops the node that does not have it any more', async () => {
    await draftRequest(restored, JORDAN, reference, exampleDocument());
    const bytes = await headFrom(irs, 'customs');
    const own = await restored.views.head('customs');
    const { message, problems } = await caught(receive(restored, JORDAN, bytes));
    assert.equal(problems[0].kind, 'log-forked');
    assert.match(message, /irs has seen a head of this log that is not in it/);
    assert.ok(message.includes(inWords(customs, seen)), message);
    assert.ok(message.includes(inWords(restored, own)), message);
    const file = join(restored.dir, 'stopped.json');
    const { seenBy, ...heads } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    assert.equal(seenBy, 'irs');
    assert.equal(inWords(customs, heads.seen), inWords(customs, seen));
    assert.equal(heads.own, own);

    const add = { act: 'add person', id: 'kit-ames', name: 'Kit Ames' };
    await allStopped(restored, {
      'the same packet': () => receive(restored, JORDAN, bytes),
      'a packet of another office': async () => receive(restored, JORDAN, await headFrom(justice, 'customs')),
      'a packet that is none': () => receive(restored, JORDAN, Buffer.from('x')),
      'a draft': () => draftRequest(restored, JORDAN, reference, exampleDocument()),
      'a signature': () => signRequest(restored, { person: 'robin-alder' }, reference),
      'a withdrawal': () => withdrawRequest(restored, JORDAN, reference, 'No.'),
      'a head': () => sendHead(restored, JORDAN, 'irs'),
      'a look': () =>
        openItem(restored, JORDAN, { case: reference, item: 'purchases', because: 'x', audit: 'x' }),
      'a person': () => changeDirectory(restored, NELL, add),
      'a card': () => addOffice(restored, NELL, formatCard(irs.card)),
    });
    const { connectionString: databaseUrl } = restored.database.owner.options;
    await allStopped(restored, {
      'opened again': () =>
        openNode(restored.dir, { databaseUrl: String(databaseUrl), now: () => clock.now }),
    });
    // What came from Justice is evidence too, but not in the place of the first.
    const { root } = openCheckpoint(seen, parseVkey(customs.card.vkey));
    assert.ok(
      readFileSync(file, 'utf8').includes(Buffer.from(root).toString('base64')),
      'the evidence of the IRS is gone',
    );
  });

  await t.test('also where it was restored from before the first packet', async () => {
    const older = await restoredFrom(first, 'restored-from-the-first');
    const { problems } = await caught(receive(older, JORDAN, await headFrom(irs, 'customs')));
    assert.equal(problems[0].kind, 'log-forked', problems[0].what);
    assert.ok(existsSync(join(older.dir, 'stopped.json')));
  });

  await t.test('and the node that has it takes the very same packet', async () => {
    const receipt = await sendHead(irs, senders.irs, 'customs');
    await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
    assert.ok(!existsSync(join(customs.dir, 'stopped.json')));
    const sent = await requested(nodes, exampleDocument(['purchases']));
    await brought(nodes, 'customs', 'irs', sent, 'casey-moor');
  });

  await t.test('a stopped IRS acts in neither of its logs', async (t) => {
    const file = join(irs.dir, 'stopped.json');
    writeFileSync(file, '{}');
    t.after(() => rmSync(file));
    const [ALEX, DREW] = [{ person: 'alex-firth' }, { person: 'drew-haven' }];
    const located = { case: reference, item: 'purchases', source: 'return', file: 'harbor-lamp-2021.xml' };
    await allStopped(irs, {
      locates: () => locate(irs, ALEX, { ...located, source: 'return' }, returns),
      finds: () =>
        review(
          irs,
          { person: 'sam-torr' },
          { act: 'finding', case: reference, finds: 'treaty', answer: 'none', reason: 'x' },
        ),
      declines: () => review(irs, ALEX, { act: 'decline', case: reference, reason: 'x' }),
      approves: () => review(irs, DREW, { act: 'approve', case: reference }),
      releases: () => release(irs, senders.irs, reference, returns),
      'sends its head': () => sendHead(irs, senders.irs, 'justice'),
    });
  });
});
