import type { Day } from '../ground/dates.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import type { Block, LetterContent } from '../letter/block.ts';
import { flow } from '../letter/pdf/flow.ts';
import { running } from '../letter/pdf/running.ts';
import { Sheet } from '../letter/pdf/sheet.ts';
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
export const recordPdf = async (
  document: RecordDocument,
  { date, compress = true }: { readonly date: Day; readonly compress?: boolean },
): Promise<Uint8Array> => {
  const content = contentOf(document, date);
  const sheet = new Sheet(content, compress);
  // The letter is the IRS’s; a record is its keeper’s.
  sheet.doc.info.Author = document.office;
  flow(sheet, content.blocks);
  running(sheet, content);
  const chunks: Uint8Array[] = [];
  sheet.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const written = new Promise((resolve, reject) => sheet.doc.on('end', resolve).on('error', reject));
  sheet.doc.end();
  await written;
  return new Uint8Array(Buffer.concat(chunks));
};
