import { projectSoon } from './accounts.ts';
import { writeCommit } from './ledger-commit.ts';
import { compose } from './ledger-compose.ts';
import type { Commit } from './ledger-compose.ts';
import { planGroup } from './ledger-group.ts';
import type { Plan } from './ledger-group.ts';
import { logAltered } from './ledger-head.ts';
import { patiently } from './ledger-patience.ts';
import { scopesOf } from './ledger-prepare.ts';
import type { Prepared } from './ledger-prepare.ts';
import { actRepeated, movedOn, readReceipt, receiptsOf } from './ledger-receipt.ts';
import { openWriter } from './ledger-writer.ts';
import type { LedgerOptions, Writer } from './ledger-writer.ts';
import { asProblem, isRetryable, isUniqueViolation, sqlstate } from './sqlstate.ts';
import type { Ledger, Receipt } from './types.ts';

interface Waiting {
  readonly prepared: Prepared;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Entries of one group commit: what a reader of one bundle, and a restart, can bear. */
const MOST_EVENTS = 2048;
const MOST_BYTES = 32_000_000;

/**
 * Opens a log for writing. Acts that are given while a transaction is under way share the next one. Problems:
 * `log-altered`, `key-missing`, `store-down`.
 */
export const openLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const writer = await openWriter(options);
  const queue: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    // Those who were just answered may have their next act ready: let them in, they share the commit.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      await record(writer, takeGroup(queue));
      await new Promise(setImmediate);
    }
    running = false;
  };

  return {
    append: (act) =>
      new Promise((resolve, reject) => {
        queue.push({ prepared: writer.prepare(act), resolve, reject });
        if (running) return;
        running = true;
        void run();
      }),
  };
};

/** The next acts in the order in which they came; the same act given twice is not taken twice. */
const takeGroup = (queue: Waiting[]): Waiting[] => {
  const group: Waiting[] = [];
  const ids = new Set<string>();
  let [events, bytes] = [0, 0];
  while (group.length < queue.length) {
    const { id, contents, events: more } = (queue[group.length] as Waiting).prepared;
    events += more.length;
    bytes += contents.reduce((sum, content) => sum + content.bytes.length, 0);
    if (group.length > 0 && (ids.has(id) || events > MOST_EVENTS || bytes > MOST_BYTES)) break;
    ids.add(id);
    group.push(queue[group.length] as Waiting);
  }
  queue.splice(0, group.length);
  return group;
};

/** Records a group and answers each of its acts. Never throws. */
const record = async (writer: Writer, group: readonly Waiting[]): Promise<void> => {
  const open: Open = new Map(group.map((waiting) => [waiting.prepared, waiting]));
  try {
    await patiently(writer.patience, async () => {
      try {
        await tryToRecord(writer, open);
      } catch (error) {
        // If the connection broke during COMMIT, the acts may be in the log: the next try finds them there.
        writer.doubt();
        throw error;
      }
    });
  } catch (error) {
    const left = [...open.values()];
    if (left.length > 1 && sqlstate(error) !== undefined && !isRetryable(error)) {
      // One of them is refused by the database. Which one is seen when each goes alone.
      for (const one of left) await record(writer, [one]);
      return;
    }
    const problem = isUniqueViolation(error)
      ? logAltered('The log or the vault has rows that no signed head knows of.', writer.log)
      : asProblem(error);
    for (const { reject } of left) reject(problem);
  }
};

type Open = Map<Prepared, Waiting>;

/** Takes those who have their answer out of `open`, whether or not it comes to its end. */
const tryToRecord = async (writer: Writer, open: Open): Promise<void> => {
  const { log, pool, keys, signer } = writer;
  const known = new Map<string, number>();
  while (open.size > 0) {
    const stand = await writer.stand();
    const plan = planGroup([...open.keys()], known);
    if (plan.taken.length === 0) {
      for (const { prepared } of plan.refused) await repeat(writer, prepared.id, open);
      return refuse(plan, open);
    }
    const scopes = scopesOf(plan.taken);
    await keys.need(pool, scopes);
    const commit = compose(log, stand.tree, plan.taken, [...scopes.keys()], keys, signer);
    const conditions = { head: stand.checkpoint, ...plan.conditions };
    const outcome = await writeCommit(pool, log, commit, keys.split(commit.scopes), conditions);
    if (outcome.committed) {
      writer.advance(commit);
      keys.stored(commit.scopes);
      projectSoon(pool, log);
      answer(writer, commit, plan, open);
      return refuse(plan, open);
    }
    for (const [place, version] of outcome.moved) known.set(plan.names[place - 1] ?? '', version);
    keys.forget(new Set(outcome.destroyed));
    for (const id of outcome.repeated) await repeat(writer, id, open);
    if (outcome.moved.size + outcome.repeated.length + outcome.destroyed.length === 0) {
      // Fenced: another writer was first. What the database said of streams is of an older head now.
      writer.doubt();
      known.clear();
    }
  }
};

const answer = (writer: Writer, commit: Commit, { taken }: Plan, open: Open): void => {
  for (const [prepared, receipt] of receiptsOf(writer.log, commit, taken)) {
    open.get(prepared)?.resolve(receipt);
    open.delete(prepared);
  }
};

const refuse = ({ refused }: Plan, open: Open): void => {
  for (const { prepared, version } of refused) {
    open.get(prepared)?.reject(movedOn(version));
    open.delete(prepared);
  }
};

/** Answers an act if it is in the log already. */
const repeat = async ({ pool, log, secrets }: Writer, id: string, open: Open): Promise<void> => {
  const waiting = [...open.values()].find(({ prepared }) => prepared.id === id);
  if (waiting === undefined) return;
  const receipt = await readReceipt(pool, log, secrets.keys, id);
  if (receipt === undefined) return;
  if (receipt.asked === waiting.prepared.asked) waiting.resolve({ ...receipt, repeated: true });
  else waiting.reject(actRepeated(id));
  open.delete(waiting.prepared);
};
