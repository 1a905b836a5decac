import { type RecordDocument, type Section, cell } from '../document.ts';
import { type EntryName, entryName } from '../event.ts';
import type { Anomaly } from './anomalies.ts';
import type { Journey } from './follow.ts';
import type { Sample } from './sample.ts';

const DESK = { office: 'inspector’s desk', law: '26 USC 6103(p)(4); 26 CFR 301.6103(l)(14)-1' } as const;

const names = (entries: readonly EntryName[]): string => entries.map(entryName).join(', ');

const standing = ({ ends, gaps }: Journey): string =>
  [
    ends.length === 0
      ? 'nobody holds it'
      : ends.map(({ office, stands }) => `${office}: ${stands}`).join(', '),
    gaps.length === 0 ? 'no gap' : `${gaps.length} gaps: ${gaps.join('; ')}`,
  ].join('; ');

const journey = ({ case: reference, item, what, steps }: Journey, drawn: EntryName): Section => ({
  heading: `${entryName(drawn)}: ${reference}/${item}${what === item ? '' : `, ${what}`}`,
  columns: [
    { title: 'Date, entry', share: 0.19 },
    { title: 'What happened', share: 0.27 },
    { title: 'By', share: 0.3 },
    { title: 'Met by', share: 0.24 },
  ],
  rows: steps.map((step) => [
    cell(step.date, entryName(step.entry)),
    cell(step.act, step.cite),
    cell(step.by),
    names(step.meets) || (step.packet === '' ? '' : 'none'),
  ]),
});

/** A sample to be read: how it was drawn, how each item stands, and the steps of each. */
export const sampleDocument = ({ algorithm, seed, population, picks }: Sample): RecordDocument => ({
  ...DESK,
  title: 'Sample of the record',
  words: [
    `Drawn: ${picks.length} of ${population} entries, with the seed “${cell(seed)}”. ${algorithm}`,
    'Each item is followed from its request to its end, across the offices whose events were given. Sender and receiver are matched by the digest of the packet.',
  ],
  notice: 'Names no taxpayer. Holds no value of return information.',
  sections: [
    {
      heading: 'How the items stand',
      columns: [
        { title: 'Entry drawn', share: 0.2 },
        { title: 'Case, item', share: 0.3 },
        { title: 'Stands', share: 0.5 },
      ],
      rows: picks.map((pick) => [
        entryName(pick),
        cell(pick.journey.case, pick.journey.item),
        cell(standing(pick.journey)),
      ]),
    },
    ...picks.map((pick) => journey(pick.journey, pick)),
  ],
});

/** Anomalies to be read, each with the rule that it goes by. */
export const anomaliesDocument = (anomalies: readonly Anomaly[]): RecordDocument => ({
  ...DESK,
  title: 'Anomalies in the record',
  words: ['Each is a question to the office, not a finding: there may be a good reason for it.'],
  notice: 'Names no taxpayer and no person. Holds no value of return information.',
  sections: [
    {
      heading: 'Anomalies',
      columns: [
        { title: 'Rule', share: 0.2 },
        { title: 'What was found', share: 0.45 },
        { title: 'What should be', share: 0.35 },
      ],
      rows: anomalies.map(({ rule, words, states, cite }) => [rule, cell(words), cell(states, cite)]),
    },
  ],
});
