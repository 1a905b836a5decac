import { SaxesParser } from 'saxes';
import { ProblemError } from '../../ground/problem.ts';
import type { Chunk } from './chunks.ts';
import { checkDeclaration } from './encoding.ts';
import { localName, Namespaces } from './namespaces.ts';
import type { Place } from './problems.ts';
import { problemAt } from './problems.ts';

/** What a parser tells of a return. Names of elements are local, without a prefix; those of attributes are as written. */
export interface Listener {
  open(name: string, namespace: string, attributes: Readonly<Record<string, string>>): void;
  close(): void;
  /** Text after `hear(true)`; a CDATA section always. */
  text(text: string): void;
}

const lessThan = 0x3c;

/** Elements inside elements. The deepest path in IRS's own schemas is 9 deep, `Return` included. */
const deepest = 100;

/** Bytes of one text, tag, comment or CDATA section. The longest text MeF allows (an explanation) has 9,000 characters. */
const longest = 1024 * 1024;

/**
 * `saxes` with what a return needs more: namespaces, byte offsets, limits, and errors that say where but quote nothing.
 * Every error is a ProblemError; after one the parser must not be used again.
 */
export class ReturnParser {
  readonly #file: string;
  readonly #saxes = new SaxesParser({ position: false });
  readonly #namespaces = new Namespaces(
    (what) => this.#broken(what),
    () => this.#tooMany(),
  );
  readonly #listener: Listener;
  readonly #text = (text: string): void => {
    if (this.#over === 0) this.#listener.text(text);
  };
  #depth = 0;
  /** Depth of the element that is stepped over, 0 for none. */
  #over = 0;
  #ended = false;
  #chunk: Chunk = { text: '', byteOffset: 0, byteLength: 0 };
  /** Characters (UTF-16 units) before the present chunk, as saxes counts them. */
  #before = 0;
  /** A place in the present chunk whose byte offset is known, to count on from. */
  #known = { index: 0, byte: 0 };
  /** Bytes since a tag last opened or closed. */
  #sinceTag = 0;
  #tags = false;

  constructor(file: string, listener: Listener) {
    this.#file = file;
    this.#listener = listener;
    // Six handlers and no more: saxes stores them by computed name, and at the seventh V8 makes its parser object a
    // dictionary, which then reads four times slower. Errors are caught and the XML declaration is looked up instead.
    const saxes = this.#saxes;
    saxes.on('doctype', () => this.#refuseDoctype());
    saxes.on('text', this.#text);
    saxes.on('cdata', this.#text);
    this.hear(false);
    saxes.on('attribute', ({ name, value }) => this.#namespaces.attribute(name, value));
    saxes.on('opentag', ({ name, attributes }) => this.#open(name, attributes as Record<string, string>));
    saxes.on('closetag', () => this.#close());
  }

  /** Whether the listener wants the text from here on: text that nobody wants is not even put together. */
  hear(wanted: boolean): void {
    if (wanted) this.#saxes.on('text', this.#text);
    else this.#saxes.off('text');
  }

  /** Steps over the element that has just opened: the listener hears nothing more, not even of its end. */
  stepOver(): void {
    this.#over = this.#depth;
  }

  write(chunk: Chunk): void {
    this.#chunk = chunk;
    this.#known = { index: 0, byte: chunk.byteOffset };
    this.#tags = false;
    this.#guarded(() => this.#saxes.write(chunk.text));
    this.#before += chunk.text.length;
    this.#sinceTag = this.#tags ? 0 : this.#sinceTag + chunk.byteLength;
    if (this.#sinceTag > longest) this.#tooLong();
  }

  end(): void {
    this.#ended = true;
    this.#guarded(() => this.#saxes.close());
  }

  #guarded(parse: () => unknown): void {
    try {
      parse();
    } catch (error) {
      if (error instanceof ProblemError || !(error instanceof Error)) throw error;
      this.#broken(error.message);
    }
  }

  place(): Place {
    return { line: this.#saxes.line, column: this.#saxes.column + 1 };
  }

  /** Byte offset of the `<` of the tag that opens now. */
  tagOffset(): number {
    const { text, byteOffset, byteLength } = this.#chunk;
    // Inside a tag no '<' can stand (XML 1.0 § 2.3, AttValue), so the last one before here opened it.
    // A loop, because the tag is short and lastIndexOf is a call out of the compiled code.
    let index = this.#saxes.position - this.#before - 1;
    while (index >= 0 && text.charCodeAt(index) !== lessThan) index -= 1;
    if (index < 0) this.#tooLong();
    if (text.length === byteLength) return byteOffset + index;
    const { index: from, byte } = this.#known;
    this.#known = { index, byte: byte + Buffer.byteLength(text.slice(from, index)) };
    return this.#known.byte;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#tags = true;
    this.#depth += 1;
    if (this.#depth === 1) checkDeclaration(this.#file, this.place(), this.#saxes.xmlDecl);
    if (this.#depth > deepest) this.#tooDeep();
    const namespace = this.#namespaces.open(name, this.#depth);
    if (this.#over === 0) this.#listener.open(localName(name), namespace, attributes);
  }

  #close(): void {
    this.#tags = true;
    if (this.#over === 0) this.#listener.close();
    else if (this.#over === this.#depth) this.#over = 0;
    this.#namespaces.close(this.#depth);
    this.#depth -= 1;
  }

  #broken(message: string): never {
    // What saxes says after a colon is quoted from the file.
    const what = message.split(':')[0]?.replace(/\.$/, '') ?? '';
    throw this.#ended
      ? problemAt(
          this.#file,
          this.place(),
          'xml-broken',
          'The file ends before its XML does; it is cut short.',
          'Ask for the file again, and compare its size and digest with the sender’s.',
        )
      : problemAt(
          this.#file,
          this.place(),
          'xml-broken',
          `This is not well-formed XML: ${what}.`,
          'Ask for the file as it was filed; a return that MeF accepted is well-formed.',
        );
  }

  #refuseDoctype(): never {
    throw problemAt(
      this.#file,
      this.place(),
      'xml-forbidden',
      'The file has a DOCTYPE, which can define entities; nothing of it was expanded.',
      'Ask for the file as it was filed: a return has no DOCTYPE.',
    );
  }

  #tooLong(): never {
    throw problemAt(
      this.#file,
      this.place(),
      'xml-forbidden',
      'A single text, tag, comment or CDATA section is longer than any in a return can be.',
      'Ask for the file as it was filed: MeF allows 9,000 characters in its longest text.',
    );
  }

  #tooMany(): never {
    throw problemAt(
      this.#file,
      this.place(),
      'xml-forbidden',
      'One element declares more namespaces, or has more attributes with a prefix, than any in a return.',
      'Ask for the file as it was filed: a return has two or three namespaces.',
    );
  }

  #tooDeep(): never {
    throw problemAt(
      this.#file,
      this.place(),
      'too-deep',
      `Elements are nested more than ${deepest} deep; those of a return are about ten deep.`,
      'Ask for the file as it was filed.',
    );
  }
}
