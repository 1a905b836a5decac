import type pg from 'pg';
import type { Commit } from './ledger-compose.ts';
import type { KeyRow } from './ledger-keys.ts';
import { logNumber } from './ledger-names.ts';
import { byteaArray, int2Array, int4Array, int8Array, textArray, uuidArray } from './ledger-wire.ts';
import type { LogId } from './types.ts';

/** What must hold in the database for the commit to be made. */
export interface Conditions {
  /** The signed head that it goes on from; undefined before the first. */
  readonly head: string | undefined;
  readonly streams: readonly { readonly stream: Buffer; readonly version: number }[];
  /** None of these acts was recorded before. */
  readonly acts: readonly string[];
}

/** What `DataKeys.split` says. */
export interface CommitKeys {
  readonly unsaved: readonly KeyRow[];
  readonly saved: readonly string[];
}

export interface Outcome {
  /** False: nothing was written. If nothing else says why, another writer was first. */
  readonly committed: boolean;
  /** The streams, by their place in the conditions, that are at another version, and at which. */
  readonly moved: ReadonlyMap<number, number>;
  readonly repeated: readonly string[];
  /** Data keys that are not there any more. */
  readonly destroyed: readonly string[];
}

interface Insert {
  readonly into: string;
  readonly types: readonly string[];
  readonly values: (commit: Commit, keys: CommitKeys) => readonly Buffer[];
}

const INSERTS = {
  bundle: {
    into: 'bundle (log_id, first, count, entries)',
    types: ['int8', 'int2', 'bytea'],
    values: ({ bundles }) => [
      int8Array(bundles.map(({ first }) => first)),
      int2Array(bundles.map(({ count }) => count)),
      byteaArray(bundles.map(({ bytes }) => bytes)),
    ],
  },
  tile: {
    into: 'tile (log_id, level, index, hashes)',
    types: ['int2', 'int8', 'bytea'],
    values: ({ tiles }) => [
      int2Array(tiles.map(({ level }) => level)),
      int8Array(tiles.map(({ index }) => index)),
      byteaArray(tiles.map(({ bytes }) => bytes)),
    ],
  },
  key: {
    into: 'data_key (log_id, key, master, scope, wrapped)',
    types: ['uuid', 'text', 'bytea', 'bytea'],
    values: (_, { unsaved }) => [
      uuidArray(unsaved.map(({ key }) => key)),
      textArray(unsaved.map(({ master }) => master)),
      byteaArray(unsaved.map(({ scope }) => scope)),
      byteaArray(unsaved.map(({ wrapped }) => wrapped)),
    ],
  },
  content: {
    into: 'content (log_id, content, key, sealed)',
    types: ['uuid', 'uuid', 'bytea'],
    values: ({ contents }) => [
      uuidArray(contents.map(({ id }) => id)),
      uuidArray(contents.map(({ key }) => key)),
      byteaArray(contents.map(({ sealed }) => sealed)),
    ],
  },
  body: {
    into: 'body (log_id, first, key, sealed)',
    types: ['int8', 'uuid', 'bytea'],
    values: ({ bodies }) => [
      int8Array(bodies.map(({ first }) => first)),
      uuidArray(bodies.map(({ key }) => key)),
      byteaArray(bodies.map(({ sealed }) => sealed)),
    ],
  },
  event: {
    into: 'event (log_id, seq, body, version, nth, act, stream, account)',
    types: ['int8', 'int8', 'int4', 'int2', 'uuid', 'bytea', 'bytea'],
    values: ({ events }) => [
      int8Array(events.map(({ seq }) => seq)),
      int8Array(events.map(({ body }) => body)),
      int4Array(events.map(({ event }) => event.version)),
      int2Array(events.map(({ nth }) => nth)),
      uuidArray(events.map(({ act }) => act)),
      byteaArray(events.map(({ event }) => event.stream)),
      byteaArray(events.map(({ event }) => event.account)),
    ],
  },
} satisfies Record<string, Insert>;
type Part = keyof typeof INSERTS;

/**
 * One statement, so that it is one round trip and one snapshot. `fresh` is the compare-and-set: it must find the head
 * that we go on from, byte for byte, and of two writers at one head the second waits for the first and then finds `prev`
 * taken. All that hangs on `fresh` then writes nothing. Each look-up has a LIMIT, which keeps it a look-up: a plan made
 * while the tables were small would otherwise join, and read the whole log at every commit until it is made anew.
 */
const statementOf = (parts: readonly Part[]): string => {
  let at = 10;
  const puts = parts.map((part) => {
    const { into, types } = INSERTS[part];
    const arrays = types.map((type) => `$${at++}::${type}[]`).join(', ');
    return `, put_${part} AS (
  INSERT INTO waybill.${into}
  SELECT $1::int2, r.* FROM unnest(${arrays}) r WHERE EXISTS (SELECT FROM fresh))`;
  });
  return `
WITH moved AS MATERIALIZED (
  SELECT wanted.place::int4 AS place, coalesce(found.version, 0) AS version
    FROM unnest($6::bytea[], $7::int4[]) WITH ORDINALITY AS wanted (stream, version, place)
    LEFT JOIN LATERAL (
      SELECT e.version FROM waybill.event e WHERE e.log_id = $1 AND e.stream = wanted.stream
       ORDER BY e.version DESC LIMIT 1) found ON true
   WHERE coalesce(found.version, 0) <> wanted.version
), repeated AS MATERIALIZED (
  SELECT a.act FROM unnest($8::uuid[]) AS a (act)
   CROSS JOIN LATERAL (SELECT FROM waybill.event e WHERE e.log_id = $1 AND e.act = a.act LIMIT 1) found
), destroyed AS MATERIALIZED (
  SELECT k.key FROM unnest($9::uuid[]) AS k (key)
    LEFT JOIN LATERAL (SELECT d.key FROM waybill.data_key d WHERE d.log_id = $1 AND d.key = k.key LIMIT 1) found ON true
   WHERE found.key IS NULL
), fresh AS (
  INSERT INTO waybill.head (log_id, size, prev, checkpoint)
  SELECT $1::int2, $2::int8, $4::int8, $3::text
   WHERE ($4::int8 = 0 OR EXISTS (
           SELECT FROM waybill.head h WHERE h.log_id = $1 AND h.size = $4 AND h.checkpoint = $5::text))
     AND NOT EXISTS (SELECT FROM moved) AND NOT EXISTS (SELECT FROM repeated) AND NOT EXISTS (SELECT FROM destroyed)
  ON CONFLICT DO NOTHING
  RETURNING size
)${puts.join('')}
SELECT EXISTS (SELECT FROM fresh) AS committed,
       ARRAY(SELECT place FROM moved ORDER BY place) AS places,
       ARRAY(SELECT version FROM moved ORDER BY place) AS versions,
       ARRAY(SELECT act::text FROM repeated) AS repeated,
       ARRAY(SELECT key::text FROM destroyed) AS destroyed`;
};

const statements = new Map<string, string>();

interface Row {
  readonly committed: boolean;
  readonly places: readonly number[];
  readonly versions: readonly number[];
  readonly repeated: readonly string[];
  readonly destroyed: readonly string[];
}

/** Writes a commit if its conditions hold. `copied`: parts that come by COPY in the same transaction instead. */
export const writeCommit = async (
  db: pg.Pool | pg.PoolClient,
  log: LogId,
  commit: Commit,
  keys: CommitKeys,
  conditions: Conditions,
  copied: readonly Part[] = [],
): Promise<Outcome> => {
  const filled: Readonly<Record<Part, readonly unknown[]>> = {
    bundle: commit.bundles,
    tile: commit.tiles,
    key: keys.unsaved,
    content: commit.contents,
    body: commit.bodies,
    event: commit.events,
  };
  const parts = (Object.keys(INSERTS) as Part[]).filter(
    (part) => filled[part].length > 0 && !copied.includes(part),
  );
  const name = `waybill-commit-${parts.join('-')}`;
  const text = statements.get(name) ?? statementOf(parts);
  statements.set(name, text);
  const { rows } = await db.query<Row>({
    name,
    text,
    values: [
      logNumber(log),
      commit.tree.size,
      commit.checkpoint,
      commit.prev,
      conditions.head ?? '',
      byteaArray(conditions.streams.map(({ stream }) => stream)),
      int4Array(conditions.streams.map(({ version }) => version)),
      uuidArray(conditions.acts),
      uuidArray(keys.saved),
      ...parts.flatMap((part) => INSERTS[part].values(commit, keys)),
    ],
  });
  const row = rows[0];
  return {
    committed: row?.committed ?? false,
    moved: new Map(row?.places.map((place, i) => [place, row.versions[i] ?? 0])),
    repeated: row?.repeated ?? [],
    destroyed: row?.destroyed ?? [],
  };
};
