import { requireDuty } from '../casework/acts/problems.ts';
import type { Office } from '../custody/entry.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, type Place, act } from './act.ts';
import { cardFor, exchangeStream, foldExchange } from './exchange.ts';
import type { Node } from './node.ts';
import { type Letter, packetSent, sealedJws, sign } from './outgoing.ts';

/**
 * Sends another office nothing but this log's newest head, and the cosignature of its own: so offices that have no case
 * together witness one another all the same.
 */
export const sendHead = (node: Node, order: Order, to: Office): Promise<Receipt> => {
  const place: Place = { log: node.log, stream: exchangeStream(to) };
  return act(node, order, {
    log: node.log,
    asked: { act: 'send head', to },
    reads: [place],
    decide: async (stream, actor, when) => {
      requireDuty(actor, when.day, 'sends');
      cardFor(foldExchange(stream(place)), to);
      const letter: Letter = { kind: 'head', to, body: {} };
      const packet = await sign(node, letter, actor, when);
      const kept = sealedJws(packet, packet.id);
      return { events: [packetSent({ ...packet, content: kept.id }, letter, actor, when)], contents: [kept] };
    },
  });
};
