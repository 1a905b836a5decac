import type { Drawing, EventsByOffice } from './chain.ts';
import { chainOfCase } from './chain-of-case.ts';
import { custodyMap } from './custody-map.ts';
import { custodyTable } from './custody-table.ts';
import { spansOfCase } from './spans.ts';
import { timeline } from './timeline.ts';

/** The pictures of a case, each with its table twins, from the events and the directory of each office that was read. */
export const picturesOf = (events: EventsByOffice, people: EventsByOffice, drawing: Drawing = {}) => {
  const chain = chainOfCase(events);
  return {
    chain,
    custody: { svg: custodyMap(chain, drawing), ...custodyTable(chain, drawing) },
    timeline: timeline(chain, spansOfCase(people, events), drawing),
  };
};
export type Pictures = ReturnType<typeof picturesOf>;
