import { type ActOf, readAct } from '../casework/acts/act.ts';
import type { Happened } from '../casework/acts/events.ts';
import { incidentDraft, reportIncident, whoHadAccess } from '../casework/after/incident.ts';
import type { AfterEvent } from '../casework/after/events.ts';
import type { Incident } from '../casework/after/holding.ts';
import { ProblemError } from '../ground/problem.ts';
import { accessLines, accessTo } from '../record/incident.ts';
import type { NewEvent, Receipt } from '../store/types.ts';
import { type Order, type Place, act } from './act.ts';
import { afterwards } from './after.ts';
import { caseFile } from './case-file.ts';
import type { Node } from './node.ts';

/** Where the incidents are that belong to no case of this office: a laptop lost, a room left open. */
export const INCIDENTS = 'incidents';

type Reported = Extract<AfterEvent, { kind: 'incident-reported' }>;

const incidentOf = (happened: Happened): Incident[] => {
  const { kind, data } = happened as Reported;
  if ((kind as string) !== 'incident-reported' || data === null) return [];
  const { by: _by, on: _on, at: reported, late: _late, ...rest } = data;
  return [{ ...rest, reported }];
};

/** The IRS's may be of its review, and an entry's hour tells too: they go where no other office reads. */
const incidentsPlace = ({ office, log }: Node): Place => ({
  log: office === 'irs' ? 'irs-review' : log,
  stream: INCIDENTS,
});

export const incidentsWithoutCase = async (node: Node): Promise<readonly Incident[]> => {
  const { log, stream } = incidentsPlace(node);
  return (await node.views.stream(log, stream)).flatMap(incidentOf);
};

const beside = (node: Node, order: Order, read: ActOf<'report incident'>): Promise<Receipt> => {
  const place = incidentsPlace(node);
  return act(node, order, {
    log: place.log,
    asked: read,
    reads: [place],
    decide: (stream, actor, when) => {
      const known = stream(place).flatMap(incidentOf);
      const ids = known.map(({ incident }) => incident);
      const event: NewEvent = { ...reportIncident(ids, read, actor, when), stream: INCIDENTS };
      return { events: [read.case === undefined ? event : { ...event, case: read.case }] };
    },
  });
};

/** Puts an incident on record that concerns no single case. `input`: the act without its name. */
export const reportWithoutCase = async (
  node: Node,
  order: Order,
  input: Readonly<Record<string, unknown>>,
): Promise<Receipt> => {
  const read = readAct({ ...input, act: 'report incident' }) as ActOf<'report incident'>;
  if (read.items !== undefined)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'Items are named, and no case that they are of.',
      where: 'items',
      next: 'Report it in the case of the items, or leave them out.',
    });
  return beside(node, order, read);
};

/** Puts an incident on record: in its case, or beside all cases where it names none. Any officer may, and must. */
export const recordIncident = async (
  node: Node,
  order: Order,
  input: Readonly<Record<string, unknown>>,
): Promise<Receipt> => {
  const read = readAct({ ...input, act: 'report incident' }) as ActOf<'report incident'>;
  if (read.case === undefined) return reportWithoutCase(node, order, input);
  await caseFile(node, read.case);
  return node.office === 'irs' ? beside(node, order, read) : (await afterwards(node, order, read)).receipt;
};

const unknown = (): ProblemError =>
  new ProblemError({
    kind: 'case-unknown',
    what: 'No incident of this name is on record here.',
    next: 'Look at the incidents of the case, or report it.',
  });

/** The draft of the report, with the hours that are left and who had access by the log. No tax information is in it. */
export const incidentReport = async (
  node: Node,
  id: string,
  reference?: string,
): Promise<readonly string[]> => {
  const { at } = node.when();
  if (reference === undefined) {
    const found = (await incidentsWithoutCase(node)).find(({ incident }) => incident === id);
    if (found === undefined) throw unknown();
    return incidentDraft(found, { at, access: [] });
  }
  const file = await caseFile(node, reference);
  const held = file.office === 'irs' ? undefined : file.holding;
  const found = held?.incidents.find(({ incident }) => incident === id);
  if (held === undefined || found === undefined) throw unknown();
  const { items } = found;
  return [
    ...incidentDraft(found, { at, reference, access: whoHadAccess(held, items) }),
    '',
    // Not only who looked: who could have.
    ...accessLines(accessTo(file.events, { case: reference, ...(items === undefined ? {} : { items }) })),
  ];
};
