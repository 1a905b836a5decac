import type { Day } from '../ground/dates.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import type { Block, LetterContent } from '../letter/block.ts';
import { draw } from '../letter/pdf/draw.ts';
import { longDate } from '../letter/words.ts';
import { type RecordDocument, type Section, headingOf } from './document.ts';

const sectionBlocks = (section: Section): Block[] => [
  { kind: 'heading', level: 2, text: headingOf(section) },
  section.rows.length === 0
    ? { kind: 'paragraph', text: 'None.' }
    : { kind: 'table', columns: section.columns, rows: section.rows.map((cells) => ({ cells })) },
];

/** The document in the letter’s blocks, made on a day. */
export const contentOf = (document: RecordDocument, date: Day): LetterContent => ({
  title: `${document.title}, ${document.office}`,
  author: document.office,
  reference: `${document.title}, made on ${longDate(date)}`,
  date,
  label: { name: document.title, law: document.law },
  notice: document.notice,
  digest: sha256(canonicalJson(document)),
  blocks: [
    { kind: 'heading', level: 1, text: `${document.title}, ${document.office}` },
    ...document.words.map((text): Block => ({ kind: 'paragraph', text })),
    ...document.sections.flatMap(sectionBlocks),
  ],
});

/**
 * A record as a tagged PDF (PDF 1.7, made to PDF/UA-1, ISO 14289-1), with the letter’s typefaces and tables. Equal input
 * gives equal bytes: the day is given, no clock is read.
 */
export const recordPdf = (
  document: RecordDocument,
  { date, compress = true }: { readonly date: Day; readonly compress?: boolean },
): Promise<Uint8Array> => draw(contentOf(document, date), { compress });
