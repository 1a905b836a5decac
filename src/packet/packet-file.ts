import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ProblemError } from '../ground/problem.ts';
import { PacketRefused } from './refusal.ts';

/** Bytes. A longer packet is refused before it is read. */
export const MAX_PACKET = 64 * 1024 * 1024;

/** Only the packet's id, which says nothing: names of files are seen by whoever carries them. */
export const packetFileName = (id: string): string => `${id}.waybill`;

/** Reads a stream, but never more than a packet may have. A PacketRefused `too-large`. */
export const readCapped = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_PACKET) throw new PacketRefused('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const unreadable = (): ProblemError =>
  new ProblemError({
    kind: 'file-unreadable',
    what: 'The packet’s file cannot be read.',
    next: 'Check that it is an ordinary file that the node may read.',
  });

/**
 * Reads a packet's file. A PacketRefused `too-large`, after nothing or 64 MB were read; a ProblemError `file-unreadable`.
 * Others can write to the folder it lies in: a pipe in its place would hold the node for ever, a link would lead it away.
 */
export const readPacketFile = async (path: string): Promise<Buffer> => {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = await file.stat();
    if (!found.isFile()) throw unreadable();
    if (found.size > MAX_PACKET) throw new PacketRefused('too-large');
    // The file may grow while it is read, so that its size alone does not hold the memory down.
    return await readCapped(file.createReadStream({ autoClose: false }));
  } catch (error) {
    throw error instanceof ProblemError ? error : unreadable();
  }
};
