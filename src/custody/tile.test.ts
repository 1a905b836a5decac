import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseTilePath, tilePath } from './tile.ts';

describe('C2SP tlog-tiles, paths', () => {
  for (const [place, path] of [
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 63, index: 5, width: 112 }, 'tile/63/005.p/112'],
    [{ level: 1, index: 1000, width: 1 }, 'tile/1/x001/000.p/1'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
    [{ level: 'entries', index: 999, width: 256 }, 'tile/entries/999'],
  ] as const) {
    it(path, () => {
      assert.equal(tilePath(place), path);
      assert.deepEqual(parseTilePath(path), place);
    });
  }

  it('any place is read back', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 }));
    const index = fc.maxSafeNat();
    fc.assert(
      fc.property(level, index, fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        const place = { level, index, width };
        assert.deepEqual(parseTilePath(tilePath(place)), place);
      }),
    );
  });

  for (const path of [
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/01',
    'tile/64/000',
    'tile/00/000',
    'tile/-1/000',
    'tile/0/123/456/078',
    'tile/0/x000/078',
    'tile/0/78',
    'tile/0/x001',
    'tile/data/000',
    'tile/8/0/000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
  ]) {
    it(`refuses ${path}`, () => {
      assert.equal(parseTilePath(path), undefined);
    });
  }
});
