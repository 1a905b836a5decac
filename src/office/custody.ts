import { customsStage, foldCustoms } from '../casework/acts/customs.ts';
import { foldIrs, irsStage } from '../casework/acts/irs.ts';
import { ProblemError } from '../ground/problem.ts';
import { listPackets } from '../packet/transport-folder.ts';
import type { StoredEvent } from '../store/types.ts';
import { foldHolding } from '../casework/after/evolve.ts';
import { isFlagged, unanswered } from '../casework/after/holding.ts';
import { heldPlace } from './after.ts';
import { casePlace } from './customs.ts';
import { exchangeStream } from './exchange.ts';
import { folderOf } from './folder.ts';
import { offices } from './gate.ts';
import { irsPlaces } from './irs.ts';
import type { Node } from './node.ts';

const placesOf = (node: Node, reference: string) => {
  if (node.office === 'irs') return Object.values(irsPlaces(reference));
  return [heldPlace(node, reference)];
};

/** Every act on a case that this office has recorded, packets sent and received included, in the order of their hours. */
export const chainOf = async (node: Node, reference: string): Promise<readonly StoredEvent[]> => {
  const own: StoredEvent[] = [];
  for (const { log, stream } of placesOf(node, reference))
    own.push(...(await node.views.stream(log, stream)));
  if (own.length === 0)
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'This office has no case of this reference.',
      where: reference,
      next: 'Look at ./waybill inbox.',
    });
  const packets: StoredEvent[] = [];
  for (const other of offices)
    packets.push(
      ...(await node.views.stream(node.log, exchangeStream(other))).filter((one) => one.case === reference),
    );
  return [...own, ...packets].sort((a, b) => a.time - b.time || a.log.localeCompare(b.log) || a.seq - b.seq);
};

export interface CaseLine {
  readonly reference: string;
  readonly title: string;
  readonly stage: string;
  /** What somebody has to do next; `''` where nothing is open. */
  readonly next: string;
  /** The version for --expect. */
  readonly steps: number;
}

const nextAtCustoms: Readonly<Record<string, string>> = {
  drafted: 'the Commissioner signs',
  signed: 'send it',
  sent: 'the IRS answers',
  answered: '',
  withdrawn: '',
};
const nextAtIrs: Readonly<Record<string, string>> = {
  'in review': 'review and approve',
  approved: 'another person releases',
  'release decided': 'release again, to finish it',
  answered: '',
  withdrawn: '',
};

const lineOf = async (node: Node, reference: string): Promise<CaseLine> => {
  if (node.office === 'customs') {
    const events = await node.views.stream('customs', casePlace(reference).stream);
    const state = foldCustoms(events);
    const stage = customsStage(state);
    return {
      reference,
      title: state.draft?.title ?? '',
      stage,
      next: nextAtCustoms[stage] ?? '',
      steps: events.length,
    };
  }
  if (node.office === 'justice') {
    const events = await node.views.stream(node.log, heldPlace(node, reference).stream);
    const held = foldHolding('Justice', events);
    const open = unanswered(held).length;
    return {
      reference,
      title: held.matter?.title ?? '',
      stage: `holds ${held.items.size} items${isFlagged(held) ? ', audit dropped' : ''}`,
      next: open === 0 ? '' : `${open} answers to recalls are open`,
      steps: events.length,
    };
  }
  const { request, review } = irsPlaces(reference);
  const reviewed = await node.views.stream(review.log, review.stream);
  const state = foldIrs(await node.views.stream(request.log, request.stream), reviewed);
  const stage = irsStage(state);
  return {
    reference,
    title: state.request?.body.title ?? '',
    stage,
    next: nextAtIrs[stage] ?? '',
    steps: reviewed.length,
  };
};

/** How many packets wait, and where each case stands; those on which somebody has to act come first. */
export const casesOf = async (
  node: Node,
): Promise<{ readonly packets: number; readonly cases: readonly CaseLine[] }> => {
  const cases: CaseLine[] = [];
  for (const { case: reference } of await node.views.firsts(node.log, 'case/'))
    if (reference !== undefined) cases.push(await lineOf(node, reference));
  cases.sort((a, b) => Number(a.next === '') - Number(b.next === ''));
  return { packets: (await listPackets(folderOf(node.dir).inbox)).length, cases };
};
