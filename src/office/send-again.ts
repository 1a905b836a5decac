import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, requireSending } from './act.ts';
import { exchangeStream } from './exchange.ts';
import { offices } from './gate.ts';
import type { Node } from './node.ts';

/** A packet that this office has sent in a case. */
export interface SentInCase {
  readonly act: string;
  readonly id: string;
  readonly kind: string;
  readonly to: Office;
  /** POSIX seconds. */
  readonly time: number;
}

export const sentInCase = async (node: Node, reference: string): Promise<readonly SentInCase[]> => {
  const sent: SentInCase[] = [];
  for (const to of offices)
    for (const { kind, case: of, act, time, data } of await node.views.stream(node.log, exchangeStream(to))) {
      const packet = (data ?? {}) as { readonly id?: string; readonly kind?: string };
      if (kind === 'packet-sent' && of === reference)
        sent.push({ act, id: packet.id ?? '', kind: packet.kind ?? '', to, time });
    }
  return sent.toSorted((a, b) => a.time - b.time);
};

/** The receipt with which a packet of a case is made once more, after a loss: for who may send today. Records nothing anew. */
export const sentBefore = async (
  node: Node,
  order: Order,
  reference: string,
  act: string,
): Promise<{ readonly receipt: Receipt; readonly to: Office }> => {
  await requireSending(node, order);
  const sent = (await sentInCase(node, reference)).find((one) => one.act === act);
  const receipt = sent === undefined ? undefined : await node.views.receipt(node.log, sent.act);
  if (sent !== undefined && receipt !== undefined) return { receipt, to: sent.to };
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'This office has sent no such packet in this case.',
    next: 'Look at the packets of the case, and send one of them again.',
  });
};
