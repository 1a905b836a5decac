import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { encodeBundle } from './bundle.ts';
import { signCheckpoint } from './checkpoint.ts';
import {
  ORIGIN,
  entriesOf,
  entryOf,
  flip,
  logOf,
  logSigner,
  readerOf,
  seed,
  witnessSigner,
} from './log.fixture.ts';
import type { Files } from './log.fixture.ts';
import { formatNote, parseNote, signNote } from './note.ts';
import { signerFromSeed } from './signer.ts';
import { tilePath } from './tile.ts';
import { openTree, rootOf } from './tree.ts';
import { verifyLog } from './verify.ts';
import type { VerifyOptions } from './verify.ts';
import { ED25519 } from './vkey.ts';

const SIZE = 800; // three full bundles and a partial one of 32, two levels of tiles
const ENTRIES = entriesOf(SIZE);
const whole = logOf(ENTRIES);

const verify = (files: ReadonlyMap<string, Uint8Array>, options: Omit<VerifyOptions, 'log'> = {}) =>
  verifyLog((path) => files.get(path), { log: logSigner.verifier, ...options });

/** What is found in a copy of the whole log after `change`, one line a finding. */
const found = async (
  change: (files: Map<string, Uint8Array>) => void,
  options?: Omit<VerifyOptions, 'log'>,
) => {
  const files = new Map(whole.files);
  change(files);
  const { findings, unlisted } = await verify(files, options);
  return [
    ...findings.map(({ where, what }) => `${where ?? ''}: ${what}`),
    ...(unlisted === 0 ? [] : [`and ${unlisted} more`]),
  ];
};

const bundle = (index: number, entries: readonly Uint8Array[], width = 256): [string, Uint8Array] => [
  tilePath({ level: 'entries', index, width }),
  encodeBundle(entries),
];
const bundleOf = (index: number) => ENTRIES.slice(index * 256, index * 256 + 256);
const changed =
  (path: string, bit = 77) =>
  (files: Map<string, Uint8Array>) =>
    files.set(path, flip(files.get(path) ?? new Uint8Array(), bit));

/** The same head signed again by the log for other entries: what the owner of the database and of the key can do. */
const resigned = (entries: Uint8Array[]): Files => logOf(entries);

describe('a whole log', () => {
  for (const size of [0, 1, 255, 256, 257, 512, 800]) {
    it(`of ${size} entries has no findings`, async () => {
      const report = await verify(logOf(ENTRIES.slice(0, size)).files);
      assert.deepEqual([report.findings, report.unlisted, report.head.size], [[], 0, size]);
    });
  }

  it('of three levels of tiles has none either, and an entry altered in it is found', async () => {
    const { files } = logOf(Array.from({ length: 65_536 + 300 }, (_, n) => ENTRIES[n % SIZE] ?? entryOf(n)));
    assert.deepEqual((await verify(files)).findings, []);
    const path = tilePath({ level: 'entries', index: 200, width: 256 });
    files.set(path, flip(files.get(path) ?? new Uint8Array(), (322 * 5 + 100) * 8));
    const { findings } = await verify(files);
    assert.deepEqual(
      findings.map(({ where }) => where),
      ['entry 51205'],
    );
  });

  it('may hold full tiles in the place of partial ones', async () => {
    const { files } = logOf(ENTRIES);
    const small = logOf(ENTRIES.slice(0, 700));
    files.set('checkpoint', Buffer.from(small.checkpoint));
    files.set('tile/1/000.p/2', small.files.get('tile/1/000.p/2') ?? new Uint8Array());
    assert.deepEqual((await verify(files)).findings, []);
  });

  it('says who cosigned it, and which known heads it goes on from', async () => {
    const files = new Map(whole.files);
    const cosigned = formatNote(signNote(parseNote(whole.checkpoint), witnessSigner, 1_700_001_000));
    files.set('checkpoint', Buffer.from(cosigned));
    const known = [0, 1, 255, 256, 300, 799, 800].map((size) => logOf(ENTRIES.slice(0, size)).checkpoint);
    const report = await verify(files, { witnesses: [witnessSigner.verifier], known });
    assert.deepEqual([report.findings, report.goesOnFrom], [[], 7]);
    assert.deepEqual(report.cosigned, ['customs.waybill.example/witness']);
    assert.deepEqual((await verify(files)).cosigned, []);
  });
});

describe('an owner of the database without the key of the log', () => {
  it('edits an entry', async () => {
    const lines = await found((files) =>
      files.set(...bundle(1, bundleOf(1).with(9, flip(entryOf(265), 900)))),
    );
    assert.deepEqual(lines, [
      'entry 265: The entry was altered: it does not have the leaf hash that was signed.',
    ]);
  });

  it('edits an entry and the tile of its hash', async () => {
    const bad = logOf(ENTRIES.with(265, flip(entryOf(265), 900)));
    const lines = await found((files) => {
      for (const path of ['tile/entries/001', 'tile/0/001'])
        files.set(path, bad.files.get(path) ?? new Uint8Array());
    });
    assert.deepEqual(lines, [
      'tile/0/001: A tile is not the one that the signed head leads to.',
      'tile/entries/001: Entries 256 to 511 are not those that were signed.',
    ]);
  });

  it('edits an entry and every tile above it', async () => {
    const bad = logOf(ENTRIES.with(265, flip(entryOf(265), 900)));
    const lines = await found((files) => {
      for (const [path, bytes] of bad.files) if (path !== 'checkpoint') files.set(path, bytes);
    });
    assert.deepEqual(lines, [
      ': The tiles at the right edge of the log do not lead to the root in its signed head.',
    ]);
  });

  it('edits a tile only, on any level', async () => {
    for (const path of ['tile/0/001', 'tile/0/003.p/32', 'tile/1/000.p/3']) {
      assert.deepEqual(await found(changed(path)), [
        `${path}: A tile is not the one that the signed head leads to.`,
      ]);
    }
  });

  it('takes an entry out of the middle and of the end', async () => {
    assert.deepEqual(await found((files) => files.set(...bundle(1, bundleOf(1).toSpliced(9, 1)))), [
      'entry 265: The entry is missing: it was taken out.',
      'entry 265: Entries 265 to 510 are those that were signed as 266 to 511: they were renumbered.',
    ]);
    assert.deepEqual(await found((files) => files.set(...bundle(3, bundleOf(3).slice(0, -1), 32))), [
      'entry 799: The entry is missing: it was taken out.',
    ]);
  });

  it('takes an entry out and moves all that come after up', async () => {
    const fewer = ENTRIES.toSpliced(9, 1);
    const lines = await found((files) => {
      for (const index of [0, 1, 2]) files.set(...bundle(index, fewer.slice(index * 256, index * 256 + 256)));
      files.set(...bundle(3, fewer.slice(768), 32));
    });
    assert.deepEqual(lines, [
      'entry 9: The entry is missing: it was taken out.',
      'entry 9: Entries 9 to 798 are those that were signed as 10 to 799: they were renumbered.',
    ]);
  });

  it('puts an entry in', async () => {
    assert.deepEqual(
      await found((files) => files.set(...bundle(3, bundleOf(3).toSpliced(3, 0, entryOf(5000)), 32))),
      [
        'entry 771: The entry is not one that was signed: it was put in.',
        'entry 772: Entries 772 to 800 are those that were signed as 771 to 799: they were renumbered.',
      ],
    );
  });

  it('swaps two entries, in one bundle and over two', async () => {
    const swapped = ENTRIES.with(3, entryOf(9))
      .with(9, entryOf(3))
      .with(10, entryOf(600))
      .with(600, entryOf(10));
    const lines = await found((files) => {
      for (const index of [0, 2]) files.set(...bundle(index, swapped.slice(index * 256, index * 256 + 256)));
    });
    const swap = (at: number, from: number) =>
      `entry ${at}: The entry is the one that was signed as number ${from}: entries were swapped or renumbered.`;
    assert.deepEqual(lines, [swap(3, 9), swap(9, 3), swap(10, 600), swap(600, 10)]);
  });

  it('takes a file away', async () => {
    assert.deepEqual(await found((files) => files.delete('tile/entries/001')), [
      'tile/entries/001: Entries 256 to 511 are missing.',
    ]);
    assert.deepEqual(await found((files) => files.delete('tile/0/001')), [
      'tile/0/001: A tile is missing or of the wrong length.',
    ]);
    for (const path of ['tile/0/003.p/32', 'tile/1/000.p/3']) {
      assert.deepEqual(await found((files) => files.delete(path)), [
        `${path}: A tile of the log is missing or of the wrong length.`,
      ]);
    }
    await assert.rejects(
      found((files) => files.delete('checkpoint')),
      /no signed head/,
    );
  });

  it('cuts a file short', async () => {
    const cut = (path: string) => (files: Map<string, Uint8Array>) =>
      files.set(path, files.get(path)?.subarray(0, -1) ?? new Uint8Array());
    assert.deepEqual(await found(cut('tile/entries/003.p/32')), [
      'tile/entries/003.p/32: The file ends in the middle of an entry.',
      'entry 799: The entry is missing: it was taken out.',
    ]);
    assert.deepEqual(await found(cut('tile/0/001')), [
      'tile/0/001: A tile is missing or of the wrong length.',
    ]);
  });

  it('puts something else than an entry in, of the right size or not', async () => {
    const lines = await found((files) => files.set(...bundle(0, bundleOf(0).with(0, Buffer.alloc(320)))));
    assert.deepEqual(lines, [
      'entry 0: The entry is not of version 1, or not by one of the three offices.',
      'entry 0: The entry was altered: it does not have the leaf hash that was signed.',
    ]);
  });

  it('signs with another key', async () => {
    const impostor = logOf(ENTRIES.slice(1), signerFromSeed(ORIGIN, ED25519, seed(66)));
    await assert.rejects(verify(impostor.files), /not signed by any of the keys/);
  });

  it('leaves nothing right: the list stays short', async () => {
    const { files } = logOf(ENTRIES);
    for (const [path, bytes] of files)
      if (path.startsWith('tile/entries'))
        files.set(
          path,
          bytes.map((b) => b ^ 1),
        );
    const report = await verify(files);
    assert.ok(report.findings.length <= 100);
    const lost = signCheckpoint({ origin: ORIGIN, size: 2 ** 50, root: rootOf(whole.tree) }, logSigner);
    const claim = await verify(new Map([['checkpoint', Buffer.from(lost)]]));
    assert.ok(claim.findings.length <= 100 && claim.unlisted > 1000);
  });
});

describe('any single bit of any file', () => {
  it('turned over is found', async () => {
    const small = logOf(ENTRIES.slice(0, 300));
    const paths = [...small.files.keys()].filter((path) => path !== 'checkpoint');
    const anyBit = fc
      .constantFrom(...paths)
      .chain((path) => fc.tuple(fc.constant(path), fc.nat((small.files.get(path)?.length ?? 1) * 8 - 1)));
    await fc.assert(
      fc.asyncProperty(anyBit, async ([path, bit]) => {
        const files = new Map(small.files);
        changed(path, bit)(files);
        const { findings } = await verify(files);
        assert.ok(findings.length > 0);
        assert.ok(findings.every(({ kind }) => kind === 'log-altered'));
      }),
      { numRuns: 150 },
    );
  });
});

describe('an owner of the database who also has the key of the log', () => {
  it('is not found by the log alone: for that the offices keep one another’s heads', async () => {
    assert.deepEqual((await verify(resigned(ENTRIES.toSpliced(9, 1)).files)).findings, []);
  });

  it('cuts it back and signs an older head again', async () => {
    const report = await verify(resigned(ENTRIES.slice(0, 500)).files, { known: [whole.checkpoint] });
    assert.equal(report.goesOnFrom, 0);
    assert.equal(report.findings[0]?.kind, 'log-forked');
    assert.match(report.findings[0]?.what ?? '', /A head of 800 entries is known, but this one has 500/);
  });

  it('rewrites an entry and signs the whole again', async () => {
    const bad = resigned(entriesOf(900).with(9, flip(entryOf(9), 900)));
    const report = await verify(bad.files, {
      known: [whole.checkpoint, logOf(ENTRIES.slice(0, 9)).checkpoint],
    });
    assert.equal(report.goesOnFrom, 1);
    assert.equal(report.findings.length, 1);
    assert.match(
      report.findings[0]?.what ?? '',
      /The first 800 entries are not those of a head that is known/,
    );
  });

  it('shows two heads of one size', async () => {
    const bad = resigned(ENTRIES.with(799, flip(entryOf(799), 900)));
    const { findings } = await verify(bad.files, { known: [whole.checkpoint] });
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ['log-forked'],
    );
  });

  it('known heads are believed only with the signature of the log', async () => {
    const forged = logOf(ENTRIES.slice(0, 5), signerFromSeed(ORIGIN, ED25519, seed(66))).checkpoint;
    await assert.rejects(verify(whole.files, { known: [forged] }), /not signed/);
  });
});

describe('the tiles of an exported directory', () => {
  it('are enough to go on appending', async () => {
    assert.deepEqual(await openTree(SIZE, readerOf(whole.files)), whole.tree);
  });
});
