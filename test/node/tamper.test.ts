import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { randomUUIDv7 } from 'node:crypto';
import { openCheckpoint, signCheckpoint } from '../../src/custody/checkpoint.ts';
import { ENTRY_SIZE } from '../../src/custody/entry.ts';
import { leafHashInto } from '../../src/custody/hash.ts';
import { TILE_WIDTH } from '../../src/custody/tile.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from '../../src/custody/tree.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { sha256 } from '../../src/ground/digest.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { chainOf } from '../../src/office/custody.ts';
import { customsCase, draftRequest } from '../../src/office/customs.ts';
import { openItem } from '../../src/office/look.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeWith } from '../../src/office/exchange.ts';
import { offices } from '../../src/office/gate.ts';
import { sendHead } from '../../src/office/heads.ts';
import { review } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { PacketRefused } from '../../src/packet/refusal.ts';
import { exportLog } from '../../src/store/export.ts';
import type { NewEvent } from '../../src/store/types.ts';
import {
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
  threeOffices,
} from './three.fixture.ts';

const NOW = Date.UTC(2026, 2, 16, 15);
const JORDAN = { person: 'jordan-vale' };
const LOOK = { because: 'The workpapers compare it.', audit: 'TRA-2026-17' };
const FRAMED = 2 + ENTRY_SIZE;
/** `log_id` of Customs. */
const LOG = 3;

type Query = (text: string, values?: unknown[]) => Promise<readonly Record<string, unknown>[]>;

const owner =
  ({ database }: Node): Query =>
  async (text, values = []) =>
    (await database.owner.query<Record<string, unknown>>(text, values)).rows;

const kindOf = (error: unknown): string => {
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  return error.problems[0].kind;
};

/** What the database's owner changes, he changes back afterwards: the rows of every table, as they were. */
const undone = async (node: Node): Promise<() => Promise<void>> => {
  const sql = owner(node);
  const tables = (
    await sql(`select relname from pg_class where relnamespace = 'waybill'::regnamespace and relkind = 'r'`)
  ).map(({ relname }) => String(relname));
  await sql('create schema as_it_was');
  for (const table of tables) await sql(`create table as_it_was.${table} as select * from waybill.${table}`);
  return async () => {
    await sql(`truncate ${tables.map((table) => `waybill.${table}`).join()}`);
    for (const table of tables) await sql(`insert into waybill.${table} select * from as_it_was.${table}`);
  };
};

/** Heads of an office's log that the others hold; the office itself cannot take them back. */
const held = async (nodes: Awaited<ReturnType<typeof threeOffices>>, of: Node): Promise<string[]> => {
  const found: string[] = [];
  for (const other of offices)
    if (other !== of.office) found.push((await exchangeWith(nodes[other], of.office)).seen ?? '');
  assert.ok(found.every((note) => note !== ''));
  return found;
};

/** `log export`, and `verify` of what it wrote: what was found, in words; empty where the log is whole. */
const verified = async (t: TestContext, node: Node, known: readonly string[]): Promise<string[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-tamper-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const log = node.signer(node.log).verifier;
  const file = (path: string) => {
    try {
      return readFileSync(join(dir, 'log', path));
    } catch {
      return undefined;
    }
  };
  try {
    await exportLog(node.views, node.log, join(dir, 'log'), log);
    const { findings } = await verifyLog(file, { log, known });
    return findings.map(({ kind, what, where = '' }) => `${kind}: ${where}: ${what}`);
  } catch (error) {
    // The export itself may find it.
    return [`${kindOf(error)}: ${(error as ProblemError).message}`];
  }
};

/** Entries as they lie in the bundles, rehashed and signed anew with the log's own key: what a whole office could do, if it lied. */
const signedAnew = async (node: Node): Promise<void> => {
  const sql = owner(node);
  const rows = await sql('select entries from waybill.bundle where log_id = $1 order by first', [LOG]);
  const all = Buffer.concat(rows.map(({ entries }) => entries as Buffer));
  const size = all.length / FRAMED;
  const leaves = Buffer.alloc(size * 32);
  for (let n = 0; n < size; n++) leafHashInto(all.subarray(n * FRAMED + 2, (n + 1) * FRAMED), leaves, n * 32);
  const { tree, tiles } = appendLeaves(EMPTY_TREE, leaves);
  for (const { level, index, width, bytes } of tiles)
    if (width === TILE_WIDTH)
      await sql('update waybill.tile set hashes = $4 where log_id = $1 and level = $2 and index = $3', [
        LOG,
        level,
        index,
        bytes,
      ]);
  const signer = node.signer(node.log);
  const note = signCheckpoint({ origin: signer.verifier.name, size, root: rootOf(tree) }, signer);
  await sql('delete from waybill.head where log_id = $1 and size > $2', [LOG, size]);
  await sql('update waybill.head set checkpoint = $3 where log_id = $1 and size = $2', [LOG, size, note]);
};

/** Takes off the newest entries with all that belongs to them. */
const cutBack = async (node: Node, size: number): Promise<void> => {
  const sql = owner(node);
  for (const [table, column] of [
    ['bundle', 'first'],
    ['event', 'seq'],
    ['body', 'first'],
  ] as const)
    await sql(`delete from waybill.${table} where log_id = $1 and ${column} >= $2`, [LOG, size]);
  await sql('delete from waybill.tile where log_id = $1 and level = 0 and (index + 1) * 256 > $2', [
    LOG,
    size,
  ]);
  await sql('delete from waybill.head where log_id = $1 and size > $2', [LOG, size]);
};

test('the owner of the database changes what is in it', async (t) => {
  const nodes = await threeOffices(t, { now: NOW });
  const { customs, irs, justice } = nodes;
  const items = ['purchases', 'related-purchases'];
  await brought(nodes, 'customs', 'irs', await requested(nodes, exampleDocument(items)), 'casey-moor');
  await cleared(nodes, items);
  await review(irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
  await brought(
    nodes,
    'irs',
    'customs',
    await release(irs, { person: 'casey-moor' }, reference, returns),
    'jordan-vale',
  );
  const other = 'CBP-2026-0002';
  const document = exampleDocument(items);
  await draftRequest(customs, JORDAN, other, {
    ...document,
    request: { ...document.request, reference: other },
  });
  // Long enough for a full tile, so that there is one to change.
  const [first, ...rest] = Array.from({ length: 300 }, (_, n): NewEvent => ({
    stream: 'filler',
    kind: 'filler',
    cite: '',
    data: n,
  }));
  assert.ok(first);
  await (
    await customs.ledger('customs')
  ).append({
    ...{ id: randomUUIDv7(), asked: sha256('filler'), log: 'customs', office: 'customs' },
    ...{
      person: 'Nobody (fictional)',
      title: 'None',
      time: NOW / 1000,
      expect: { filler: 0 },
      events: [first, ...rest],
    },
  });
  const { item, bytes } = {
    item: 'purchases',
    ...(await openItem(customs, JORDAN, { case: reference, item: 'purchases', ...LOOK })),
  };
  await brought(nodes, 'customs', 'irs', await sendHead(customs, JORDAN, 'irs'), 'casey-moor');
  await brought(nodes, 'customs', 'justice', await sendHead(customs, JORDAN, 'justice'), 'toni-brook');

  const sql = owner(customs);
  const known = await held(nodes, customs);
  const size = openCheckpoint(
    (await customs.views.head('customs')) ?? '',
    customs.signer('customs').verifier,
  ).size;
  const restored = await undone(customs);
  const around = { databaseUrl: String(customs.database.owner.options.connectionString), now: () => NOW };
  const [opened] = await chainOf(customs, reference).then((chain) =>
    chain.filter(({ kind }) => kind === 'item-opened'),
  );
  assert.ok(opened);

  await t.test('nothing: the log is whole, and goes on from what the others hold', async (t) => {
    assert.deepEqual(await verified(t, customs, known), []);
  });

  /** Evidence: each is found in the exported log, and nothing more is written to it by a node that is opened on it. */
  const evidence: Readonly<Record<string, { change: () => Promise<unknown>; finds: RegExp }>> = {
    'edits one byte of an entry': {
      change: () =>
        sql(
          'update waybill.bundle set entries = set_byte(entries, 100, 255 - get_byte(entries, 100)) where log_id = $1 and first = (select min(first) from waybill.bundle where log_id = $1 and first > 3)',
          [LOG],
        ),
      finds: /log-altered/,
    },
    'edits an entry, and its tile with it': {
      change: async () => {
        await sql(
          'update waybill.bundle set entries = set_byte(entries, 100, 255 - get_byte(entries, 100)) where log_id = $1 and first = 0',
          [LOG],
        );
        await sql(
          'update waybill.tile set hashes = set_byte(hashes, 5, 255 - get_byte(hashes, 5)) where log_id = $1',
          [LOG],
        );
      },
      finds: /log-altered/,
    },
    'edits a tile': {
      change: () =>
        sql(
          'update waybill.tile set hashes = set_byte(hashes, 5, 255 - get_byte(hashes, 5)) where log_id = $1',
          [LOG],
        ),
      finds: /log-altered/,
    },
    'deletes a tile': {
      change: () => sql('delete from waybill.tile where log_id = $1', [LOG]),
      finds: /log-altered/,
    },
    'deletes a piece of a bundle': {
      change: () =>
        sql(
          'delete from waybill.bundle where log_id = $1 and first = (select min(first) from waybill.bundle where log_id = $1 and first > 3)',
          [LOG],
        ),
      finds: /log-altered/,
    },
    'swaps two entries': {
      change: () =>
        sql(
          `update waybill.bundle b set entries = other.entries from waybill.bundle other
            where b.log_id = $1 and other.log_id = $1 and b.count = 1 and other.count = 1 and b.first <> other.first
              and b.first in (select first from waybill.bundle where log_id = $1 and count = 1 order by first limit 2)
              and other.first in (select first from waybill.bundle where log_id = $1 and count = 1 order by first limit 2)`,
          [LOG],
        ),
      finds: /log-altered/,
    },
    'renumbers the entries': {
      change: async () => {
        await sql('update waybill.bundle set first = first + 1000 where log_id = $1 and first < 6', [LOG]);
        await sql(
          'update waybill.bundle set first = 6 - (first - 1000) - count where log_id = $1 and first >= 1000',
          [LOG],
        );
      },
      finds: /log-altered/,
    },
    'puts an older head in the place of the newest': {
      change: () =>
        sql(
          `update waybill.head set checkpoint = (select checkpoint from waybill.head where log_id = $1 order by size limit 1)
            where log_id = $1 and size = $2`,
          [LOG, size],
        ),
      finds: /log-altered|log-forked/,
    },
    'cuts the log back to an older head of its own': {
      change: () => cutBack(customs, size - 2),
      finds: /log-forked.*cut back/,
    },
    'cuts it back, and signs the head anew with the log’s key': {
      change: async () => {
        await cutBack(customs, 10);
        await signedAnew(customs);
      },
      finds: /log-forked.*cut back/,
    },
    'edits an entry, and signs all of it anew with the log’s key': {
      change: async () => {
        await sql(
          'update waybill.bundle set entries = set_byte(entries, 100, 255 - get_byte(entries, 100)) where log_id = $1 and first = 0',
          [LOG],
        );
        await signedAnew(customs);
      },
      finds: /log-forked.*rewritten/,
    },
  };
  for (const [name, { change, finds }] of Object.entries(evidence))
    await t.test(`${name}: verify finds it`, async (t) => {
      try {
        await change();
        const findings = await verified(t, customs, known);
        assert.match(findings.join('\n'), finds);
        if (/log-forked/.test(findings.join())) return;
        // Signing on would make the alteration ours.
        const node = await openNode(customs.dir, around);
        await assert
          .rejects(sendHead(node, JORDAN, 'irs'), (error) => kindOf(error) === 'log-altered')
          .finally(() => node.close());
      } finally {
        await restored();
      }
    });

  await t.test('an office that has cut its log back is refused by the next that hears of it', async () => {
    try {
      await cutBack(customs, size - 2);
      const node = await openNode(customs.dir, around);
      const packet = await dispatch(node, 'irs', await sendHead(node, JORDAN, 'irs')).finally(() =>
        node.close(),
      );
      await assert.rejects(
        receive(irs, { person: 'casey-moor' }, packet.bytes),
        (error) => error instanceof PacketRefused && /rolled-back|forked|out-of-order/.test(error.why),
      );
    } finally {
      await restored();
    }
  });

  /** What the entries commit to: whatever was changed is refused when it is read, and never shown. */
  const stream = (name: string) => () => customs.views.stream('customs', name);
  const mine = stream(`case/${reference}`);
  const streamIs = '(select stream from waybill.event where log_id = $1 and seq = $2)';
  const contentOf = async (): Promise<string> =>
    (await customsCase(customs, reference)).items.get(item)?.content ?? '';
  const look = async () => {
    const receipt = await customs.views.receipt('customs', opened.act);
    assert.ok(receipt);
    return customs.vault.open(receipt, (opened.data as { content: string }).content);
  };
  assert.deepEqual(await look(), bytes);
  const content = await contentOf();

  const read: Readonly<
    Record<string, { change: () => Promise<unknown>; ask: () => Promise<unknown>; kinds: RegExp }>
  > = {
    'changes a byte of a sealed event': {
      change: () =>
        sql(
          'update waybill.body set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40)) where log_id = $1 and first = (select body from waybill.event where log_id = $1 and seq = $2)',
          [LOG, opened.seq],
        ),
      ask: mine,
      kinds: /^(key-missing|log-altered)$/,
    },
    'exchanges two sealed events of one stream': {
      change: () =>
        sql(
          `with two as (select first, key, sealed from waybill.body where log_id = $1 and first in
              (select body from waybill.event where log_id = $1 and stream = ${streamIs}) order by first limit 2)
           update waybill.body b set key = t.key, sealed = t.sealed from two t
            where b.log_id = $1 and b.first in (select first from two) and t.first <> b.first`,
          [LOG, opened.seq],
        ),
      ask: mine,
      kinds: /^(key-missing|log-altered)$/,
    },
    'changes the version of an event': {
      change: () =>
        sql('update waybill.event set version = version + 100 where log_id = $1 and seq = $2', [
          LOG,
          opened.seq,
        ]),
      ask: mine,
      kinds: /^log-altered$/,
    },
    'exchanges the versions of two events': {
      change: async () => {
        await sql(
          `update waybill.event set version = -version where log_id = $1 and stream = ${streamIs} and version in (1, 2)`,
          [LOG, opened.seq],
        );
        await sql('update waybill.event set version = 3 + version where log_id = $1 and version < 0', [LOG]);
      },
      ask: mine,
      kinds: /^log-altered$/,
    },
    'gives an event to another act': {
      change: () =>
        sql('update waybill.event set act = $3 where log_id = $1 and seq = $2', [
          LOG,
          opened.seq,
          randomUUIDv7(),
        ]),
      ask: mine,
      kinds: /^log-altered$/,
    },
    'moves the events of one case into another': {
      change: async () => {
        const here = await sql('select stream from waybill.event where log_id = $1 and seq = $2', [
          LOG,
          opened.seq,
        ]);
        const [first] = await customs.views.stream('customs', `case/${other}`);
        const there = await sql('select stream from waybill.event where log_id = $1 and seq = $2', [
          LOG,
          first?.seq,
        ]);
        await sql('delete from waybill.event where log_id = $1 and stream = $2', [LOG, there[0]?.['stream']]);
        await sql('update waybill.event set stream = $3 where log_id = $1 and stream = $2', [
          LOG,
          here[0]?.['stream'],
          there[0]?.['stream'],
        ]);
      },
      ask: stream(`case/${other}`),
      kinds: /^log-altered$/,
    },
    'takes an event out of the middle of a stream': {
      change: () =>
        sql(`delete from waybill.event where log_id = $1 and stream = ${streamIs} and version = 2`, [
          LOG,
          opened.seq,
        ]),
      ask: mine,
      kinds: /^log-altered$/,
    },
    'takes the newest event out of a stream, such as the end of a title': {
      change: () => sql('delete from waybill.event where log_id = $1 and seq = $2', [LOG, opened.seq]),
      // No later event shows the gap: the number of them does, when the node is opened.
      ask: () => openNode(customs.dir, around).then((node) => node.close()),
      kinds: /^log-altered$/,
    },
    'changes a byte of a sealed item': {
      change: () =>
        sql(
          'update waybill.content set sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) where content = $1',
          [content],
        ),
      ask: look,
      kinds: /^(key-missing|log-altered)$/,
    },
    'moves a sealed item into the place of another': {
      change: () =>
        sql(
          `update waybill.content c set key = o.key, sealed = o.sealed from waybill.content o
            where c.content = $1 and o.content = (select content from waybill.content where log_id = $2 and content <> $1 limit 1)`,
          [content, LOG],
        ),
      ask: look,
      kinds: /^(key-missing|log-altered)$/,
    },
    'deletes a sealed item': {
      change: () => sql('delete from waybill.content where content = $1', [content]),
      ask: look,
      kinds: /^log-altered$/,
    },
    'puts the key of one scope in the place of another’s': {
      change: () =>
        sql(
          `update waybill.data_key k set wrapped = o.wrapped, scope = o.scope from waybill.data_key o
            where k.key = (select key from waybill.content where content = $1) and o.log_id = k.log_id
              and o.key = (select key from waybill.data_key where log_id = $2 and key <> (select key from waybill.content where content = $1) limit 1)`,
          [content, LOG],
        ),
      ask: look,
      kinds: /^(key-missing|log-altered)$/,
    },
  };
  for (const [name, { change, ask, kinds }] of Object.entries(read))
    await t.test(`${name}: it is refused when it is read`, async () => {
      try {
        await change();
        await assert.rejects(ask(), (error) => {
          assert.match(kindOf(error), kinds);
          return true;
        });
      } finally {
        await restored();
      }
    });

  await t.test(
    'a key that is gone is not taken for an empty case: what it sealed is undisclosable, and is said to be',
    async () => {
      try {
        await sql(
          'delete from waybill.data_key where log_id = $1 and key = (select key from waybill.content where content = $2)',
          [LOG, content],
        );
        await assert.rejects(look(), (error) => kindOf(error) === 'shredded');
        assert.deepEqual(await verified(t, customs, known), [], 'the proofs hold without the key');
      } finally {
        await restored();
      }
    },
  );

  await t.test('and when all is put back, everything reads as before', async (t) => {
    assert.deepEqual(await verified(t, customs, known), []);
    assert.deepEqual(await look(), bytes);
    assert.equal((await justice.views.head('justice')) === undefined, false);
  });
});
