import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { proveConsistency, verifyConsistency } from './consistency.ts';
import { EMPTY_ROOT, leafHash, nodeHash } from './hash.ts';
import { proveInclusion, verifyInclusion } from './inclusion.ts';
import { flip } from './log.fixture.ts';
import { MTH, PATH, PROOF } from './rfc6962.ts';
import { tilePath } from './tile.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from './tree.ts';

const leaves = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));

const treeOf = (size: number) => {
  const { tree, tiles } = appendLeaves(EMPTY_TREE, Buffer.concat(leaves(size).map(leafHash)));
  const byPath = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  const readTile = (level: number, index: number, width: number) =>
    byPath.get(tilePath({ level, index, width }));
  return { root: rootOf(tree), readTile };
};

const base64 = (texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text, 'base64'));
const pair = fc
  .integer({ min: 1, max: 900 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));

describe('inclusion (RFC 6962 section 2.1.1)', () => {
  it('from tiles is the path of the slow tree, and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([size, index]) => {
        const { root, readTile } = treeOf(size);
        const path = await proveInclusion(size, index, readTile);
        assert.deepEqual(path, PATH(index, leaves(size)));
        assert.ok(verifyInclusion(path, size, root, index, leafHash(Buffer.from(`leaf ${index}`))));
      }),
      { numRuns: 60 },
    );
  });

  it('in a tree of three levels of tiles', async () => {
    const size = 256 * 256 + 257;
    const { root, readTile } = treeOf(size);
    for (const index of [0, 255, 256, 65_535, 65_536, 65_791, 65_792]) {
      const path = await proveInclusion(size, index, readTile);
      assert.ok(
        verifyInclusion(path, size, root, index, leafHash(Buffer.from(`leaf ${index}`))),
        `entry ${index}`,
      );
    }
  });

  it('is refused with any bit turned over: in the path, the root or the leaf', async () => {
    for (const [size, index] of [
      [1, 0],
      [7, 6],
      [8, 3],
      [300, 299],
      [300, 17],
    ] as const) {
      const { root, readTile } = treeOf(size);
      const path = await proveInclusion(size, index, readTile);
      const leaf = leafHash(Buffer.from(`leaf ${index}`));
      for (let bit = 0; bit < 256; bit++) {
        for (const at of path.keys()) {
          const bad = path.map((hash, n) => (n === at ? flip(hash, bit) : hash));
          assert.equal(verifyInclusion(bad, size, root, index, leaf), false);
        }
        assert.equal(verifyInclusion(path, size, flip(root, bit), index, leaf), false);
        assert.equal(verifyInclusion(path, size, root, index, flip(leaf, bit)), false);
      }
    }
  });

  it('is refused at any other index, and with a hash more, less or of another length', async () => {
    const { root, readTile } = treeOf(37);
    const leaf = leafHash(Buffer.from('leaf 20'));
    const path = await proveInclusion(37, 20, readTile);
    for (const index of [...Array(37).keys(), -1, 37, 20.5, NaN]) {
      assert.equal(verifyInclusion(path, 37, root, index, leaf), index === 20);
    }
    for (const size of [0, -1, 20, 36.5, Infinity])
      assert.equal(verifyInclusion(path, size, root, 20, leaf), false);
    assert.equal(verifyInclusion(path.slice(1), 37, root, 20, leaf), false);
    assert.equal(verifyInclusion(path.slice(0, -1), 37, root, 20, leaf), false);
    assert.equal(verifyInclusion([...path, root], 37, root, 20, leaf), false);
    assert.equal(verifyInclusion(path.toReversed(), 37, root, 20, leaf), false);
    assert.equal(
      verifyInclusion(
        path.map((hash) => hash.subarray(1)),
        37,
        root,
        20,
        leaf,
      ),
      false,
    );
    assert.equal(verifyInclusion([], 37, root, 20, root), false);
  });

  it('goes no higher than the tree of the size that is claimed', () => {
    const [first, second] = leaves(2).map(leafHash);
    assert.ok(first && second);
    assert.equal(verifyInclusion([first], 1, nodeHash(first, second), 0, second), false);
  });

  it('there is none of an entry that the log does not have', async () => {
    await assert.rejects(proveInclusion(5, 5, treeOf(5).readTile), RangeError);
  });
});

describe('consistency (RFC 6962 section 2.1.2)', () => {
  it('from tiles is the proof of the slow tree, and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([size, less]) => {
        const oldSize = less + 1;
        const { root, readTile } = treeOf(size);
        const path = await proveConsistency(oldSize, size, readTile);
        assert.deepEqual(path, PROOF(oldSize, leaves(size)));
        assert.ok(verifyConsistency(path, oldSize, MTH(leaves(oldSize)), size, root));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with any bit turned over: in the path or either root', async () => {
    for (const [oldSize, size] of [
      [1, 2],
      [3, 7],
      [4, 8],
      [6, 8],
      [256, 300],
      [255, 257],
    ] as const) {
      const { root, readTile } = treeOf(size);
      const oldRoot = treeOf(oldSize).root;
      const path = await proveConsistency(oldSize, size, readTile);
      for (let bit = 0; bit < 256; bit++) {
        for (const at of path.keys()) {
          const bad = path.map((hash, n) => (n === at ? flip(hash, bit) : hash));
          assert.equal(verifyConsistency(bad, oldSize, oldRoot, size, root), false);
        }
        assert.equal(verifyConsistency(path, oldSize, flip(oldRoot, bit), size, root), false);
        assert.equal(verifyConsistency(path, oldSize, oldRoot, size, flip(root, bit)), false);
      }
    }
  });

  it('the old size is part of what is proven', async () => {
    const { root, readTile } = treeOf(37);
    const path = await proveConsistency(20, 37, readTile);
    const oldRoot = treeOf(20).root;
    for (const oldSize of [...Array(38).keys(), -1, 38, 20.5, NaN]) {
      assert.equal(verifyConsistency(path, oldSize, oldRoot, 37, root), oldSize === 20);
    }
    assert.equal(verifyConsistency(path.slice(1), 20, oldRoot, 37, root), false);
    assert.equal(verifyConsistency(path.slice(0, -1), 20, oldRoot, 37, root), false);
    assert.equal(verifyConsistency([...path, root], 20, oldRoot, 37, root), false);
    assert.equal(verifyConsistency([], 20, oldRoot, 37, root), false);
    assert.equal(
      verifyConsistency(
        path.map((hash) => hash.subarray(1)),
        20,
        oldRoot,
        37,
        root,
      ),
      false,
    );
  });

  it('from nothing and from the same tree it is empty, and nothing else', async () => {
    const { root, readTile } = treeOf(37);
    assert.deepEqual(await proveConsistency(0, 37, readTile), []);
    assert.deepEqual(await proveConsistency(37, 37, readTile), []);
    assert.ok(verifyConsistency([], 0, EMPTY_ROOT, 37, root));
    assert.ok(verifyConsistency([], 37, root, 37, root));
    assert.equal(verifyConsistency([root], 0, EMPTY_ROOT, 37, root), false);
    assert.equal(verifyConsistency([root], 37, root, 37, root), false);
    assert.equal(verifyConsistency([], 37, EMPTY_ROOT, 37, root), false);
    assert.equal(verifyConsistency([], 0, root, 37, root), false);
  });

  it('goes no higher than the trees of the sizes that are claimed', async () => {
    const { root, readTile } = treeOf(4);
    const above = leafHash(Buffer.from('a subtree on the left'));
    const path = [...(await proveConsistency(3, 4, readTile)), above];
    const roots = [treeOf(3).root, root].map((hash) => nodeHash(above, hash));
    assert.ok(roots[0] && roots[1]);
    assert.equal(verifyConsistency(path, 3, roots[0], 4, roots[1]), false);
  });

  it('there is none back to a longer log', async () => {
    await assert.rejects(proveConsistency(6, 5, treeOf(5).readTile), RangeError);
  });
});

// From github.com/transparency-dev/merkle, testdata/inclusion and testdata/consistency: the happy paths.
describe('the published vectors', () => {
  for (const [index, size, root, leaf, path] of [
    [
      0,
      8,
      'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
      'bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=',
      [
        'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
        'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
        'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
      ],
    ],
    [
      5,
      8,
      'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
      'QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=',
      [
        'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
        'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
        '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
      ],
    ],
    [
      2,
      3,
      'rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=',
      'ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=',
      ['+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU='],
    ],
  ] as const) {
    it(`inclusion of ${index} in ${size}`, () => {
      const [rootBytes, leafBytes, ...hashes] = base64([root, leaf, ...path]);
      assert.ok(rootBytes && leafBytes && verifyInclusion(hashes, size, rootBytes, index, leafBytes));
    });
  }

  for (const [oldSize, size, oldRoot, root, path] of [
    [
      1,
      8,
      'bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=',
      'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
      [
        'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
        'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
        'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
      ],
    ],
    [
      6,
      8,
      'duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=',
      'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=',
      [
        'DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=',
        'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=',
        '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
      ],
    ],
    [
      2,
      5,
      '+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=',
      'Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=',
      ['Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=', 'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms='],
    ],
  ] as const) {
    it(`consistency of ${oldSize} with ${size}`, () => {
      const [oldBytes, rootBytes, ...hashes] = base64([oldRoot, root, ...path]);
      assert.ok(oldBytes && rootBytes && verifyConsistency(hashes, oldSize, oldBytes, size, rootBytes));
    });
  }
});
