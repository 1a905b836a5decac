import { encodeBundle } from '../custody/bundle.ts';
import { signCheckpoint } from '../custody/checkpoint.ts';
import { HASH_SIZE, leafHashInto } from '../custody/hash.ts';
import type { Signer } from '../custody/signer.ts';
import { TILE_WIDTH } from '../custody/tile.ts';
import type { Tile } from '../custody/tile.ts';
import { appendLeaves, rootOf } from '../custody/tree.ts';
import type { Tree } from '../custody/tree.ts';
import type { Part } from './ledger-event.ts';
import type { DataKeys } from './ledger-keys.ts';
import type { Prepared, PreparedEvent } from './ledger-prepare.ts';
import { seal } from './seal.ts';
import type { LogId } from './types.ts';

export interface EventRow {
  readonly seq: number;
  /** Number of the first entry whose part is sealed with this one's. */
  readonly body: number;
  readonly nth: number;
  readonly act: string;
  readonly event: PreparedEvent;
}

/** What one commit writes: entries, what opens them, and the head that signs them. */
export interface Commit {
  readonly tree: Tree;
  readonly prev: number;
  readonly checkpoint: string;
  /** Whole bundles of 256, or pieces of one. */
  readonly bundles: readonly { first: number; count: number; bytes: Uint8Array }[];
  readonly tiles: readonly Tile[];
  readonly events: readonly EventRow[];
  readonly bodies: readonly { first: number; key: string; sealed: Uint8Array }[];
  readonly contents: readonly { id: string; key: string; sealed: Uint8Array }[];
  /** Whose keys seal it. */
  readonly scopes: readonly string[];
}

export const bodyAad = (log: LogId): Buffer => Buffer.from(`waybill body v1\n${log}`);
export const contentAad = (log: LogId, id: string): Buffer =>
  Buffer.from(`waybill content v1\n${log}\n${id}`);

/** Who reads one event opens all that are sealed with it, so they are not many. */
const MOST_PARTS = 64;

const bundlesOf = (first: number, entries: readonly Uint8Array[]): Commit['bundles'] => {
  const bundles = [];
  for (let from = 0; from < entries.length;) {
    const count = Math.min(entries.length - from, TILE_WIDTH - ((first + from) % TILE_WIDTH));
    bundles.push({ first: first + from, count, bytes: encodeBundle(entries.slice(from, from + count)) });
    from += count;
  }
  return bundles;
};

/**
 * Puts acts at the end of a log of which `tree` is known: numbers, leaf hashes, tiles, signed head, sealed bodies. Their
 * keys must have been asked for (`DataKeys.need`, with `scopes`). Nothing is written, so it can be done again at another head.
 */
export const compose = (
  log: LogId,
  tree: Tree,
  acts: readonly Prepared[],
  scopes: readonly string[],
  keys: DataKeys,
  signer: Signer,
): Commit => {
  const total = acts.reduce((sum, { events }) => sum + events.length, 0);
  const leaves = Buffer.allocUnsafe(total * HASH_SIZE);
  const entries: Uint8Array[] = [];
  const events: EventRow[] = [];
  const open = new Map<string, { first: number; scope: string; parts: Part[] }>();
  const groups: { first: number; scope: string; parts: Part[] }[] = [];
  for (const { id, events: prepared } of acts)
    for (const event of prepared) {
      const seq = tree.size + entries.length;
      leafHashInto(event.entry, leaves, entries.length * HASH_SIZE);
      entries.push(event.entry);
      let group = open.get(event.scope);
      if (group === undefined || group.parts.length === MOST_PARTS) {
        group = { first: seq, scope: event.scope, parts: [] };
        open.set(event.scope, group);
        groups.push(group);
      }
      events.push({ seq, body: group.first, nth: group.parts.length, act: id, event });
      group.parts.push(event.part);
    }

  const grown = appendLeaves(tree, leaves);
  const head = { origin: signer.verifier.name, size: grown.tree.size, root: rootOf(grown.tree) };
  const aad = bodyAad(log);
  return {
    tree: grown.tree,
    prev: tree.size,
    checkpoint: signCheckpoint(head, signer),
    bundles: bundlesOf(tree.size, entries),
    tiles: grown.tiles.filter(({ width }) => width === TILE_WIDTH),
    events,
    bodies: groups.map(({ first, scope, parts }) => {
      const { id, bytes } = keys.of(scope);
      return { first, key: id, sealed: seal(bytes, aad, Buffer.concat(parts)) };
    }),
    contents: acts.flatMap(({ contents }) =>
      contents.map(({ id, scope, bytes }) => {
        const key = keys.of(scope);
        return { id, key: key.id, sealed: seal(key.bytes, contentAad(log, id), bytes) };
      }),
    ),
    scopes,
  };
};
