/**
 * Entry numbers as CBP writes them: filer code, seven digits, check digit, `B76-0324527-8`. Source: ACE CATAIR,
 * Appendix E, “Valid Entry Numbers”.
 *
 * The rule in words: write each letter of the filer code as a digit (A to I as 1 to 9, J to R as 1 to 9, S to Z as 2 to
 * 9), which gives ten digits; double every other one, beginning with the rightmost, and take 9 off whatever exceeds 9;
 * the check digit brings the sum of all to a multiple of ten.
 */

/** Filer codes are three digits from 001, or digits and letters of which at least one is a letter. */
const SHAPE = /^(?!000)([A-Z0-9]{3})(\d{7})(\d)$/;

/** The eleven characters without hyphens and in capitals: one number written in two ways is one number. */
export const plainEntry = (written: string): string => written.trim().replaceAll('-', '').toUpperCase();

const digitOf = (mark: string): number => {
  if (/\d/.test(mark)) return Number(mark);
  const place = mark.charCodeAt(0) - 'A'.charCodeAt(0);
  return place < 18 ? (place % 9) + 1 : place - 16;
};

const doubled = (digit: number): number => (digit < 5 ? 2 * digit : 2 * digit - 9);

/** The check digit of filer code and transaction number, ten characters. */
export const checkDigit = (ten: string): number => {
  const sum = [...ten].reduce((before, mark, n) => {
    const digit = digitOf(mark);
    // The tenth and last is doubled, and with it every second one before it.
    return before + (n % 2 === 1 ? doubled(digit) : digit);
  }, 0);
  return (10 - (sum % 10)) % 10;
};

/** What is wrong with an entry number, and what to write; undefined where nothing is. The number is never repeated. */
export const entryFault = (written: string): string | undefined => {
  const read = SHAPE.exec(plainEntry(written));
  if (read === null)
    return 'write the entry number as filer code, seven digits and check digit, such as B76-0324527-8';
  const [, filer = '', transaction = '', check = ''] = read;
  return checkDigit(filer + transaction) === Number(check)
    ? undefined
    : 'the check digit of this entry number does not fit: look the number up on the entry';
};
