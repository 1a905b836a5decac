import { readable } from '../letter/words.ts';

/** A record to be read, before it is a PDF or lines on a terminal: both are made of this, so neither says more. */
export interface RecordDocument {
  readonly title: string;
  readonly office: string;
  /** The law or the policy behind it, in a few words. */
  readonly law: string;
  /** What stands at its head, a paragraph each. */
  readonly words: readonly string[];
  readonly sections: readonly Section[];
  /** At the foot of every page. */
  readonly notice: string;
}

export interface Section {
  readonly heading: string;
  /** How many, in words; the number of rows where left out, and nothing where it is empty. */
  readonly count?: string;
  readonly columns: readonly SectionColumn[];
  /** A cell for each column; `\n` breaks the line. */
  readonly rows: readonly (readonly string[])[];
}

export interface SectionColumn {
  readonly title: string;
  /** Share of the table’s width. */
  readonly share: number;
  /** Numbers stand to the right. */
  readonly numbers?: true;
}

/** People write these words: what would move a terminal’s cursor or turn the text around is shown as its code point. */
export const cell = (...lines: readonly string[]): string =>
  lines
    .map(readable)
    .filter((line) => line !== '')
    .join('\n');

export const headingOf = ({ heading, count, rows }: Section): string =>
  count === '' ? heading : `${heading} (${count ?? String(rows.length)})`;
