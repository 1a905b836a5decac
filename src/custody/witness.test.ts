import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCheckpoint } from './checkpoint.ts';
import { proveConsistency } from './consistency.ts';
import { entriesOf, entryOf, flip, logOf, logSigner, readerOf } from './log.fixture.ts';
import { checkAdvance } from './witness.ts';

const entries = entriesOf(40);
const log = logOf(entries);
const headOf = (some: Uint8Array[]) => openCheckpoint(logOf(some).checkpoint, logSigner.verifier);
const head = headOf(entries);
const older = headOf(entries.slice(0, 25));
const path = await proveConsistency(25, 40, readerOf(log.files));

describe('a witness (C2SP tlog-witness)', () => {
  it('goes on from the head it knows', () => {
    checkAdvance(older, head, path);
    checkAdvance(head, head, []);
    checkAdvance(undefined, head, []);
    checkAdvance(undefined, headOf([]), []);
  });

  it('refuses a log that was cut back, and shows both heads', () => {
    assert.throws(
      () => checkAdvance(head, older, path),
      (error) => {
        const [problem] = (error as { problems: { kind: string; what: string; where: string }[] }).problems;
        assert.equal(problem?.kind, 'log-forked');
        assert.match(problem.what, /cut back.*Head known: size 40, root .*Head shown: size 25, root /);
        for (const { root } of [head, older])
          assert.ok(problem.what.includes(Buffer.from(root).toString('base64')));
        return true;
      },
    );
  });

  it('refuses a fork, at the same size and at a greater one', () => {
    assert.throws(() => checkAdvance(head, headOf(entries.with(3, entryOf(99))), []), /rewritten/);
    assert.throws(() => checkAdvance(older, headOf(entries.with(3, entryOf(99))), path), /rewritten/);
  });

  it('refuses a proof that is altered, missing or too long', () => {
    for (const at of path.keys()) {
      const bad = path.map((hash, n) => (n === at ? flip(hash, 13) : hash));
      assert.throws(() => checkAdvance(older, head, bad), /rewritten, or the proof is wrong/);
    }
    assert.throws(() => checkAdvance(older, head, []), /rewritten/);
    assert.throws(() => checkAdvance(undefined, head, path), /rewritten/);
  });

  it('refuses another log, and an empty one with a root', () => {
    assert.throws(() => checkAdvance({ ...older, origin: 'x' }, head, path), /two logs/);
    assert.throws(() => checkAdvance(undefined, { ...head, size: 0 }, []), /rewritten/);
  });
});
