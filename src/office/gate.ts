import { stamp } from '../casework/acts/events.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { type VerifierKey, parseVkey } from '../custody/vkey.ts';
import { sameBytes } from '../custody/hash.ts';
import { ProblemError } from '../ground/problem.ts';
import { sha256 } from '../ground/digest.ts';
import type { OfficeCard } from '../packet/card.ts';
import { type CheckedPacket, checkPacket } from '../packet/check.ts';
import { type OpenedPacket, openPacket } from '../packet/open.ts';
import { PacketRefused } from '../packet/refusal.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { type Exchange, exchangeWith } from './exchange.ts';
import { folderOf, writeWhole } from './folder.ts';
import { type Node, refuseStopped } from './node.ts';

export const offices: readonly Office[] = ['irs', 'customs', 'justice'];

export const GATE = 'gate';

export interface AtGate {
  readonly checked: CheckedPacket;
  readonly opened: OpenedPacket;
  readonly exchange: Exchange;
  /** Of the other offices that are known here. */
  readonly cards: readonly OfficeCard[];
}

/** Opens a packet and checks all of it. Stores nothing. Throws a PacketRefused, or `log-forked` where this node itself is behind. */
export const checkAtGate = async (node: Node, bytes: Uint8Array, via?: Office): Promise<AtGate> => {
  refuseStopped(node.dir);
  const opened = await openPacket(bytes, node.secrets.keys.sealing);
  const exchanges = new Map<Office, Exchange>();
  for (const other of offices)
    if (other !== node.office) exchanges.set(other, await exchangeWith(node, other));
  const cards = [...exchanges.values()].flatMap(({ card }) => card ?? []);
  // Before anything of the packet is judged by what this node remembers: it may remember too little.
  await stopIfBehind(node, opened.cosigned, cards);
  const checked = await checkPacket(opened, {
    own: node.office,
    now: node.when().at,
    cards,
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
  const exchange = exchanges.get(checked.payload.from);
  if (exchange === undefined) throw new PacketRefused('unknown-office');
  return { checked, opened, exchange, cards };
};

/**
 * Another office has cosigned a head of our log. If we do not have it any more, this node was restored from a backup older
 * than what it has told others: to go on would fork the log, so it stops for good, and keeps the evidence. The head carries our
 * own log's signature and the other office's, so it speaks for itself, whatever else is in the packet.
 */
const stopIfBehind = async (
  node: Node,
  cosigned: string | undefined,
  cards: readonly OfficeCard[],
): Promise<void> => {
  const key = parseVkey(node.card.vkey);
  const witnesses = cards.map(({ office, cosigner }) => ({ office, key: parseVkey(cosigner) }));
  const seen = openedOr(
    cosigned,
    key,
    witnesses.map((one) => one.key),
  );
  if (seen === undefined) return;
  // Without a known office's cosignature nobody says that it was seen: the packet is refused for it, and the node goes on.
  const by = witnesses.find((one) => seen.by.some(({ key: signed }) => signed === one.key))?.office;
  if (by === undefined) return;
  const note = await node.views.headAt(node.log, seen.size);
  if (note !== undefined && sameBytes(openCheckpoint(note, key).root, seen.root)) return;
  const own = await node.views.head(node.log);
  writeWhole(
    folderOf(node.dir).stopped,
    `${JSON.stringify({ seenBy: by, seen: seen.note, own: own ?? null }, null, 2)}\n`,
  );
  const words = (head: { size: number; root: Uint8Array } | undefined) =>
    head === undefined ? 'none' : `size ${head.size}, root ${Buffer.from(head.root).toString('base64')}`;
  throw new ProblemError({
    kind: 'log-forked',
    what: `The office ${by} has seen a head of this log that is not in it. Head seen: ${words(seen)}. Head here: ${words(own === undefined ? undefined : openCheckpoint(own, key))}.`,
    where: folderOf(node.dir).stopped,
    next: 'This node was restored from too old a backup, and has stopped. Restore a newer one; keep both heads for the inspector.',
  });
};

/** A head of our own log, opened; undefined where the packet brings none, or one that our log never signed: checked with the rest. */
const openedOr = (note: string | undefined, log: VerifierKey, witnesses: readonly VerifierKey[]) => {
  try {
    return note === undefined ? undefined : openCheckpoint(note, log, witnesses);
  } catch {
    return undefined;
  }
};

/**
 * Records an attempt that was refused, by its name and the digest of what came: nothing of what it says is stored. Bytes
 * that were too many to be read have no digest.
 */
export const recordRefusal = (
  node: Node,
  { person, title }: Order,
  refused: ProblemError,
  bytes: Uint8Array | undefined,
): Promise<Receipt> => {
  const why = refused instanceof PacketRefused ? refused.why : refused.problems[0].kind;
  const digest = bytes === undefined ? '' : sha256(bytes);
  const place = { log: node.log, stream: GATE } as const;
  // The step that the order expects, and its id, are those of the act that was not done.
  return act(node, title === undefined ? { person } : { person, title }, {
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
