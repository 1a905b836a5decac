import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { sha256 } from '../ground/digest.ts';
import { ProblemError } from '../ground/problem.ts';
import { type Asked, type Kept, casesAsked, writeInspection } from '../office/inspection.ts';
import { type Node, openNode } from '../office/node.ts';
import { MANIFEST, type Manifest, PAGE, manifestText } from '../record/inspect/folder.ts';
import { inspectFolder } from './inspect-folder.ts';
import { pageOf, programVersion } from './inspect-page.ts';
import { surroundings } from './node.ts';

export interface ExportAsked extends Asked {
  readonly dirs: readonly string[];
  readonly sample?: { readonly n: number; readonly seed: string };
}

const usage = (what: string, where: string, next: string) =>
  new ProblemError({ kind: 'usage', what, where, next });

const openAll = async (dirs: readonly string[]): Promise<readonly Node[]> => {
  const nodes: Node[] = [];
  try {
    for (const dir of dirs) nodes.push(await openNode(dir, surroundings()));
    if (new Set(nodes.map(({ office }) => office)).size === nodes.length) return nodes;
    throw usage(
      'Two of the data folders are of one office.',
      '--data',
      'Give each office’s data folder once.',
    );
  } catch (error) {
    await closeAll(nodes);
    throw error;
  }
};

const closeAll = (nodes: readonly Node[]) => Promise.all(nodes.map((node) => node.close()));

const digests = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name !== MANIFEST)
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [relative(dir, path).split(sep).join('/'), sha256(readFileSync(path))]),
  );

const refuseTaken = (target: string): void => {
  if (!existsSync(target)) return;
  throw new ProblemError({
    kind: 'output-refused',
    what: 'There is something already; an inspector’s folder is written once.',
    where: target,
    next: 'Name a folder that is not there yet.',
  });
};

const gathered = async (nodes: readonly Node[], dir: string, asked: Asked): Promise<Kept> => {
  const cases = new Set<string>();
  for (const node of nodes) for (const one of await casesAsked(node, asked)) cases.add(one);
  if (cases.size === 0 && (asked.case !== undefined || asked.taxpayer !== undefined))
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'None of these offices has such a case on record.',
      next: 'Look at ./waybill record of the office, and ask for the case or taxpayer as it stands there.',
    });
  const kept: Kept[] = [];
  for (const node of nodes) kept.push(await writeInspection(node, dir, asked, cases));
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

export interface Exported {
  /** SHA-256 of the list of files: who is told it by another way knows that the folder is the one exported. */
  readonly manifest: string;
  readonly events: number;
}

/** The same from nodes that are open. */
export const exportOf = async (
  nodes: readonly Node[],
  asked: Omit<ExportAsked, 'dirs'>,
  out: string,
): Promise<Exported> => {
  const target = resolve(out);
  refuseTaken(target);
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    // For the owner’s eyes only: the events hold taxpayers’ numbers.
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    const kept = await gathered(nodes, beside, asked);
    const stated = {
      waybill: 'inspection/1',
      version: programVersion(),
      at: Math.max(...nodes.map((node) => node.when().at)),
      offices: nodes.map(({ office }) => office),
      scope: scopeOf(asked),
      ...(asked.sample === undefined ? {} : { sample: asked.sample }),
      ...kept,
    } as const;
    const write = () => {
      const text = manifestText({ ...stated, files: digests(beside) });
      writeFileSync(join(beside, MANIFEST), text);
      return sha256(text);
    };
    write();
    const { report } = await inspectFolder(beside);
    const [first, ...rest] = report.findings;
    // What would not hold at the inspector’s does not leave.
    if (first !== undefined) throw new ProblemError(first, ...rest);
    writeFileSync(join(beside, PAGE), pageOf(stated, report));
    const manifest = write();
    for (const path of [MANIFEST, ...Object.keys(digests(beside))]) chmodSync(join(beside, path), 0o444);
    renameSync(beside, target);
    return { manifest, events: report.events.length };
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

/** Writes an inspector’s folder from the data folders of one office or more. It appears whole or not at all. */
export const exportInspection = async ({ dirs, ...asked }: ExportAsked, out: string): Promise<Exported> => {
  refuseTaken(resolve(out));
  const nodes = await openAll(dirs);
  try {
    return await exportOf(nodes, asked, out);
  } finally {
    await closeAll(nodes);
  }
};
