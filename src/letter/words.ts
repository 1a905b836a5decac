import type { Day, Period } from '../ground/dates.ts';
import type { LetterItem } from './input.ts';

/**
 * One line of text as a person reads it: white space runs become one space, and characters that show nothing or turn the
 * direction of the text (controls, U+202E, zero widths) become their code point, so that no value can look like another.
 */
export const readable = (text: string): string =>
  text.normalize('NFC').replace(/\s+/gu, ' ').replace(/\p{C}/gu, codePoint).trim();

/** `‹U+6771›` */
export const codePoint = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;

/** With a space that does not break. */
export const section = '26\u00a0CFR\u00a0§\u00a0301.6103(l)(14)-1';

const monthsShort = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthsLong = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const parts = (date: Day) => {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return { year, month: month - 1, day };
};

/** `November 24, 2026` */
export const longDate = (date: Day): string => {
  const { year, month, day } = parts(date);
  return `${monthsLong[month]} ${day}, ${year}`;
};

const shortDay = (date: Day): string => {
  const { month, day } = parts(date);
  return `${monthsShort[month]}\u00a0${day}`;
};

/** `Jan 1 to Dec 31, 2021`, broken only around “to”; a single day stands alone. */
export const periodWords = ({ from, to }: Period): string => {
  const [first, last] = [parts(from).year, parts(to).year];
  if (from === to) return `${shortDay(from)},\u00a0${first}`;
  return `${shortDay(from)}${first === last ? '' : `,\u00a0${first}`} to ${shortDay(to)},\u00a0${last}`;
};

/** The last four of nine digits; nothing of anything else, since four digits of a short text may be all of it. */
export const maskedTin = (tin: string | undefined): string => {
  const digits = (tin ?? '').replace(/\D/g, '');
  return digits.length === 9 ? `TIN ending ${digits.slice(-4)}` : '';
};

/** Two lines where there is a TIN. */
export const taxpayerWords = ({ name, tin }: LetterItem['taxpayer']): string =>
  [readable(name), maskedTin(tin)].filter((line) => line !== '').join('\n');

export const formWords = ({ form, line }: LetterItem): string =>
  [
    /^\d/.test(readable(form)) ? `Form ${readable(form)}` : readable(form),
    readable(line) === '' ? '' : lineWords(readable(line)),
  ]
    .filter((part) => part !== '')
    .join('\n');

/** A line that already says what it is (“Item D”, “Part IV, line 8”) is left as it is. */
const lineWords = (line: string): string => (/^[0-9]+[a-z0-9()]*$/i.test(line) ? `line ${line}` : line);

/** `1,234,567` for a plain number of dollars; everything else as filed. */
export const valueWords = (value: string, unit: 'usd' | undefined): string => {
  const text = readable(value);
  if (text === '') return 'filed empty';
  if (unit !== 'usd' || !isNumber(text)) return text;
  const [whole = '', fraction] = text.split('.');
  return whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
};

const isNumber = (text: string): boolean => /^[-+]?\d[\d,]*(\.\d+)?$/.test(text);

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
