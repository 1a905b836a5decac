/** The namespace of every IRS e-file document. */
export const efile = 'http://www.irs.gov/efile';

const xml = 'http://www.w3.org/XML/1998/namespace';
const xmlns = 'http://www.w3.org/2000/xmlns/';

interface Scope {
  readonly depth: number;
  readonly bindings: ReadonlyMap<string, string>;
}

/**
 * Declarations, and attributes with a prefix, of one element; a return has three or four in all. Each scope is a copy of the
 * one around it, so a hostile file that declares thousands at each depth would fill the memory from a few megabytes.
 */
const most = 64;

/** Says what is wrong by throwing; it must not return. */
type Refuse = (what: string) => never;

/**
 * Namespaces in XML 1.0 (third edition), over a parser that does not know them: `saxes` with its option `xmlns` takes a
 * third longer, and nearly every element of a return declares nothing. A test holds this against that option.
 */
export class Namespaces {
  readonly #refuse: Refuse;
  readonly #tooMany: () => never;
  readonly #scopes: Scope[] = [{ depth: 0, bindings: new Map([['xml', xml]]) }];
  #current: ReadonlyMap<string, string> = new Map([['xml', xml]]);
  #default = '';
  #seen: { readonly name: string; readonly value: string }[] = [];

  /** `tooMany` must throw too: well-formed, but an element with more declarations than any in a return. */
  constructor(refuse: Refuse, tooMany: () => never) {
    this.#refuse = refuse;
    this.#tooMany = tooMany;
  }

  /** For each attribute, before `open` of its element. */
  attribute(name: string, value: string): void {
    if (name !== 'xmlns' && !name.includes(':')) return;
    if (this.#seen.length === most) this.#tooMany();
    this.#seen.push({ name, value });
  }

  /** The namespace of the element that opens at this depth (the root's is 1); `''` for none. */
  open(name: string, depth: number): string {
    if (this.#seen.length > 0) this.#takeIn(depth);
    return name.includes(':') ? this.#resolve(name) : this.#default;
  }

  close(depth: number): void {
    if (this.#scopes.at(-1)?.depth !== depth) return;
    this.#scopes.pop();
    this.#enter();
  }

  #enter(): void {
    this.#current = this.#scopes.at(-1)?.bindings ?? new Map<string, string>();
    this.#default = this.#current.get('') ?? '';
  }

  #takeIn(depth: number): void {
    const seen = this.#seen;
    this.#seen = [];
    const declared = seen.filter((a) => a.name === 'xmlns' || a.name.startsWith('xmlns:'));
    if (declared.length > 0) {
      const bindings = new Map(this.#current);
      for (const { name, value } of declared) {
        if (name === 'xmlns:') this.#refuse('a name ends in a colon');
        this.#bind(bindings, name.slice(6), value.trim());
      }
      this.#scopes.push({ depth, bindings });
      this.#enter();
    }
    const expanded = seen
      .filter((a) => !declared.includes(a))
      .map(({ name }) => `${this.#resolve(name)} ${name.slice(name.indexOf(':') + 1)}`);
    if (new Set(expanded).size < expanded.length) this.#refuse('an element has the same attribute twice');
  }

  #bind(bindings: Map<string, string>, prefix: string, uri: string): void {
    if (prefix.includes(':')) this.#refuse('a name has a colon too many');
    if (prefix === 'xmlns' || uri === xmlns || (prefix === 'xml') !== (uri === xml))
      this.#refuse('a reserved namespace is declared as something else');
    if (prefix !== '' && uri === '') this.#refuse('a namespace prefix is undeclared');
    bindings.set(prefix, uri);
  }

  #resolve(name: string): string {
    const [prefix = '', local = '', more] = name.split(':');
    if (prefix === '' || local === '' || more !== undefined) this.#refuse('a name has a colon too many');
    return this.#current.get(prefix) ?? this.#refuse('a namespace prefix is used that nothing declares');
  }
}

/** The name without its prefix. */
export const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};
