/*
 * How fast the custody log is, on one core and in memory: `node bench/custody.ts [entries]`. Bounded: about ten seconds
 * for the 300,000 entries that it takes unless told otherwise.
 */
import { randomFillSync } from 'node:crypto';
import { encodeBundle } from '../src/custody/bundle.ts';
import { openCheckpoint, signCheckpoint } from '../src/custody/checkpoint.ts';
import { ENTRY_SIZE, SALTS_SIZE, encodeEntry, saltOf } from '../src/custody/entry.ts';
import { formatExhibit, verifyExhibit } from '../src/custody/exhibit.ts';
import { leafHashInto } from '../src/custody/hash.ts';
import { proveInclusion } from '../src/custody/inclusion.ts';
import { signerFromSeed } from '../src/custody/signer.ts';
import { tilePath } from '../src/custody/tile.ts';
import { EMPTY_TREE, appendLeaves, rootOf } from '../src/custody/tree.ts';
import { verifyLog } from '../src/custody/verify.ts';
import { ED25519 } from '../src/custody/vkey.ts';

const entries = Number(process.argv[2] ?? 300_000);
const BATCH = 4096;
const log = signerFromSeed('bench.waybill.example/log', ED25519, Buffer.alloc(32, 1));
const files = new Map<string, Uint8Array>();

const timed = async <T>(what: string, count: number, work: () => T | Promise<T>): Promise<T> => {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const rate = Math.round(count / seconds).toLocaleString('en');
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${what.padEnd(52)} ${rate.padStart(11)} /s  ${(seconds * 1000).toFixed(1).padStart(9)} ms  ${memory} MiB`,
  );
  return result;
};

const act = (n: number) => ({
  office: 'irs' as const,
  time: 1_700_000_000 + n,
  fields: {
    kind: 'release',
    cite: '(c)',
    person: 'p-0193a1b2',
    title: 'Disclosure Officer',
    case: 'c-0193a1b2-77aa',
    item: `1120/${n % 40}`,
    taxpayer: 'f'.repeat(64),
    packet: 'e'.repeat(64),
    event: 'd'.repeat(64),
  },
});

const salts = randomFillSync(Buffer.allocUnsafe(SALTS_SIZE * BATCH));
const saltsAt = (n: number) =>
  salts.subarray((n % BATCH) * SALTS_SIZE, (n % BATCH) * SALTS_SIZE + SALTS_SIZE);

await timed('entries made (nine commitments each)', entries, () => {
  for (let n = 0; n < entries; n++) {
    if (n % BATCH === 0) randomFillSync(salts);
    encodeEntry(act(n), saltsAt(n));
  }
});

const pool = Array.from({ length: BATCH }, (_, n) => encodeEntry(act(n), saltsAt(n)));
const tree = await timed('leaf hashes, tree and tiles', entries, () => {
  let grown = EMPTY_TREE;
  const leaves = Buffer.allocUnsafe(BATCH * 32);
  for (let from = 0; from < entries; from += BATCH) {
    const count = Math.min(BATCH, entries - from);
    for (let n = 0; n < count; n++) leafHashInto(pool[n] ?? new Uint8Array(), leaves, n * 32);
    const step = appendLeaves(grown, leaves.subarray(0, count * 32));
    for (const tile of step.tiles) files.set(tilePath(tile), tile.bytes);
    grown = step.tree;
  }
  return grown;
});

const heads = 2000;
await timed('one entry at a time, each with its root', heads, () => {
  const leaf = Buffer.allocUnsafe(32);
  let grown = tree;
  for (let n = 0; n < heads; n++) {
    leafHashInto(pool[n] ?? new Uint8Array(), leaf, 0);
    grown = appendLeaves(grown, leaf).tree;
    rootOf(grown);
  }
});
const head = { origin: log.verifier.name, size: tree.size, root: rootOf(tree) };
await timed('heads signed', heads, () => {
  for (let n = 0; n < heads; n++) signCheckpoint(head, log);
});

// The bundles are made when they are read, so that what is measured is not the memory for them.
const bundles = Array.from({ length: BATCH / 256 }, (_, n) =>
  encodeBundle(pool.slice(n * 256, n * 256 + 256)),
);
files.set('checkpoint', Buffer.from(signCheckpoint(head, log)));
const read = (path: string) => {
  const [, index = '', width] = /^tile\/entries\/([x\d/]+)(?:\.p\/(\d+))?$/.exec(path) ?? [];
  if (index === '') return files.get(path);
  const bundle = bundles[Number(index.replace(/[x/]/g, '')) % bundles.length];
  return width === undefined ? bundle : bundle?.subarray(0, Number(width) * (2 + ENTRY_SIZE));
};
const report = await timed('the whole log verified', entries, () => verifyLog(read, { log: log.verifier }));
if (report.findings.length > 0) throw new Error(JSON.stringify(report.findings[0]));

const proofs = 300;
const readTile = (level: number, index: number, width: number) =>
  files.get(tilePath({ level, index, width }));
const paths = await timed('inclusion proofs made', proofs, async () => {
  const made: Uint8Array[][] = [];
  for (let n = 0; n < proofs; n++) made.push(await proveInclusion(tree.size, n, readTile));
  return made;
});
const exhibits = paths.map((path, index) =>
  formatExhibit({
    entry: pool[index] ?? new Uint8Array(),
    index,
    path,
    checkpoint: signCheckpoint(head, log),
    open: [{ field: 'kind', salt: saltOf(saltsAt(index), 'kind'), value: 'release' }],
  }),
);
await timed(`exhibits verified (${exhibits[0]?.length ?? 0} bytes each)`, proofs, () => {
  for (const exhibit of exhibits) verifyExhibit(exhibit, log.verifier);
});
await timed('heads verified', heads, () => {
  const note = signCheckpoint(head, log);
  for (let n = 0; n < heads; n++) openCheckpoint(note, log.verifier);
});
