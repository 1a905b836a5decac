import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { saltOf } from '../../src/custody/entry.ts';
import { formatExhibit } from '../../src/custody/exhibit.ts';
import { proveInclusion } from '../../src/custody/inclusion.ts';
import {
  entriesOf,
  flip,
  logOf,
  logSigner,
  readerOf,
  saltsOf,
  witnessSigner,
} from '../../src/custody/log.fixture.ts';
import { formatNote, parseNote, signNote } from '../../src/custody/note.ts';
import { formatVkey } from '../../src/custody/vkey.ts';

/** Where Debian's golang-golang-x-mod-dev puts the source of golang.org/x/mod. */
const GOPATH = '/usr/share/gocode';
const hasGo =
  spawnSync('go', ['version']).status === 0 && existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'));

const SIZE = 256 * 257 + 5; // three levels of tiles
const scratch = mkdtempSync(join(tmpdir(), 'waybill-interop-'));
after(() => {
  rmSync(scratch, { recursive: true });
});

/** Exports a fictional log, an older head and an exhibit; gives the arguments of verify.go. */
const exported = async (): Promise<string[]> => {
  const entries = entriesOf(SIZE);
  const { files, checkpoint } = logOf(entries);
  const cosigned = formatNote(signNote(parseNote(checkpoint), witnessSigner, 1_700_100_000));
  const dir = join(scratch, 'log');
  for (const [path, bytes] of files) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), path === 'checkpoint' ? cosigned : bytes);
  }
  writeFileSync(join(scratch, 'older'), logOf(entries.slice(0, 5000)).checkpoint);
  const exhibit = formatExhibit({
    entry: entries[60_000] ?? new Uint8Array(),
    index: 60_000,
    path: await proveInclusion(SIZE, 60_000, readerOf(files)),
    checkpoint: cosigned,
    open: [{ field: 'kind', salt: saltOf(saltsOf(60_000), 'kind'), value: 'item-viewed' }],
  });
  writeFileSync(join(scratch, 'exhibit.tlog-proof'), exhibit);
  return [
    dir,
    formatVkey(logSigner.verifier),
    formatVkey(witnessSigner.verifier),
    join(scratch, 'older'),
    join(scratch, 'exhibit.tlog-proof'),
  ];
};

describe('golang.org/x/mod (sumdb/note, sumdb/tlog)', () => {
  it('verifies our exported log, head, consistency and exhibit, and refuses an altered entry', async (t) => {
    if (!hasGo) {
      return t.skip('no Go here: apt-get install golang-go golang-golang-x-mod-dev');
    }
    const verifier = join(scratch, 'verify');
    const source = fileURLToPath(new URL('verify.go', import.meta.url));
    const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '' };
    execFileSync('go', ['build', '-o', verifier, source], { env });

    const args = await exported();
    const run = spawnSync(verifier, args, { encoding: 'utf8' });
    assert.equal(
      run.stdout,
      `head: ${SIZE} entries, 2 signatures
entries: ${SIZE}
consistent: 5000 to ${SIZE}
exhibit: entry 60000 of ${SIZE}, kind is item-viewed
`,
    );
    assert.equal(run.status, 0);

    const bundle = join(scratch, 'log/tile/entries/100');
    writeFileSync(bundle, flip(readFileSync(bundle), 8 * 322 * 3 + 800));
    const refused = spawnSync(verifier, args, { encoding: 'utf8' });
    assert.match(refused.stdout, /REFUSED: entry 25603 is not the one that was signed/);
    assert.equal(refused.status, 1);
  });
});
