import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { stamp } from '../casework/acts/events.ts';
import { requireDuty } from '../casework/acts/problems.ts';
import { type OpenedCheckpoint, openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { sameBytes } from '../custody/hash.ts';
import { type VerifierKey, parseVkey } from '../custody/vkey.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import { backup as backupDatabase } from '../store/backup.ts';
import { openDatabase } from '../store/database.ts';
import { restore as restoreDatabase } from '../store/restore.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { exchangeWith } from './exchange.ts';
import { folderOf, makeFolder, readNodeFile } from './folder.ts';
import { offices } from './gate.ts';
import { type Node, type Surroundings, openNode } from './node.ts';

const DATABASE = 'database';

const copyKeys = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from))
    if (name.endsWith('.sealed')) copyFileSync(join(from, name), join(to, name));
};

/**
 * Writes the whole node into `dir`, which must not be there yet: database, card and sealed private keys. Not the master
 * key: who has the backup and not the key has nothing. The node goes on working meanwhile.
 */
export const backup = async (node: Node, dir: string): Promise<void> => {
  const goal = resolve(dir);
  if (existsSync(goal))
    throw new ProblemError({
      kind: 'output-refused',
      what: 'There is something in this place already.',
      where: dir,
      next: 'Name a folder that is not there yet: a backup is never written over another.',
    });
  const making = hidden(goal);
  try {
    await backupDatabase(node.database, join(making, DATABASE));
    // After the database: a key too many does no harm, one too few would.
    const [from, to] = [folderOf(node.dir), folderOf(making)];
    copyKeys(from.keys, to.keys);
    copyFileSync(from.card, to.card);
    copyFileSync(from.node, to.node);
    renameSync(making, goal);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
};

/** A folder beside the goal, so that it takes the goal's name in one step. */
const hidden = (goal: string): string => {
  try {
    // Node refuses it only when the name is given to the goal, when all is written.
    if (goal.includes('\0')) throw new TypeError('no path');
    return mkdtempSync(join(dirname(goal), `.${basename(goal)}-`));
  } catch {
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The backup cannot be written here.',
      where: dirname(goal),
      next: 'Name a new folder in one that is there, and that you may write to.',
    });
  }
};

export interface Restoring {
  /** The folder that `backup` wrote. */
  readonly from: string;
  /** The new node's folder. */
  readonly to: string;
  /** The file of the master key, copied into the new node; left out where WAYBILL_MASTER_KEY has it. */
  readonly keyFile?: string;
  /** What other offices have seen of this log, as their nodes' `waybill seen` wrote it. */
  readonly seen: readonly string[];
  /** Offices that have said in writing that they have seen no head, or that can no longer be asked. */
  readonly without: readonly Office[];
}

const refused = (what: string, next: string, more: Pick<Problem, 'where' | 'way'> = {}) =>
  new ProblemError({ kind: 'backup-refused', what, next, ...more });

/** A head of this log that another office has seen. It must be signed by this log; whose cosignature it has may be unknown here. */
const openSeen = (note: string, own: VerifierKey, witnesses: readonly VerifierKey[]): OpenedCheckpoint => {
  try {
    return openCheckpoint(note, own, witnesses);
  } catch {
    throw refused(
      'A file given with --seen is not a head of this log.',
      'Give the files in which the other offices wrote down what they have seen.',
      { way: 'seen' },
    );
  }
};

/**
 * Every office that is known may have a head of this log, and so may one whose card came after the backup. The restored log
 * must have every head that was seen, or it would fork.
 */
const compare = async (node: Node, { seen, without }: Restoring): Promise<void> => {
  const own = parseVkey(node.card.vkey);
  const witnesses = new Map<Office, VerifierKey>();
  for (const office of offices) {
    const { card } = await exchangeWith(node, office);
    if (card !== undefined) witnesses.set(office, parseVkey(card.cosigner));
  }
  const heads = seen.map((note) => openSeen(note, own, [...witnesses.values()]));
  const newest = await node.views.head(node.log);
  for (const head of heads) {
    const here = await node.views.headAt(node.log, head.size);
    if (here !== undefined && sameBytes(openCheckpoint(here, own).root, head.root)) continue;
    const who = [...witnesses].find(([, key]) => head.by.some((one) => one.key === key))?.[0];
    throw refused(
      `The backup is older than what ${who === undefined ? 'another office' : `the office ${who}`} has seen: it has seen ${head.size} entries, and the backup has ${newest === undefined ? 0 : openCheckpoint(newest, own).size}.`,
      'Restore a newer backup. If there is none, this log has ended: tell the inspector, and keep both.',
    );
  }
  for (const [office, witness] of witnesses) {
    if (without.includes(office) || heads.some(({ by }) => by.some(({ key }) => key === witness))) continue;
    throw refused(
      `Nothing says what the office ${office} has seen of this log.`,
      `If it has said in writing that it has seen none, give --without ${office}; otherwise have it write down what it has seen, and give that file with --seen.`,
      { way: 'seen' },
    );
  }
};

/** The restored node says in its own log that it was restored, and by whose word. */
const record = (node: Node, order: Order, { without }: Restoring): Promise<Receipt> => {
  const place = { log: node.log, stream: 'gate' } as const;
  return act(node, order, {
    log: node.log,
    asked: { act: 'restore', without },
    reads: [place],
    decide: (_read, actor, when) => {
      requireDuty(actor, when.day, 'keeps the directory');
      return {
        events: [
          { stream: 'gate', kind: 'node-restored', cite: '', data: { ...stamp(actor, when), without } },
        ],
      };
    },
  });
};

const emptyAgain = async (url: string): Promise<void> => {
  const database = await openDatabase({ url });
  try {
    await database.owner.query('DROP SCHEMA waybill CASCADE');
  } finally {
    await database.close();
  }
};

/**
 * Makes a node from a backup. Refuses (`backup-refused`) to go on from one older than a head that another office has
 * seen, and then leaves no folder behind.
 */
export const restore = async (
  restoring: Restoring,
  order: Order,
  surroundings: Surroundings,
): Promise<Node> => {
  const { from, to, keyFile } = restoring;
  readNodeFile(from);
  // What is taken away after a refusal must be what was made here.
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The folder for the restored node is not empty.',
      where: to,
      next: 'Name a folder that is not there yet.',
    });
  if (keyFile !== undefined && !existsSync(keyFile))
    throw new ProblemError({
      kind: 'key-missing',
      what: 'The file of the master key is not there.',
      where: keyFile,
      next: 'Give the file with --key-file, or set WAYBILL_MASTER_KEY.',
    });
  makeFolder(to);
  let node: Node | undefined;
  let filled = false;
  try {
    const [source, target] = [folderOf(from), folderOf(to)];
    copyKeys(source.keys, target.keys);
    if (keyFile !== undefined) cpSync(keyFile, join(target.keys, 'master.key'));
    copyFileSync(source.card, target.card);
    const database = await openDatabase(
      surroundings.databaseUrl === undefined ? { dataDir: to } : { url: surroundings.databaseUrl },
    );
    try {
      await restoreDatabase(join(from, DATABASE), database);
      filled = true;
    } finally {
      await database.close();
    }
    copyFileSync(source.node, target.node);
    node = await openNode(to, surroundings);
    await compare(node, restoring);
    await record(node, order, restoring);
    return node;
  } catch (error) {
    await node?.close();
    // A database of one's own was empty before; left filled, it could not take a newer backup.
    if (filled && surroundings.databaseUrl !== undefined) await emptyAgain(surroundings.databaseUrl);
    rmSync(to, { recursive: true, force: true });
    throw error;
  }
};
