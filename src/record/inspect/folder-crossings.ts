import { openCheckpoint } from '../../custody/checkpoint.ts';
import { type VerifierKey, formatVkey } from '../../custody/vkey.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type OfficeId, type RecordedEvent, officeOfLog, textAt, valueAt } from '../event.ts';
import { eventPath, refusal } from './folder.ts';

/** The two keys of an office: of its log’s heads, and of the cosignatures it gives. */
export interface OfficeKeys {
  readonly log: VerifierKey;
  readonly cosigner: VerifierKey;
}
export type Keys = ReadonlyMap<OfficeId, OfficeKeys>;

/** A head that one office recorded of another’s log, or of its own as the other cosigned it. */
export interface SeenHead {
  readonly of: OfficeId;
  readonly cosignedBy: OfficeId;
  readonly note: string;
}

const other = ({ stream }: RecordedEvent): OfficeId | undefined =>
  stream.startsWith('exchange/') ? officeOfLog(stream.slice('exchange/'.length)) : undefined;

const pathOf = (event: RecordedEvent): string => eventPath(officeOfLog(event.log) ?? 'irs', event.seq);

/** The heads in the events: what one office saw of another’s log is evidence that this one does not hold the only copy of. */
export const headsIn = (
  events: readonly RecordedEvent[],
  keys: Keys,
): { readonly heads: readonly SeenHead[]; readonly findings: readonly Problem[] } => {
  const heads: SeenHead[] = [];
  const findings: Problem[] = [];
  for (const event of events) {
    const own = officeOfLog(event.log);
    const from = other(event);
    if (own === undefined || from === undefined || event.kind !== 'packet-received') continue;
    const said: readonly SeenHead[] = [
      { of: from, cosignedBy: own, note: textAt(event.data, 'seen') },
      { of: own, cosignedBy: from, note: textAt(event.data, 'acknowledged') },
    ];
    for (const head of said) {
      const [log, witness] = [keys.get(head.of)?.log, keys.get(head.cosignedBy)?.cosigner];
      if (head.note === '' || log === undefined || witness === undefined) continue;
      if (isCosigned(head.note, log, witness)) heads.push(head);
      else
        findings.push(
          refusal(
            `Entry ${event.seq} of ${own} has a head of the log of ${head.of} that ${head.cosignedBy} did not cosign.`,
            pathOf(event),
          ),
        );
    }
  }
  return { heads, findings };
};

const isCosigned = (note: string, log: VerifierKey, witness: VerifierKey): boolean => {
  try {
    return openCheckpoint(note, log, [witness]).by.some(({ key }) => key === witness);
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
};

/** Each office took in the others’ cards by a way it trusts: who exchanged an office for another has not exchanged those. */
export const cardsDiffer = (events: readonly RecordedEvent[], keys: Keys): readonly Problem[] =>
  events.flatMap((event) => {
    const of = other(event);
    const known = of === undefined ? undefined : keys.get(of);
    if (event.kind !== 'office-added' || known === undefined) return [];
    const same =
      textAt(event.data, 'card', 'vkey') === formatVkey(known.log) &&
      textAt(event.data, 'card', 'cosigner') === formatVkey(known.cosigner);
    return same
      ? []
      : [
          refusal(
            `The keys of ${of} in the folder are not those on the card that ${event.log} took in by entry ${event.seq}.`,
            pathOf(event),
          ),
        ];
  });

export interface Packets {
  /** Recorded by its sender and by its receiver, under one digest. */
  readonly matched: number;
  /** Sent, and not received by the time of the export. */
  readonly underWay: number;
}

/**
 * Packets as both offices have them. One received that was never sent is refused. One sent and not received may be on its
 * way: it is counted, and `anomalies` tells when it is late.
 */
export const packetsIn = (
  events: readonly RecordedEvent[],
  given: ReadonlySet<OfficeId>,
): Packets & { readonly findings: readonly Problem[] } => {
  const keyOf = (from: string, to: string, packet: string) => `${from}>${to}:${packet}`;
  const sent = new Map(
    events
      .filter((event) => event.kind === 'packet-sent' && given.has(other(event) ?? 'irs'))
      .map((event) => [keyOf(event.log, other(event) ?? '', event.packet ?? ''), event]),
  );
  const findings: Problem[] = [];
  const met = new Set<string>();
  for (const event of events) {
    const from = other(event);
    if (event.kind !== 'packet-received' || from === undefined || !given.has(from)) continue;
    const key = keyOf(from, event.log, event.packet ?? '');
    const sending = sent.get(key);
    if (sending === undefined)
      findings.push(
        refusal(
          `Entry ${event.seq} of ${event.log} received a packet that ${from} has no entry of sending.`,
          pathOf(event),
        ),
      );
    else if (valueAt(event.data, 'entry') !== sending.seq)
      findings.push(
        refusal(
          `Entry ${event.seq} of ${event.log} says that its packet was sent by another entry of ${from} than the one that has it.`,
          pathOf(event),
        ),
      );
    else met.add(key);
  }
  return { matched: met.size, underWay: sent.size - met.size, findings };
};
