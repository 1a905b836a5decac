import assert from 'node:assert/strict';
import { test } from 'node:test';
import type pg from 'pg';
import { secrets } from './ledger.fixture.ts';
import { DataKeys } from './ledger-keys.ts';
import { namesOf } from './ledger-names.ts';

/** A database that has no key. */
const empty = { query: () => Promise.resolve({ rows: [] }) } as unknown as pg.Pool;

const scopesFrom = (from: number, count: number) =>
  new Map(Array.from({ length: count }, (_, n) => [`case/${from + n}`, { isNew: false }] as const));

test('the keys of a batch are there until it is written, however many scopes came before it', async () => {
  const keys = new DataKeys(secrets.keys, namesOf(secrets.nameKey, 'irs'), 'irs');
  let writing: string[] = [];
  for (let batch = 0; batch < 7; batch++) {
    // As a batch is made while the one before it is written; each has half of its scopes from that one.
    const scopes = scopesFrom(batch * 4000, 8000);
    await keys.need(empty, scopes);
    keys.split(writing);
    keys.stored(writing);
    const { unsaved, saved } = keys.split(writing);
    assert.deepEqual([unsaved.length, saved.length], [0, writing.length]);
    writing = [...scopes.keys()];
  }
});

test('a key that was destroyed is forgotten, also where it was not asked for lately', async () => {
  const keys = new DataKeys(secrets.keys, namesOf(secrets.nameKey, 'irs'), 'irs');
  const first = scopesFrom(0, 20_001);
  await keys.need(empty, first);
  keys.stored([...first.keys()]);
  await keys.need(empty, scopesFrom(30_000, 1));
  const { id } = keys.of('case/7');
  keys.forget(new Set([id]));
  assert.throws(() => keys.of('case/7'), RangeError);
});
