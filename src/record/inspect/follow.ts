import {
  type EntryName,
  type OfficeId,
  type RecordedEvent,
  caseOfEvent,
  entryName,
  inOrder,
  ofOffices,
  officeOfLog,
  textAt,
} from '../event.ts';
import { partyWords } from '../party.ts';
import type { RecordRow } from '../row.ts';
import { rowsOf } from '../rows.ts';
import { packetOf } from './pairs.ts';

/** One thing that happened to an item, in one office. */
export interface Step {
  readonly office: OfficeId;
  readonly entry: EntryName;
  readonly date: string;
  readonly time: number;
  readonly act: string;
  readonly cite: string;
  readonly by: string;
  readonly packet: string;
  /** The entries of other offices about the same packet and item. */
  readonly meets: readonly EntryName[];
}

/** An item from its request to its end, across the offices whose events were given. */
export interface Journey {
  readonly case: string;
  readonly item: string;
  readonly what: string;
  readonly steps: readonly Step[];
  /** How it stands with each office that has had it: `held`, or the way in which its use ended. */
  readonly ends: readonly { readonly office: OfficeId; readonly stands: string }[];
  /** What is missing between one step and the next, in words. */
  readonly gaps: readonly string[];
}

const isReceipt = ({ kind, direction }: RecordRow): boolean =>
  kind === 'disclosure' && direction === 'to this office';

const endsOf = (rows: readonly RecordRow[], events: ReadonlyMap<string, RecordedEvent>): Journey['ends'] =>
  (['customs', 'justice'] as const)
    .filter((office) => rows.some((row) => row.entry.log === office && isReceipt(row)))
    .map((office) => {
      const end = rows.findLast(({ entry, event }) => entry.log === office && event === 'use-ended');
      const way = end === undefined ? '' : textAt(events.get(entryName(end.entry))?.data, 'way');
      return { office, stands: way === '' ? 'held' : way };
    });

/** Kinds of item events that go out in a packet, and the office in which each must be met. */
const outgoing: Readonly<Record<string, OfficeId>> = {
  'item-requested': 'irs',
  'item-answered': 'customs',
  'item-referred': 'justice',
};
const incoming: Readonly<Record<string, OfficeId>> = { 'item-asked': 'customs' };

const gapsOf = (
  steps: readonly (Step & { readonly kind: string })[],
  given: ReadonlySet<OfficeId>,
): string[] =>
  steps.flatMap(({ kind, entry, office, packet, meets, act }) => {
    const other =
      outgoing[kind] ??
      incoming[kind] ??
      (kind === 'item-received' ? (office === 'justice' ? 'customs' : 'irs') : undefined);
    if (other === undefined || packet === '') return [];
    if (!given.has(other)) return [`${entryName(entry)} (${act}): the events of ${other} were not given`];
    return meets.some(({ log }) => log === other)
      ? []
      : [`${entryName(entry)} (${act}): ${other} has no entry of this packet and item`];
  });

/** Follows one item. `given` are the offices whose events these are: what another office should have is only missed if it was asked. */
export const follow = (
  events: readonly RecordedEvent[],
  reference: string,
  item: string,
  given: ReadonlySet<OfficeId> = new Set(ofOffices(events).flatMap(({ log }) => officeOfLog(log) ?? [])),
): Journey => {
  const ofCase = inOrder(ofOffices(events).filter((event) => caseOfEvent(event) === reference));
  const byEntry = new Map(ofCase.map((event) => [entryName(event), event]));
  const rows = rowsOf(ofCase).filter(
    (row) => row.restates === undefined && row.items.some(({ id }) => id === item),
  );
  const steps = rows.map((row) => {
    const own = byEntry.get(entryName(row.entry));
    const packet = own === undefined ? '' : packetOf(own);
    const meets = rows
      .filter(({ entry }) => {
        const met = byEntry.get(entryName(entry));
        return packet !== '' && entry.log !== row.entry.log && met !== undefined && packetOf(met) === packet;
      })
      .map(({ entry }) => entry);
    return {
      office: officeOfLog(row.entry.log) ?? 'irs',
      entry: row.entry,
      date: row.date,
      time: row.time,
      act: row.act,
      cite: row.cite,
      by: partyWords(row.by),
      packet,
      meets,
      kind: row.event,
    };
  });
  const described = rows.flatMap(({ items }) => items).find(({ id, what }) => id === item && what !== id);
  const asked = steps.some(({ kind }) => kind === 'item-requested' || kind === 'item-asked');
  return {
    case: reference,
    item,
    what: described?.what ?? item,
    steps: steps.map(({ kind: _kind, ...step }) => step),
    ends: endsOf(rows, byEntry),
    gaps: [
      ...(asked || !(given.has('customs') || given.has('irs')) ? [] : ['there is no request for this item']),
      ...gapsOf(steps, given),
    ],
  };
};
