import { runsOf, type Run, type Style } from './typefaces.ts';

export interface Line {
  readonly runs: readonly Run[];
  /** In points, without the space that parts it from the next line. */
  readonly width: number;
}

/** Points that a run takes at size 1. */
export type Measure = (run: Run) => number;

interface Piece {
  readonly text: string;
  /** At size 1. */
  readonly width: number;
}

interface Word extends Piece {
  /** The rest of a word that was broken: no space before it. */
  readonly joins: boolean;
}

/** Breaks text into lines, greedily, at spaces; a word wider than the line is broken where it must be. */
export class Lines {
  readonly #measure: Measure;
  readonly #widths = new Map<string, number>();

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** At size 1. Words come again and again, so each is measured once. */
  width(style: Style, text: string): number {
    const key = `${style}\n${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = runsOf(style, text).reduce((sum, run) => sum + this.#measure(run), 0);
      this.#widths.set(key, width);
    }
    return width;
  }

  /** `\n` in the text ends a line. A line that more words follow ends in a space, so that they stay apart when read aloud. */
  break(text: string, style: Style, size: number, width: number): Line[] {
    const paragraphs = text.split('\n');
    return paragraphs.flatMap((paragraph, at) =>
      this.#paragraph(paragraph + (at < paragraphs.length - 1 ? ' ' : ''), style, width / size).map(
        (line) => ({
          runs: runsOf(style, line.text),
          width: line.width * size,
        }),
      ),
    );
  }

  #paragraph(text: string, style: Style, room: number): Piece[] {
    const space = this.width(style, ' ');
    const words = text
      .trimEnd()
      .split(' ')
      .flatMap((word) => this.#fitting(word, style, room));
    const lines: Piece[] = [];
    let line: Piece = { text: '', width: 0 };
    for (const word of words) {
      const apart = line.text === '' || word.joins ? 0 : space;
      if (line.text === '' || line.width + apart + word.width <= room) {
        line = {
          text: line.text + (apart === 0 ? '' : ' ') + word.text,
          width: line.width + apart + word.width,
        };
      } else {
        lines.push(word.joins ? line : { ...line, text: `${line.text} ` });
        line = word;
      }
    }
    return [...lines, { ...line, text: line.text + (text.endsWith(' ') ? ' ' : '') }];
  }

  #fitting(word: string, style: Style, room: number): Word[] {
    const width = this.width(style, word);
    if (width <= room) return [{ text: word, width, joins: false }];
    const pieces: Word[] = [];
    let piece: Piece = { text: '', width: 0 };
    for (const character of word) {
      const wide = this.width(style, character);
      if (piece.text !== '' && piece.width + wide > room) {
        pieces.push({ ...piece, joins: pieces.length > 0 });
        piece = { text: '', width: 0 };
      }
      piece = { text: piece.text + character, width: piece.width + wide };
    }
    return [...pieces, { ...piece, joins: pieces.length > 0 }];
  }
}
