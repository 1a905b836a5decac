import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from '@zip.js/zip.js';
import { ProblemError } from '../ground/problem.ts';

// Compression is Node’s own, off the thread that serves the others.
configure({ useWebWorkers: false });

export interface Zipped {
  /** With `/` between folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is kept in memory until somebody saves it: a few at once must not exhaust it. Bytes, packed. */
const LARGEST = 200_000_000;
const OWNER_READS = 0o100_400;

/**
 * Files as one ZIP archive (APPNOTE 6.3.9, Zip64 where it takes that), which unpacks to files that its owner alone can read.
 * `at`: POSIX seconds, the hour of every file. Throws a ProblemError `output-refused` where it grows too large for a browser.
 */
export const zipOf = async (
  files: AsyncIterable<Zipped> | Iterable<Zipped>,
  { at, largest = LARGEST }: { readonly at: number; readonly largest?: number },
): Promise<Uint8Array> => {
  const archive = new ZipWriter(new Uint8ArrayWriter(), {
    lastModDate: new Date(at * 1000),
    unixMode: OWNER_READS,
  });
  let size = 0;
  for await (const { name, bytes } of files) {
    size += (await archive.add(name, new Uint8ArrayReader(bytes))).compressedSize;
    if (size > largest)
      throw new ProblemError({
        kind: 'output-refused',
        what: 'This is more than can be handed out in a browser at once.',
        next: 'Ask for less of it at a time; all of it at once is for whoever runs this office’s node to write.',
      });
  }
  return archive.close();
};
