import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';
import { codePoint } from '../words.ts';

/** Source Serif 4 for reading, Source Sans 3 for tables and labels (SIL Open Font License 1.1). Their figures are tabular. */
export type Style = 'serif' | 'serif strong' | 'sans' | 'sans strong';

const files: Record<Style, readonly [family: string, weight: number]> = {
  serif: ['source-serif-4', 400],
  'serif strong': ['source-serif-4', 600],
  sans: ['source-sans-3', 400],
  'sans strong': ['source-sans-3', 600],
};

/** The package cuts each font by script; they are opened in this order, and only when a character needs them. */
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const;

export interface Face {
  /** The name it is registered under in a document. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly has: (codePoint: number) => boolean;
}

const open = (style: Style, script: string): Face => {
  const [family, weight] = files[style];
  const file = `@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`;
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)));
  const font = create(bytes);
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError(`not a single font: ${file}`);
  const known = new Set(font.characterSet);
  return { name: `${style} ${script}`, bytes, has: (point) => known.has(point) };
};

const opened = new Map<string, Face>();

const face = (style: Style, script: string): Face => {
  const key = `${style} ${script}`;
  const found = opened.get(key) ?? open(style, script);
  opened.set(key, found);
  return found;
};

/** A stretch of text in one face. `actual` is the character that the text stands for, where no face has it. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  readonly actual?: string;
}

const faceFor = (style: Style, character: string): Face | undefined => {
  const point = character.codePointAt(0) ?? 0;
  for (const script of scripts) if (face(style, script).has(point)) return face(style, script);
  return undefined;
};

/**
 * The text cut into runs. A character that no face has (Chinese, Arabic, …) is shown as its code point, `‹U+6771›`,
 * never as an empty box and never left out; a reader program is told the character itself.
 */
export const runsOf = (style: Style, text: string): Run[] => {
  const latin = face(style, 'latin');
  const runs: Run[] = [];
  let [current, stretch] = [latin, ''];
  const close = () => {
    if (stretch !== '') runs.push({ face: current, text: stretch });
    stretch = '';
  };
  for (const character of text) {
    const its = latin.has(character.codePointAt(0) ?? 0) ? latin : faceFor(style, character);
    if (its === undefined) {
      close();
      runs.push({ face: latin, text: codePoint(character), actual: character });
      continue;
    }
    if (its !== current) close();
    current = its;
    stretch += character;
  }
  close();
  return runs;
};
