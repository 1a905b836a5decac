import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ProblemError, problemLines } from '../ground/problem.ts';
import { folderOf } from '../office/folder.ts';
import { recordRefusal } from '../office/gate.ts';
import type { Node } from '../office/node.ts';
import { isRefusal, receive } from '../office/receive.ts';
import { readPacketFile } from '../packet/packet-file.ts';
import { PacketRefused } from '../packet/refusal.ts';
import { fileAway, listPackets } from '../packet/transport-folder.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, receiptLines, withNode } from './node.ts';
import { complain, say, wrap } from './terminal.ts';

const lookAt = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};

const packetsIn = async (given: string): Promise<string[]> => {
  const found = lookAt(given);
  if (found === undefined)
    throw new ProblemError({
      kind: 'file-unreadable',
      what: 'There is no such packet or folder.',
      where: given,
      next: 'Give a packet, or the folder in which packets come.',
    });
  return found.isDirectory() ? (await listPackets(given)).map((name) => join(given, name)) : [given];
};

const kinds = {
  request: 'A request',
  answer: 'An answer',
  head: 'A log head',
  withdrawal: 'A withdrawal',
  referral: 'A referral',
  recall: 'A recall',
  'recall answer': 'An answer to a recall',
} as const;

/** Receives one packet, and files it away once that is recorded. False where it was refused. */
const receiveOne = async (node: Node, path: string, options: NodeOptions): Promise<boolean> => {
  const order = orderOf(options);
  try {
    const bytes = await readPacketFile(path).catch(async (error: unknown) => {
      if (error instanceof PacketRefused) await recordRefusal(node, order, error, undefined);
      throw error;
    });
    const { kind, from, case: reference, receipt } = await receive(node, order, bytes);
    say([
      `${kinds[kind]} from ${from}${reference === undefined ? '' : `, case ${reference}`}: received.`,
      ...receiptLines(node, receipt),
    ]);
    await fileAway(dirname(path), basename(path), 'received');
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    complain([
      `${path}: refused, and recorded as a refused attempt.`,
      ...error.problems.flatMap(problemLines),
    ]);
    await fileAway(dirname(path), basename(path), 'refused');
    return false;
  }
};

/** `waybill receive`: all packets in the inbox, or those named. Exit 1 where one was refused. */
export const receivePackets = (given: readonly string[], options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const places = given.length === 0 ? [folderOf(node.dir).inbox] : given;
    const paths = (await Promise.all(places.map(packetsIn))).flat();
    if (paths.length === 0) say(wrap(`No packet is waiting in ${places.join(', ')}.`));
    let all = true;
    for (const path of paths) all = (await receiveOne(node, path, options)) && all;
    return all ? 0 : 1;
  });
