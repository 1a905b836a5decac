import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addToRecord, EMPTY_RECORD, accountOf } from '../custody/account.ts';
import { verifyAccount } from '../custody/account-proof.ts';
import { FIELDS } from '../custody/entry.ts';
import { verifyExhibit } from '../custody/exhibit.ts';
import { tilePath, tilesOfTree } from '../custody/tile.ts';
import { day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { openAccountMaps } from './accounts-map.ts';
import { rebuildAccounts } from './accounts.ts';
import { recordBatch } from './batch.ts';
import {
  actOf,
  eventOf,
  key,
  newId,
  optionsOf,
  secrets,
  signerOf,
  single,
  testOffice,
} from './ledger.fixture.ts';
import { openVault } from './vault.ts';
import type { TestOffice } from './ledger.fixture.ts';

const { verifier } = signerOf('irs');
const kind = (expected: string) => (error: unknown) =>
  error instanceof ProblemError && error.problems[0].kind === expected;

const record = async ({ db }: TestOffice, count: number): Promise<void> => {
  const acts = Array.from({ length: count }, (_, n) =>
    single(`case/${n % 29}`, Math.floor(n / 29), {
      ...(n % 3 === 0 ? {} : { taxpayer: `98-${n % 11}` }),
      item: `i ${n}`,
    }),
  );
  for await (const _ of recordBatch({ ...optionsOf(db), events: 90 }, acts));
};

describe('what is read', () => {
  it('is what was given', async (t) => {
    const { ledger, views } = await testOffice(t);
    const event = eventOf('case/1', {
      case: 'CBP-2026-0147',
      item: '1120/17',
      taxpayer: '98-1234567',
      packet: 'ab'.repeat(32),
      data: { z: [1, null, 'Ünïcödé'], a: { 10: true, 9: 0.1 } },
    });
    const act = actOf({ 'case/1': 0 }, [event, { ...event, scope: 'elsewhere', data: 7 }]);
    const { first } = await ledger.append(act);
    const { id, person, title, time } = act;
    const more = { log: 'irs', act: id, person, title, time };
    assert.deepEqual(await views.stream('irs', 'case/1'), [
      { ...event, ...more, seq: first, version: 1 },
      { ...event, ...more, scope: 'elsewhere', data: 7, seq: first + 1, version: 2 },
    ]);
    assert.deepEqual(await views.event('irs', first + 1), (await views.stream('irs', 'case/1', 1))[0]);
    assert.equal(await views.event('irs', 99), undefined);
    assert.deepEqual(await views.stream('irs-review', 'case/1'), []);
  });

  it('of firsts is one event a stream, of those whose name begins so', async (t) => {
    const { ledger, views } = await testOffice(t);
    for (const name of ['case/1', 'review/1', 'case/2', 'people'])
      await ledger.append(actOf({ [name]: 0 }, [eventOf(name), eventOf(name)]));
    assert.deepEqual(
      (await views.firsts('irs', 'case/')).map(({ stream, seq }) => [stream, seq]),
      [
        ['case/1', 0],
        ['case/2', 4],
      ],
    );
  });

  it('of heads is each that was signed, and no other', async (t) => {
    const { ledger, views } = await testOffice(t);
    assert.equal(await views.head('irs'), undefined);
    assert.equal(await views.file('irs', 'checkpoint'), undefined);
    const receipts = [
      await ledger.append(single('a', 0)),
      await ledger.append(actOf({ a: 1 }, [eventOf('a'), eventOf('a')])),
    ];
    assert.equal(await views.headAt('irs', 1), receipts[0]?.checkpoint);
    assert.equal(await views.headAt('irs', 2), undefined);
    assert.equal(await views.head('irs'), receipts[1]?.checkpoint);
  });
});

describe('the files of the log', () => {
  it('are all there, at every width that a reader may ask for, and nothing else is', async (t) => {
    const office = await testOffice(t);
    await record(office, 600);
    for (const size of [1, 255, 256, 257, 600])
      for (const place of tilesOfTree(size)) {
        const bytes = await office.views.file('irs', tilePath(place));
        assert.equal(bytes?.length, place.width * (place.level === 'entries' ? 322 : 32), tilePath(place));
      }
    for (const path of [
      '',
      'vkey',
      'tile/0/003',
      'tile/0/002.p/89',
      'tile/1/000',
      'tile/entries/002',
      '../checkpoint',
      'tile/0/0',
    ])
      assert.equal(await office.views.file('irs', path), undefined, path);
  });
});

describe('an exhibit', () => {
  it('opens the fields that are asked for, under the newest head or an older one', async (t) => {
    const { ledger, views } = await testOffice(t);
    const event = eventOf('case/1', { case: 'c', item: 'i', taxpayer: '98-1', packet: 'cd'.repeat(32) });
    const { checkpoint } = await ledger.append(actOf({ 'case/1': 0 }, [event, event]));
    for (let n = 0; n < 20; n++) await ledger.append(single('x', n));
    for (const head of [undefined, checkpoint]) {
      const { opened, index } = verifyExhibit(await views.exhibit('irs', 1, FIELDS, head), verifier);
      assert.deepEqual(
        [index, opened.kind, opened.taxpayer],
        [1, event.kind, accountOf(secrets.accountKey, '98-1')],
      );
      assert.equal(Object.keys(opened).length, FIELDS.length);
    }
    await assert.rejects(views.exhibit('irs', 5, [], checkpoint), kind('proof-refused'));
    await assert.rejects(views.exhibit('irs-review', 0, []), kind('proof-refused'));
    await assert.rejects(views.consistency('irs', 3, 99), kind('proof-refused'));
  });
});

describe('the index by taxpayer', () => {
  it('is never short, and comes out the same when it is made again from the events', async (t) => {
    const office = await testOffice(t);
    await record(office, 500);
    await office.ledger.append(single('last', 0, { taxpayer: '98-4' }));
    const wanted = Array.from({ length: 500 }, (_, n) => n).filter((n) => n % 3 !== 0 && n % 11 === 4);
    const account = async () => (await office.views.account('irs', '98-4')).map(({ seq }) => seq);
    assert.deepEqual(await account(), [...wanted, 500]);

    const all = async () =>
      (
        await office.db.owner.query(
          'SELECT account, array_agg(seq ORDER BY seq) AS seqs FROM (SELECT DISTINCT account, unnest(seqs) AS seq FROM waybill.acct) a GROUP BY account ORDER BY account',
        )
      ).rows as unknown;
    const before = await all();
    await rebuildAccounts(office.db.db('irs'), 'irs');
    assert.deepEqual(await all(), before);
    // Readers and a step of the projection, while it is made again.
    const readers = Array.from({ length: 12 }, account);
    await Promise.all([
      rebuildAccounts(office.db.db('irs'), 'irs'),
      ...readers,
      rebuildAccounts(office.db.db('irs'), 'irs'),
    ]);
    for (const read of readers) assert.deepEqual(await read, [...wanted, 500]);
    assert.deepEqual(await all(), before);
  });
});

describe('the map of a day', () => {
  it('proves that a taxpayer’s record is complete, and that another has none', async (t) => {
    const office = await testOffice(t);
    const maps = openAccountMaps({ ...optionsOf(office.db) });
    await assert.rejects(maps.make(day('2026-03-01')), kind('proof-refused'));
    await record(office, 400);
    const head = await maps.make(day('2026-03-01'));
    await office.ledger.append(single('later', 0, { taxpayer: '98-5' }));
    assert.equal(await maps.make(day('2026-03-01')), head);
    assert.equal(await maps.head(day('2026-03-01')), head);
    assert.equal(await maps.prove(day('2026-03-02'), '98-5'), undefined);

    const proven = async (taxpayer: string) =>
      verifyAccount(
        (await maps.prove(day('2026-03-01'), taxpayer)) ?? '',
        verifier,
        accountOf(secrets.accountKey, taxpayer),
      );
    const { count, chain, log } = await proven('98-5');
    const seqs = (await office.views.account('irs', '98-5'))
      .map(({ seq }) => seq)
      .filter((seq) => seq < log.size);
    let own = EMPTY_RECORD;
    for (const seq of seqs) {
      const exhibit = verifyExhibit(await office.views.exhibit('irs', seq, ['taxpayer']), verifier);
      assert.equal(exhibit.opened.taxpayer, accountOf(secrets.accountKey, '98-5'));
      own = addToRecord(own, exhibit.leaf);
    }
    assert.deepEqual(
      [count, Buffer.from(chain).toString('hex'), log.size],
      [own.count, Buffer.from(own.chain).toString('hex'), 400],
    );
    assert.equal((await proven('98-77')).count, 0);
  });

  it('made from the one before is the map that is made from the first entry', async (t) => {
    const office = await testOffice(t);
    const maps = openAccountMaps({ ...optionsOf(office.db) });
    const leavesOf = async () =>
      (
        await office.db.owner.query<{ leaves: Buffer }>(
          'SELECT leaves FROM waybill.map_leaves ORDER BY day, first',
        )
      ).rows.map(({ leaves }) => leaves.toString('hex'));
    const forget = () =>
      office.db.owner.query(
        'DELETE FROM waybill.day_map; DELETE FROM waybill.map_leaves; DELETE FROM waybill.map_tile',
      );
    await record(office, 300);
    await maps.make(day('2026-03-01'));
    for (let n = 0; n < 30; n++)
      await office.ledger.append(single(`later/${n}`, 0, { taxpayer: `98-${n % 20}` }));
    await forget();
    await maps.make(day('2026-03-02'));
    const goneOn = await leavesOf();
    await forget();
    await rebuildAccounts(office.db.db('irs'), 'irs');
    await maps.make(day('2026-03-02'));
    assert.deepEqual(await leavesOf(), goneOn);
  });

  it('of many accounts is proven from a few pieces of it, at each end and in between', async (t) => {
    const office = await testOffice(t);
    const acts = Array.from({ length: 700 }, (_, n) => single(`case/${n}`, 0, { taxpayer: `98-${n}` }));
    for await (const _ of recordBatch({ ...optionsOf(office.db), events: 256 }, acts));
    const maps = openAccountMaps({ ...optionsOf(office.db) });
    await Promise.all([day('2026-03-01'), day('2026-03-01'), day('2026-03-02')].map((one) => maps.make(one)));
    for (let n = 0; n < 900; n += 7) {
      const proof = (await maps.prove(day('2026-03-01'), `98-${n}`)) ?? '';
      const said = verifyAccount(proof, verifier, accountOf(secrets.accountKey, `98-${n}`));
      assert.equal(said.count, n < 700 ? 1 : 0);
    }
  });

  it('that was altered in the database proves nothing', async (t) => {
    const office = await testOffice(t);
    await record(office, 400);
    const maps = openAccountMaps({ ...optionsOf(office.db) });
    await maps.make(day('2026-03-01'));
    const { owner } = office.db;
    const tables = ['map_leaves', 'map_tile', 'acct', 'day_map'];
    for (const table of tables) await owner.query(`CREATE TABLE public.${table} AS TABLE waybill.${table}`);
    for (const sql of [
      `UPDATE waybill.map_leaves SET leaves = substring(leaves FROM 2) || '\\x00'`,
      `UPDATE waybill.map_leaves SET leaves = substring(leaves FROM 65)`,
      `UPDATE waybill.map_leaves SET first = first + 1`,
      `DELETE FROM waybill.map_leaves`,
      `UPDATE waybill.map_tile SET hashes = substring(hashes FROM 33) || substring(hashes FOR 32)`,
      `DELETE FROM waybill.map_tile`,
      `UPDATE waybill.acct SET seqs = seqs[1:1]`,
      `DELETE FROM waybill.acct`,
      `UPDATE waybill.day_map SET size = 399`,
    ]) {
      await owner.query(sql);
      await assert.rejects(maps.prove(day('2026-03-01'), '98-5'), kind('log-altered'), sql);
      for (const table of tables)
        await owner.query(
          `DELETE FROM waybill.${table}; INSERT INTO waybill.${table} SELECT * FROM public.${table}`,
        );
    }
    assert.ok(await maps.prove(day('2026-03-01'), '98-5'));
  });

  it('that was stored whole, by an earlier version, still proves', async (t) => {
    const office = await testOffice(t);
    await record(office, 400);
    const maps = openAccountMaps({ ...optionsOf(office.db) });
    await maps.make(day('2026-03-01'));
    const whole = await maps.prove(day('2026-03-01'), '98-5');
    await office.db.owner.query(
      `UPDATE waybill.day_map SET leaves = (SELECT string_agg(leaves, ''::bytea ORDER BY first) FROM waybill.map_leaves);
       DELETE FROM waybill.map_leaves; DELETE FROM waybill.map_tile`,
    );
    assert.equal(await maps.prove(day('2026-03-01'), '98-5'), whole);
    await office.db.owner.query(
      `UPDATE waybill.day_map SET leaves = overlay(leaves PLACING '\\x00'::bytea FROM 40)`,
    );
    await assert.rejects(maps.prove(day('2026-03-01'), '98-5'), kind('log-altered'));
  });
});

describe('the streams of a taxpayer', () => {
  it('are those in which the taxpayer has an event, whole, as they are read one by one', async (t) => {
    const office = await testOffice(t);
    await record(office, 300);
    for (let n = 0; n < 5; n++) await office.ledger.append(single('case/of nobody', n));
    for (let n = 0; n < 12; n++) {
      const { own, events } = await office.views.streamsOf('irs', `98-${n}`);
      const account = await office.views.account('irs', `98-${n}`);
      assert.deepEqual(
        own,
        account.map(({ seq }) => seq),
      );
      const streams = [...new Set(account.map(({ stream }) => stream))];
      const slow = (await Promise.all(streams.map((name) => office.views.stream('irs', name)))).flat();
      assert.deepEqual(
        events,
        slow.sort((a, b) => a.seq - b.seq),
      );
    }
  });

  it('are not believed where the database lost an event, moved one, or files another’s under the taxpayer', async (t) => {
    const office = await testOffice(t);
    await record(office, 300);
    const [own, strange] = [
      (await office.views.streamsOf('irs', '98-5')).own[3] ?? 0,
      (await office.views.streamsOf('irs', '98-4')).own[0] ?? 0,
    ];
    for (const sql of [
      `DELETE FROM waybill.event WHERE seq = ${own}`,
      `UPDATE waybill.event SET stream = (SELECT stream FROM waybill.event WHERE seq = ${strange}), version = 999 WHERE seq = ${own}`,
      `UPDATE waybill.acct SET seqs = array_append(seqs, ${strange}::bigint)`,
    ]) {
      await office.db.owner.query('CREATE TABLE public.kept AS TABLE waybill.event');
      await office.db.owner.query(sql);
      await assert.rejects(office.views.streamsOf('irs', '98-5'), kind('log-altered'), sql);
      await office.db.owner.query(
        'TRUNCATE waybill.event; INSERT INTO waybill.event SELECT * FROM public.kept; DROP TABLE public.kept',
      );
    }
  });
});

describe('the vault', () => {
  it('opens to the receipt of an act that names the content, and to no other', async (t) => {
    const { db, ledger, views } = await testOffice(t);
    const vault = openVault({ db, ...secrets });
    const [content, other] = [newId(), newId()];
    const bytes = Buffer.from('fictional amounts');
    const stored = await ledger.append(
      actOf({ 'case/1': 0 }, [eventOf('case/1', { data: { items: [{ content }] } })], {
        contents: [{ id: content, scope: 'item/1/1', bytes }],
      }),
    );
    const opened = await ledger.append(single('case/1', 1, { data: { content } }));
    const unrelated = await ledger.append(single('case/1', 2, { data: { content: other } }));
    for (const receipt of [stored, opened])
      assert.deepEqual(Buffer.from(await vault.open(receipt, content)), bytes);
    await assert.rejects(vault.open(unrelated, content), kind('not-entitled'));
    await assert.rejects(vault.open({ ...opened, act: newId() }, content), kind('not-entitled'));
    await assert.rejects(vault.open({ ...opened, first: 0 }, content), kind('not-entitled'));
    await assert.rejects(vault.open(unrelated, other), kind('log-altered'));
    const wrong = openVault({
      db,
      keys: (await import('./keys.ts')).masterKeys(Buffer.from(key(9)).toString('base64')),
    });
    await assert.rejects(wrong.open(opened, content), kind('key-missing'));
    const document = (await views.event('irs', 0))?.data;
    assert.deepEqual(document, { items: [{ content }] });
  });
});
