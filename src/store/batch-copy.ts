import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Commit } from './ledger-compose.ts';
import { CopyRows, uuidBytes } from './ledger-wire.ts';

/** Rows that are encoded at once: between two of these the socket and the hashing of the next batch get their turns. */
const SLICE = 512;

function* slices<T>(rows: readonly T[], write: (copy: CopyRows, row: T) => void): Generator<Buffer> {
  const copy = new CopyRows();
  for (const [n, row] of rows.entries()) {
    write(copy, row);
    if ((n + 1) % SLICE === 0) yield copy.take();
  }
  yield copy.end();
}

const copyInto = (client: pg.PoolClient, into: string, chunks: Iterable<Buffer>): Promise<void> =>
  pipeline(
    Readable.from(chunks, { objectMode: true, highWaterMark: 2 }),
    client.query(from(`COPY waybill.${into} FROM STDIN (FORMAT binary)`)),
  );

/** The events of a commit and what opens them, by binary COPY within the transaction of the client. */
export const copyEvents = async (client: pg.PoolClient, log: number, commit: Commit): Promise<void> => {
  await copyInto(
    client,
    'body (log_id, first, key, sealed)',
    slices(commit.bodies, (copy, { first, key, sealed }) => {
      copy.row(4);
      copy.int2(log);
      copy.int8(first);
      copy.bytes(uuidBytes(key));
      copy.bytes(sealed);
    }),
  );
  await copyInto(
    client,
    'event (log_id, seq, body, version, nth, act, stream, account)',
    slices(commit.events, (copy, { seq, body, nth, act, event }) => {
      copy.row(8);
      copy.int2(log);
      copy.int8(seq);
      copy.int8(body);
      copy.int4(event.version);
      copy.int2(nth);
      copy.bytes(uuidBytes(act));
      copy.bytes(event.stream);
      copy.bytes(event.account);
    }),
  );
};
