import type pg from 'pg';
import { ProblemError } from '../ground/problem.ts';
import type { MasterKeys } from './keys.ts';
import type { Commit } from './ledger-compose.ts';
import { logNumber } from './ledger-names.ts';
import type { Prepared } from './ledger-prepare.ts';
import { uuidArray } from './ledger-wire.ts';
import { readEvents } from './views-events.ts';
import type { LogId, Receipt } from './types.ts';

export const movedOn = (version: number): ProblemError =>
  new ProblemError({
    kind: 'moved-on',
    what: `Something was recorded meanwhile: there are ${version} events now where this act expects another number.`,
    next: 'Look at the case as it is now, then act again.',
  });

export const actRepeated = (id: string): ProblemError =>
  new ProblemError({
    kind: 'act-repeated',
    what: 'An act of this id was recorded before, and asked for something else.',
    where: `act ${id}`,
    next: 'Give the act an id of its own.',
  });

/** The receipts of a commit that is durable. */
export function* receiptsOf(
  log: LogId,
  { prev, checkpoint }: Commit,
  acts: readonly Prepared[],
): Generator<[Prepared, Receipt]> {
  let first = prev;
  for (const prepared of acts) {
    const { id, asked } = prepared;
    const count = prepared.events.length;
    yield [prepared, { act: id, log, first, count, checkpoint, asked, repeated: false }];
    first += count;
  }
}

/**
 * The receipt of an act that was recorded, as it was given then; undefined if there is none. `asked` is empty where the
 * act's key was destroyed.
 */
export const readReceipt = async (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  act: string,
): Promise<Receipt | undefined> => {
  const { rows } = await db.query<{ first: string; count: number; checkpoint: string }>({
    name: 'waybill-receipt',
    text: `SELECT a.first, a.count, h.checkpoint
             FROM (SELECT min(seq) AS first, count(*)::int4 AS count FROM waybill.event WHERE log_id = $1 AND act = $2) a
             JOIN LATERAL (SELECT checkpoint FROM waybill.head
                            WHERE log_id = $1 AND size >= a.first + a.count ORDER BY size LIMIT 1) h ON true`,
    values: [logNumber(log), act],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const first = Number(row.first);
  const [opened] = await readEvents(db, log, keys, {
    name: 'seq',
    where: 'e.seq = $2',
    values: [first],
  });
  const { count, checkpoint } = row;
  return { act, log, first, count, checkpoint, asked: opened?.part?.event.asked ?? '', repeated: false };
};

/** What each of these acts asked for, of those that were recorded; empty where its key was destroyed. */
export const readAsked = async (
  db: pg.Pool,
  log: LogId,
  keys: MasterKeys,
  acts: readonly string[],
): Promise<Map<string, string>> => {
  const which = { name: 'acts', where: 'e.act = ANY($2::uuid[])', values: [uuidArray(acts)] };
  const asked = new Map<string, string>();
  // The first event of an act says it.
  for (const { act, part } of await readEvents(db, log, keys, which))
    if (!asked.has(act)) asked.set(act, part?.event.asked ?? '');
  return asked;
};
