import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../ground/problem.ts';
import { folderOf } from '../office/folder.ts';
import { packetWords, receiveFile } from '../office/inbox.ts';
import type { Node } from '../office/node.ts';
import { isRefusal } from '../office/receive.ts';
import { listPackets } from '../packet/transport-folder.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, receiptLines, withNode } from './node.ts';
import { complain, say, wrap } from './terminal.ts';
import { problemLines } from './ways.ts';

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

/** Receives one packet. False where it was refused. */
const receiveOne = async (node: Node, path: string, options: NodeOptions): Promise<boolean> => {
  try {
    const { kind, from, case: reference, receipt } = await receiveFile(node, orderOf(options), path);
    say([
      `${packetWords[kind]} from ${from}${reference === undefined ? '' : `, case ${reference}`}: received.`,
      ...receiptLines(node, receipt),
    ]);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    complain([
      `${path}: refused, and recorded as a refused attempt.`,
      ...error.problems.flatMap(problemLines),
    ]);
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
