import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDay } from '../ground/dates.ts';
import { recordOf } from '../record/record.ts';
import { recordBatch } from '../store/batch.ts';
import { actOf, optionsOf, testOffice } from '../store/ledger.fixture.ts';
import type { Json, NewEvent } from '../store/types.ts';
import { dressed, nameOf, tinOf } from './cases.fixture.ts';
import { eventsOf, eventsOfTaxpayer } from './events.ts';

/** What may happen in a case beside its template: about both of its taxpayers at once, or a correction. */
const question = (stream: string, reference: string): NewEvent => ({
  stream,
  case: reference,
  kind: 'may-i-answered',
  cite: '(f)',
  data: {
    on: '2026-04-06',
    verdict: 'refused',
    hop: 'customs-use',
    proposal: { act: 'look or use', items: ['purchases', 'sister-purchases'], for: { matter: 'the audit' } },
    rules: [],
  },
});

const correction = (of: NewEvent, seq: number): NewEvent => ({
  ...of,
  kind: 'entry-corrected',
  cite: '6103(p)(4)(A)',
  data: {
    on: '2026-05-01',
    seq,
    of: of.kind,
    says: { reason: 'Another reason.' },
    reason: 'It was misread.',
  },
});

/** How far a case has come, about which two taxpayers, and what else happened in it. */
const oneCase = fc.record({
  pair: fc.nat(4),
  acts: fc.integer({ min: 1, max: 28 }),
  asked: fc.boolean(),
  corrected: fc.boolean(),
});

const days = [
  {},
  { from: readDay('2026-04-01') },
  { to: readDay('2026-03-15') },
  { from: readDay('2026-03-01'), to: readDay('2026-03-31') },
].map((scope) => Object.fromEntries(Object.entries(scope).filter(([, day]) => day !== undefined)));

test('one taxpayer’s record, from that taxpayer’s cases alone, is the one that all events of the office give', async (t) => {
  const { db, ledger, views } = await testOffice(t, 'customs');
  const node = { views, log: 'customs' } as const;
  let cases = 0;
  const directory = { stream: 'people', kind: 'person-added', cite: '', data: { id: 'p', name: 'Pat Lowe' } };
  await ledger.append(actOf({ people: 0 }, [directory], { log: 'customs', office: 'customs' }));

  const record = async ({
    pair,
    acts,
    asked,
    corrected,
  }: typeof oneCase extends fc.Arbitrary<infer One> ? One : never) => {
    const reference = `CBP-${cases++}`;
    const stream = `case/${reference}`;
    const events = dressed(reference, pair).slice(0, acts);
    let version = 0;
    let last: readonly [event: NewEvent, seq: number] | undefined;
    const more = asked ? [[question(stream, reference)]] : [];
    for (const [first, ...rest] of [...events, ...more]) {
      if (first === undefined) continue;
      const { first: seq } = await ledger.append(
        actOf({ [stream]: version }, [first, ...rest], { log: 'customs', office: 'customs' }),
      );
      version += rest.length + 1;
      if (first.item !== undefined) last = [first, seq];
    }
    if (corrected && last !== undefined)
      await ledger.append(
        actOf({ [stream]: version }, [correction(...last)], { log: 'customs', office: 'customs' }),
      );
  };

  await fc.assert(
    fc.asyncProperty(fc.array(oneCase, { minLength: 1, maxLength: 4 }), async (some) => {
      await Promise.all(some.map(record));
      const all = await eventsOf(node);
      for (let pair = 0; pair < 6; pair++)
        for (const taxpayer of [tinOf(pair), tinOf(pair).replace('-', ''), nameOf(pair)]) {
          const { events, own } = await eventsOfTaxpayer(node, taxpayer);
          for (const scope of days)
            assert.deepEqual(
              recordOf('customs', events, { taxpayer, ...scope }),
              recordOf('customs', all, { taxpayer, ...scope }),
            );
          const account = taxpayer === tinOf(pair) ? taxpayer.replace('-', '') : taxpayer;
          assert.deepEqual(
            own,
            all.filter((event) => event.taxpayer === account).map(({ seq }) => seq),
          );
        }
    }),
    { numRuns: 12 },
  );

  // Nobody else's case is read: what was recorded of others changes nothing, and is not there.
  const { events } = await eventsOfTaxpayer(node, tinOf(0));
  const strangers = Array.from({ length: 3 }, (_, n) => dressed(`CBP-X${n}`, 99).flat());
  const batch = strangers.map(([first, ...rest]) =>
    actOf({ [first?.stream ?? '']: 0 }, [first, ...rest] as [NewEvent, ...NewEvent[]], {
      log: 'customs',
      office: 'customs',
    }),
  );
  for await (const _ of recordBatch(optionsOf(db, 'customs'), batch));
  assert.deepEqual((await eventsOfTaxpayer(node, tinOf(0))).events, events);
  assert.ok(events.every((event) => (event.data as { readonly [name: string]: Json }) !== null));
});

test('a case that was only drafted is in nobody’s record yet: nothing in it was asked for', async (t) => {
  const { ledger, views } = await testOffice(t, 'customs');
  const node = { views, log: 'customs' } as const;
  const [draft] = dressed('CBP-1', 3)[0] ?? [];
  assert.ok(draft);
  await ledger.append(
    actOf({ 'case/CBP-1': 0 }, [draft, question('case/CBP-1', 'CBP-1')], {
      log: 'customs',
      office: 'customs',
    }),
  );
  const taxpayer = nameOf(3);
  const all = await eventsOf(node);
  assert.equal(recordOf('customs', all).rows.length, 2);
  assert.deepEqual(recordOf('customs', all, { taxpayer }).rows, []);
  assert.deepEqual(await eventsOfTaxpayer(node, taxpayer), { events: [], own: [] });
});
