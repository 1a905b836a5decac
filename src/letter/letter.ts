import { compose } from './compose.ts';
import type { LetterInput } from './input.ts';
import { draw } from './pdf/draw.ts';
import { textOf } from './text.ts';

export type {
  DisclosedItem,
  LetterInput,
  LetterItem,
  LetterValue,
  Party,
  Reason,
  ReturnedItem,
} from './input.ts';

/**
 * The letter of transmittal as a tagged PDF (PDF 1.7, made to PDF/UA-1, ISO 14289-1): US Letter, fonts embedded. Equal
 * input gives equal bytes. Throws a RangeError where an item number stands in two lists, or where values are said to
 * stand in an extract that is not named.
 */
export const letter = (input: LetterInput): Promise<Uint8Array> => draw(compose(input));

/** The same content as lines of plain text. */
export const letterText = (input: LetterInput): string[] => textOf(compose(input));
