import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../ground/problem.ts';

/*
 * The data folder of a node. Nothing in it is named after a person, a taxpayer or a case.
 *
 *     node.json         which office this is
 *     office.json       its public card, for the other offices
 *     keys/             its private keys, sealed with the master key; and the master key, unless it comes from elsewhere
 *     postgres/         its database, unless DATABASE_URL says otherwise
 *     outbox/<office>/  packets that are to go there
 *     inbox/            packets that have come
 *     .private-…/       what is being made to be handed out; gone when that is done
 *     stopped.json      evidence that this node's past is not what another office saw; it writes nothing while it is there
 */
export const folderOf = (dir: string) => ({
  node: join(dir, 'node.json'),
  card: join(dir, 'office.json'),
  keys: join(dir, 'keys'),
  outbox: (office: string) => join(dir, 'outbox', office),
  inbox: join(dir, 'inbox'),
  stopped: join(dir, 'stopped.json'),
});

const nodeSchema = z.strictObject({
  waybill: z.literal('node/1'),
  office: z.enum(['irs', 'customs', 'justice']),
  origin: z.string(),
});
export type NodeFile = z.infer<typeof nodeSchema>;

/** Reads which office a folder belongs to. Throws a ProblemError `not-a-node`. */
export const readNodeFile = (dir: string): NodeFile => {
  try {
    return nodeSchema.parse(JSON.parse(readFileSync(folderOf(dir).node, 'utf8')));
  } catch {
    throw new ProblemError({
      kind: 'not-a-node',
      what: 'The folder is not the data of an office’s node.',
      where: dir,
      next: 'Name the folder with --data, or make a node there.',
      way: 'init',
    });
  }
};

/** Whole or not at all: a crash leaves the old file, or none. */
export const writeWhole = (path: string, content: string | Uint8Array, mode = 0o600): void => {
  const part = `${path}.part`;
  writeFileSync(part, content, { mode, flush: true });
  renameSync(part, path);
};

/** Makes the folders of a new node. Throws `output-refused` where a node is there already. */
export const makeFolder = (dir: string): void => {
  const at = folderOf(dir);
  if (existsSync(at.node))
    throw new ProblemError({
      kind: 'output-refused',
      what: 'There is a node in this folder already.',
      where: dir,
      next: 'Name another folder. A node is never made over: its log would fork.',
    });
  try {
    for (const one of [dir, at.keys, at.inbox]) mkdirSync(one, { recursive: true, mode: 0o700 });
  } catch {
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The folder for the node cannot be made.',
      where: dir,
      next: 'Name a folder that you may write to.',
    });
  }
};
