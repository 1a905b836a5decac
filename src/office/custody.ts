import { ProblemError } from '../ground/problem.ts';
import { listPackets } from '../packet/transport-folder.ts';
import type { StoredEvent } from '../store/types.ts';
import { heldPlace } from './after.ts';
import { exchangeStream } from './exchange.ts';
import { folderOf } from './folder.ts';
import { offices } from './gate.ts';
import { irsPlaces } from './irs.ts';
import type { CaseLine } from './line.ts';
import { caseLines } from './lines.ts';
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
      next: 'Look for it among the cases.',
      way: 'inbox',
    });
  const packets: StoredEvent[] = [];
  for (const other of offices)
    packets.push(
      ...(await node.views.stream(node.log, exchangeStream(other))).filter((one) => one.case === reference),
    );
  return [...own, ...packets].sort((a, b) => a.time - b.time || a.log.localeCompare(b.log) || a.seq - b.seq);
};

/** How many packets wait, and where each case stands; those on which somebody has to act come first. */
export const casesOf = async (
  node: Node,
): Promise<{ readonly packets: number; readonly cases: readonly CaseLine[] }> => {
  const cases = (await caseLines(node)).map(({ line }) => line);
  const open = cases.filter(({ next }) => next !== undefined);
  return {
    packets: (await listPackets(folderOf(node.dir).inbox)).length,
    cases: [...open, ...cases.filter(({ next }) => next === undefined)],
  };
};
