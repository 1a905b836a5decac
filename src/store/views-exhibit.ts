import type pg from 'pg';
import { parseCheckpoint } from '../custody/checkpoint.ts';
import { saltOf } from '../custody/entry.ts';
import type { Field } from '../custody/entry.ts';
import { formatExhibit } from '../custody/exhibit.ts';
import { proveInclusion } from '../custody/inclusion.ts';
import { parseNote } from '../custody/note.ts';
import { ProblemError } from '../ground/problem.ts';
import type { MasterKeys } from './keys.ts';
import { fieldsOf } from './ledger-event.ts';
import type { Account } from './ledger-prepare.ts';
import { tilesOf } from './ledger-tiles.ts';
import type { LogId } from './types.ts';
import { readEvents } from './views-events.ts';

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

/** The exhibit of one entry under a signed head that opens these fields. `account` is of `accountOf`. */
export const exhibitOf = async (
  {
    db,
    log,
    keys,
    account,
  }: { db: pg.Pool; log: LogId; keys: MasterKeys; account: (taxpayer: string) => Account },
  seq: number,
  fields: readonly Field[],
  checkpoint: string,
): Promise<string> => {
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const [found] = seq < size ? await readEvents(db, log, keys, { where: 'e.seq = $2', values: [seq] }) : [];
  if (found === undefined) throw noEntry(seq, size);
  const { entry, part } = found;
  if (part === undefined && fields.length > 0) throw shredded(`${log}, entry ${seq}`);
  const { taxpayer } = part?.event ?? {};
  const values =
    part && fieldsOf(part.event, part.event, part.json, taxpayer === undefined ? '' : account(taxpayer).name);
  return formatExhibit({
    entry,
    index: seq,
    path: await proveInclusion(size, seq, tilesOf(db, log)),
    checkpoint,
    open: [...new Set(fields)].flatMap((field) =>
      part && values ? [{ field, salt: saltOf(part.salts, field), value: values[field] }] : [],
    ),
  });
};
