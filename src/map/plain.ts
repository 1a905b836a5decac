/** What could be a TIN, written as one (12-3456789, 123-45-6789, nine digits) and not as part of another number. */
const TIN = /(?<![\w-])(?:\d{2}-\d{7}|\d{3}-\d{2}-\d{4}|\d{9})(?![\w-])/g;

/** What XML 1.0 cannot hold, and marks that turn the direction of a text: a name must not rewrite the words beside it. */
const UNFIT =
  /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|[\u{7F}-\u{9F}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

const LONGEST = 120;

/**
 * A text from an event as a picture may show it, on one line. Names, titles and item ids are typed by people: one who types
 * a TIN there must not see it drawn.
 */
export const plain = (text: string): string => {
  const line = text.replace(UNFIT, '').replace(/\s+/g, ' ').trim().replace(TIN, '[number left out]');
  return [...line].length <= LONGEST ? line : `${[...line].slice(0, LONGEST - 1).join('')}…`;
};
