import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { join, relative, sep } from 'node:path';
import { ProblemError } from '../../ground/problem.ts';
import { MANIFEST, type Manifest, PAGE, readManifest, refusal } from '../../record/inspect/folder.ts';
import { type FolderReport, type VerifyFolder, verifyFolder } from '../../record/inspect/folder-verify.ts';
import { readText } from '../read-text.ts';

/** Whether the folder is one that an inspector took away; one without its list is still told from a log. */
export const isInspection = (dir: string): boolean =>
  [MANIFEST, PAGE].some((name) => existsSync(join(dir, name))) && !existsSync(join(dir, 'checkpoint'));

/** Its files by path, without the list; a link could lead out of it, and is refused. */
export const pathsIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((one) => !one.isDirectory())
    .map((one) => {
      const path = relative(dir, join(one.parentPath, one.name)).split(sep).join('/');
      if (!one.isFile()) throw new ProblemError(refusal('This is no file of its own.', path));
      return path;
    })
    .filter((path) => path !== MANIFEST);

export interface InspectedFolder {
  readonly manifest: Manifest;
  readonly report: FolderReport;
}

/** Files between two breaths: whoever else the process serves waits no longer than for these. */
const AT_ONCE = 32;

/**
 * Reads a folder and verifies it whole. Findings stand in the report; what cannot be judged at all is thrown. `reads` is told
 * of each file that is read, and may stop it.
 */
export const inspectFolder = async (
  dir: string,
  elsewhere: Pick<VerifyFolder, 'keys' | 'known'> = {},
  reads: (path: string) => void = () => undefined,
): Promise<InspectedFolder> => {
  const next = 'Give the inspector’s folder, whole, as the office wrote it.';
  const manifest = readManifest(readText(join(dir, MANIFEST), 'The list of files', next));
  const paths = pathsIn(dir);
  const there = new Set(paths);
  let count = 0;
  const read = async (path: string) => {
    reads(path);
    if (++count % AT_ONCE === 0) await setImmediate();
    // Only what is listed is opened: a list could name a file outside of the folder.
    return there.has(path) ? readFileSync(join(dir, path)) : undefined;
  };
  return { manifest, report: await verifyFolder(manifest, { paths, read, ...elsewhere }) };
};

/** The same for whoever goes on from the events: nothing is read out of a folder that does not hold. */
export const soundFolder = async (dir: string): Promise<InspectedFolder> => {
  const inspected = await inspectFolder(dir);
  const [first, ...rest] = inspected.report.findings;
  if (first !== undefined) throw new ProblemError(first, ...rest);
  return inspected;
};
