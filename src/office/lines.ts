import type { Actor } from '../casework/acts/people.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { LogId } from '../store/types.ts';
import { readCase } from './case-file.ts';
import { GATE } from './gate.ts';
import { type CaseLine, lineOf } from './line.ts';
import type { Node } from './node.ts';
import { type Turned, turnedOf, turnedOn } from './turned.ts';

export interface KnownCase {
  readonly line: CaseLine;
  /** What a search is held against: reference and title, in small letters. */
  readonly words: string;
  readonly turned: Turned;
}

/** How far a log has been read: its head, and how many entries it had. */
interface Seen {
  readonly head: string;
  readonly size: number;
}

interface Memory {
  readonly seen: Map<LogId, Seen>;
  /** By reference, in the order in which the cases began. */
  readonly cases: Map<string, KnownCase>;
  /** The same, as it is handed out. */
  list: readonly KnownCase[];
  /** Paragraphs by which looks were refused, by reference. */
  readonly refused: Map<string, ReadonlySet<string>>;
  gate: number;
  running: Promise<void> | undefined;
  waiting: Promise<void> | undefined;
}

const memories = new WeakMap<Node, Memory>();

/** Entries read at a time: what another process imported may be very much. */
const STEP = 4096;
/** Cases read at once. */
const ABREAST = 8;

const memoryOf = (node: Node): Memory => {
  const known = memories.get(node);
  if (known !== undefined) return known;
  const memory: Memory = {
    seen: new Map(),
    cases: new Map(),
    list: [],
    refused: new Map(),
    gate: 0,
    running: undefined,
    waiting: undefined,
  };
  memories.set(node, memory);
  return memory;
};

const referenceOf = (stream: string): string[] => /^(?:case|review)\/(.+)$/s.exec(stream)?.slice(1) ?? [];

/** The cases that have something new in a log since so many entries. */
const changedIn = async (node: Node, log: LogId, from: number, to: number): Promise<readonly string[]> => {
  const changed = new Set<string>();
  for (let at = from; at < to; at += STEP)
    for (const stream of await node.views.streamsBetween(log, at, Math.min(at + STEP, to)))
      for (const reference of referenceOf(stream)) changed.add(reference);
  return [...changed];
};

const allCases = async ({ views, log }: Node): Promise<readonly string[]> =>
  (await views.firsts(log, 'case/')).flatMap(({ stream }) => referenceOf(stream));

/** Refused looks of Customs and Justice: who tried is for the inspector, the paragraph is for the page of the law. */
const readGate = async ({ office, log, views }: Node, memory: Memory): Promise<void> => {
  if (office === 'irs') return;
  const news = await views.stream(log, GATE, memory.gate);
  for (const { kind, case: reference, data } of news) {
    if (kind !== 'look-refused' || reference === undefined) continue;
    const { cites = [] } = (data ?? {}) as { readonly cites?: readonly string[] };
    memory.refused.set(reference, new Set(cites).union(memory.refused.get(reference) ?? new Set()));
  }
  memory.gate += news.length;
};

const known = async (node: Node, reference: string): Promise<KnownCase | undefined> => {
  const file = await readCase(node, reference);
  if (file.events.length === 0) return undefined;
  const line = lineOf(file);
  return { line, words: `${reference}\n${line.title}`.toLowerCase(), turned: turnedOf(file) };
};

/** Everything that was committed when this began is read by its end; if it fails, the next one reads the same again. */
const catchUp = async (node: Node, memory: Memory): Promise<void> => {
  const first = memory.seen.size === 0;
  const news: [LogId, Seen][] = [];
  for (const log of node.logs) {
    const head = await node.views.head(log);
    if (head !== undefined && head !== memory.seen.get(log)?.head)
      news.push([log, { head, size: openCheckpoint(head, node.signer(log).verifier).size }]);
  }
  if (news.length === 0) return;
  const changed = new Set<string>(first ? await allCases(node) : []);
  if (!first)
    for (const [log, { size }] of news)
      for (const one of await changedIn(node, log, memory.seen.get(log)?.size ?? 0, size)) changed.add(one);
  const left = [...changed];
  for (let at = 0; at < left.length; at += ABREAST) {
    const some = left.slice(at, at + ABREAST);
    const read = await Promise.all(some.map((reference) => known(node, reference)));
    for (const one of read) if (one !== undefined) memory.cases.set(one.line.reference, one);
  }
  await readGate(node, memory);
  memory.list = [...memory.cases.values()];
  for (const [log, one] of news) memory.seen.set(log, one);
};

/** One reading at a time. Who comes while it is under way may have seen a later commit, and waits for the next one. */
const upToDate = (node: Node, memory: Memory): Promise<void> => {
  const begin = (): Promise<void> => {
    memory.running = catchUp(node, memory).finally(() => {
      memory.running = undefined;
    });
    return memory.running;
  };
  if (memory.running === undefined) return begin();
  memory.waiting ??= memory.running
    .catch(() => undefined)
    .then(() => {
      memory.waiting = undefined;
      // One that has begun meanwhile began after all who wait here came.
      return memory.running ?? begin();
    });
  return memory.waiting;
};

/**
 * All cases of an office, each in one line, kept in memory while the node is open. Never older than the request: each time the
 * heads of the logs are compared, and only the cases that have something new are read, whoever wrote it.
 */
export const caseLines = async (node: Node): Promise<readonly KnownCase[]> => {
  const memory = memoryOf(node);
  await upToDate(node, memory);
  return memory.list;
};

/** The cases that turned on a paragraph, as far as this title may be told; the latest begun first. */
export const casesTurnedOn = async (node: Node, cite: string, actor: Actor): Promise<readonly CaseLine[]> => {
  const all = await caseLines(node);
  const { refused } = memoryOf(node);
  return all
    .filter(({ line, turned: { open, inside } }) => {
      const more = refused.get(line.reference);
      return turnedOn({ open: more === undefined ? open : open.union(more), inside }, cite, actor);
    })
    .map(({ line }) => line)
    .toReversed();
};
