import type { StoredEvent } from '../store/types.ts';
import { exchangeStream } from './exchange.ts';
import { offices } from './gate.ts';
import type { Node } from './node.ts';

/** The events of every case of the office's own log, and of what crossed: what its record is made from. Not the review's. */
export const eventsOf = async (node: Node): Promise<readonly StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for (const { stream } of await node.views.firsts(node.log, 'case/'))
    all.push(...(await node.views.stream(node.log, stream)));
  for (const other of offices) all.push(...(await node.views.stream(node.log, exchangeStream(other))));
  for (const stream of ['gate', 'people']) all.push(...(await node.views.stream(node.log, stream)));
  return all.sort((a, b) => a.seq - b.seq);
};
