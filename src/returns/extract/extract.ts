import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ProblemError } from '../../ground/problem.ts';
import { chunksOf } from './chunks.ts';
import { HeaderReader, stepsOfHeader } from './header.ts';
import type { Place } from './problems.ts';
import { problemAt } from './problems.ts';
import type { ReturnHeader, Row } from './row.ts';
import type { Found } from './walk.ts';
import { Walk } from './walk.ts';
import { addPath, checkPaths, want } from './wanted.ts';

/** Takes the rows in the order of the file, some at a time; while its promise is open, no more of the file is read. */
export type RowSink = (rows: readonly Row[]) => void | Promise<void>;

/** What an extraction says when it has come to the end of the file. */
export interface Extraction {
  readonly header: ReturnHeader;
  /** SHA-256 of the whole file, 64 lower-case hex digits. */
  readonly digest: string;
  readonly bytes: number;
  /** How many rows each wanted path gave, in the order asked; 0 where the return does not have it. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface ExtractOptions {
  /** The digest the file must have: `xml-broken` at the end if it has another, because it changed since it was taken. */
  readonly digest?: string;
  /** Called after each piece with the bytes read so far, for a progress line. */
  readonly progress?: (bytes: number) => void;
  /** Bytes read at a time, for tests; no fewer than the longest tag has. */
  readonly chunkSize?: number;
}

const groupProblem = (file: string, place: Place, { wanted: { path }, parts }: Found): ProblemError =>
  problemAt(
    file,
    place,
    'item-unknown',
    `${path} is a group of elements in the return, not one item.`,
    `Name the items in it: ${parts.map((part) => `${path}/${part}`).join(', ')}.`,
  );

/**
 * Takes the wanted items out of an e-file return of any size, and nothing else, in one pass with flat memory. A repeated
 * document or element gives a row each time.
 *
 * `wanted` are paths relative to `ReturnData`; an element is an item if no element is inside it. Only elements of the
 * e-file namespace match, whatever their prefix; attributes match without one.
 *
 * Throws a ProblemError: `item-unknown` for a path that is none, stands there twice or names a group; `file-unreadable`,
 * `encoding-wrong`, `xml-broken`, `xml-forbidden`, `too-deep` and `not-a-return` with file, line and column. **Rows already
 * given to the sink are then the caller's to throw away**: until this promise is kept, they come from a file that may be
 * cut short. A path that matches nothing is no error here; see `counts` and `requireFound`.
 */
export const extractItems = async (
  file: string,
  wanted: readonly string[],
  sink: RowSink,
  options: ExtractOptions = {},
): Promise<Extraction> => {
  checkPaths(wanted);
  const steps = stepsOfHeader();
  const items = wanted.map(want);
  for (const item of items) addPath(steps, `ReturnData/${item.path}`, item);

  const reader = new HeaderReader(file, () => walk.place());
  let header: ReturnHeader | undefined;
  let rows: Row[] = [];
  const take = (found: Found): void => {
    if (header === undefined) return reader.take(found);
    if (found.parts.length > 0) throw groupProblem(file, walk.place(), found);
    const { value, byteOffset, document, documentId, documentIndex, elementIndex, xpath } = found;
    const { path } = found.wanted;
    rows.push({
      path,
      value,
      document,
      documentId,
      documentIndex,
      elementIndex,
      xpath,
      byteOffset,
      header,
    });
  };

  const walk = new Walk(file, steps, {
    found: take,
    versionIs: (version) => (reader.version = version),
    headerEnds: () => (header = reader.read()),
  });
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunksOf(file, hash, options.chunkSize)) {
    walk.write(chunk);
    bytes += chunk.byteLength;
    options.progress?.(bytes);
    if (rows.length > 0) await sink(rows);
    rows = [];
  }
  walk.end();
  const digest = hash.digest('hex');
  if (options.digest !== undefined && options.digest !== digest) throw changed(file);
  const counts = new Map(items.map(({ path, total }) => [path, total]));
  return { header: header ?? reader.read(), digest, bytes, counts };
};

const changed = (file: string): ProblemError =>
  problemAt(
    file,
    undefined,
    'xml-broken',
    'The file is not the one whose digest was taken: it was changed or replaced since.',
    'Find out who writes to this file, and start again from the file as it was received.',
  );

/** Throws a ProblemError `item-not-found` that names every wanted path the return does not have. */
export const requireFound = (file: string, { counts }: Extraction): void => {
  const [first, ...rest] = [...counts]
    .filter(([, count]) => count === 0)
    .map(([path]) => ({
      kind: 'item-not-found' as const,
      what: 'The return has no such item.',
      where: `${file}: ${path}`,
      next: 'Check the path against the schema year of the return: names differ between years, and blank lines are not filed.',
    }));
  if (first !== undefined) throw new ProblemError(first, ...rest);
};

/** SHA-256 of a file, for writers that put it in each row before the extraction has come to the end. */
export const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};
