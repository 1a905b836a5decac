import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accountOf } from '../custody/account.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import { FIELDS } from '../custody/entry.ts';
import { formatVkey } from '../custody/vkey.ts';
import { canonicalJson } from '../ground/canonical.ts';
import type { Day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { caseOfEvent, dayOfEvent, fieldsOf, textAt } from '../record/event.ts';
import {
  type EntryOf,
  type Manifest,
  type Undisclosable,
  accountFile,
  accountPath,
  accountProofPath,
  cosignerPath,
  eventPath,
  exhibitPath,
} from '../record/inspect/folder.ts';
import { accountText } from '../record/record.ts';
import { openAccountMaps } from '../store/accounts-map.ts';
import { exportLog } from '../store/export.ts';
import type { StoredEvent } from '../store/types.ts';
import { documentsOf } from '../store/views-documents.ts';
import { eventsOf } from './events.ts';
import type { Node } from './node.ts';
import { type Watch, unwatched } from './watch.ts';

/** What an inspector asks for; nothing is the whole record. */
export interface Asked {
  readonly case?: string;
  /** The TIN, or the name where the request has none. */
  readonly taxpayer?: string;
  /** First and last day of the period, both included. */
  readonly from?: Day;
  readonly to?: Day;
}

const isAll = ({ case: reference, taxpayer, from, to }: Asked): boolean =>
  reference === undefined && taxpayer === undefined && from === undefined && to === undefined;

const isWithin = (event: StoredEvent, { from, to }: Asked): boolean => {
  const day = dayOfEvent(event);
  return (from === undefined || from <= day) && (to === undefined || day <= to);
};

/** The cases asked for, as this office knows them: the one named, those with the taxpayer, those with an act in the period. */
export const casesAsked = async (node: Node, asked: Asked): Promise<ReadonlySet<string>> => {
  const name = asked.taxpayer === undefined ? undefined : accountText(asked.taxpayer);
  const events = await eventsOf(node);
  const withTaxpayer = new Set(
    events
      .filter(({ taxpayer }) => name === undefined || taxpayer === name)
      .map((event) => caseOfEvent(event)),
  );
  const within = events
    .filter((event) => isWithin(event, asked))
    .map((event) => caseOfEvent(event))
    .filter((reference) => asked.case === undefined || asked.case === reference);
  return new Set(within.filter((reference) => reference !== '' && withTaxpayer.has(reference)));
};

/** Cases come whole, with the packets and refused attempts about them. The directory and the cards come always: acts are judged by them. */
const isAsked = (event: StoredEvent, asked: Asked, cases: ReadonlySet<string>): boolean => {
  const reference = caseOfEvent(event);
  if (event.stream === 'people' || event.kind === 'office-added') return true;
  if (reference !== '') return cases.has(reference);
  return asked.case === undefined && asked.taxpayer === undefined && isWithin(event, asked);
};

/** The event without the head of the review's log, where it has one: how long that log is tells of reviews (DECISIONS B20). */
const withoutReview = (json: string): string | undefined => {
  const event = JSON.parse(json) as { readonly data: unknown };
  if (textAt(event.data, 'review') === '') return undefined;
  const { review: _review, ...data } = fieldsOf(event.data);
  return canonicalJson({ ...event, data });
};

const butTheEvent = FIELDS.filter((field) => field !== 'event');

/** What of the events is not given as it is. */
export type Kept = Pick<Manifest, 'undisclosable' | 'withheld'>;

/** Files of a size that the memory need not hold all at once. */
const AT_ONCE = 1000;

/**
 * Writes one office's part of an inspector's folder below `dir`: its log, and each event asked for with the proof that it is
 * the whole of its entry. Reads the office's own log alone, never the review's, and opens no content of the vault. `cases`
 * are those of all offices together, so that a packet has both its sides. Answers what is not given as it is. Progress is in
 * entries.
 */
export const writeInspection = async (
  node: Node,
  dir: string,
  asked: Asked,
  cases: ReadonlySet<string>,
  watch: Watch = unwatched,
): Promise<Kept> => {
  const { office, log, views } = node;
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(dir, path), text);
  };
  const { verifier } = node.signer(log);
  // The map first: what it covers must be in the log that is exported.
  if (asked.taxpayer !== undefined) await writeAccount(node, asked.taxpayer, write);
  const head = await views.head(log);
  if (head === undefined)
    throw new ProblemError({
      kind: 'proof-refused',
      what: 'The log has no entries yet, so that there is nothing to inspect.',
      where: log,
      next: 'Ask again after the first act.',
    });
  const { size } = openCheckpoint(head, verifier);
  // The office goes on working: everything is as of this one head.
  await mkdir(join(dir, office), { recursive: true, mode: 0o700 });
  await exportLog({ ...views, head: () => Promise.resolve(head) }, log, join(dir, office, 'log'), verifier);
  await write(cosignerPath(office), `${formatVkey(node.cosigner.verifier)}\n`);

  const events = (await eventsOf(node)).filter(({ seq }) => seq < size);
  const streams = new Map(events.map(({ seq, stream }) => [seq, stream]));
  const seqs = isAll(asked)
    ? Array.from({ length: size }, (_, seq) => seq)
    : events.filter((event) => isAsked(event, asked, cases)).map(({ seq }) => seq);
  const undisclosable: Undisclosable[] = [];
  const withheld: EntryOf[] = [];
  for (let at = 0; at < seqs.length; at += AT_ONCE) {
    const documents = await documentsOf(node.database, log, node.master, seqs.slice(at, at + AT_ONCE));
    const open = documents.filter(({ json }) => json !== undefined).map(({ seq }) => seq);
    const exhibits = await views.exhibits(log, open, FIELDS, head);
    for (const [n, { seq, act, version, json }] of documents.entries()) {
      watch.signal.throwIfAborted();
      watch.at(at + n, seqs.length);
      const part = json === undefined ? undefined : withoutReview(json);
      if (json === undefined)
        undisclosable.push({ office, seq, act, version, stream: streams.get(seq) ?? '' });
      else await write(eventPath(office, seq), part ?? json);
      if (part !== undefined) withheld.push({ office, seq });
      const whole = part === undefined ? exhibits.get(seq) : undefined;
      const fields = part === undefined ? [] : butTheEvent;
      await write(exhibitPath(office, seq), whole ?? (await views.exhibit(log, seq, fields, head)));
    }
  }
  return { undisclosable, withheld };
};

/** What the signed map of today says of the taxpayer's account here. */
const writeAccount = async (
  node: Node,
  taxpayer: string,
  write: (path: string, text: string) => Promise<void>,
): Promise<void> => {
  const { office, log } = node;
  const { day } = node.when();
  const accountKey = Buffer.from(node.secrets.accountKey, 'base64');
  const name = accountText(taxpayer);
  const maps = openAccountMaps({ db: node.database, log, signer: node.signer(log), accountKey });
  await maps.make(day);
  const proof = await maps.prove(day, name);
  if (proof === undefined)
    throw new ProblemError({
      kind: 'proof-refused',
      what: 'There is no map of this day to prove the record by.',
      next: 'Ask again after the first act of the office.',
    });
  await write(accountPath(office), accountFile(accountOf(accountKey, name)));
  await write(accountProofPath(office), proof);
};
