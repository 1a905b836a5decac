import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import { packetFileName } from '../packet/packet-file.ts';
import { putPacket } from '../packet/transport-folder.ts';
import { deliverPacket } from '../packet/transport-https-client.ts';
import type { Receipt } from '../store/types.ts';
import { join } from 'node:path';
import { dispatch } from './dispatch.ts';
import { cardFor, exchangeWith } from './exchange.ts';
import { folderOf } from './folder.ts';
import type { Node } from './node.ts';

/**
 * Carries the packet of an act: into a folder (the outbox of that office, where none is named), or with `https` to the
 * address on the other office's card. May be done again, after a crash or a loss: it is the same packet. Says where it is.
 */
export const deliver = async (node: Node, to: Office, receipt: Receipt, where?: string): Promise<string> => {
  const { id, bytes } = await dispatch(node, to, receipt);
  if (where === 'https') {
    const card = cardFor(await exchangeWith(node, to), to);
    await deliverPacket(bytes, card, node.secrets.keys.tls);
    return `delivered to ${card.url ?? to}`;
  }
  const folder = where ?? folderOf(node.dir).outbox(to);
  await putPacket(folder, id, bytes).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The act is recorded, but its packet cannot be written there.',
      where: folder.replaceAll('\0', '␀'),
      next: 'Send it again, into a folder that can be written to: it is the same packet.',
    });
  });
  return `packet ${join(folder, packetFileName(id))}`;
};
