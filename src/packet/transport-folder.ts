import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MAX_PACKET, packetFileName } from './packet-file.ts';
import { PacketRefused } from './refusal.ts';

/*
 * A folder that two offices share, or that a person carries: a disk, a stick, a synchronised directory. One folder for
 * each direction. Others may write to it; what lies there is believed only after `checkPacket`.
 */

const NAME = /^(.{36})\.waybill$/;
const isPacketName = (name: string): boolean => z.uuidv7().safeParse(NAME.exec(name)?.[1]).success;

/** So that a rename outlives a power failure. */
const syncFolder = async (folder: string): Promise<void> => {
  await using handle = await open(folder, 'r');
  await handle.sync();
};

/**
 * Puts a packet into the folder, whole or not at all. If we crash before the rename, a hidden `.part` stays behind that no
 * reader takes; after the rename, the next try puts the same packet there again.
 */
export const putPacket = async (folder: string, id: string, bytes: Uint8Array): Promise<void> => {
  if (bytes.length > MAX_PACKET) throw new PacketRefused('too-large');
  await mkdir(folder, { recursive: true });
  // Its own for each writer: two that put the same packet there must not write into one file.
  const part = join(folder, `.${id}.${randomBytes(6).toString('hex')}.part`);
  {
    await using file = await open(part, 'w', 0o600);
    await file.writeFile(bytes);
    await file.sync();
  }
  await rename(part, join(folder, packetFileName(id)));
  await syncFolder(folder);
};

/** The names of the packets in the folder, oldest first (UUIDv7 sorts by time). None if there is no folder yet. */
export const listPackets = async (folder: string): Promise<string[]> => {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((file) => file.isFile() && isPacketName(file.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/**
 * Moves a packet that was dealt with into `received/` or `refused/`, only after the receiving office has recorded it: if we
 * crash before, it is read again and found repeated. Another file of that name that lies there already is evidence and
 * stays; the new one gets a number.
 */
export const fileAway = async (folder: string, name: string, to: 'received' | 'refused'): Promise<void> => {
  await mkdir(join(folder, to), { recursive: true });
  for (let n = 1; ; n++) {
    const target = n === 1 ? name : name.replace(/\.waybill$/, `.${n}.waybill`);
    try {
      // link fails where rename would write over what is there.
      await link(join(folder, name), join(folder, to, target));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  await syncFolder(join(folder, to));
  await unlink(join(folder, name));
  await syncFolder(folder);
};
