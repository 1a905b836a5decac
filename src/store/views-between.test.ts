import assert from 'node:assert/strict';
import { it } from 'node:test';
import { destroyKeys } from './destroy.ts';
import { actOf, eventOf, secrets, testOffice } from './ledger.fixture.ts';

it('the streams of some entries are each named once, and no other', async (t) => {
  const { ledger, views } = await testOffice(t);
  await ledger.append(
    actOf({ 'case/1': 0, gate: 0 }, [eventOf('case/1'), eventOf('gate'), eventOf('case/1')]),
  );
  await ledger.append(actOf({ 'case/2': 0, 'case/1': 2 }, [eventOf('case/2'), eventOf('case/1')]));
  assert.deepEqual(await views.streamsBetween('irs', 0, 3), ['case/1', 'gate']);
  assert.deepEqual(await views.streamsBetween('irs', 3, 5), ['case/2', 'case/1']);
  assert.deepEqual(await views.streamsBetween('irs', 3, 4), ['case/2']);
  assert.deepEqual(await views.streamsBetween('irs', 5, 99), []);
  assert.deepEqual(await views.streamsBetween('irs-review', 0, 99), []);
});

it('of a stream, what can no longer be read names nothing, and what still can does', async (t) => {
  const { db, ledger, views } = await testOffice(t);
  await ledger.append(
    actOf({ 'case/1': 0, 'case/2': 0 }, [eventOf('case/1', { scope: 'gone' }), eventOf('case/2')]),
  );
  await destroyKeys(db, 'irs', secrets.nameKey, { scopes: ['gone'], contents: [] });
  assert.deepEqual(await views.streamsBetween('irs', 0, 2), ['case/2']);
});
