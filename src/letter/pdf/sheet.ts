import PDFDocument from 'pdfkit';
import type { LetterContent } from '../block.ts';
import { Lines, type Line } from './lines.ts';
import type { Face, Style } from './typefaces.ts';

/** Points: US Letter, an inch at the sides, room above and below for what stands on every page. */
export const page = { width: 612, height: 792, left: 72, right: 540, top: 84, bottom: 718 } as const;
export const measureWidth = page.right - page.left;

export const ink = { text: '#16191d', quiet: '#4a5260', rule: '#b9c0ca', deep: '#1b2b4b' } as const;

export type Element = PDFKit.PDFStructureElement;

/**
 * A pdfkit document and a place on its page. All that is drawn goes through `mark` (content, in the structure tree) or
 * `artifact` (everything else): PDF/UA-1 (ISO 14289-1, 7.1) knows no third kind.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly lines: Lines;
  readonly root: Element;
  y: number = page.top;
  readonly #faces = new Set<string>();

  constructor(content: LetterContent, compress: boolean) {
    this.doc = new PDFDocument({
      size: 'LETTER',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: 'en-US',
      displayTitle: true,
      bufferPages: true,
      compress,
      // No clock: the file's date and its ID come from these alone.
      info: {
        Title: plain(content.title),
        Author: plain(content.author),
        Subject: plain(content.label.name),
        Keywords: plain(content.digest),
        Creator: 'Waybill',
        CreationDate: new Date(`${content.date}T12:00:00Z`),
      },
    });
    // Said here and not with pdfkit's `subset`, which also writes a CIDSet: optional, and short of the parts of composite glyphs.
    this.doc.appendXML(
      '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>',
    );
    this.lines = new Lines((run) => this.#use(run.face, 1000).widthOfString(run.text) / 1000);
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
  }

  #use(face: Face, size: number): PDFKit.PDFDocument {
    if (!this.#faces.has(face.name)) this.doc.registerFont(face.name, face.bytes);
    this.#faces.add(face.name);
    return this.doc.font(face.name, size);
  }

  get room(): number {
    return page.bottom - this.y;
  }

  turn(): void {
    this.doc.addPage();
    this.y = page.top;
  }

  /** Goes to a new page unless so many points are left on this one. */
  need(points: number): void {
    if (points > this.room && this.y > page.top) this.turn();
  }

  element(parent: Element, tag: string, options: TagOptions = {}): Element {
    const element = this.doc.struct(tag, options);
    parent.add(element);
    return element;
  }

  /** Draws content of the element. May be called again on another page, for the rest of it. */
  mark(element: Element, tag: string, paint: () => void): void {
    element.add(this.doc.markStructureContent(tag));
    paint();
    this.doc.endMarkedContent();
  }

  artifact(type: 'Pagination' | 'Layout', paint: () => void): void {
    this.doc.markContent('Artifact', { type });
    paint();
    this.doc.endMarkedContent();
  }

  rule(y: number, from: number, to: number, weight: number, color: string): void {
    this.artifact('Layout', () => {
      this.doc.lineWidth(weight).strokeColor(color).moveTo(from, y).lineTo(to, y).stroke();
    });
  }

  /** Sets a line with its base line at y. Call within `mark` or `artifact`. */
  set(line: Line, x: number, y: number, size: number, color: string = ink.text): void {
    let at = x;
    for (const run of line.runs) {
      const doc = this.#use(run.face, size).fillColor(color);
      if (run.actual !== undefined) doc.markContent('Span', { actual: run.actual });
      doc.text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
      if (run.actual !== undefined) doc.endMarkedContent();
      at += doc.widthOfString(run.text);
    }
  }

  /** A single line, however long. */
  line(text: string, style: Style, size: number): Line {
    return this.lines.break(text, style, size, Infinity)[0] ?? { runs: [], width: 0 };
  }
}

export interface TagOptions extends PDFKit.Mixins.StructureElementOptions {
  /** Of a TH. pdfkit knows it; its types do not yet. */
  readonly scope?: 'Column' | 'Row';
}

/** pdfkit puts the document's properties into XML (XMP) as they are. */
const plain = (text: string): string => text.replace(/[<>&]/g, ' ');
