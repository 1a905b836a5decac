import { incidentDraft, whoHadAccess } from '../casework/after/incident.ts';
import { ProblemError } from '../ground/problem.ts';
import { actAfter, holdingOf } from '../office/after.ts';
import { eventsOf } from '../office/events.ts';
import { incidentsWithoutCase, reportWithoutCase } from '../office/incident.ts';
import type { Node } from '../office/node.ts';
import { accessLines, accessTo } from '../record/incident.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, sayReceipt, withNode } from './node.ts';
import { say, wrap } from './terminal.ts';
import { nextLines } from './ways.ts';

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

const told = (id: string, options: IncidentOptions) => {
  const { discovered, occurred, agency, how, what, records, address, technology, item } = options;
  const particulars = { discovered, occurred, agency, how, what, records, address, technology };
  return { incident: id, ...(item === undefined ? {} : { items: item }), ...particulars };
};

const wrapped = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(line, '    ', '  '));

const inCase = async (node: Node, reference: string, id: string, options: IncidentOptions) => {
  const act = { act: 'report incident', case: reference, ...told(id, options) };
  const { receipt } = await actAfter(node, orderOf(options), act);
  sayReceipt(node, `Incident ${id} is on record.`, receipt);
  const { item } = options;
  const state = await holdingOf(node, reference);
  const reported = state.incidents.find((one) => one.incident === id);
  if (reported === undefined) return;
  const access = whoHadAccess(state, item);
  const affected = { case: reference, ...(item === undefined ? {} : { items: item }) };
  say([
    ...wrapped(incidentDraft(reported, { at: node.when().at, reference, access })),
    '',
    // Not only who looked: who could have.
    ...wrapped(accessLines(accessTo(await eventsOf(node), affected))),
  ]);
};

const withoutCase = async (node: Node, id: string, options: IncidentOptions) => {
  const receipt = await reportWithoutCase(node, orderOf(options), told(id, options));
  sayReceipt(node, `Incident ${id} is on record.`, receipt);
  const reported = (await incidentsWithoutCase(node)).find((one) => one.incident === id);
  if (reported === undefined) return;
  say([
    ...wrapped(incidentDraft(reported, { at: node.when().at, access: [] })),
    ...nextLines({ next: 'Read the record of that span of time.', way: 'record' }),
  ]);
};

/** `waybill incident [case] <incident>`: recorded, and the draft of the report with the hours that are left. */
export const incident = (names: readonly string[], options: IncidentOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const [first = '', second, ...more] = names;
    if (more.length > 0)
      throw new ProblemError({
        kind: 'usage',
        what: 'The command names more than a case and an incident.',
        where: 'incident',
        next: 'Write the case, if it concerns a single one, and then one new id.',
      });
    if (second === undefined) await withoutCase(node, first, options);
    else await inCase(node, first, second, options);
    return 0;
  });
