import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { parseVkey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { type PacketProofs, sealPacket } from '../packet/seal.ts';
import type { PacketJws } from '../packet/sign.ts';
import type { Receipt } from '../store/types.ts';
import { type Sent, cardFor, exchangeWith } from './exchange.ts';
import type { Node } from './node.ts';

/** A packet as any channel can carry it. */
export interface Dispatch {
  readonly id: string;
  readonly to: Office;
  readonly bytes: Uint8Array;
}

/**
 * The receiver may have missed packets, and its own may have been lost on the way here: it is shown that the log goes on from any
 * head that it can know. Of very many packets sent since it last answered, the first ones and the last.
 */
const FIRST = 7;
const LAST = 8;

const likely = (sent: readonly Sent[]): readonly Sent[] =>
  sent.length <= FIRST + LAST ? sent : [...sent.slice(0, FIRST), ...sent.slice(-LAST)];

/**
 * The packet that an act has recorded, sealed to its receiver. It opens only to the act's receipt, so nothing leaves before
 * its record is durable; and it is made from what is recorded, so that it can be made again after a crash or a loss.
 */
export const dispatch = async (node: Node, to: Office, receipt: Receipt): Promise<Dispatch> => {
  const exchange = await exchangeWith(node, to);
  const card = cardFor(exchange, to);
  const sent = exchange.sent.find((one) => one.act === receipt.act);
  if (sent === undefined)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'This act has sent nothing to that office.',
      next: 'Name the act that sent the packet.',
      way: 'custody',
    });
  const own = parseVkey(node.card.vkey);
  // A packet that is sent again comes after others: it is proven under the newest head that went to that office, for an
  // older one would look like a log that was cut back.
  const newest = await node.views.receipt(node.log, exchange.sent.at(-1)?.act ?? receipt.act);
  const head = newest?.checkpoint ?? receipt.checkpoint;
  const { size } = openCheckpoint(head, own);
  const acknowledged =
    exchange.acknowledged === undefined ? 0 : openCheckpoint(exchange.acknowledged, own).size;
  const heads = new Set([acknowledged]);
  for (const { act } of likely(exchange.sent.filter((one) => one.seq >= acknowledged))) {
    const before = await node.views.receipt(node.log, act);
    if (before !== undefined) heads.add(openCheckpoint(before.checkpoint, own).size);
  }
  const consistency: PacketProofs['consistency'][number][] = [];
  for (const from of [...heads].filter((one) => one <= size).sort((a, b) => a - b))
    consistency.push({ from, path: await node.views.consistency(node.log, from, size) });
  const bytes = await sealPacket(
    {
      jws: JSON.parse(
        Buffer.from(await node.vault.open(receipt, sent.content)).toString('utf8'),
      ) as PacketJws,
      receipt: await node.views.exhibit(node.log, sent.seq, ['packet', 'case'], head),
      consistency,
      ...(exchange.seen === undefined ? {} : { cosigned: exchange.seen }),
    },
    card,
  );
  return { id: sent.id, to, bytes };
};
