import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sha256 } from '../../ground/digest.ts';
import { ProblemError } from '../../ground/problem.ts';
import { MANIFEST, type Manifest, PAGE, manifestText } from '../../record/inspect/folder.ts';
import { type Asked, type Kept, casesAsked, writeInspection } from '../inspection.ts';
import type { Node } from '../node.ts';
import { type Watch, unwatched } from '../watch.ts';
import { inspectFolder, pathsIn } from './folder.ts';
import { pageOf, programVersion } from './page.ts';

export interface ExportAsked extends Asked {
  readonly sample?: { readonly n: number; readonly seed: string };
}

export interface Exported {
  /** SHA-256 of the list of files: who is told it by another way knows that the folder is the one exported. */
  readonly manifest: string;
  readonly events: number;
}

const digests = async (dir: string, { signal }: Watch): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (const path of pathsIn(dir)) {
    signal.throwIfAborted();
    files[path] = sha256(await readFile(join(dir, path)));
  }
  return files;
};

/** A folder is written once: what is there already is never written over. */
export const refuseTaken = (target: string): void => {
  if (!existsSync(target)) return;
  throw new ProblemError({
    kind: 'output-refused',
    what: 'There is something already; an inspector’s folder is written once.',
    where: target,
    next: 'Name a folder that is not there yet.',
  });
};

const gathered = async (nodes: readonly Node[], dir: string, asked: Asked, watch: Watch): Promise<Kept> => {
  const cases = new Set<string>();
  for (const node of nodes) for (const one of await casesAsked(node, asked)) cases.add(one);
  if (cases.size === 0 && (asked.case !== undefined || asked.taxpayer !== undefined))
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'None of these offices has such a case on record.',
      where: 'case',
      next: 'Look at the record of the office, and ask for the case or taxpayer as it stands there.',
    });
  const kept: Kept[] = [];
  for (const node of nodes) kept.push(await writeInspection(node, dir, asked, cases, watch));
  return {
    undisclosable: kept.flatMap(({ undisclosable }) => undisclosable),
    withheld: kept.flatMap(({ withheld }) => withheld),
  };
};

const scopeOf = ({ case: reference, taxpayer, from, to }: Asked): Manifest['scope'] => ({
  ...(reference === undefined ? {} : { case: reference }),
  taxpayer: taxpayer !== undefined,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** Each entry is written, and its proof read twice when all is verified: three steps. */
const STEPS = 3;

/** Writes and verifies the folder in `dir`, which is there and empty. */
const write = async (
  nodes: readonly Node[],
  asked: ExportAsked,
  dir: string,
  { at, signal }: Watch,
): Promise<Exported> => {
  const kept = await gathered(nodes, dir, asked, { signal, at: (done, all) => at(done, STEPS * all) });
  const stated = {
    waybill: 'inspection/1',
    version: programVersion(),
    at: Math.max(...nodes.map((node) => node.when().at)),
    offices: nodes.map(({ office }) => office),
    scope: scopeOf(asked),
    ...(asked.sample === undefined ? {} : { sample: asked.sample }),
    ...kept,
  } as const;
  const files = await digests(dir, { at, signal });
  writeFileSync(join(dir, MANIFEST), manifestText({ ...stated, files }));
  const all = Object.keys(files).filter((path) => path.endsWith('.tlog-proof')).length;
  let done = all;
  const { report } = await inspectFolder(dir, {}, (path) => {
    signal.throwIfAborted();
    if (path.endsWith('.tlog-proof')) at(Math.min(++done, STEPS * all), STEPS * all);
  });
  const [first, ...rest] = report.findings;
  // What would not hold at the inspector’s does not leave.
  if (first !== undefined) throw new ProblemError(first, ...rest);
  const page = pageOf(stated, report);
  writeFileSync(join(dir, PAGE), page);
  const text = manifestText({ ...stated, files: { ...files, [PAGE]: sha256(page) } });
  writeFileSync(join(dir, MANIFEST), text);
  for (const path of [MANIFEST, PAGE, ...Object.keys(files)]) chmodSync(join(dir, path), 0o444);
  return { manifest: sha256(text), events: report.events.length };
};

/**
 * Writes an inspector’s folder from nodes that are open, and verifies it before it has its name: it appears whole or not at
 * all. If we crash, a hidden folder is left beside it that the owner alone can read.
 */
export const exportOf = async (
  nodes: readonly Node[],
  asked: ExportAsked,
  out: string,
  watch: Watch = unwatched,
): Promise<Exported> => {
  const target = resolve(out);
  refuseTaken(target);
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    // For the owner’s eyes only: the events hold taxpayers’ numbers.
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    const exported = await write(nodes, asked, beside, watch);
    renameSync(beside, target);
    return exported;
  } catch (error) {
    if (error instanceof ProblemError || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The folder cannot be written there.',
      where: out,
      next: 'Name a folder that can be made, on a disk with room.',
    });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
};
