import type pg from 'pg';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { sameBytes } from '../custody/hash.ts';
import { subtreeReader } from '../custody/subtree.ts';
import { EMPTY_TREE, openTree, rootOf } from '../custody/tree.ts';
import type { Tree } from '../custody/tree.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { logNumber } from './ledger-names.ts';
import { tilesOf } from './ledger-tiles.ts';
import type { LogId } from './types.ts';

/** Where a writer stands: the newest signed head, and the tree under it. */
export interface Stand {
  readonly tree: Tree;
  /** Undefined before the first entry. */
  readonly checkpoint: string | undefined;
}

export const logAltered = (what: string, where: string): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: `${what} Nothing more is written to it.`,
    where,
    next: 'Export and verify the log, compare it with the heads that the other offices hold, and restore the newest backup that goes on from them.',
  });

export const readHead = async (
  db: pg.Pool | pg.PoolClient,
  log: LogId,
): Promise<{ size: number; checkpoint: string } | undefined> => {
  const { rows } = await db.query<{ size: string; checkpoint: string }>({
    name: 'waybill-head',
    text: 'SELECT size, checkpoint FROM waybill.head WHERE log_id = $1 ORDER BY size DESC LIMIT 1',
    values: [logNumber(log)],
  });
  const [row] = rows;
  return row && { size: Number(row.size), checkpoint: row.checkpoint };
};

/**
 * Reads where a log stands and believes nothing of it: its head must be signed by its own key, its entries and tiles
 * must come to that head, and it must go on from `before`, where this writer last was. Problem `log-altered` otherwise:
 * signing on would make the alteration ours.
 */
export const readStand = async (
  db: pg.Pool | pg.PoolClient,
  log: LogId,
  key: VerifierKey,
  before?: Stand,
): Promise<Stand> => {
  const row = await readHead(db, log);
  if (row === undefined) {
    if (before !== undefined && before.tree.size > 0) throw logAltered('The log is gone.', log);
    return { tree: EMPTY_TREE, checkpoint: undefined };
  }
  let stand: Stand;
  try {
    const { size, root } = openCheckpoint(row.checkpoint, key);
    const tree = await openTree(size, tilesOf(db, log));
    if (size !== row.size || !sameBytes(rootOf(tree), root))
      throw logAltered(
        'The entries of the log are not those of its signed head.',
        `head of size ${row.size}`,
      );
    stand = { tree, checkpoint: row.checkpoint };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw logAltered(error.message, `${log}, head of size ${row.size}`);
  }
  if (before !== undefined && !(await goesOn(db, log, before.tree, stand.tree)))
    throw logAltered(
      'The log does not go on from where this writer left it: it was cut back or rewritten.',
      log,
    );
  return stand;
};

const goesOn = async (db: pg.Pool | pg.PoolClient, log: LogId, from: Tree, to: Tree): Promise<boolean> => {
  if (from.size === 0) return true;
  if (from.size > to.size) return false;
  const root =
    from.size === to.size ? rootOf(to) : await subtreeReader(to.size, tilesOf(db, log))(0, from.size);
  return sameBytes(root, rootOf(from));
};
