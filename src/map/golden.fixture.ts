import { writeFileSync } from 'node:fs';
import { chainOfCase } from './chain-of-case.ts';
import { custodyMap } from './custody-map.ts';
import { custodyTable } from './custody-table.ts';
import { directories, harborLamp } from './map.fixture.ts';
import { spansOfCase } from './spans.ts';
import { tableLines } from './table.ts';
import { timeline } from './timeline.ts';

/** The pictures and tables of the harbor-lamp case, by the names of the files beside this one. */
export const goldens = (): Readonly<Record<string, string>> => {
  const { events } = harborLamp();
  const chain = chainOfCase(events);
  const { rows, holdings } = custodyTable(chain);
  const { svg, table } = timeline(chain, spansOfCase(directories(), events));
  return {
    'golden-map.svg': custodyMap(chain),
    'golden-timeline.svg': svg,
    'golden-tables.txt': `${[rows, holdings, table].map((one) => tableLines(one).join('\n')).join('\n\n')}\n`,
  };
};

export const goldenFile = (name: string): URL => new URL(name, import.meta.url);

// Run by itself, it writes them anew; look at them before they are committed.
if (import.meta.main)
  for (const [name, text] of Object.entries(goldens())) writeFileSync(goldenFile(name), text);
