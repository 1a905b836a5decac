import type { Chunk } from './chunks.ts';
import { efile } from './namespaces.ts';
import type { Listener } from './parser.ts';
import { ReturnParser } from './parser.ts';
import type { Place } from './problems.ts';
import { problemAt } from './problems.ts';
import type { Step, Wanted } from './wanted.ts';
import { stepTo } from './wanted.ts';

/** A wanted path met in the return. */
export interface Found {
  readonly wanted: Wanted;
  readonly value: string;
  readonly byteOffset: number;
  readonly document: string;
  readonly documentId: string | null;
  readonly documentIndex: number;
  readonly elementIndex: number;
  readonly xpath: string;
  /** Names of the elements inside it, each once, at most 20. An item has none. */
  readonly parts: readonly string[];
}

export interface Hearer {
  found(found: Found): void;
  /** The root has opened, with its attribute `returnVersion`. */
  versionIs(version: string | null): void;
  /** `ReturnHeader` has closed: nothing of it is to come. */
  headerEnds(): void;
}

interface OpenItem {
  readonly step: Step;
  readonly wanted: Wanted;
  readonly byteOffset: number;
  text: string;
}

const none: readonly string[] = [];

/**
 * `saxes` hands out slices of its chunk, and V8 keeps the whole chunk in memory for a slice of 13 characters or more. A row
 * outlives its chunk, so its texts are copied out; two short slices are the fastest copy.
 */
const copied = (text: string): string => {
  if (text.length < 13) return text;
  return text.length < 25 ? text.slice(0, 12) + text.slice(12) : Buffer.from(text).toString();
};

/**
 * Goes down the return and the tree of wanted steps together. Only elements of the e-file namespace match; an element that
 * matches nothing is stepped over with everything in it.
 */
export class Walk implements Listener {
  readonly #file: string;
  readonly #parser: ReturnParser;
  readonly #hearer: Hearer;
  /** The matched elements that are open, the root first. */
  readonly #path: Step[] = [];
  readonly #root: Step;
  #item: OpenItem | undefined;
  #parts: readonly string[] = none;
  #sections: string[] = [];
  #document = { name: '', id: null as string | null, nth: 0, serial: 0 };

  constructor(file: string, root: Step, hearer: Hearer) {
    this.#file = file;
    this.#root = root;
    this.#hearer = hearer;
    this.#parser = new ReturnParser(file, this);
  }

  place(): Place {
    return this.#parser.place();
  }

  write(chunk: Chunk): void {
    this.#parser.write(chunk);
  }

  end(): void {
    this.#parser.end();
    if (this.#sections.length < 2) this.#refuse('The return has no ReturnHeader or no ReturnData.');
  }

  open(name: string, namespace: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#item !== undefined) this.#openPart(name);
    else if (this.#path.length === 0) this.#openRoot(name, namespace, attributes);
    else if (namespace === efile) this.#openInside(name, attributes);
    else this.#parser.stepOver();
  }

  text(text: string): void {
    // A group has no value: without this, its text would pile up in memory until it closes.
    if (this.#item !== undefined && this.#parts.length === 0) this.#item.text += text;
  }

  close(): void {
    const step = this.#path.pop();
    if (this.#item !== undefined) this.#closeItem(this.#item);
    else if (this.#path.length === 1 && step?.name === 'ReturnHeader') this.#hearer.headerEnds();
  }

  #openRoot(name: string, namespace: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'Return' || namespace !== efile)
      this.#refuse(`The root element is not Return in the namespace ${efile}.`);
    this.#path.push(this.#root);
    this.#hearer.versionIs(attributes['returnVersion'] ?? null);
  }

  #openPart(name: string): void {
    this.#parser.stepOver();
    if (this.#parts.length < 20 && !this.#parts.includes(name)) this.#parts = [...this.#parts, copied(name)];
  }

  #openInside(name: string, attributes: Readonly<Record<string, string>>): void {
    const depth = this.#path.length;
    const parent = this.#path[depth - 1];
    if (depth === 1) this.#openSection(name);
    const step = parent === undefined ? undefined : stepTo(parent, name);
    if (step === undefined) {
      this.#parser.stepOver();
      return;
    }
    step.nth += 1;
    for (const inside of step.list) inside.nth = 0;
    this.#path.push(step);
    const isDocument = depth === 2 && parent?.name === 'ReturnData';
    if (isDocument) this.#openDocument(step, attributes['documentId']);
    if (step.attributes.length > 0) this.#findAttributes(step, attributes);
    if (step.wanted !== undefined) this.#openItem(step, step.wanted);
  }

  #openDocument({ name, nth }: Step, id: string | undefined): void {
    const serial = this.#document.serial + 1;
    this.#document = { name, id: id ?? null, nth, serial };
  }

  /** A second header could give the items of one taxpayer the name of another. */
  #openSection(name: string): void {
    if (name !== 'ReturnHeader' && name !== 'ReturnData') return;
    this.#sections.push(name);
    const order = this.#sections.join(' ');
    if (!'ReturnHeader ReturnData'.startsWith(order))
      this.#refuse('A return has one ReturnHeader and after it one ReturnData; this one has not.');
  }

  #findAttributes(step: Step, attributes: Readonly<Record<string, string>>): void {
    for (const [name, wanted] of step.attributes) {
      const value = attributes[name];
      if (value !== undefined)
        this.#report(wanted, value, this.#parser.tagOffset(), `${this.#xpath()}/@${name}`);
    }
  }

  #openItem(step: Step, wanted: Wanted): void {
    this.#item = { step, wanted, byteOffset: this.#parser.tagOffset(), text: '' };
    this.#parser.hear(true);
  }

  #closeItem({ step, wanted, byteOffset, text }: OpenItem): void {
    this.#item = undefined;
    this.#parser.hear(false);
    this.#report(wanted, text, byteOffset, `${this.#xpath()}/${step.name}[${step.nth}]`);
    this.#parts = none;
  }

  #report(wanted: Wanted, value: string, byteOffset: number, xpath: string): void {
    const { name: document, id: documentId, nth: documentIndex, serial } = this.#document;
    if (wanted.document !== serial) wanted.inDocument = 0;
    wanted.document = serial;
    wanted.total += 1;
    const elementIndex = (wanted.inDocument += 1);
    this.#hearer.found({
      wanted,
      value: copied(value),
      byteOffset,
      document,
      documentId: documentId === null ? null : copied(documentId),
      documentIndex,
      elementIndex,
      xpath,
      parts: this.#parts,
    });
  }

  #xpath(): string {
    let xpath = '';
    for (let depth = 2; depth < this.#path.length; depth += 1) {
      const step = this.#path[depth];
      if (step !== undefined) xpath += `${depth === 2 ? '' : '/'}${step.name}[${step.nth}]`;
    }
    return xpath;
  }

  #refuse(what: string): never {
    throw problemAt(
      this.#file,
      this.#parser.place(),
      'not-a-return',
      what,
      'Name the XML file of one return as MeF keeps it.',
    );
  }
}
