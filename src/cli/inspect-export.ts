import { resolve } from 'node:path';
import { ProblemError } from '../ground/problem.ts';
import { type ExportAsked, type Exported, exportOf, refuseTaken } from '../office/inspect/export.ts';
import { type Node, openNode } from '../office/node.ts';
import { surroundings } from './node.ts';

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

/** Writes an inspector’s folder from the data folders of one office or more. It appears whole or not at all. */
export const exportInspection = async (
  { dirs, ...asked }: ExportAsked & { readonly dirs: readonly string[] },
  out: string,
): Promise<Exported> => {
  refuseTaken(resolve(out));
  const nodes = await openAll(dirs);
  try {
    return await exportOf(nodes, asked, out);
  } finally {
    await closeAll(nodes);
  }
};
