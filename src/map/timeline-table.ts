import type { Drawing } from './chain.ts';
import { officeNames } from './holders.ts';
import type { Life, LifeAct } from './lives.ts';
import type { Table, TableRow } from './table.ts';
import { entriesWords, runs } from './words.ts';

/** Redacted, a person is told by the number of the row in the picture, and by the title beside it. */
export const personWords = ({ name }: Life, { redacted = false }: Drawing, number: string): string =>
  redacted || name === '' ? `person of line ${number}` : name;

const standingWords: Readonly<Record<LifeAct['standing'], string>> = {
  'in force': 'in force',
  before: 'BEFORE IT BEGAN',
  'after a lapse': 'AFTER A LAPSE',
  without: 'NONE IN FORCE',
};

/** The twin of the timeline: each span, and under it each act. */
export const timelineTable = (lives: readonly Life[], drawing: Drawing): Table => ({
  caption: 'Titles, engagements and papers, and the acts done under them',
  columns: [
    { key: 'line', head: 'Line', leads: true },
    { key: 'who', head: 'Who', leads: true },
    { key: 'what', head: 'Title or paper', leads: true },
    { key: 'from', head: 'from' },
    { key: 'to', head: 'to' },
    { key: 'day', head: 'act on' },
    { key: 'standing', head: 'stands' },
    { key: 'rows', head: 'rows of the custody table' },
    { key: 'entries', head: 'entries' },
  ],
  rows: lives.flatMap((life, n): readonly TableRow[] => {
    const line = `${n + 1}`;
    const lead = [line, `${officeNames[life.office]}: ${personWords(life, drawing, line)}`, life.what];
    return [
      ...life.spans.map(({ from, to }, at) => ({
        id: `life-${line}-span-${at + 1}`,
        cells: [...lead, from, to ?? 'no end yet', '', '', '', ''],
      })),
      ...life.acts.map(({ act, standing }, at) => ({
        id: `life-${line}-act-${at + 1}`,
        ...(standing === 'in force' ? {} : ({ mark: 'warning' } as const)),
        cells: [...lead, '', '', act.on, standingWords[standing], runs(act.rows), entriesWords(act.entries)],
      })),
    ];
  }),
});
