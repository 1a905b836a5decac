import { incidentDraft, whoHadAccess } from '../casework/after/incident.ts';
import { actAfter, holdingOf } from '../office/after.ts';
import { eventsOf } from '../office/events.ts';
import { accessLines, accessTo } from '../record/incident.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, sayReceipt, withNode } from './node.ts';
import { say, wrap } from './terminal.ts';

export interface IncidentOptions extends NodeOptions {
  readonly discovered: string;
  readonly occurred: string;
  readonly agency: string;
  readonly how: string;
  readonly what: string;
  readonly records: string;
  readonly address: string;
  readonly technology: string;
  readonly item?: readonly string[];
}

/** `waybill incident`: recorded, and the draft of the report with the hours that are left. */
export const incident = (reference: string, id: string, options: IncidentOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const { discovered, occurred, agency, how, what, records, address, technology, item } = options;
    const done = await actAfter(node, orderOf(options), {
      act: 'report incident',
      case: reference,
      incident: id,
      ...(item === undefined ? {} : { items: item }),
      discovered,
      occurred,
      agency,
      how,
      what,
      records,
      address,
      technology,
    });
    sayReceipt(node, `Incident ${id} is on record.`, done.receipt);
    const state = await holdingOf(node, reference);
    const reported = state.incidents.find((one) => one.incident === id);
    if (reported !== undefined)
      say([
        ...incidentDraft(reported, {
          at: node.when().at,
          reference,
          access: whoHadAccess(state, item),
        }).flatMap((line) => wrap(line, '    ', '  ')),
        '',
        // Not only who looked: who could have.
        ...accessLines(
          accessTo(await eventsOf(node), {
            case: reference,
            ...(item === undefined ? {} : { items: item }),
          }),
        ).flatMap((line) => wrap(line, '    ', '  ')),
      ]);
    return 0;
  });
