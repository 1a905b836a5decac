import type { LetterContent } from '../block.ts';
import { flow } from './flow.ts';
import { running } from './running.ts';
import { Sheet } from './sheet.ts';

/** The content as a PDF. Uncompressed it can be read with a text editor, which is what the tests do. */
export const draw = async (content: LetterContent, { compress = true } = {}): Promise<Uint8Array> => {
  const sheet = new Sheet(content, compress);
  flow(sheet, content.blocks);
  running(sheet, content);
  const chunks: Uint8Array[] = [];
  sheet.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const written = new Promise((resolve, reject) => sheet.doc.on('end', resolve).on('error', reject));
  sheet.doc.end();
  await written;
  return new Uint8Array(Buffer.concat(chunks));
};
