import { join } from 'node:path';
import { ProblemError } from '../ground/problem.ts';
import { addKey, dropOldKeys, readKeys } from '../store/key-file.ts';
import { mastersInUse, rewrap } from '../store/rewrap.ts';
import { folderOf } from './folder.ts';
import { type Surroundings, openNode } from './node.ts';

export interface Rotated {
  /** Id of the master key that wraps everything now. */
  readonly master: string;
  readonly dataKeys: number;
  readonly privateKeys: number;
}

const places = (dir: string, { masterKey }: Surroundings) => ({
  ...(masterKey === undefined ? {} : { text: masterKey }),
  file: join(folderOf(dir).keys, 'master.key'),
});

const wrapAnew = async (
  dir: string,
  surroundings: Surroundings,
): Promise<Rotated & { readonly left: number }> => {
  const node = await openNode(dir, surroundings);
  try {
    const db = node.database.db(node.log);
    const dataKeys = await rewrap(db, node.master);
    const privateKeys = node.keystore.reseal();
    const left = (await mastersInUse(db)).filter((id) => id !== node.master.current).length;
    return { master: node.master.current, dataKeys, privateKeys, left };
  } finally {
    await node.close();
  }
};

/**
 * Rotates the master key: a new one is made, and every data key and private key is wrapped anew under it. If we crash
 * anywhere, each key is still wrapped under one of those in the file; the same command goes on. The old key stays beside the
 * new one until `dropOld`: a process that has not read the new one yet may still be wrapping under the old.
 */
export const rotate = async (dir: string, surroundings: Surroundings): Promise<Rotated> => {
  const present = await readKeys(places(dir, surroundings));
  if (present.ids.length === 1) {
    if (surroundings.masterKey !== undefined)
      throw new ProblemError({
        kind: 'usage',
        what: 'WAYBILL_MASTER_KEY has only the present key.',
        where: 'WAYBILL_MASTER_KEY',
        next: 'Put a new key (32 random bytes in base64) before it, separated by a space, and run this again.',
      });
    await addKey(places(dir, surroundings).file);
  }
  return wrapAnew(dir, surroundings);
};

/** Drops the old master keys, once nothing is wrapped under them: after every process of the node was started anew. */
export const dropOld = async (dir: string, surroundings: Surroundings): Promise<Rotated> => {
  const done = await wrapAnew(dir, surroundings);
  if (done.left > 0)
    throw new ProblemError({
      kind: 'key-missing',
      what: 'Something is still wrapped under an old master key.',
      where: dir,
      next: 'Start every process of this node anew (serve, above all), then run this again.',
    });
  if (surroundings.masterKey === undefined) await dropOldKeys(places(dir, surroundings).file);
  return done;
};
