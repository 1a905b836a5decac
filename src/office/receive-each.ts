import { ProblemError } from '../ground/problem.ts';
import { type Received, isRefusal } from './receive.ts';
import type { Watch } from './watch.ts';

/** A packet to be received, with the name under which somebody knows it. */
export interface Parcel {
  readonly name: string;
  readonly receive: () => Promise<Received>;
}

/** What became of it. What was refused is on record; what was not tried, or failed, can be tried again. */
export type Fate =
  | { readonly name: string; readonly is: 'received'; readonly received: Received }
  | { readonly name: string; readonly is: 'refused' | 'failed'; readonly problem: ProblemError }
  | { readonly name: string; readonly is: 'not tried' };

const fateOf = async ({ name, receive }: Parcel): Promise<Fate> => {
  try {
    return { name, is: 'received', received: await receive() };
  } catch (problem) {
    if (!(problem instanceof ProblemError)) throw problem;
    return { name, is: isRefusal(problem) ? 'refused' : 'failed', problem };
  }
};

/**
 * Receives one packet after the other, each an act of its own: one that is refused keeps no other from being received. Where it
 * is the office that fails, or the person, no more is tried. Stopped, it tells what was done until then. Progress in packets.
 */
export const receiveEach = async (
  parcels: readonly Parcel[],
  { at, signal }: Watch,
): Promise<readonly Fate[]> => {
  const fates: Fate[] = [];
  for (const [n, parcel] of parcels.entries()) {
    at(n, parcels.length);
    const over = signal.aborted || fates.some(({ is }) => is === 'failed');
    fates.push(over ? { name: parcel.name, is: 'not tried' } : await fateOf(parcel));
  }
  return fates;
};
