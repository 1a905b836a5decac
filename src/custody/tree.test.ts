import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts';
import { MTH } from './rfc6962.ts';
import { hashInTile, tilePath, tileWidth, tilesOfTree } from './tile.ts';
import { EMPTY_TREE, appendLeaves, openTree, rootOf } from './tree.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// The vectors of the Certificate Transparency reference code (github.com/transparency-dev/merkle, testonly/constants.go).
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((input) => Buffer.from(input, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaves = (size: number, from = 0): Uint8Array[] =>
  Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${from + n}`));
const hashes = (entries: Uint8Array[]): Uint8Array => Buffer.concat(entries.map(leafHash));

describe('RFC 6962 section 2.1, the published vectors', () => {
  for (const [size, root] of ROOTS.entries()) {
    it(`root of the first ${size} inputs`, () => {
      const entries = INPUTS.slice(0, size);
      assert.equal(hex(rootOf(appendLeaves(EMPTY_TREE, hashes(entries)).tree)), root);
      assert.equal(hex(MTH(entries)), root);
    });
  }

  it('leaf and node hashes', () => {
    assert.equal(
      hex(leafHash(Buffer.from('10', 'hex'))),
      '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
    );
    assert.equal(
      hex(nodeHash(leafHash(Buffer.from('10', 'hex')), leafHash(Buffer.from('2021', 'hex')))),
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    );
    assert.equal(hex(EMPTY_ROOT), ROOTS[0]);
  });
});

describe('appending', () => {
  it('comes to the same tree and tiles however the entries are batched, and to the root of the slow tree', () => {
    const batches = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, (sizes) => {
        const all = leaves(sizes.reduce((a, b) => a + b, 0));
        const whole = appendLeaves(EMPTY_TREE, hashes(all));
        let tree = EMPTY_TREE;
        let at = 0;
        const kept = new Map<string, Uint8Array>();
        for (const size of sizes) {
          const grown = appendLeaves(tree, hashes(all.slice(at, at + size)));
          for (const tile of grown.tiles) kept.set(tilePath(tile), tile.bytes);
          tree = grown.tree;
          at += size;
        }
        assert.deepEqual(tree, whole.tree);
        assert.equal(hex(rootOf(tree)), hex(MTH(all)));
        for (const tile of whole.tiles) assert.deepEqual(kept.get(tilePath(tile)), tile.bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('gives every tile of the tree, at its width, with the hashes of C2SP tlog-tiles', () => {
    // 256² entries and a few: three levels of tiles, the top one with a single hash.
    const size = 256 * 256 + 300;
    const { tiles } = appendLeaves(EMPTY_TREE, hashes(leaves(size)));
    const paths = [...tilesOfTree(size)].filter(({ level }) => level !== 'entries').map(tilePath);
    assert.deepEqual(tiles.map(tilePath).sort(), paths.sort());
    const tileAt = (path: string) => tiles.find((tile) => tilePath(tile) === path)?.bytes ?? new Uint8Array();
    assert.equal(
      hex(tileAt('tile/0/257.p/44').subarray(0, 32)),
      hex(leafHash(Buffer.from(`leaf ${257 * 256}`))),
    );
    assert.equal(hex(tileAt('tile/1/000').subarray(64, 96)), hex(MTH(leaves(256, 512))));
    assert.equal(hex(tileAt('tile/2/000.p/1')), hex(hashInTile(tileAt('tile/1/000'), 0, 256)));
  });

  it('leaves the tree it was given as it was, for a writer whose transaction fails', () => {
    const { tree } = appendLeaves(EMPTY_TREE, hashes(leaves(300)));
    const before = hex(rootOf(tree));
    const once = appendLeaves(tree, hashes(leaves(400, 300)));
    const again = appendLeaves(tree, hashes(leaves(400, 300)));
    assert.equal(hex(rootOf(tree)), before);
    assert.deepEqual(again, once);
  });
});

describe('openTree', () => {
  it('goes on from the tiles of any size as if it had never stopped', async () => {
    const sizes = fc.integer({ min: 0, max: 1400 });
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        const { tree, tiles } = appendLeaves(EMPTY_TREE, hashes(leaves(size)));
        const byPath = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
        const opened = await openTree(size, (level, index, width) =>
          byPath.get(tilePath({ level, index, width })),
        );
        assert.equal(hex(rootOf(opened)), hex(rootOf(tree)));
        const more = hashes(leaves(10, size));
        assert.deepEqual(appendLeaves(opened, more), appendLeaves(tree, more));
      }),
      { numRuns: 60 },
    );
  });

  it('says which tile is missing', async () => {
    await assert.rejects(
      openTree(70_000, () => undefined),
      {
        problems: [
          {
            kind: 'log-altered',
            what: 'A tile of the log is missing or of the wrong length.',
            where: 'tile/0/273.p/112',
            next: 'Get the directory again from the office; if the tile is missing there too, its log is damaged.',
          },
        ],
      },
    );
  });
});

describe('C2SP tlog-tiles, Partial Tiles: the examples', () => {
  it('a tree of 70,000', () => {
    const places = [...tilesOfTree(70_000)].filter(({ level }) => level !== 'entries');
    const of = (level: number) => places.filter((place) => place.level === level);
    assert.equal(of(0).filter(({ width }) => width === 256).length, 273);
    assert.deepEqual(of(0).at(-1), { level: 0, index: 273, width: 112 });
    assert.deepEqual(of(1), [
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
    ]);
    assert.deepEqual(of(2), [{ level: 2, index: 0, width: 1 }]);
  });

  it('a tree of 256', () => {
    assert.deepEqual(
      [...tilesOfTree(256)],
      [
        { level: 'entries', index: 0, width: 256 },
        { level: 0, index: 0, width: 256 },
        { level: 1, index: 0, width: 1 },
      ],
    );
    assert.equal(tileWidth(256, 0, 1), 0);
  });
});
