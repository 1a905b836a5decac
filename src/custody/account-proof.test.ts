import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { day } from '../ground/dates.ts';
import { EMPTY_RECORD, accountKeyCommitment, accountOf, addToRecord } from './account.ts';
import type { AccountRecord } from './account.ts';
import { proveAccount, verifyAccount } from './account-proof.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { MAP_LEAF_SIZE, makeDayMap, mapHead, readDayMap } from './day-map.ts';
import { leafHash } from './hash.ts';
import { ORIGIN, entryOf, flip, logOf, logSigner, seed } from './log.fixture.ts';
import { MTH } from './rfc6962.ts';

const KEY = seed(7);
const TODAY = day('2026-01-31');
const log = openCheckpoint(logOf([entryOf(1), entryOf(2)]).checkpoint, logSigner.verifier);
const vkey = logSigner.verifier;
const account = (n: number) => accountOf(KEY, `fictional taxpayer ${n}`);

const recordOf = (n: number): AccountRecord =>
  Array.from({ length: (n % 4) + 1 }, (_, act) => leafHash(entryOf(n * 10 + act))).reduce(
    addToRecord,
    EMPTY_RECORD,
  );

/** The signed map of accounts 0 to n−1. */
const mapOf = (n: number, on = TODAY) => {
  const map = makeDayMap(
    KEY,
    on,
    Array.from({ length: n }, (_, at) => [account(at), recordOf(at)] as const),
  );
  return { map, signed: signCheckpoint(mapHead(map, log, KEY), logSigner) };
};

const proofOf = (size: number, whose: number, on = TODAY) => {
  const { map, signed } = mapOf(size, on);
  return proveAccount(map, signed, KEY, account(whose), whose < size ? recordOf(whose) : undefined);
};

describe('accounts', () => {
  it('of one taxpayer in two offices have nothing in common, and never hold the TIN', () => {
    const ours = accountOf(seed(7), '97-0000001');
    const theirs = accountOf(seed(8), '97-0000001');
    assert.notEqual(ours, theirs);
    assert.match(ours, /^[0-9a-f]{64}$/);
  });

  it('a record is the chain of the acts’ leaf hashes: none can be left out, added or moved', () => {
    const [a, b, c] = [1, 2, 3].map((n) => leafHash(entryOf(n)));
    assert.ok(a && b && c);
    const chains = [
      [a, b, c],
      [a, c, b],
      [a, b],
      [b, c],
      [a, b, c, c],
    ].map((acts) => Buffer.from(acts.reduce(addToRecord, EMPTY_RECORD).chain).toString('hex'));
    assert.equal(new Set(chains).size, 5);
  });
});

describe('the daily map', () => {
  it('is an RFC 6962 tree over sorted leaves, however the records came', () => {
    const { map } = mapOf(600);
    const leaves = Array.from({ length: 600 }, (_, at) =>
      map.leaves.subarray(at * MAP_LEAF_SIZE, (at + 1) * MAP_LEAF_SIZE),
    );
    assert.deepEqual(map.root, MTH(leaves));
    const backwards = makeDayMap(
      KEY,
      TODAY,
      Array.from({ length: 600 }, (_, at) => [account(599 - at), recordOf(599 - at)] as const),
    );
    assert.deepEqual(backwards, map);
    assert.deepEqual(readDayMap(TODAY, map.leaves), map);
  });

  it('is refused by whoever audits it if its leaves are not sorted or come twice', () => {
    const { leaves } = mapOf(9).map;
    const one = leaves.subarray(0, MAP_LEAF_SIZE);
    assert.equal(readDayMap(TODAY, Buffer.concat([leaves, one])), undefined);
    assert.equal(readDayMap(TODAY, Buffer.concat([one, leaves])), undefined);
    assert.equal(readDayMap(TODAY, leaves.subarray(1)), undefined);
    assert.throws(
      () =>
        makeDayMap(KEY, TODAY, [
          [account(1), recordOf(1)],
          [account(1), recordOf(2)],
        ]),
      RangeError,
    );
  });

  it('does not link an account from day to day to those who do not know it', () => {
    const monday = mapOf(20).map.leaves;
    const tuesday = mapOf(20, day('2026-02-01')).map.leaves;
    for (let at = 0; at < monday.length; at += 32) {
      assert.equal(Buffer.from(tuesday).indexOf(monday.subarray(at, at + 32)), -1);
    }
    for (let n = 0; n < 20; n++)
      assert.equal(Buffer.from(monday).indexOf(Buffer.from(account(n), 'hex')), -1);
  });
});

describe('the proof of an account’s record', () => {
  it('holds for every account that is in the map, and for every one that is not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), fc.nat(400), async (size, of) => {
        const said = verifyAccount(await proofOf(size, of), vkey, account(of));
        const { count, chain } = of < size ? recordOf(of) : EMPTY_RECORD;
        assert.deepEqual([said.count, said.chain, said.day], [count, chain, TODAY]);
        assert.deepEqual(said.log, { size: log.size, root: log.root });
        assert.deepEqual(said.keyCommitment, accountKeyCommitment(KEY));
      }),
      { numRuns: 60 },
    );
  });

  it('says nothing about another account, present or absent', async () => {
    for (const whose of [3, 40]) {
      const proof = await proofOf(20, whose);
      for (let other = 0; other < 40; other++) {
        if (other === whose) continue;
        // Absence proves whatever would stand in the same gap: that is no lie, unless it stands in the map.
        if (whose === 40 && other >= 20) continue;
        assert.throws(() => verifyAccount(proof, vkey, account(other)), { name: 'ProblemError' });
      }
    }
  });

  it('is refused with any bit turned over', async () => {
    for (const [size, whose] of [
      [9, 4],
      [9, 20],
    ] as const) {
      const bytes = Buffer.from(await proofOf(size, whose));
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const text = Buffer.from(flip(bytes, bit)).toString('utf8');
        assert.throws(
          () => verifyAccount(text, vkey, account(whose)),
          { name: 'ProblemError' },
          `bit ${bit}`,
        );
      }
    }
  });

  it('of absence is refused with a neighbour left out or not adjacent', async () => {
    type Proof = { at: { index: number }[] };
    const between = JSON.parse(await proofOf(200, 500)) as Proof;
    assert.equal(between.at.length, 2);
    const [left, right] = between.at;
    for (const at of [[left], [right], [], [left, left], [left, right, right]]) {
      assert.throws(() => verifyAccount(JSON.stringify({ ...between, at }), vkey, account(500)), {
        name: 'ProblemError',
      });
    }
    // The neighbours of a gap further on, or around the account that is asked for: both are true leaves of the map.
    const present = JSON.parse(await proofOf(200, 100)) as Proof;
    for (let other = 500; other < 520; other++) {
      const absent = JSON.parse(await proofOf(200, other)) as Proof;
      const around = { ...absent, at: [...absent.at.slice(0, 1), ...present.at] };
      assert.throws(() => verifyAccount(JSON.stringify(around), vkey, account(other)), {
        name: 'ProblemError',
      });
    }
  });

  it('is refused from a map of another log, another day, or unsigned', async () => {
    const { map } = mapOf(5);
    const head = mapHead(map, log, KEY);
    for (const wrong of [
      { ...head, origin: 'customs.waybill.example/log/accounts/2026-01-31' },
      { ...head, origin: ORIGIN },
      { ...head, extensions: [] },
      { ...head, extensions: (head.extensions ?? []).toReversed() },
    ]) {
      const proof = await proveAccount(map, signCheckpoint(wrong, logSigner), KEY, account(1), recordOf(1));
      assert.throws(() => verifyAccount(proof, vkey, account(1)), { name: 'ProblemError' });
    }
    const other = await proofOf(5, 1, day('2026-02-01'));
    assert.throws(
      () => verifyAccount(other.replace('"day":"2026-02-01"', '"day":"2026-01-31"'), vkey, account(1)),
      /another log or day/,
    );
  });

  it('is not made of a record that is not the map’s, or the other way round', async () => {
    const { map, signed } = mapOf(5);
    await assert.rejects(proveAccount(map, signed, KEY, account(1)), RangeError);
    await assert.rejects(proveAccount(map, signed, KEY, account(9), recordOf(9)), RangeError);
    const wrong = await proveAccount(map, signed, KEY, account(1), recordOf(2));
    assert.throws(() => verifyAccount(wrong, vkey, account(1)), /not the one in the leaf/);
  });
});
