import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseCheckpoint } from '../custody/checkpoint.ts';
import { verifyConsistency } from '../custody/consistency.ts';
import { verifyExhibit } from '../custody/exhibit.ts';
import { parseNote } from '../custody/note.ts';
import { ProblemError } from '../ground/problem.ts';
import {
  actOf,
  eventOf,
  flipped,
  newId,
  optionsOf,
  secrets,
  signerOf,
  single,
  testOffice,
  verified,
} from './ledger.fixture.ts';
import { openLedger } from './ledger.ts';
import type { ActRecord, Receipt } from './types.ts';
import { openViews } from './views.ts';

/** The ledger as it is meant, one act after another in memory. */
class SlowLedger {
  readonly #acts = new Map<string, { asked: string; first: number }>();
  readonly #versions = new Map<string, number>();
  size = 0;

  append({ id, asked, expect, events }: ActRecord): string {
    const before = this.#acts.get(id);
    if (before !== undefined) return before.asked === asked ? `again ${before.first}` : 'act-repeated';
    const wrong = Object.entries(expect).some(
      ([name, version]) => (this.#versions.get(name) ?? 0) !== version,
    );
    if (wrong) return 'moved-on';
    const first = this.size;
    for (const { stream } of events) this.#versions.set(stream, (this.#versions.get(stream) ?? 0) + 1);
    this.#acts.set(id, { asked, first });
    this.size += events.length;
    return `new ${first}`;
  }
}

const outcome = (answer: Promise<Receipt>): Promise<string> =>
  answer.then(
    ({ repeated, first }) => `${repeated ? 'again' : 'new'} ${first}`,
    (error: unknown) => (error instanceof ProblemError ? error.problems[0].kind : String(error)),
  );

const kind = (expected: string) => (error: unknown) =>
  error instanceof ProblemError && error.problems[0].kind === expected;

describe('the ledger', () => {
  it('answers acts given together as if one after another', async (t) => {
    const { db, views } = await testOffice(t);
    const size = async () => Number(parseCheckpoint(parseNote((await views.head('irs')) ?? '').text).size);
    let run = 0;
    const step = fc.record({
      stream: fc.nat(3),
      second: fc.option(fc.nat(3), { nil: undefined }),
      guess: fc.integer({ min: -1, max: 1 }),
      repeat: fc.option(fc.record({ back: fc.nat(30), other: fc.boolean() }), { nil: undefined, freq: 4 }),
    });
    const first = await openLedger(optionsOf(db));
    await first.append(single('begin', 0));
    let base = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { maxLength: 6 }),
        async (rounds) => {
          const ledger = await openLedger(optionsOf(db));
          const slow = new SlowLedger();
          const tag = `run ${run++}`;
          const given: ActRecord[] = [];
          const at = new Map<string, number>();
          slow.size = base;
          for (const round of rounds) {
            const acts = round.map(({ stream, second, guess, repeat }): ActRecord => {
              const old = repeat && given[repeat.back];
              if (old)
                return repeat.other ? { ...old, asked: 'f'.repeat(64) } : { ...old, time: old.time + 60 };
              const names = [...new Set([stream, second ?? stream])].map((n) => `${tag}/${n}`);
              const expect = Object.fromEntries(
                names.map((name) => [name, Math.max(0, (at.get(name) ?? 0) + guess)]),
              );
              const [one = '', two = one] = names;
              const act = actOf(expect, [eventOf(one), eventOf(two, { scope: 'shared' })], { id: newId() });
              given.push(act);
              return act;
            });
            const wanted = acts.map((act) => slow.append(act));
            assert.deepEqual(await Promise.all(acts.map((act) => outcome(ledger.append(act)))), wanted);
            for (const [n, act] of acts.entries())
              if (wanted[n]?.startsWith('new'))
                for (const { stream } of act.events) at.set(stream, (at.get(stream) ?? 0) + 1);
          }
          base = slow.size;
          assert.equal(await size(), base);
        },
      ),
      { numRuns: 25 },
    );
    assert.deepEqual((await verified(views)).findings, []);
  });

  it('gives receipts whose entries are proven in the log, and heads that all go on from one another', async (t) => {
    const { ledger, views } = await testOffice(t);
    const receipts: Receipt[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async (_, caller) => {
        for (let n = 0; n < 40; n++)
          receipts.push(await ledger.append(single(`case/${caller}`, n, { cite: `(b)(${caller})` })));
      }),
    );
    const heads = [...new Set(receipts.map(({ checkpoint }) => checkpoint))];
    assert.ok(heads.length < receipts.length, 'no two acts shared a commit');
    const report = await verified(views, heads);
    assert.deepEqual([report.findings, report.head.size, report.goesOnFrom], [[], 640, heads.length]);
    for (const { first, checkpoint } of receipts.filter((_, n) => n % 9 === 0)) {
      const exhibit = await views.exhibit('irs', first, ['cite'], checkpoint);
      const { index, opened } = verifyExhibit(exhibit, signerOf('irs').verifier);
      assert.deepEqual([index, opened.cite], [first, (await views.event('irs', first))?.cite]);
    }
    const known = heads.map((note) => parseCheckpoint(parseNote(note).text)).sort((a, b) => a.size - b.size);
    for (const [n, older] of known.entries()) {
      const newer = known[(n * 7 + 5) % known.length] ?? older;
      if (newer.size <= older.size) continue;
      const path = await views.consistency('irs', older.size, newer.size);
      const check = (proof: readonly Uint8Array[]) =>
        verifyConsistency(proof, older.size, older.root, newer.size, newer.root);
      assert.ok(check(path));
      assert.ok(!check(path.map((hash, i) => (i === 0 ? flipped(hash) : hash))));
    }
  });

  it('says at what version a stream is that has moved on, and records the others of the group', async (t) => {
    const { ledger, views } = await testOffice(t);
    await ledger.append(single('case/1', 0));
    const [refused, taken] = await Promise.allSettled([
      ledger.append(single('case/1', 5)),
      ledger.append(single('case/2', 0)),
    ]);
    assert.match(String((refused as PromiseRejectedResult).reason), /there are 1 events now/);
    assert.equal(taken.status, 'fulfilled');
    assert.equal((await views.stream('irs', 'case/1')).length, 1);
  });

  it('reads an expected version without writing to the stream', async (t) => {
    const { ledger } = await testOffice(t);
    await ledger.append(single('gate', 0));
    await ledger.append(actOf({ gate: 1, 'case/1': 0 }, [eventOf('case/1')]));
    await assert.rejects(
      ledger.append(actOf({ gate: 0, 'case/1': 1 }, [eventOf('case/1')])),
      kind('moved-on'),
    );
  });

  it('gives the same receipt for the same act, after a restart and at another hour', async (t) => {
    const { db, ledger } = await testOffice(t);
    const act = actOf({ 'case/1': 0 }, [eventOf('case/1'), eventOf('case/1'), eventOf('case/1')]);
    const receipt = await ledger.append(act);
    await ledger.append(single('case/1', 3));
    const again = await openLedger(optionsOf(db));
    assert.deepEqual(await again.append({ ...act, time: act.time + 1 }), { ...receipt, repeated: true });
    assert.deepEqual(await openViews({ db, ...secrets }).receipt('irs', act.id), receipt);
    await assert.rejects(again.append({ ...act, asked: '0'.repeat(64) }), kind('act-repeated'));
    // The same act twice at once: one is recorded, the other is told so.
    const twice = single('case/2', 0);
    const [one, two] = await Promise.all([again.append(twice), again.append(twice)]);
    assert.deepEqual([one.repeated, two.repeated, two.first], [false, true, one.first]);
  });

  it('refuses what is no act before anything is written', async (t) => {
    const { ledger, views } = await testOffice(t);
    const act = single('case/1', 0);
    await assert.rejects(ledger.append({ ...act, id: 'not a uuid' }), RangeError);
    await assert.rejects(ledger.append({ ...act, expect: {} }), RangeError);
    const malformed = { ...act, events: [eventOf('case/1', { kind: '\ud800' })] as const };
    await assert.rejects(ledger.append(malformed), /well-formed/);
    assert.equal(await views.head('irs'), undefined);
  });
});

describe('two writers of one log', () => {
  it('fence each other: every act is recorded once, and the log never forks', async (t) => {
    const { db, views } = await testOffice(t);
    const ledgers = await Promise.all([openLedger(optionsOf(db)), openLedger(optionsOf(db))]);
    const receipts: Receipt[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async (_, caller) => {
        for (let n = 0; n < 15; n++) {
          const ledger = ledgers[(caller + n) % 2] as (typeof ledgers)[0];
          receipts.push(await ledger.append(single(`case/${caller}`, n)));
        }
      }),
    );
    assert.deepEqual(
      receipts.map(({ first }) => first).sort((a, b) => a - b),
      receipts.map((_, n) => n),
    );
    const report = await verified(
      views,
      receipts.map(({ checkpoint }) => checkpoint),
    );
    assert.deepEqual([report.findings, report.goesOnFrom], [[], receipts.length]);
  });

  it('of whom only one gets what both expect', async (t) => {
    const { db, views } = await testOffice(t);
    const ledgers = await Promise.all(Array.from({ length: 4 }, () => openLedger(optionsOf(db))));
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all(ledgers.map((ledger) => outcome(ledger.append(single('case/1', n)))));
      assert.deepEqual(answers.sort(), ['moved-on', 'moved-on', 'moved-on', `new ${n}`]);
    }
    assert.deepEqual((await verified(views)).findings, []);
  });
});
