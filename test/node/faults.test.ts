import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { CompactEncrypt } from 'jose';
import { toBase64 } from '../../src/custody/base64.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { sha256 } from '../../src/ground/digest.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import type { Order } from '../../src/office/act.ts';
import { backup, restore } from '../../src/office/backup.ts';
import { chainOf } from '../../src/office/custody.ts';
import { draftRequest, sendRequest, signRequest, withdrawRequest } from '../../src/office/customs.ts';
import { openItem, openLetter } from '../../src/office/look.ts';
import { deliver } from '../../src/office/deliver.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { sendHead } from '../../src/office/heads.ts';
import { init } from '../../src/office/init.ts';
import { locate, review } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import type { OfficeCard } from '../../src/packet/card.ts';
import { formatCard } from '../../src/packet/card.ts';
import { thumbprint } from '../../src/packet/jwk.ts';
import { newPersonKey } from '../../src/packet/keys.ts';
import {
  type FictionalOffice,
  headAt,
  iso,
  newOffice,
  packetOf,
  payloadOf,
  proofFrom,
  receiptOf,
  record,
} from '../../src/packet/packet.fixture.ts';
import { packetFileName } from '../../src/packet/packet-file.ts';
import { PacketRefused, type Why, sentenceOf } from '../../src/packet/refusal.ts';
import { JWE_ALG, JWE_CTY, JWE_ENC, sealPacket } from '../../src/packet/seal.ts';
import { listPackets } from '../../src/packet/transport-folder.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import type { Receipt } from '../../src/store/types.ts';
import { CLOCK, TELL_MEMORY } from './crash-child.ts';
import { exampleDocument, reference, requested, returns, threeOffices } from './three.fixture.ts';

const NOW = Date.UTC(2026, 2, 16, 15);
const CASEY = { person: 'casey-moor' };
const JORDAN = { person: 'jordan-vale' };
/** Stands in the body of what is refused, and must stand nowhere afterwards. */
const PLANTED = 'Quillfeather Vantry (fictional)';

const sizeOf = async ({ views, log, signer }: Node): Promise<number> => {
  const head = await views.head(log);
  return head === undefined ? 0 : openCheckpoint(head, signer(log).verifier).size;
};

const contents = async ({ database }: Node): Promise<number> =>
  (await database.owner.query('select from waybill.content')).rowCount ?? 0;

/** Gives a packet in, which must be refused, recorded as a refused attempt by its digest, and leave nothing else. */
const refusal = async (
  node: Node,
  bytes: Uint8Array,
  via?: Office,
  order: Order = CASEY,
): Promise<ProblemError> => {
  const [entries, stored] = [await sizeOf(node), await contents(node)];
  const error = await receive(node, order, bytes, via).then(
    () => assert.fail('the packet was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  assert.doesNotMatch(error.message, /Quillfeather/);
  assert.equal(await sizeOf(node), entries + 1, `not recorded as a refused attempt: ${error.message}`);
  assert.equal(await contents(node), stored, 'something of it was stored');
  const event = await node.views.event(node.log, entries);
  assert.equal(event?.kind, 'packet-refused');
  assert.equal(event.packet, sha256(bytes));
  const { why, bytes: length } = event.data as { why: string; bytes: number };
  assert.equal(length, bytes.length);
  assert.equal(why, error instanceof PacketRefused ? error.why : error.problems[0].kind);
  assert.doesNotMatch(JSON.stringify(event), /Quillfeather/);
  return error;
};

const refused = async (why: Why, node: Node, bytes: Uint8Array, via?: Office): Promise<void> => {
  const error = await refusal(node, bytes, via);
  assert.ok(error instanceof PacketRefused, error.message);
  assert.equal(error.why, why);
  assert.equal(error.problems[0].next, sentenceOf(why).next);
};

/** Someone who has an office's keys and another log: the office itself, if it lies, or whoever has broken into it. */
const liar = (node: Node, entries: number): FictionalOffice => {
  const office: FictionalOffice = {
    keys: node.secrets.keys,
    card: node.card,
    logSigner: node.signer(node.log),
    person: newPersonKey(),
    entries: [],
    fields: [],
  };
  for (let n = 0; n < entries; n++) record(office, { kind: 'made up' });
  return office;
};

/** Seals anything at all to an office. */
const sealed = async (plaintext: object, card: OfficeCard): Promise<Uint8Array> => {
  const kid = await thumbprint(card.sealing);
  const text = await new CompactEncrypt(Buffer.from(JSON.stringify(plaintext)))
    .setProtectedHeader({ alg: JWE_ALG, enc: JWE_ENC, kid, cty: JWE_CTY })
    .encrypt({ ...card.sealing });
  return Buffer.from(text);
};

type Made = Awaited<ReturnType<typeof packetOf>>;

const plain = ({ jws, receipt, consistency }: Pick<Made, 'jws' | 'receipt' | 'consistency'>) => ({
  jws,
  receipt,
  consistency: consistency.map(({ from, path }) => ({ from, hashes: path.map(toBase64) })),
});

/** The last letter of a signature, turned so that it is still base64url. */
const flipped = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

test('packets that are not what they should be', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  const { customs, irs, justice, clock } = nodes;
  const request = async (office: FictionalOffice, more: Parameters<typeof payloadOf>[2] = {}) =>
    packetOf(
      office,
      payloadOf(office, 'irs', { at: iso(NOW / 1000), body: { planted: PLANTED }, ...more }),
      [0],
    );

  const withheld = await sendHead(customs, JORDAN, 'irs');
  const late = await dispatch(customs, 'irs', withheld);
  const sent = await requested(nodes);
  const good = await dispatch(customs, 'irs', sent);
  const first = await receive(irs, CASEY, good.bytes);
  const seen = Number((await exchangeWith(irs, 'customs')).seen?.split('\n')[1]);
  const text = Buffer.from(good.bytes).toString('latin1');

  await t.test('altered in any region, and cut off anywhere', async () => {
    const parts = text.split('.');
    for (const [region, part] of parts.entries()) {
      if (part === '') continue;
      const at = parts.slice(0, region).join('.').length + 1 + Math.floor(part.length / 2);
      const bytes = Buffer.from(text);
      bytes[at] = bytes[at] === 65 ? 66 : 65;
      await refusal(irs, bytes);
    }
    await refused('altered', irs, Buffer.from(text.replace(/\.[^.]{4}([^.]*)$/, '.AAAA$1')));
    await refused('truncated', irs, Buffer.from(text.slice(0, text.length / 2)));
    await refused('truncated', irs, Buffer.from(text.slice(0, -8)));
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const bytes = Buffer.from(cut ? text.slice(0, at) : text);
        if (!cut && bytes[at] === byte) return;
        if (!cut) bytes[at] = byte;
        assert.ok((await refusal(irs, bytes)) instanceof PacketRefused);
      }),
      { numRuns: 25 },
    );
  });

  await t.test('garbage of every size', async () => {
    await refused('not-a-packet', irs, Buffer.alloc(0));
    await refused('not-a-packet', irs, randomBytes(100_000));
    await refused('truncated', irs, Buffer.from(`eyJ${'A'.repeat(8_000_000)}`));
    await refused('not-a-packet', irs, Buffer.from(`eyJ${'.'.repeat(8_000_000)}`));
    await refused(
      'alg',
      irs,
      Buffer.from(text.replace(/^[^.]*/, Buffer.from('{"alg":"none"}').toString('base64url'))),
    );
    await refused('not-a-packet', irs, await sealed({ jws: PLANTED }, irs.card));
  });

  await t.test('for another office', async () => {
    const error = await refusal(justice, good.bytes, undefined, { person: 'toni-brook' });
    assert.equal((error as PacketRefused).why, 'not-for-us');
    const sender = liar(customs, seen);
    const other = await packetOf(sender, payloadOf(sender, 'justice', { at: iso(NOW / 1000) }), [0]);
    await refused('not-for-us', irs, await sealed(plain(other), irs.card));
  });

  await t.test('from another office, or from none', async () => {
    const stranger = await newOffice('customs');
    await refused('unknown-office', irs, await sealed(plain(await request(stranger)), irs.card));
    await refused('another-sender', irs, good.bytes, 'justice');
    const posing = { ...liar(justice, 3), keys: { ...justice.secrets.keys, office: 'customs' as const } };
    await refused('another-sender', irs, await sealed(plain(await request(posing)), irs.card));
    const error = await refusal(irs, await sealed(plain(await request(liar(justice, 3))), irs.card));
    assert.equal(error.problems[0].kind, 'packet-refused');
  });

  await t.test('signed wrongly', async () => {
    const { jws, ...rest } = plain(await request(liar(customs, seen)));
    const [office, person] = jws.signatures;
    assert.ok(office && person);
    const broken = (one: typeof office) => ({ ...one, signature: flipped(one.signature) });
    const signed = (...signatures: (typeof office)[]) =>
      sealed({ ...rest, jws: { ...jws, signatures } }, irs.card);
    await refused('wrong-office-signature', irs, await signed(broken(office), person));
    await refused('wrong-person-signature', irs, await signed(office, broken(person)));
    await refused('wrong-person-signature', irs, await signed(office));
    await refused('wrong-office-signature', irs, await signed());
  });

  await t.test('without its receipt, with a broken one, or with that of another', async () => {
    const sender = liar(customs, seen);
    const { receipt, ...rest } = plain(await request(sender));
    await refused('receipt-missing', irs, await sealed(rest, irs.card));
    await refused('receipt-broken', irs, await sealed({ ...rest, receipt: flipped(receipt) }, irs.card));
    const other = await receiptOf(sender, 0);
    await refused('receipt-not-of-this-packet', irs, await sealed({ ...rest, receipt: other }, irs.card));
  });

  await t.test('a second packet under the id of the first', async () => {
    const reused = await request(liar(customs, seen), { id: good.id });
    await refused('id-reused', irs, await sealPacket(reused, irs.card));
  });

  await t.test('with a head of ours that we never signed', async () => {
    const { note: cosigned } = headAt(liar(irs, 2));
    await refused(
      'cosignature-broken',
      irs,
      await sealPacket({ ...(await request(liar(customs, seen))), cosigned }, irs.card),
    );
  });

  await t.test('with an older head, with another history, and with no proof', async () => {
    await refused('rolled-back', irs, late.bytes);
    const fork = liar(customs, seen);
    const made = await request(fork);
    await refused(
      'forked',
      irs,
      await sealPacket({ ...made, consistency: [await proofFrom(fork, seen)] }, irs.card),
    );
    await refused('out-of-order', irs, await sealPacket({ ...made, consistency: [] }, irs.card));
    const equal = await request(liar(customs, seen - 1));
    const error = await refusal(irs, await sealPacket(equal, irs.card));
    assert.equal((error as PacketRefused).why, 'forked');
    // Both heads are shown, for the inspector.
    const words = error.problems.map((one) => Object.values(one).join('\n')).join('\n');
    assert.match(words, new RegExp(`size ${seen}[^]*size ${seen}`));
  });

  await t.test('signed under a title that has lapsed, is not yet in force, or in the future', async () => {
    const keeper = { person: 'nell-quay' };
    await changeDirectory(customs, keeper, { act: 'add person', id: 'kit-ames', name: 'Kit Ames' });
    const given = { act: 'give title', person: 'kit-ames', title: 'Courier', duties: ['sends'] };
    await changeDirectory(customs, keeper, { ...given, from: '2026-03-16', to: '2026-03-17' });
    const receipt = await sendHead(customs, { person: 'kit-ames' }, 'irs');
    const { bytes } = await dispatch(customs, 'irs', receipt);
    const days = 24 * 3600 * 1000;
    clock.now = NOW - 3600 * 1000;
    await refused('from-the-future', irs, bytes);
    clock.now = NOW + 2 * days;
    await refused('title-lapsed', irs, bytes);
    clock.now = NOW;
    const early = await request(liar(customs, seen), { at: '2025-12-31T12:00:00Z' });
    await refused('title-not-yet', irs, await sealPacket(early, irs.card));
  });

  await t.test('replayed: the first receipt, and nothing done twice', async () => {
    const entries = await sizeOf(irs);
    const again = await receive(irs, CASEY, good.bytes);
    assert.deepEqual(again.receipt, { ...first.receipt, repeated: true });
    const anew = await dispatch(customs, 'irs', sent);
    assert.deepEqual((await receive(irs, CASEY, anew.bytes)).receipt.first, first.receipt.first);
    assert.equal(await sizeOf(irs), entries);
  });

  await t.test('a body that is not what the packet’s kind says', async (t) => {
    // Of a Customs system that is not ours, say: rightly signed and recorded, and wrong.
    const wrong = async (more: Parameters<typeof payloadOf>[2]) => {
      const receipt = await sendHead(customs, JORDAN, 'irs');
      await receive(irs, CASEY, (await dispatch(customs, 'irs', receipt)).bytes);
      const known = await sizeOf(customs);
      // The log goes on from what was seen: it is the true one, with one entry more.
      const sender = liar(customs, 0);
      for (let n = 0; n < known; n++) {
        const file = await customs.views.file('customs', `tile/entries/000.p/${known}`);
        sender.entries.push(Buffer.from(file ?? []).subarray(n * 322 + 2, (n + 1) * 322));
        sender.fields.push({});
      }
      const payload = payloadOf(sender, 'irs', { at: iso(NOW / 1000), ...more });
      return sealPacket(await packetOf(sender, payload, [known]), irs.card);
    };
    for (const more of [
      { body: { planted: PLANTED } },
      { body: null },
      {
        body: { waybill: 'withdrawal/1', reference, reason: '', on: '2026-03-16' },
        kind: 'withdrawal' as const,
      },
      {
        case: 'CBP-2026-9999',
        body: { waybill: 'withdrawal/1', reference, reason: 'x', on: '2026-03-16' },
        kind: 'withdrawal' as const,
      },
    ])
      await t.test(`${more.kind ?? 'request'} ${JSON.stringify(more.body).slice(0, 30)}`, async () => {
        await refusal(irs, await wrong(more));
      });
  });
});

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));

/** The command line on a node; its exit code, what it said, and the most memory that it had, in kB. */
const waybill = async (node: Node, args: readonly string[]) => {
  const url = String(node.database.owner.options.connectionString);
  const { NODE_TEST_CONTEXT: _runner, ...rest } = process.env;
  const env = { ...rest, DATABASE_URL: url, [CLOCK]: String(NOW), [TELL_MEMORY]: '1' };
  const command = [CHILD, 'cli', 'null', ...args, '--data', node.dir];
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, command, { env }).then(
    (said) => ({ code: 0, ...said }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  const lines = stderr.trimEnd().split('\n');
  return { code, out: stdout, memory: Number(lines.pop()), err: lines.join('\n') };
};

test('waybill receive: what is bad is filed away as refused, 1 GB of it too, and what is good is taken all the same', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  const { customs, irs } = nodes;
  const { bytes } = await dispatch(customs, 'irs', await requested(nodes));
  const inbox = join(irs.dir, 'inbox');
  const put = (content: Uint8Array): string => {
    const name = packetFileName(randomUUIDv7());
    writeFileSync(join(inbox, name), content);
    return name;
  };
  const huge = put(Buffer.alloc(0));
  truncateSync(join(inbox, huge), 1024 ** 3);
  const bad = [huge, put(bytes.subarray(0, 5000)), put(randomBytes(5000))];
  const good = put(bytes);
  const entries = await sizeOf(irs);

  const { code, out, err, memory } = await waybill(irs, ['receive', '--as', 'casey-moor']);
  assert.equal(code, 1);
  assert.match(out, /A request from customs, case CBP-2026-0147: received/);
  for (const why of ['too-large', 'truncated', 'not-a-packet'] as const)
    assert.ok(err.includes(sentenceOf(why).what), err);
  assert.doesNotMatch(err, /\n +at |Error:/);
  assert.ok(memory < 400_000, `${memory} kB`);
  assert.deepEqual(await listPackets(inbox), []);
  assert.deepEqual(readdirSync(join(inbox, 'refused')).sort(), bad.sort());
  assert.deepEqual(readdirSync(join(inbox, 'received')), [good]);
  const gate = await irs.views.stream('irs', 'gate');
  assert.deepEqual(
    gate
      .filter(({ seq }) => seq >= entries)
      .map(({ data }) => (data as { why: string }).why)
      .sort(),
    ['not-a-packet', 'too-large', 'truncated'],
  );
});

const strange: Readonly<Record<string, string>> = {
  empty: '',
  dots: '../..',
  slash: 'a/b',
  quotes: `'"; drop table waybill.event; --`,
  newline: 'a\nb',
  nul: 'a\0b',
  escape: '\u001b[2J',
  surrogate: '\ud800',
  proto: '__proto__',
  long: 'x'.repeat(100_000),
};

/** Runs what a door would run. Whatever goes wrong must be a problem in words, never a fault of ours. */
const probe = () => {
  const faults: string[] = [];
  const ask = async (name: string, call: () => unknown): Promise<'done' | 'refused'> => {
    try {
      await call();
      return 'done';
    } catch (error) {
      if (!(error instanceof ProblemError)) faults.push(`${name}: ${String(error).slice(0, 160)}`);
      return 'refused';
    }
  };
  return {
    ask,
    /** It must not be done. */
    no: async (name: string, call: () => unknown): Promise<void> => {
      if ((await ask(name, call)) === 'done') faults.push(`${name}: it was done`);
    },
    fault: (what: string): void => {
      faults.push(what);
    },
    none: () => assert.deepEqual(faults, []),
  };
};

test('bad input to every function of an office is a problem in words', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  const { customs, irs } = nodes;
  const dir = mkdtempSync(join(tmpdir(), 'waybill-bad-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const look = { item: 'purchases', because: 'x', audit: 'TRA-2026-17' };
  const ROBIN = { person: 'robin-alder' };
  const KEEPER = { person: 'nell-quay' };
  const sent = await requested(nodes, exampleDocument(['purchases']));
  await receive(irs, CASEY, (await dispatch(customs, 'irs', sent)).bytes);

  await t.test('a case that is not there, under any name', async () => {
    const { no, none } = probe();
    for (const [name, given] of Object.entries({ ...strange, unknown: 'CBP-2026-9999' })) {
      await no(`sign ${name}`, () => signRequest(customs, ROBIN, given));
      await no(`send ${name}`, () => sendRequest(customs, JORDAN, given));
      await no(`withdraw ${name}`, () => withdrawRequest(customs, JORDAN, given, 'x'));
      await no(`open ${name}`, () => openItem(customs, JORDAN, { ...look, case: given }));
      await no(`open letter ${name}`, () => openLetter(customs, JORDAN, { ...look, case: given }));
      await no(`approve ${name}`, () =>
        review(irs, { person: 'drew-haven' }, { act: 'approve', case: given }),
      );
      await no(`locate ${name}`, () =>
        locate(
          irs,
          { person: 'alex-firth' },
          { case: given, item: 'x', source: 'return', file: 'x.xml' },
          returns,
        ),
      );
      await no(`release ${name}`, () => release(irs, CASEY, given, returns));
      await no(`custody ${name}`, () => chainOf(irs, given));
      // The wrong office has no such case either.
      await no(`custody of Justice ${name}`, () => chainOf(nodes.justice, given));
      await no(`release at Customs ${name}`, () => release(customs, JORDAN, given, returns));
    }
    none();
  });

  await t.test('a request under a strange reference goes all the way, or is not drafted', async () => {
    const { ask, no, none } = probe();
    for (const [name, given] of Object.entries(strange)) {
      const document = exampleDocument(['purchases']);
      const under = { ...document, request: { ...document.request, reference: given } };
      const draft = () => draftRequest(customs, JORDAN, given, under);
      if (/empty|newline|nul|escape|surrogate|long/.test(name)) {
        await no(`draft ${name}`, draft);
        continue;
      }
      if ((await ask(`draft ${name}`, draft)) === 'refused') continue;
      await ask(`sign ${name}`, () => signRequest(customs, ROBIN, given));
      await ask(`send ${name}`, async () => {
        const receipt = await sendRequest(customs, JORDAN, given);
        await deliver(customs, 'irs', receipt, join(dir, 'out'));
        await receive(irs, CASEY, (await dispatch(customs, 'irs', receipt)).bytes);
      });
    }
    // No name of a file has anything of a reference in it.
    for (const name of existsSync(join(dir, 'out')) ? readdirSync(join(dir, 'out')) : [])
      assert.match(name, /^[0-9a-f-]{36}\.waybill$/);
    none();
  });

  await t.test('a person, title, act or step that cannot be', async () => {
    const { no, none } = probe();
    for (const [name, given] of Object.entries({ ...strange, unknown: 'nobody-here' })) {
      await no(`person ${name}`, () => sendHead(customs, { person: given }, 'irs'));
      await no(`title ${name}`, () => sendHead(customs, { ...JORDAN, title: given }, 'irs'));
      await no(`act ${name}`, () => sendHead(customs, { ...JORDAN, id: given }, 'irs'));
      await no(`office ${name}`, () => sendHead(customs, JORDAN, given as Office));
    }
    for (const expect of [NaN, -1, 1.5, 1e300])
      await no(`step ${expect}`, () => sendHead(customs, { ...JORDAN, expect }, 'irs'));
    await no('itself', () => sendHead(customs, JORDAN, 'customs'));
    none();
  });

  await t.test(
    'a directory of strange people: none of them, entered once, is then a fault of ours',
    async () => {
      const { ask, no, none } = probe();
      const give = (person: string, title: string) => ({
        ...{ act: 'give title', person, title, from: '2026-03-16', duties: ['sends'] },
      });
      for (const [name, given] of Object.entries(strange)) {
        await no(`id ${name}`, () =>
          changeDirectory(customs, KEEPER, { act: 'add person', id: given, name: 'x' }),
        );
        await no(`title of ${name}`, () => changeDirectory(customs, KEEPER, give(given, 'Clerk')));
        for (const [part, person, title] of [
          ['name', given, 'Clerk'],
          ['title', 'Kit Ames', given],
        ] as const) {
          const id = `${part}-${name}`;
          const enter = await ask(`add ${id}`, () =>
            changeDirectory(customs, KEEPER, { act: 'add person', id, name: person }),
          );
          if (enter === 'refused') continue;
          const entitled = await ask(`give ${id}`, () => changeDirectory(customs, KEEPER, give(id, title)));
          if (entitled === 'done')
            await ask(`sends as ${id}`, () => sendHead(customs, { person: id }, 'irs'));
        }
      }
      for (const given of [null, 'x', [], {}, { act: 'add person' }, { act: 'give title', person: 'nobody' }])
        await no(`change ${JSON.stringify(given)}`, () => changeDirectory(customs, KEEPER, given));
      for (const text of [...Object.values(strange), '{}', '[]', 'null', formatCard(customs.card)])
        await no(`card ${text.slice(0, 10)}`, () => addOffice(customs, KEEPER, text));
      none();
    },
  );

  await t.test('a review of what cannot be', async () => {
    const { no, none } = probe();
    const ALEX = { person: 'alex-firth' };
    const finding = {
      act: 'finding',
      case: reference,
      finds: 'relates to merchandise',
      answer: true,
      reason: 'x',
    };
    for (const [name, given] of Object.entries(strange)) {
      const at = { case: reference, item: 'purchases', source: 'return' } as const;
      await no(`item ${name}`, () => review(irs, ALEX, { ...finding, of: [given] }));
      await no(`finds ${name}`, () => review(irs, ALEX, { ...finding, finds: given }));
      await no(`file ${name}`, () => locate(irs, ALEX, { ...at, file: given }, returns));
      await no(`returns ${name}`, () => locate(irs, ALEX, { ...at, file: 'x.xml' }, given));
      await no(`item located ${name}`, () =>
        locate(irs, ALEX, { ...at, item: given, file: 'keel-2021.xml' }, returns),
      );
      await no(`source ${name}`, () => locate(irs, ALEX, { ...at, source: given as 'return' }));
      await no(`open item ${name}`, () =>
        openItem(customs, JORDAN, { ...look, case: reference, item: given }),
      );
    }
    for (const given of [null, 'x', {}, { act: 'approve' }, { act: 'nonsense', case: reference }])
      await no(`review ${JSON.stringify(given)}`, () => review(irs, ALEX, given));
    await no('a file of another folder', () =>
      locate(
        irs,
        ALEX,
        { case: reference, item: 'purchases', source: 'return', file: '../case.yaml' },
        returns,
      ),
    );
    none();
  });

  await t.test('a reason or a look of any length and letters is recorded, or refused in words', async () => {
    const { ask, none } = probe();
    for (const [name, given] of Object.entries({ ...strange, longer: 'x'.repeat(5_000_000) }))
      await ask(`reason ${name}`, () =>
        review(
          irs,
          { person: 'alex-firth' },
          { act: 'finding', case: reference, finds: 'relates to merchandise', answer: true, reason: given },
        ),
      );
    none();
  });

  await t.test('a place where a packet cannot be put', async () => {
    const { no, fault, none } = probe();
    const receipt = await sendHead(customs, JORDAN, 'irs');
    const file = join(dir, 'a-file');
    writeFileSync(file, 'not a folder');
    for (const [name, where] of Object.entries({
      file,
      below: join(file, 'x'),
      nul: join(dir, 'a\0b'),
      long: join(dir, 'x'.repeat(300)),
    }))
      await no(`deliver to ${name}`, () => deliver(customs, 'irs', receipt, where));
    await no('a packet to an office that it is not for', () => dispatch(customs, 'justice', receipt));
    const madeUp: Receipt = { ...receipt, act: randomUUIDv7() };
    await no('a receipt made up by hand', () => dispatch(customs, 'irs', madeUp));
    for (const where of [join(file, 'x'), join(dir, 'x'.repeat(300))]) {
      const { code, err } = await waybill(irs, ['receive', where, '--as', 'casey-moor']);
      if (code !== 2 || err.includes('a fault inside Waybill')) fault(`receive ${where.slice(-20)}: ${err}`);
    }
    none();
  });

  await t.test('a folder that is no node, is broken, or cannot be', async () => {
    const { no, none } = probe();
    const around = { databaseUrl: String(customs.database.owner.options.connectionString), now: () => NOW };
    for (const [name, given] of Object.entries(strange))
      if (name !== 'empty') await no(`open ${name}`, () => openNode(join(dir, given), around));
    const broken = join(dir, 'broken');
    const keys = join(broken, 'keys');
    mkdirSync(keys, { recursive: true });
    const put = (path: string, content: string) =>
      writeFileSync(join(broken, path), content, { mode: 0o600 });
    await no('no node.json', () => openNode(broken, around));
    put('node.json', '{"waybill":"node/1","office":"customs","origin":"x"}');
    await no('no keys', () => openNode(broken, around));
    put('keys/master.key', `${randomBytes(32).toString('base64')}\n`);
    put('office.json', formatCard(customs.card));
    for (const content of ['', '{}', 'null', '{"master":1,"sealed":2}']) {
      put('keys/office.sealed', content);
      await no(`office.sealed ${content}`, () => openNode(broken, around));
    }
    none();
  });

  await t.test('a node that cannot be made', async () => {
    const { no, none } = probe();
    const keeper = { id: 'nell-quay', name: 'Nell Quay', title: 'Keeper' };
    const around = { databaseUrl: String(customs.database.owner.options.connectionString), now: () => NOW };
    for (const [name, origin] of Object.entries(strange))
      if (/empty|newline|nul|surrogate/.test(name))
        await no(`origin ${name}`, () =>
          init(join(dir, `origin-${name}`), { office: 'justice', origin, keeper }, around),
        );
    for (const url of ['', 'x', 'http://a.example'])
      await no(`url ${url}`, () =>
        init(
          join(dir, `url-${url.length}`),
          { office: 'justice', origin: 'a.example/log', keeper, url },
          around,
        ),
      );
    await no('the folder of a node', () =>
      init(customs.dir, { office: 'irs', origin: 'a.example/log', keeper }, around),
    );
    none();
  });

  await t.test(
    'a backup that cannot be written or read, and nothing of somebody else’s is touched',
    async (t) => {
      const { no, fault, none } = probe();
      const around = { databaseUrl: await testDatabaseUrl(t), now: () => NOW };
      for (const [name, goal] of Object.entries({
        existing: dir,
        nowhere: join(dir, 'no', 'such', 'folder'),
        nul: join(dir, 'a\0b'),
      }))
        await no(`backup to ${name}`, () => backup(customs, goal));
      const theirs = join(dir, 'theirs');
      mkdirSync(theirs);
      writeFileSync(join(theirs, 'dissertation.txt'), 'years of work');
      const from = join(dir, 'backup');
      await backup(customs, from);
      for (const [name, restoring] of Object.entries({
        'from nothing': { from: join(dir, 'nothing'), to: join(dir, 'new') },
        'into a folder with other things, without its key': { from, to: theirs },
        'into a node': { from, to: customs.dir },
      }))
        await no(name, () => restore({ ...restoring, seen: [], without: [] }, KEEPER, around));
      if (!existsSync(join(theirs, 'dissertation.txt'))) fault('restore has removed what was not its own');
      none();
    },
  );
});
