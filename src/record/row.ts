import type { EntryName } from './event.ts';
import type { RecordItem } from './book.ts';
import type { Party } from './party.ts';

/** What a row is about. `request`, `answer` and `disclosure` are what 6103(p)(4)(A) asks for; the others are kept with them. */
export const rowKinds = [
  'request',
  'answer',
  'disclosure',
  'look',
  'use',
  'question',
  'bar',
  'recall',
  'end of use',
  'incident',
  'correction',
  'paper',
  'engagement',
  'audit',
  'case',
  'directory',
  'packet',
  'other',
] as const;
export type RowKind = (typeof rowKinds)[number];

export interface RowItem extends RecordItem {
  /** What names the taxpayer in this office. Filters go by it; no export writes it, for it may be a TIN. */
  readonly account: string;
}

/** One act, or what one act did to one item, in the standardized form. Text that does not apply is empty. */
export interface RecordRow {
  readonly entry: EntryName;
  readonly kind: RowKind;
  /** What happened, in words. */
  readonly act: string;
  /** The event's own kind. */
  readonly event: string;
  /** `YYYY-MM-DD` in the office's calendar. */
  readonly date: string;
  /** The entry's hour, POSIX seconds. */
  readonly time: number;
  readonly case: string;
  readonly items: readonly RowItem[];
  /** Of requests and disclosures: whether this office made it, or it was made to (or of) this office. */
  readonly direction: 'by this office' | 'to this office' | '';
  readonly from: Party;
  readonly to: Party;
  readonly by: Party;
  /** The entry’s own citation. */
  readonly cite: string;
  /** Under which paragraph a disclosure was made, or an act done. */
  readonly paragraph: string;
  /** The reason: purpose and necessity of a request, the reason given for any other act. */
  readonly why: string;
  /** Anything else that the form has no column for. */
  readonly note: string;
  /** Of a question: what was answered. */
  readonly verdict: string;
  readonly packet: string;
  /** The entry that this row restates: the row is that one as corrected. */
  readonly restates: EntryName | undefined;
  /** The entry that corrects this row. The row stays, and no longer stands. */
  readonly corrected: EntryName | undefined;
  /** The day under which the row is filed: that of the entry which it restates, or its own. */
  readonly filed: string;
}

/** Whether the row is how things stand: no later entry corrects it. */
export const stands = (row: RecordRow): boolean => row.corrected === undefined;
