import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import { deliver } from '../office/deliver.ts';
import { officeNames } from '../office/init.ts';
import type { Receipt } from '../store/types.ts';
import type { Visit } from './route.ts';

/**
 * Lets the packet of a recorded act leave, and says how it went. The act stands either way: a packet that could not be delivered
 * is no reason to say that nothing was done. It is sent again from the page of the case.
 */
export const sendOff = async (
  { node, settings }: Pick<Visit, 'node' | 'settings'>,
  to: Office,
  receipt: Receipt,
): Promise<string> => {
  const office = officeNames[to];
  try {
    await deliver(node, to, receipt, settings.channels[to]);
    return `The packet for ${office} is on its way.`;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    settings.log.warn({ kinds: error.problems.map(({ kind }) => kind) }, 'a packet was not delivered');
    return `It is on record, but the packet for ${office} could not be delivered. Send it again from the page of the case.`;
  }
};
