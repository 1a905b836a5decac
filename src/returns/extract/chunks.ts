import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { decode, refuseOtherFiles } from './encoding.ts';
import { problemAt } from './problems.ts';

/** A piece of the file. Put together, the pieces are the file. */
export interface Chunk {
  readonly text: string;
  /** Offset in the file of its first byte. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

const lessThan = 0x3c;

/**
 * Where to cut what has been read: before the last `<`. So no character is cut in two, and every tag shorter than the
 * buffer is in one piece, beginning and all. Where there is no `<` but at the start, anywhere between two characters.
 */
const cutOf = (bytes: Buffer): number => {
  const tag = bytes.lastIndexOf(lessThan);
  if (tag > 0) return tag;
  let cut = bytes.length - 1;
  while (cut > bytes.length - 4 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
  return cut;
};

async function* cutUp(
  file: string,
  handle: FileHandle,
  size: number,
  hash: Hash | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  let [buffer, other] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)];
  let byteOffset = 0;
  let kept = 0;
  let reading = handle.read(buffer, 0, size, null);
  for (;;) {
    const { bytesRead } = await reading;
    hash?.update(buffer.subarray(kept, kept + bytesRead));
    const bytes = buffer.subarray(0, kept + bytesRead);
    if (byteOffset === 0) refuseOtherFiles(file, bytes);
    const cut = bytesRead === 0 ? bytes.length : cutOf(bytes);
    const taken = bytes.subarray(0, cut);
    kept = bytes.copy(other, 0, cut);
    // The disk fills the other buffer while this one is parsed. Should the parser throw, nobody awaits this read.
    if (bytesRead > 0) reading = handle.read(other, kept, size - kept, null);
    reading.catch(() => undefined);
    if (cut > 0) yield { text: await decode(file, byteOffset, taken), byteOffset, byteLength: cut };
    if (bytesRead === 0) return;
    byteOffset += cut;
    [buffer, other] = [other, buffer];
  }
}

const unreadable: Record<string, readonly [what: string, next: string]> = {
  ENOENT: ['There is no such file.', 'Check the name; the return is one XML file.'],
  EISDIR: ['This is a directory.', 'Name one XML file in it.'],
  EACCES: ['This file may not be read by this user.', 'Ask whoever keeps the file for leave to read it.'],
};

const asProblem = (file: string, error: unknown): unknown => {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  const [what, next] = unreadable[String(error.code)] ?? [
    `The file cannot be read (${String(error.code)}).`,
    'Check the disk or the network drive that holds it.',
  ];
  return problemAt(file, undefined, 'file-unreadable', what, next);
};

/** Enough to hold any tag of a return many times over, and small enough that its text stays in the young heap. */
const usual = 128 * 1024;

/**
 * Reads a file of any size in pieces of at most `size` bytes. Feeds `hash` every byte that was read: the whole file, when
 * the last piece has been taken. Throws ProblemErrors `file-unreadable`, `not-a-return` (empty, or of another kind) and
 * `encoding-wrong`.
 */
export async function* chunksOf(
  file: string,
  hash?: Hash,
  size: number = usual,
): AsyncGenerator<Chunk, void, undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    yield* cutUp(file, handle, size, hash);
  } catch (error) {
    throw asProblem(file, error);
  } finally {
    await handle?.close();
  }
}
