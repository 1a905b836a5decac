import type pg from 'pg';
import { parseCheckpoint } from '../custody/checkpoint.ts';
import { saltOf } from '../custody/entry.ts';
import type { Field } from '../custody/entry.ts';
import { formatExhibit } from '../custody/exhibit.ts';
import { parseNote } from '../custody/note.ts';
import { ProblemError } from '../ground/problem.ts';
import type { MasterKeys } from './keys.ts';
import { fieldsOf } from './ledger-event.ts';
import type { Account } from './ledger-prepare.ts';
import { int8Array } from './ledger-wire.ts';
import type { LogId } from './types.ts';
import { readEvents } from './views-events.ts';
import type { Tiles } from './views-tiles.ts';

export const shredded = (where: string): ProblemError =>
  new ProblemError({
    kind: 'shredded',
    what: 'Its key was destroyed, so that it can never be disclosed again; its entry still proves that it was there.',
    where,
    next: 'Ask for an exhibit that opens no field, if the proof of the entry alone is of use.',
  });

const noEntry = (seq: number, size: number): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: `The log has no entry ${seq} under a head of ${size} entries.`,
    next: 'Name an entry below the size of the head; the first is number 0.',
  });

/** Exhibits of entries under a signed head, each opening these fields, by the entry's number. `account` is of `accountOf`. */
export const exhibitsOf = async (
  {
    db,
    log,
    keys,
    account,
    tiles,
  }: {
    db: pg.Pool;
    log: LogId;
    keys: MasterKeys;
    account: (taxpayer: string) => Account;
    tiles: Tiles;
  },
  seqs: readonly number[],
  fields: readonly Field[],
  checkpoint: string,
): Promise<Map<number, string>> => {
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const beyond = seqs.find((seq) => !(seq >= 0 && seq < size));
  if (beyond !== undefined) throw noEntry(beyond, size);
  const [events, pathTo] = await Promise.all([
    readEvents(db, log, keys, {
      name: 'seqs',
      where: 'e.seq = ANY($2::int8[])',
      values: [int8Array(seqs)],
    }),
    tiles.prover(size, seqs),
  ]);
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const exhibits = new Map<number, string>();
  for (const seq of seqs) {
    const found = bySeq.get(seq);
    if (found === undefined) throw noEntry(seq, size);
    const { entry, part } = found;
    if (part === undefined && fields.length > 0) throw shredded(`${log}, entry ${seq}`);
    const { taxpayer } = part?.event ?? {};
    const values =
      part &&
      fieldsOf(part.event, part.event, part.json, taxpayer === undefined ? '' : account(taxpayer).name);
    const open = [...new Set(fields)].flatMap((field) =>
      part && values ? [{ field, salt: saltOf(part.salts, field), value: values[field] }] : [],
    );
    exhibits.set(seq, formatExhibit({ entry, index: seq, path: await pathTo(seq), checkpoint, open }));
  }
  return exhibits;
};
