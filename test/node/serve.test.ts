import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cast, keepers } from '../../src/cli/demo/people.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { parseVkey } from '../../src/custody/vkey.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { customsCase } from '../../src/office/customs.ts';
import { deliver } from '../../src/office/deliver.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { offices } from '../../src/office/gate.ts';
import { sendHead } from '../../src/office/heads.ts';
import { init } from '../../src/office/init.ts';
import { irsState, review } from '../../src/office/irs.ts';
import type { Node } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { type Served, serveNode } from '../../src/office/serve.ts';
import { formatCard, readCard } from '../../src/packet/card.ts';
import { newOfficeKeys } from '../../src/packet/keys.ts';
import { packetFileName, readPacketFile } from '../../src/packet/packet-file.ts';
import { PacketRefused } from '../../src/packet/refusal.ts';
import type { TlsIdentity } from '../../src/packet/tls-identity.ts';
import { listPackets } from '../../src/packet/transport-folder.ts';
import { deliverPacket } from '../../src/packet/transport-https-client.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import { cleared, exampleDocument, reference, requested, returns } from './three.fixture.ts';

const ITEMS = ['purchases'];
const CASEY = { person: 'casey-moor' };
const JORDAN = { person: 'jordan-vale' };

// TLS certificates are checked against the true hour, whatever hour the nodes act in.
const now = () => Date.now();

/** A port of loopback that nobody listens on: a card names it before its node is served. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

interface Answered {
  readonly status: number;
  readonly body: Buffer;
}

/** GET of exactly this path: nothing takes the dots out of it on the way. */
const got = (base: string, path: string, identity?: TlsIdentity & { ca: string }): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const where = { hostname, port, path, agent: false };
    const taken = (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    };
    const sent =
      identity === undefined
        ? httpGet(where, taken)
        : httpsGet({ ...where, ...identity, checkServerIdentity: () => undefined }, taken);
    sent.on('error', reject);
  });

const sizeOf = async ({ views, log, card }: Node): Promise<number> =>
  openCheckpoint((await views.head(log)) ?? '', parseVkey(card.vkey)).size;

test('three nodes, served to one another', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-served-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const ports = new Map<Office, number>();
  const made = new Map<Office, Node>();
  for (const office of offices) {
    const port = await freePort();
    ports.set(office, port);
    const keeper = keepers[office];
    const founding = {
      office,
      origin: `${office}.waybill.example/log`,
      url: `https://127.0.0.1:${port}/packets`,
      keeper,
    };
    const node = await init(join(dir, office), founding, { databaseUrl: await testDatabaseUrl(t), now });
    t.after(() => node.close());
    made.set(office, node);
    for (const { id, name, title, duties, capacity } of cast[office]) {
      await changeDirectory(node, { person: keeper.id }, { act: 'add person', id, name });
      await changeDirectory(
        node,
        { person: keeper.id },
        {
          act: 'give title',
          person: id,
          title,
          from: node.when().day,
          duties,
          ...(capacity === undefined ? {} : { capacity }),
        },
      );
    }
  }
  const nodeOf = (office: Office): Node => made.get(office) ?? assert.fail(office);
  const nodes = { irs: nodeOf('irs'), customs: nodeOf('customs'), justice: nodeOf('justice') };
  const { irs, customs, justice } = nodes;
  for (const own of offices)
    for (const other of offices)
      if (own !== other)
        await addOffice(nodes[own], { person: keepers[own].id }, formatCard(nodes[other].card));

  const served = async (office: Office, person: string): Promise<Served> => {
    const port = ports.get(office);
    const one = await serveNode(nodes[office], { person }, port === undefined ? {} : { packets: port });
    t.after(() => one.close());
    return one;
  };
  const atIrs = await served('irs', 'casey-moor');
  const atCustoms = await served('customs', 'jordan-vale');
  const inbox = ({ dir }: Node) => join(dir, 'inbox');
  const waiting = (node: Node) => listPackets(inbox(node));
  /** A person takes what lies in the inbox. */
  const taken = async (node: Node, person: string, name: string) => {
    const file = join(inbox(node), name);
    const received = await receive(node, { person }, await readPacketFile(file));
    rmSync(file);
    return received;
  };

  await t.test('the card says where the node takes packets, and it does', () => {
    const card = readCard(readFileSync(join(irs.dir, 'office.json'), 'utf8'));
    assert.equal(card.url, `https://127.0.0.1:${ports.get('irs')}/packets`);
    assert.equal(atIrs.packets, card.url);
  });

  await t.test('a request goes there, and its answer comes back', async () => {
    const sent = await requested(nodes, exampleDocument(ITEMS));
    const before = await sizeOf(irs);
    assert.equal(await deliver(customs, 'irs', sent, 'https'), `delivered to ${atIrs.packets}`);
    assert.equal(await deliver(customs, 'irs', sent, 'https'), `delivered to ${atIrs.packets}`);
    const [name, ...others] = await waiting(irs);
    assert.deepEqual(others, [], 'the same packet lies there once');
    assert.equal(name, packetFileName((await dispatch(customs, 'irs', sent)).id));
    assert.equal(await sizeOf(irs), before, 'nobody’s name stands in the record for a machine’s act');
    assert.equal((await irsState(irs, reference)).request, undefined);

    const received = await taken(irs, 'casey-moor', name);
    assert.deepEqual([received.kind, received.from, received.case], ['request', 'customs', reference]);
    const [first] = await irs.views.stream('irs', `case/${reference}`);
    assert.deepEqual([first?.kind, first?.person], ['request-received', 'Casey Moor']);
    await deliver(customs, 'irs', sent, 'https');
    assert.deepEqual(await waiting(irs), [], 'what has been received does not come again');

    await cleared(nodes, ITEMS);
    await review(irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
    await deliver(irs, 'customs', await release(irs, CASEY, reference, returns), 'https');
    const [answer = ''] = await waiting(customs);
    assert.equal((await taken(customs, 'jordan-vale', answer)).kind, 'answer');
    assert.equal((await customsCase(customs, reference)).items.get('purchases')?.outcome, 'disclosed');
  });

  await t.test('nobody but the offices whose cards are known gets a word', async () => {
    const { bytes } = await dispatch(customs, 'irs', await sendHead(customs, JORDAN, 'irs'));
    const stranger = await newOfficeKeys('customs', customs.card.origin, new Date(now()));
    const before = await sizeOf(irs);
    const ca = irs.card.tls;
    await assert.rejects(deliverPacket(bytes, irs.card, stranger.tls), (error: unknown) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problems[0].kind, 'not-delivered');
      return true;
    });
    await assert.rejects(got(atIrs.packets, '/packets', { ...stranger.tls, ca }));
    await assert.rejects(got(atIrs.packets, '/packets', { key: '', cert: '', ca }));
    // Nor is a packet given to a server that shows another certificate than the card’s.
    const posing = { ...irs.card, tls: stranger.tls.cert };
    await assert.rejects(
      deliverPacket(bytes, posing, customs.secrets.keys.tls),
      /did not take the connection/,
    );
    assert.equal(await sizeOf(irs), before);
    assert.deepEqual(await waiting(irs), []);
  });

  await t.test('what is refused is recorded, and the sender is told why', async () => {
    const sent = await sendHead(customs, JORDAN, 'irs');
    const { bytes } = await dispatch(customs, 'irs', sent);
    const altered = Buffer.from(bytes);
    altered[altered.length - 5] = altered[altered.length - 5] === 65 ? 66 : 65;
    const toJustice = await dispatch(customs, 'justice', await sendHead(customs, JORDAN, 'justice'));
    for (const [why, packet, by] of [
      ['altered', altered, customs],
      ['not-a-packet', Buffer.from('garbage'), customs],
      ['not-for-us', toJustice.bytes, customs],
      ['another-sender', bytes, justice],
    ] as const) {
      const gate = (await irs.views.stream('irs', 'gate')).length;
      await assert.rejects(deliverPacket(packet, irs.card, by.secrets.keys.tls), (error: unknown) => {
        assert.ok(error instanceof PacketRefused, String(error));
        assert.equal(error.why, why);
        assert.match(error.message, /The receiving office refused it/);
        return true;
      });
      const [event, ...more] = (await irs.views.stream('irs', 'gate')).slice(gate);
      assert.deepEqual([event?.kind, event?.person, more], ['packet-refused', 'Casey Moor', []]);
      assert.equal((event?.data as { why?: string }).why, why);
      assert.deepEqual(await waiting(irs), []);
    }
    await deliver(customs, 'irs', sent, 'https');
    const [name = ''] = await waiting(irs);
    assert.equal((await taken(irs, 'casey-moor', name)).kind, 'head');
  });

  await t.test('an office that is not there at the moment: the same command, later', async () => {
    const sent = await sendHead(customs, JORDAN, 'justice');
    await assert.rejects(deliver(customs, 'justice', sent, 'https'), /did not take the connection/);
    const atJustice = await served('justice', 'toni-brook');
    assert.equal(await deliver(customs, 'justice', sent, 'https'), `delivered to ${atJustice.packets}`);
    const [name = ''] = await waiting(justice);
    assert.equal((await taken(justice, 'toni-brook', name)).kind, 'head');
  });

  await t.test('anyone verifies the log by what is served, and nothing else', async () => {
    for (const [node, { log }] of [
      [irs, atIrs],
      [customs, atCustoms],
    ] as const) {
      assert.match(log, /\/log\/$/);
      const asked: string[] = [];
      const report = await verifyLog(
        async (path) => {
          asked.push(path);
          const { status, body } = await got(log, `/log/${path}`);
          return status === 200 ? body : undefined;
        },
        { log: parseVkey(node.card.vkey), known: [(await node.views.head(node.log)) ?? ''] },
      );
      assert.deepEqual([report.findings, report.goesOnFrom], [[], 1]);
      assert.equal(report.head.size, await sizeOf(node));
      assert.ok(asked.some((path) => path.startsWith('tile/entries/')));
      const vkey = await got(log, '/log/vkey');
      assert.equal(vkey.body.toString(), `${node.card.vkey}\n`);
    }
  });

  await t.test('no path leads to the log of the review', async () => {
    const size = await sizeOf(irs);
    const reviewHead = (await irs.views.head('irs-review')) ?? '';
    const reviewSize = Number(reviewHead.split('\n')[1]);
    const [origin = ''] = reviewHead.split('\n');
    assert.ok(origin !== '' && reviewSize > 0);
    const files = [
      'checkpoint',
      'vkey',
      ...[size, reviewSize].flatMap((width) => [`tile/0/000.p/${width}`, `tile/entries/000.p/${width}`]),
    ];
    const ways = [
      'log/irs-review/',
      'irs-review/log/',
      'irs-review/',
      'log/review/',
      'log/../irs-review/',
      'log/%2e%2e/irs-review/',
      'log/..%2firs-review%2f',
      'log//irs-review/',
      'log/2/',
      'log/',
      'LOG/irs-review/',
    ];
    const known = new Map<string, Buffer>();
    known.set('vkey', Buffer.from(`${irs.card.vkey}\n`));
    for (const file of files) {
      const bytes = await irs.views.file('irs', file);
      if (bytes !== undefined) known.set(file, Buffer.from(bytes));
    }
    let answered = 0;
    for (const way of ways)
      for (const file of files)
        for (const path of [
          `/${way}${file}`,
          `/${way}${file}?log=irs-review`,
          `http://irs-review/${way}${file}`,
        ]) {
          const { status, body } = await got(atIrs.log, path);
          assert.ok(!body.includes(origin), path);
          if (status !== 200) continue;
          answered++;
          assert.deepEqual(body, known.get(file), path);
        }
    assert.ok(answered > 0);
    const { tls } = customs.secrets.keys;
    for (const path of [
      '/log/checkpoint',
      '/irs-review/checkpoint',
      '/packets',
      '/packets/../log/checkpoint',
    ]) {
      const { status } = await got(atIrs.packets, path, { ...tls, ca: irs.card.tls });
      assert.ok(status === 404 || status === 405, `${path}: ${status}`);
    }
  });
});
