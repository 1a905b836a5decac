import {
  type EntryName,
  type OfficeId,
  type RecordedEvent,
  caseOfEvent,
  inOrder,
  ofOffices,
  officeOfLog,
  textAt,
  textsAt,
} from './event.ts';

/** A recall of one item that a holder has not answered. */
export interface OpenRecall {
  readonly entry: EntryName;
  readonly case: string;
  readonly item: string;
  readonly recall: string;
  /** As acts name holders: an office, or the name or capacity of a person to whom the item was disclosed. */
  readonly holder: string;
  /** POSIX seconds at which the recall was put on record. */
  readonly since: number;
}

const names: Readonly<Record<OfficeId, string>> = { irs: 'IRS', customs: 'Customs', justice: 'Justice' };

/** To whom an event gives an item; undefined where it gives none. */
const receiverOf = ({ kind, data }: RecordedEvent): string | undefined => {
  if (kind === 'item-referred') return names.justice;
  if (kind === 'item-answered') return textAt(data, 'outcome') === 'disclosed' ? names.customs : undefined;
  return kind === 'item-disclosed' ? textAt(data, 'to', 'name') || textAt(data, 'to', 'is') : undefined;
};

/**
 * The recalls that stand open in each log: of the office itself where it was told of the recall, and of everyone to whom it
 * gave the item.
 */
export const openRecalls = (events: readonly RecordedEvent[]): readonly OpenRecall[] => {
  const ordered = inOrder(ofOffices(events));
  const key = (...parts: readonly string[]) => JSON.stringify(parts);
  const receivers = new Map<string, Set<string>>();
  const answered = new Set<string>();
  for (const event of ordered) {
    const { kind, log, item = '', data } = event;
    const of = [log, caseOfEvent(event)] as const;
    const receiver = receiverOf(event);
    if (receiver !== undefined) {
      const held = receivers.get(key(...of, item)) ?? new Set();
      receivers.set(key(...of, item), held.add(receiver));
    }
    if (kind === 'recall-answered')
      answered.add(key(...of, textAt(data, 'recall'), item, textAt(data, 'holder')));
  }
  return ordered
    .filter(({ kind }) => kind === 'recall-made' || kind === 'recall-received')
    .flatMap((event) => {
      const { kind, log, seq, time, data } = event;
      const reference = caseOfEvent(event);
      const recall = textAt(data, 'recall');
      const office = officeOfLog(log);
      const told = kind === 'recall-received' && office !== undefined ? [names[office]] : [];
      return textsAt(data, 'items').flatMap((item) =>
        [...told, ...(receivers.get(key(log, reference, item)) ?? [])]
          .filter((holder) => !answered.has(key(log, reference, recall, item, holder)))
          .map((holder) => ({ entry: { log, seq }, case: reference, item, recall, holder, since: time })),
      );
    });
};
