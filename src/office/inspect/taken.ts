import { stamp } from '../../casework/acts/events.ts';
import { requireDuty } from '../../casework/acts/problems.ts';
import type { Json, Receipt } from '../../store/types.ts';
import { type Order, act } from '../act.ts';
import type { Node } from '../node.ts';
import type { ExportAsked, Exported } from './export.ts';

/** Where it is recorded who took the record away. */
export const INSPECTIONS = 'inspections';

/**
 * Records that an inspector takes a folder away: who, what it is of, and the SHA-256 of its list of files, so that the log
 * itself says which folder it was. A folder is handed out with this receipt in hand and not otherwise: what 26 USC
 * 6103(p)(4)(A) wants of any disclosure is wanted of the record that names taxpayers too.
 */
export const recordTaken = (
  node: Node,
  order: Order,
  { case: reference, from, to, sample }: Omit<ExportAsked, 'taxpayer'>,
  { manifest, events }: Exported,
): Promise<Receipt> => {
  const place = { log: node.log, stream: INSPECTIONS } as const;
  const of: Json = {
    ...(reference === undefined ? {} : { case: reference }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(sample === undefined ? {} : { sample }),
  };
  return act(node, order, {
    log: node.log,
    asked: { act: 'take the record away', of, manifest },
    reads: [place],
    decide: (_read, actor, when) => {
      requireDuty(actor, when.day, 'inspects');
      return {
        events: [
          {
            stream: INSPECTIONS,
            kind: 'record-taken',
            cite: '6103(p)(4)(A)',
            data: { ...stamp(actor, when), of, events, manifest },
          },
        ],
      };
    },
  });
};
