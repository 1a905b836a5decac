import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../ground/problem.ts';

export const MANIFEST = 'manifest.json';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const manifestShape = z.strictObject({
  format: z.literal('waybill backup 1'),
  /** SHA-256 of the text of the schema. */
  schema: digest,
  /** By log: the newest signed head in the snapshot (C2SP tlog-checkpoint). */
  heads: z.record(z.string(), z.string()),
  /** Ids of the master keys that the data keys are wrapped under. They are not in the backup. */
  masters: z.array(z.string()),
  /** Each in a file of PostgreSQL's binary COPY format, `<table>.copy`. */
  tables: z.array(z.strictObject({ table: z.string(), rows: z.int().nonnegative(), sha256: digest })),
});

export type Manifest = z.infer<typeof manifestShape>;
export type BackupTable = Manifest['tables'][number];

export const backupRefused = (what: string, next: string, where: string): ProblemError =>
  new ProblemError({ kind: 'backup-refused', what, next, where });

export const OTHER_BACKUP = 'Take another copy of this backup, or another backup.';

export const copyFile = (dir: string, table: string): string => join(dir, `${table}.copy`);

const fileDigest = async (path: string): Promise<string> => {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  return sum.digest('hex');
};

/** Reads what a backup says it holds, and checks nothing of it but its form. Problem `backup-refused`. */
export const readManifest = async (dir: string): Promise<Manifest> => {
  const where = join(dir, MANIFEST);
  try {
    return manifestShape.parse(JSON.parse(await readFile(where, 'utf8')));
  } catch {
    throw backupRefused(
      'The folder is no backup of this version of Waybill.',
      'Name the folder of a backup.',
      where,
    );
  }
};

/** Checks every file of the backup against the manifest. Problem `backup-refused` names the first that differs. */
export const checkFiles = async (dir: string, { tables }: Manifest): Promise<void> => {
  for (const { table, sha256 } of tables) {
    const where = copyFile(dir, table);
    const found = await fileDigest(where).catch(() => undefined);
    if (found === undefined) throw backupRefused('A file of the backup is missing.', OTHER_BACKUP, where);
    if (found !== sha256)
      throw backupRefused('A file of the backup was changed after it was made.', OTHER_BACKUP, where);
  }
};
