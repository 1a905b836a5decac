import { stamp } from '../casework/acts/events.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { parseVkey } from '../custody/vkey.ts';
import { sameBytes } from '../custody/hash.ts';
import { ProblemError } from '../ground/problem.ts';
import { sha256 } from '../ground/digest.ts';
import { type CheckedPacket, checkPacket } from '../packet/check.ts';
import { type OpenedPacket, openPacket } from '../packet/open.ts';
import { PacketRefused } from '../packet/refusal.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { type Exchange, exchangeWith } from './exchange.ts';
import { folderOf, writeWhole } from './folder.ts';
import type { Node } from './node.ts';

export const offices: readonly Office[] = ['irs', 'customs', 'justice'];

const GATE = 'gate';

export interface AtGate {
  readonly checked: CheckedPacket;
  readonly opened: OpenedPacket;
  readonly exchange: Exchange;
}

/** Opens a packet and checks all of it. Stores nothing. Throws a PacketRefused, or `log-forked` where this node itself is behind. */
export const checkAtGate = async (node: Node, bytes: Uint8Array, via?: Office): Promise<AtGate> => {
  const opened = await openPacket(bytes, node.secrets.keys.sealing);
  const exchanges = new Map<Office, Exchange>();
  for (const other of offices)
    if (other !== node.office) exchanges.set(other, await exchangeWith(node, other));
  const checked = await checkPacket(opened, {
    own: node.office,
    now: node.when().at,
    cards: [...exchanges.values()].flatMap(({ card }) => card ?? []),
    ownLog: parseVkey(node.card.vkey),
    ...(via === undefined ? {} : { via }),
    knownHead: (sender) => {
      const { card, seen } = exchanges.get(sender) ?? {};
      return Promise.resolve(
        card === undefined || seen === undefined ? undefined : openCheckpoint(seen, parseVkey(card.vkey)),
      );
    },
    seen: (sender, id) => Promise.resolve(exchanges.get(sender)?.received.get(id)?.digest),
  });
  await stopIfBehind(node, checked);
  const exchange = exchanges.get(checked.payload.from);
  if (exchange === undefined) throw new PacketRefused('unknown-office');
  return { checked, opened, exchange };
};

/**
 * Another office has cosigned a head of our log. If we do not have it any more, this node was restored from a backup older
 * than what it has told others: to go on would fork the log, so it stops for good, and keeps the evidence.
 */
const stopIfBehind = async (node: Node, { cosignedOwnHead: seen, payload }: CheckedPacket): Promise<void> => {
  if (seen === undefined) return;
  const key = parseVkey(node.card.vkey);
  const note = await node.views.headAt(node.log, seen.size);
  if (note !== undefined && sameBytes(openCheckpoint(note, key).root, seen.root)) return;
  const own = await node.views.head(node.log);
  writeWhole(
    folderOf(node.dir).stopped,
    `${JSON.stringify({ seenBy: payload.from, seen: seen.note, own: own ?? null }, null, 2)}\n`,
  );
  const words = (head: { size: number; root: Uint8Array } | undefined) =>
    head === undefined ? 'none' : `size ${head.size}, root ${Buffer.from(head.root).toString('base64')}`;
  throw new ProblemError({
    kind: 'log-forked',
    what: `The office ${payload.from} has seen a head of this log that is not in it. Head seen: ${words(seen)}. Head here: ${words(own === undefined ? undefined : openCheckpoint(own, key))}.`,
    where: folderOf(node.dir).stopped,
    next: 'This node was restored from too old a backup, and has stopped. Restore a newer one; keep both heads for the inspector.',
  });
};

/**
 * Records an attempt that was refused, by its name and the digest of what came: nothing of what it says is stored. Bytes
 * that were too many to be read have no digest.
 */
export const recordRefusal = (
  node: Node,
  order: Order,
  refused: ProblemError,
  bytes: Uint8Array | undefined,
): Promise<Receipt> => {
  const why = refused instanceof PacketRefused ? refused.why : refused.problems[0].kind;
  const digest = bytes === undefined ? '' : sha256(bytes);
  const place = { log: node.log, stream: GATE } as const;
  return act(node, order, {
    log: node.log,
    asked: { refused: why, digest },
    reads: [place],
    decide: (_read, actor, when) => ({
      events: [
        {
          stream: GATE,
          kind: 'packet-refused',
          cite: refused.problems[0].cite ?? '',
          ...(digest === '' ? {} : { packet: digest }),
          data: { ...stamp(actor, when), why, bytes: bytes?.length ?? null },
        },
      ],
    }),
  });
};
