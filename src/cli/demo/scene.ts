import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Office } from '../../custody/entry.ts';
import { receive } from '../../office/receive.ts';
import { fileAway } from '../../packet/transport-folder.ts';
import type { Receipt } from '../../store/types.ts';
import { type Narrator, type Nodes, carry } from './stage.ts';

export const AUDIT = 'TRA-2026-17';
export const JORDAN = { person: 'jordan-vale' };
export const TONI = { person: 'toni-brook' };

export interface Scene {
  readonly nodes: Nodes;
  readonly tell: Narrator;
  readonly reference: string;
}

export const takeIn = async (
  { nodes, tell }: Scene,
  from: Office,
  to: Office,
  receipt: Receipt,
  person: string,
): Promise<void> => {
  const file = await carry(nodes, from, to, receipt);
  const received = await receive(nodes[to], { person }, await readFile(file));
  await fileAway(dirname(file), basename(file), 'received');
  tell.receipt(nodes[to], received.receipt);
};
