import type { Prepared } from './ledger-prepare.ts';
import type { Writer } from './ledger-writer.ts';
import type { ActRecord } from './types.ts';

/** Acts that are hashed before the transaction under way gets its turn on the socket. */
const SLICE = 64;
const MOST_BYTES = 32_000_000;

/** The acts in slices. What is at hand is taken at once: to wait for each act costs as much as a hash. */
async function* slicesOf(acts: Iterable<ActRecord> | AsyncIterable<ActRecord>): AsyncGenerator<ActRecord[]> {
  let slice: ActRecord[] = [];
  if (Symbol.iterator in acts) {
    for (const act of acts) {
      slice.push(act);
      if (slice.length < SLICE) continue;
      yield slice;
      slice = [];
    }
  } else {
    for await (const act of acts) {
      slice.push(act);
      if (slice.length < SLICE) continue;
      yield slice;
      slice = [];
    }
  }
  yield slice;
}

/** The acts of each transaction, prepared: at most `limit` events, and no act twice. */
export async function* groupsOf(
  writer: Writer,
  acts: Iterable<ActRecord> | AsyncIterable<ActRecord>,
  limit: number,
): AsyncGenerator<Prepared[]> {
  let group: Prepared[] = [];
  let ids = new Set<string>();
  let [events, bytes] = [0, 0];
  for await (const slice of slicesOf(acts)) {
    for (const act of slice) {
      const size = act.contents?.reduce((sum, content) => sum + content.bytes.length, 0) ?? 0;
      const full = events + act.events.length > limit || bytes + size > MOST_BYTES || ids.has(act.id);
      if (full && group.length > 0) {
        yield group;
        group = [];
        ids = new Set();
        [events, bytes] = [0, 0];
      }
      group.push(writer.prepare(act));
      ids.add(act.id);
      events += act.events.length;
      bytes += size;
    }
    await new Promise(setImmediate);
  }
  if (group.length > 0) yield group;
}
