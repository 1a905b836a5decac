import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { destroyKeys } from './destroy.ts';
import { actOf, eventOf, secrets, testOffice } from './ledger.fixture.ts';
import { openViews } from './views.ts';

it('what was destroyed is not answered from memory, and what comes after it is', async (t) => {
  const { db, ledger, views } = await testOffice(t);
  await ledger.append(
    actOf({ 'case/1': 0 }, [eventOf('case/1', { scope: 'item' }), eventOf('case/1', { data: 'stays' })]),
  );
  assert.deepEqual(
    (await views.stream('irs', 'case/1')).map(({ data }) => data),
    [{ line: 12 }, 'stays'],
  );
  await destroyKeys(db, 'irs', secrets.nameKey, { scopes: ['item'], contents: [] });
  const after = await views.stream('irs', 'case/1');
  assert.deepEqual(
    after.map(({ data }) => data),
    [null, 'stays'],
  );
  await ledger.append(actOf({ 'case/1': 2 }, [eventOf('case/1', { scope: 'item', data: 'sealed anew' })]));
  assert.deepEqual(
    (await views.stream('irs', 'case/1')).map(({ data }) => data),
    [null, 'stays', 'sealed anew'],
  );
  await destroyKeys(db, 'irs', secrets.nameKey, { scopes: ['item', 'case/1'], contents: [] });
  assert.deepEqual(
    (await views.stream('irs', 'case/1')).map(({ data }) => data),
    [null, null, null],
  );
});

it('who has read before, from any version, is told the same as who reads for the first time', async (t) => {
  const { db, ledger, views } = await testOffice(t);
  const length = new Map<string, number>();
  const step = fc.oneof(
    fc.record({
      do: fc.constant('write' as const),
      stream: fc.constantFrom('a', 'b'),
      scope: fc.constantFrom('s', 't', undefined),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ do: fc.constant('destroy' as const), scope: fc.constantFrom('s', 't', 'a') }),
    fc.record({
      do: fc.constant('read' as const),
      stream: fc.constantFrom('a', 'b'),
      after: fc.integer({ min: 0, max: 5 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      for (const one of steps) {
        if (one.do === 'destroy') {
          await destroyKeys(db, 'irs', secrets.nameKey, { scopes: [one.scope], contents: [] });
        } else if (one.do === 'write') {
          const before = length.get(one.stream) ?? 0;
          const made = () => eventOf(one.stream, one.scope === undefined ? {} : { scope: one.scope });
          const rest = Array.from({ length: one.count - 1 }, made);
          await ledger.append(actOf({ [one.stream]: before }, [made(), ...rest]));
          length.set(one.stream, before + one.count);
        } else {
          const fresh = openViews({ db, ...secrets });
          assert.deepEqual(
            await views.stream('irs', one.stream, one.after),
            await fresh.stream('irs', one.stream, one.after),
          );
        }
      }
    }),
    { numRuns: 25 },
  );
});
