import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Actor } from '../casework/acts/people.ts';
import { ProblemError } from '../ground/problem.ts';
import type { PacketPayload } from '../packet/payload.ts';
import { readPacketFile } from '../packet/packet-file.ts';
import { PacketRefused } from '../packet/refusal.ts';
import { fileAway, listPackets } from '../packet/transport-folder.ts';
import type { Order } from './act.ts';
import { folderOf } from './folder.ts';
import { recordRefusal } from './gate.ts';
import type { Node } from './node.ts';
import { type Received, isRefusal, receive } from './receive.ts';

export const packetWords: Readonly<Record<PacketPayload['kind'], string>> = {
  request: 'A request',
  answer: 'An answer',
  head: 'A log head',
  withdrawal: 'A withdrawal',
  referral: 'A referral',
  recall: 'A recall',
  'recall answer': 'An answer to a recall',
};

/** A packet in the inbox. What it is, and from whom, is known when it has been checked. */
export interface Waiting {
  /** UUIDv7, the name of its file. */
  readonly id: string;
  /** Since when its file lies there, POSIX seconds. */
  readonly since: number;
}

const idOf = (name: string): string => basename(name, '.waybill');

/** The packets that wait in the inbox, oldest first. */
export const waiting = async ({ dir }: Node): Promise<readonly Waiting[]> => {
  const { inbox } = folderOf(dir);
  const found = (await listPackets(inbox)).map(async (name): Promise<Waiting[]> => {
    // Another process may have filed it away since the folder was read.
    const seen = await stat(join(inbox, name)).catch(() => undefined);
    return seen === undefined ? [] : [{ id: idOf(name), since: Math.floor(seen.mtimeMs / 1000) }];
  });
  return (await Promise.all(found)).flat();
};

/**
 * Receives the packet of a file, and files it away once that is recorded. What is refused is recorded as a refused attempt, filed
 * among the refused ones, and thrown. If we crash before it is filed away, it is found received the next time.
 */
export const receiveFile = async (node: Node, order: Order, path: string): Promise<Received> => {
  const away = (to: 'received' | 'refused') => fileAway(dirname(path), basename(path), to);
  try {
    const bytes = await readPacketFile(path).catch(async (error: unknown) => {
      if (error instanceof PacketRefused) await recordRefusal(node, order, error, undefined);
      throw error;
    });
    const received = await receive(node, order, bytes);
    await away('received');
    return received;
  } catch (error) {
    if (isRefusal(error)) await away('refused');
    throw error;
  }
};

/** Receives a packet of the inbox by its id. No path is made of what a door was given: the id is looked for among the files. */
export const receiveWaiting = async (node: Node, order: Order, id: string): Promise<Received> => {
  const { inbox } = folderOf(node.dir);
  const name = (await listPackets(inbox)).find((one) => idOf(one) === id);
  if (name === undefined)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'This packet waits no more.',
      next: 'A colleague may have received it: look at the cases.',
    });
  return receiveFile(node, order, join(inbox, name));
};

/** Whether a title may receive packets. */
export const mayReceive = ({ office, duties }: Actor): boolean =>
  duties.includes(office === 'IRS' ? 'receives requests' : 'receives');
