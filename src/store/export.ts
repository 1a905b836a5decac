import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { sameBytes } from '../custody/hash.ts';
import { subtreeReader } from '../custody/subtree.ts';
import { tilePath, tilesOfTree } from '../custody/tile.ts';
import { formatVkey } from '../custody/vkey.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { tilesIn } from '../custody/walk.ts';
import { ProblemError } from '../ground/problem.ts';
import type { LogId, Views } from './types.ts';

const VKEY = 'vkey';
const HEAD = 'checkpoint';

const refused = (what: string, where: string, next: string): ProblemError =>
  new ProblemError({ kind: 'output-refused', what, where, next });

/**
 * Writes a log as a static directory of C2SP tlog-tiles: `checkpoint`, `tile/…`, `tile/entries/…`, and the log's key in
 * `vkey`. The directory appears whole or not at all, and takes the place of an older export of the same log. Problems:
 * `output-refused` (something else is there), `log-forked` (the export there has entries that this log has not),
 * `proof-refused` (the log has none yet), `log-altered` (too damaged to be compared with the export there).
 */
export const exportLog = async (views: Views, log: LogId, dir: string, vkey: VerifierKey): Promise<void> => {
  const target = resolve(dir);
  const note = await views.head(log);
  if (note === undefined)
    throw new ProblemError({
      kind: 'proof-refused',
      what: 'The log has no entries yet, so that there is nothing to export.',
      where: log,
      next: 'Export it after the first act.',
    });
  const { size } = openCheckpoint(note, vkey);
  const before = await exportThere(target, vkey);
  if (before !== undefined) await mustGoOn(views, log, size, before.checkpoint, vkey);

  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const old = `${beside}.old`;
  try {
    await writeLog(views, log, beside, note, size, vkey);
    if (before !== undefined) await rename(target, old);
    try {
      // An empty directory gives way to this; if we crash before it, an older export is the one that ends in `.old`.
      await rename(beside, target);
    } catch (error) {
      if (before !== undefined) await rename(old, target);
      throw error;
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw refused(
      'The log cannot be written there.',
      dir,
      'Name a directory that can be made, on a disk with room.',
    );
  } finally {
    await rm(beside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
};

const text = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw refused('What is there cannot be read.', path, 'Name another directory.');
  });

/** The head of the export that is there; undefined where there is nothing. */
const exportThere = async (dir: string, vkey: VerifierKey): Promise<{ checkpoint: string } | undefined> => {
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw refused('What is there is no directory.', dir, 'Name another directory.');
  });
  if (there.length === 0) return undefined;
  const key = await text(join(dir, VKEY));
  const checkpoint = await text(join(dir, HEAD));
  const strange = there.find((name) => ![VKEY, HEAD, 'tile'].includes(name));
  if (key?.trim() !== formatVkey(vkey) || checkpoint === undefined || strange !== undefined)
    throw refused(
      'The directory holds something that is not an export of this log.',
      dir,
      'Name another directory, or an empty one; nothing was touched.',
    );
  return { checkpoint };
};

/** What was exported once may be somebody's evidence: a log that does not go on from it does not take its place. */
const mustGoOn = async (
  views: Views,
  log: LogId,
  size: number,
  checkpoint: string,
  vkey: VerifierKey,
): Promise<void> => {
  const before = openCheckpoint(checkpoint, vkey);
  const rootAt = subtreeReader(
    size,
    tilesIn((path) => views.file(log, path)),
  );
  const goesOn =
    before.size === 0 || (before.size <= size && sameBytes(await rootAt(0, before.size), before.root));
  if (goesOn) return;
  throw new ProblemError({
    kind: 'log-forked',
    what: `The export that is there has ${before.size} entries, and the log of ${size} does not go on from them.`,
    next: 'Keep that export, it is evidence; export into another directory and compare the two.',
  });
};

const writeLog = async (
  views: Views,
  log: LogId,
  dir: string,
  checkpoint: string,
  size: number,
  vkey: VerifierKey,
): Promise<void> => {
  const made = new Set<string>();
  const write = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    const to = join(dir, path);
    if (!made.has(dirname(to))) await mkdir(dirname(to), { recursive: true });
    made.add(dirname(to));
    const file = await open(to, 'wx');
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  };
  for (const place of tilesOfTree(size)) {
    const path = tilePath(place);
    const bytes = await views.file(log, path);
    // A log that was damaged is exported as it is, for `verify` to say what is missing.
    if (bytes !== undefined) await write(path, bytes);
  }
  await write(VKEY, `${formatVkey(vkey)}\n`);
  await write(HEAD, checkpoint);
};
