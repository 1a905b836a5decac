import { FIELDS } from '../../custody/entry.ts';
import { type VerifiedExhibit, verifyExhibit } from '../../custody/exhibit.ts';
import { type OpenedCheckpoint } from '../../custody/checkpoint.ts';
import { sameBytes } from '../../custody/hash.ts';
import type { VerifierKey } from '../../custody/vkey.ts';
import { canonicalJson } from '../../ground/canonical.ts';
import { sha256 } from '../../ground/digest.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type OfficeId, type RecordedEvent, fieldsOf, textAt, valueAt } from '../event.ts';
import { type Manifest, type Undisclosable, eventPath, exhibitPath, refusal } from './folder.ts';

/** An event of the folder, with the entry that proves it. */
export interface ProvenEvent {
  readonly event: RecordedEvent & { readonly version: number };
  readonly exhibit: VerifiedExhibit;
}

const texts = (document: unknown): Readonly<Record<string, string>> => ({
  kind: textAt(document, 'kind'),
  cite: textAt(document, 'cite'),
  person: textAt(document, 'person'),
  title: textAt(document, 'title'),
  case: textAt(document, 'case'),
  item: textAt(document, 'item'),
  packet: textAt(document, 'packet'),
});

const parsed = (json: string): unknown => {
  try {
    const value: unknown = JSON.parse(json);
    return canonicalJson(value) === json ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The event of a file, if it is the one that the entry commits to; otherwise why it is not. */
const opened = (
  json: string,
  office: OfficeId,
  { index, entry, opened: proven }: VerifiedExhibit,
  withheld: boolean,
): ProvenEvent['event'] | string => {
  const missing = FIELDS.find((field) => proven[field] === undefined && !(withheld && field === 'event'));
  if (missing !== undefined) return `its exhibit does not open the ${missing}`;
  // An answer that the IRS sent, and nothing else, may have a part taken out.
  if (withheld && (office !== 'irs' || proven.kind !== 'packet-sent'))
    return 'only an answer of the IRS is given in part';
  if (!withheld && sha256(json) !== proven.event) return 'it is not the event that the entry commits to';
  const document = parsed(json);
  if (document === undefined) return 'it is not in canonical JSON';
  const {
    office: _office,
    asked: _asked,
    contents: _contents,
    ...event
  } = fieldsOf(document) as unknown as ProvenEvent['event'] &
    Readonly<Record<'office' | 'asked' | 'contents', unknown>>;
  const wrong = Object.entries(texts(document)).find(
    ([field, text]) => proven[field as keyof typeof proven] !== text,
  );
  if (wrong !== undefined) return `its ${wrong[0]} is another in the event than in the entry`;
  if ((textAt(document, 'taxpayer') === '') !== (proven.taxpayer === ''))
    return 'its taxpayer is another in the event than in the entry';
  if (
    event.log !== office ||
    valueAt(document, 'office') !== office ||
    event.time !== entry.time ||
    !Number.isSafeInteger(event.version)
  )
    return 'its log, office or hour is another in the event than in the entry';
  return { ...event, seq: index };
};

/** What is left of an event whose key was destroyed: as a node shows it. */
const closed = (said: Undisclosable, { entry }: VerifiedExhibit): ProvenEvent['event'] => ({
  log: said.office,
  seq: said.seq,
  version: said.version,
  act: said.act,
  stream: said.stream,
  time: entry.time,
  kind: '',
  cite: '',
  person: '',
  title: '',
  data: null,
});

export type ReadText = (path: string) => Promise<string | undefined>;

const exhibitOf = async (
  read: ReadText,
  office: OfficeId,
  seq: number,
  { log, head }: { readonly log: VerifierKey; readonly head: OpenedCheckpoint },
): Promise<VerifiedExhibit | Problem> => {
  const where = exhibitPath(office, seq);
  const text = await read(where);
  if (text === undefined) return refusal(`Entry ${seq} has an event and no proof.`, where);
  try {
    const exhibit = verifyExhibit(text, log);
    if (exhibit.index !== seq || exhibit.entry.office !== office)
      return refusal('The proof is that of another entry than it is named after.', where);
    return exhibit.head.size === head.size && sameBytes(exhibit.head.root, head.root)
      ? exhibit
      : refusal('The proof is under another head of the log than the one in the folder.', where);
  } catch (error) {
    if (error instanceof ProblemError) return { ...error.problems[0], where };
    throw error;
  }
};

const isProblem = (one: object): one is Problem => 'next' in one;

/**
 * Opens every event of one office: each is the whole of what its entry commits to, and the entry is in the log under the
 * head in the folder. What does not hold is told, and left out.
 */
export const openEvents = async (
  read: ReadText,
  office: OfficeId,
  manifest: Manifest,
  under: { readonly log: VerifierKey; readonly head: OpenedCheckpoint },
): Promise<{ readonly proven: readonly ProvenEvent[]; readonly findings: readonly Problem[] }> => {
  const proven: ProvenEvent[] = [];
  const findings: Problem[] = [];
  const said = new Map(
    manifest.undisclosable.filter((one) => one.office === office).map((one) => [one.seq, one]),
  );
  const withheld = new Set(manifest.withheld.filter((one) => one.office === office).map((one) => one.seq));
  const seqs = new Set(
    Object.keys(manifest.files).flatMap((path) => {
      const [, of, , seq] = /^(\w+)\/(events|exhibits)\/(\d{12})\./.exec(path) ?? [];
      return of === office && seq !== undefined ? [Number(seq)] : [];
    }),
  );
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const exhibit = await exhibitOf(read, office, seq, under);
    if (isProblem(exhibit)) {
      findings.push(exhibit);
      continue;
    }
    const where = eventPath(office, seq);
    const json = await read(where);
    const gone = said.get(seq);
    if (json === undefined && gone !== undefined && Object.keys(exhibit.opened).length === 0)
      proven.push({ event: closed(gone, exhibit), exhibit });
    else if (json === undefined)
      findings.push(refusal(`Entry ${seq} has a proof, and its event is missing.`, where));
    else {
      const event = opened(json, office, exhibit, withheld.has(seq));
      if (typeof event === 'string')
        findings.push(refusal(`The event of entry ${seq} is refused: ${event}.`, where));
      else proven.push({ event, exhibit });
    }
  }
  return { proven, findings };
};
