import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { keyMissing, masterKeys } from './keys.ts';
import type { MasterKeys } from './keys.ts';

/** Where an office's master key is: `text` is the value of WAYBILL_MASTER_KEY, and goes before the file. */
export interface KeyPlace {
  readonly text?: string;
  readonly file: string;
}

const newKey = (): string => randomBytes(32).toString('base64');

const writeBeside = async (file: string, keys: readonly string[]): Promise<string> => {
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(beside, 'wx', 0o600);
  try {
    await handle.writeFile(keys.map((key) => `${key}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
  return beside;
};

const syncFolder = async (file: string): Promise<void> => {
  const handle = await open(dirname(file));
  await handle.sync().finally(() => handle.close());
};

/** Makes the key file of a new office. It never takes the place of one that is there: nothing would open any more. */
export const makeKeyFile = async (file: string): Promise<MasterKeys> => {
  let beside: string | undefined;
  try {
    beside = await writeBeside(file, [newKey()]);
    await link(beside, file);
  } catch {
    throw keyMissing(
      'The master key file cannot be made here.',
      'See that there is none yet, and that the folder can be written to.',
      file,
    );
  } finally {
    if (beside !== undefined) await rm(beside, { force: true });
  }
  await syncFolder(file);
  return readKeys({ file });
};

const fileKeys = async (file: string): Promise<string[]> => {
  const { mode } = await stat(file).catch(() => {
    throw keyMissing(
      'The master key is not here.',
      'Put the key file back from where it was kept, or set WAYBILL_MASTER_KEY: without it nothing that is sealed can be opened.',
      file,
    );
  });
  if (mode & 0o077)
    throw keyMissing(
      'Others can read the master key.',
      'Run chmod 600 on the file, and think of rotating the key.',
      file,
    );
  const text = await readFile(file, 'utf8').catch(() => {
    throw keyMissing(
      'The master key file cannot be read.',
      'Start Waybill as the user whose file it is.',
      file,
    );
  });
  return text.split(/\s+/).filter(Boolean);
};

/** Reads the master keys. Problem `key-missing` where there is none, or others can read it. */
export const readKeys = async ({ text, file }: KeyPlace): Promise<MasterKeys> =>
  text === undefined
    ? masterKeys((await fileKeys(file)).join('\n'), file)
    : masterKeys(text, 'WAYBILL_MASTER_KEY');

const replace = async (file: string, keys: readonly string[]): Promise<MasterKeys> => {
  try {
    await rename(await writeBeside(file, keys), file);
    await syncFolder(file);
  } catch {
    throw keyMissing(
      'The master key file cannot be written anew; the one that is there still holds.',
      'See that the disk has room and the folder can be written to, then do the same again.',
      file,
    );
  }
  return readKeys({ file });
};

/** First step of a rotation: a new key wraps from now on, the others still unwrap. */
export const addKey = async (file: string): Promise<MasterKeys> => {
  const keys = await fileKeys(file);
  masterKeys(keys.join('\n'), file);
  return replace(file, [newKey(), ...keys]);
};

/** Last step of a rotation, after `rewrap`: only the first key stays. */
export const dropOldKeys = async (file: string): Promise<MasterKeys> => {
  const keys = await fileKeys(file);
  masterKeys(keys.join('\n'), file);
  return replace(file, keys.slice(0, 1));
};
