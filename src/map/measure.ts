/*
 * How wide a text will be, about: the picture is made where there is no font. Estimated for a wide common face (Liberation
 * Sans), so that a narrower one leaves room rather than runs over.
 */
const NARROW = /[ijltfrI.,:;'|!()[\]·\-/ ]/;
const BROAD = /[mwMW@%—–]/;

const em = (sign: string): number => {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x1100) return 1.05;
  if (NARROW.test(sign)) return 0.34;
  if (BROAD.test(sign)) return 0.9;
  return sign === sign.toUpperCase() && sign !== sign.toLowerCase() ? 0.72 : 0.57;
};

export const widthOf = (text: string, size: number, bold = false): number => {
  let sum = 0;
  for (const sign of text) sum += em(sign);
  return sum * size * (bold ? 1.08 : 1);
};

/** The text, cut with an ellipsis where it would be wider than `most`. */
export const fit = (text: string, size: number, most: number, bold = false): string => {
  if (widthOf(text, size, bold) <= most) return text;
  const signs = [...text];
  while (signs.length > 0 && widthOf(`${signs.join('')}…`, size, bold) > most) signs.pop();
  return `${signs.join('').trimEnd()}…`;
};

/** At most `lines` lines, broken between words; what does not fit ends in an ellipsis. */
export const wrap = (
  text: string,
  size: number,
  most: number,
  lines: number,
  bold = false,
): readonly string[] => {
  const done: string[] = [];
  const words = text.split(' ');
  let now = '';
  for (const [at, word] of words.entries()) {
    const longer = now === '' ? word : `${now} ${word}`;
    if (now === '' || widthOf(longer, size, bold) <= most) {
      now = longer;
      continue;
    }
    if (done.length === lines - 1)
      return [...done, fit(`${now} ${words.slice(at).join(' ')}`, size, most, bold)];
    done.push(now);
    now = word;
  }
  return [...done, now].map((one) => fit(one, size, most, bold));
};
