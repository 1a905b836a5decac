import { type OfficeId, type RecordedEvent, fieldsOf, officeNames, officeOfLog, textAt } from './event.ts';

/** Who gave, received or acted: a person with title and office, an office, or a person in a capacity. */
export interface Party {
  readonly name: string;
  readonly title: string;
  /** In which capacity: `importer’s representative`, `expert`; empty for an officer. */
  readonly capacity: string;
  readonly office: string;
  readonly address: string;
}

export const nobody: Party = { name: '', title: '', capacity: '', office: '', address: '' };

export const office = (id: OfficeId): Party => ({ ...nobody, office: officeNames[id] });

const addressOf = (value: unknown): string => {
  const address = fieldsOf(value)['address'];
  if (typeof address === 'string') return address;
  return Array.isArray(address) ? address.filter((line) => typeof line === 'string').join(', ') : '';
};

/** As acts write people: `{ name, title, office }`, a proposal's `to` with its capacity in `is`, or a text. */
export const partyOf = (value: unknown): Party =>
  typeof value === 'string'
    ? { ...nobody, name: value }
    : {
        name: textAt(value, 'name'),
        title: textAt(value, 'title'),
        capacity: textAt(value, 'is') || textAt(value, 'capacity'),
        office: textAt(value, 'office'),
        address: addressOf(value),
      };

/** Who did the act, under which title. */
export const actorOf = (event: RecordedEvent): Party => {
  const by = partyOf(fieldsOf(event.data)['by']);
  const of = officeOfLog(event.log);
  return {
    ...nobody,
    name: by.name || event.person,
    title: event.title || by.title,
    office: of === undefined ? by.office : officeNames[of],
  };
};

export const isNobody = (party: Party): boolean => Object.values(party).every((text) => text === '');

/** `Jordan Vale, Auditor, U.S. Customs Service`; the address stands apart. */
export const partyWords = ({ name, title, capacity, office: of }: Party): string => {
  const parts = [name, title, capacity, of].filter((text) => text !== '');
  const lower = parts.map((text) => text.toLowerCase());
  return parts.filter((_, at) => lower.indexOf(lower[at] ?? '') === at).join(', ');
};
