import type { Actor, Column, Holder, OfficeId } from './chain.ts';
import { field, text } from './read.ts';

export const officeNames: Readonly<Record<OfficeId, string>> = {
  irs: 'IRS',
  customs: 'Customs',
  justice: 'Justice',
};

const officeOf = (name: string): OfficeId | undefined =>
  name === 'IRS' ? 'irs' : name === 'Customs' ? 'customs' : name === 'Justice' ? 'justice' : undefined;

const columnOf: Readonly<Record<string, OfficeId>> = {
  'customs officer': 'customs',
  'Justice officer': 'justice',
};

/** Collects who holds: the same title, person or recipient is one holder, however often and by whomever it is told. */
export class Holders {
  readonly #known = new Map<string, { column: Column; role: string; names: string[] }>();

  #add(column: Column, key: string, role: string, name: string): string {
    const id = `${column}:${key}`;
    const holder = this.#known.get(id) ?? { column, role, names: [] };
    this.#known.set(id, holder);
    // An attorney told of by Customs has no title yet; the Justice log brings it.
    if (holder.role === 'Justice officer' && role !== '') holder.role = role;
    if (name !== '' && !holder.names.includes(name)) holder.names.push(name);
    return id;
  }

  /** An office that is known, but not who in it. */
  office(office: OfficeId): string {
    const name = officeNames[office];
    return this.#add(office, '', office === 'irs' ? name : `${name}, nobody named`, '');
  }

  actor({ office, name, title }: Actor): string {
    // Who at the IRS reviewed or released is in the table; the map shows one IRS, as Customs sees it.
    if (office === 'irs') return this.office('irs');
    return office === 'customs'
      ? this.#add('customs', title, title || 'Customs', name)
      : this.#add('justice', name, title || 'Justice officer', name);
  }

  /** A proposal’s `to`: `{ is, name?, title?, importer? }`; or the name of an office or a person. */
  recipient(to: unknown): string | undefined {
    if (typeof to === 'string') return to.trim() === '' ? undefined : this.#named(text({ to }, 'to'));
    const [is, name, title] = [text(to, 'is'), text(to, 'name'), text(to, 'title')];
    if (is === '') return name === '' ? undefined : this.#named(name);
    const column = columnOf[is];
    if (column === 'customs') return this.#add('customs', title || name || is, title || is, name);
    if (column === 'justice')
      return name === ''
        ? this.office('justice')
        : this.#add('justice', name, title || 'Justice officer', name);
    const importer = text(to, 'importer');
    return this.#add('outside', `${is}|${name || importer}`, is, name || importer);
  }

  #named(name: string): string {
    const office = officeOf(name);
    if (office !== undefined) return this.office(office);
    for (const [id, { names }] of this.#known) if (names.includes(name)) return id;
    return this.#add('outside', `someone else|${name}`, 'someone else', name);
  }

  get all(): ReadonlyMap<string, Holder> {
    return new Map([...this.#known].map(([id, holder]) => [id, { id, ...holder }]));
  }
}

/** Whom an event is about, if anyone: its own `to`, or its proposal’s. */
export const toOf = (data: unknown): unknown => field(data, 'to') ?? field(data, 'proposal', 'to');
